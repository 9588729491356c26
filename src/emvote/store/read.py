"""From a file, a folder or the name of a shipped dataset to a `Dataset`.

Whatever is wrong with a file is found before anything is answered from it, and told all at once. A shipped dataset was
checked when it was made (a test proves it with `emvote check`), so opening it looks at the types of its values only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from emvote.dataset import Dataset
from emvote.errors import BadData, Problem
from emvote.model.record import TABLES, Record
from emvote.store import snapshot
from emvote.store.files import (
    COMPANION,
    DEFAULT,
    PEOPLE,
    Contents,
    contents_of,
    is_there,
    not_shipped,
    note,
    read_bytes,
    shipped_folder,
)

SHIPPED_SNAPSHOTS = "snapshots"
"""Folder, beside the shipped datasets, of their snapshots. The build of the wheel makes it; a checkout has none."""


def shipped_names() -> tuple[str, ...]:
    """Names of the datasets that come with emvote: `--data NAME`."""
    beside = (COMPANION, PEOPLE)
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.toml") if not path.name.endswith(beside)))


def open_dataset(
    where: str | None = None,
    *,
    snapshots: Path | None = None,
    wards: bool = False,
    people: bool = False,
    overlay: str | None = None,
) -> Dataset:
    """The dataset at a path or of a shipped name; the default one for `None`.

    Args:
        where: a TOML file, a folder of TOML files that together make one dataset, or the name of a shipped dataset;
            with a slash or an ending it is always a path.
        snapshots: folder in which to keep and find checked records by content; `None`: none are kept. Those that came
            with emvote are found all the same.
        wards: also the ward results in the file beside it (`results.wards.toml` beside `results.toml`), where there
            is one; a folder's are always read.
        people: also the councillors and administrations beside it (`results.people.toml`), likewise.
        overlay: a file whose records take the place of those of the same identity, or are added.

    Raises:
        BadData: it does not exist, cannot be read, or breaks a rule; every problem is listed.
    """
    shown = where or DEFAULT
    path = locate(shown)
    came = _came(path, wards=wards, people=people)
    if came and not overlay:
        return Dataset(came.record, file=shown, sha256=came.sha256, find=came.find)
    contents = contents_of(path, shown, wards=wards, people=people)
    name = snapshot.name_of(content for content, _ in contents)
    kept = came or (snapshot.load(snapshots, name) if snapshots else None)
    if kept is not None:
        dataset = Dataset(kept.record, file=shown, sha256=kept.sha256, find=kept.find)
    else:
        dataset = Dataset(_checked(contents, path, shown), file=shown, sha256=_digest(contents))
        if snapshots:
            snapshot.save(snapshots, name, dataset.sha256, dataset.record)
    if not overlay:
        return dataset
    dataset, broken = _with_overlay(dataset, contents, overlay)
    _stop_at(broken)
    return dataset


def _came(path: Path, *, wards: bool, people: bool) -> snapshot.Kept | None:
    """The snapshot that came with emvote, of a shipped dataset that is as it was shipped."""
    if path.parent != shipped_folder():
        return None
    files = _files(path, wards=wards, people=people)
    for file in files:
        note(file)
    return snapshot.load_shipped(shipped_folder() / SHIPPED_SNAPSHOTS, files)


def _files(path: Path, *, wards: bool, people: bool) -> list[Path]:
    """The files of a shipped dataset."""
    wanted = ((COMPANION, wards), (PEOPLE, people))
    beside = [path.with_suffix(ending) for ending, asked in wanted if asked]
    return [path, *filter(is_there, beside)]


def keep_shipped(folder: Path) -> None:
    """Make the snapshots that come with emvote: of each dataset with and without what is beside it."""
    for name in shipped_names():
        for wards, people in product((False, True), repeat=2):
            dataset = open_dataset(name, wards=wards, people=people)
            file = snapshot.shipped_name_of(_files(locate(name), wards=wards, people=people))
            snapshot.save(folder, file, dataset.sha256, dataset.record)


def _checked(contents: Contents, path: Path, shown: str) -> Record:
    """The record in some files, held against every rule unless it is shipped."""
    ours = path.parent == shipped_folder()
    record = _record(contents, shown, trusted=ours)
    if not ours:
        _stop_at(_in_their_files(broken_rules(record, shown), contents, shown))
    return record


def _on_lines(problems: tuple[Problem, ...], content: bytes, file: str) -> tuple[Problem, ...]:
    """The problems, those of one file with the line of their key."""
    from emvote.claims import located
    from emvote.store.lines import key_lines

    lines = key_lines(content.decode("utf-8-sig")) if any(problem.file == file for problem in problems) else {}
    return tuple(
        replace(problem, place=located(problem.place, lines)) if problem.file == file else problem
        for problem in problems
    )


def _with_overlay(dataset: Dataset, contents: Contents, overlay: str) -> tuple[Dataset, tuple[Problem, ...]]:
    """The dataset with a file laid over it, and what in the whole breaks a rule.

    Raises:
        BadData: the file cannot be read, or is no overlay.
    """
    from emvote.store.overlay import completed, laid, told_apart
    from emvote.store.structure import convert

    content = read_bytes(Path(overlay), overlay)
    data, no_tables = completed(parse(content, overlay), dataset.record, overlay)
    above, found = convert(data, overlay)
    _stop_at(_on_lines((*no_tables, *found, *broken_rules(above, overlay, only="unique")), content, overlay))
    record = laid(dataset.record, above)
    broken = told_apart(broken_rules(record, dataset.file), record, above, overlay)
    broken = _on_lines(_in_their_files(broken, contents, dataset.file), content, overlay)
    digest = _digest((*contents, (content, overlay)))
    return Dataset(record, file=dataset.file, sha256=digest, overlay=overlay), broken


def sha256_of(where: str, *, wards: bool, people: bool = False) -> str:
    """The digest of a dataset as it is now, unread: that of the `Dataset` that `open_dataset` would make.

    Raises:
        BadData: it does not exist, or cannot be read.
    """
    return _digest(contents_of(locate(where), where, wards=wards, people=people))


def _digest(contents: Contents) -> str:
    """The sha256 of a file's bytes; of several files, of their lengths too, so that where one ends counts."""
    import hashlib  # not with the module: it loads OpenSSL, and a snapshot knows the digest

    digest = hashlib.sha256()
    for content, _ in contents:
        if len(contents) > 1:
            digest.update(f"{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _record(contents: Contents, shown: str, *, trusted: bool = False) -> Record:
    """The record in some files, structure checked and nothing else."""
    from emvote.store.structure import convert

    record, found = convert(_data(contents), shown, trusted=trusted)
    _stop_at(_in_their_files(found, contents, shown))
    return record


def _in_their_files(problems: Iterable[Problem], contents: Contents, shown: str) -> tuple[Problem, ...]:
    """Problems of a dataset in several TOML files, each with the file of its record, and its number in that file."""
    found = tuple(problems)
    if not found or len(contents) == 1 or not all(name.endswith(".toml") for _, name in contents):
        return found
    documents = [(name, parse(content, name)) for content, name in contents]
    return tuple(_in_its_file(problem, documents) if problem.file == shown else problem for problem in found)


def _in_its_file(problem: Problem, documents: Sequence[tuple[str, Mapping[str, Any]]]) -> Problem:
    table, bracket, tail = problem.place.partition("[")
    number, _, rest = tail.partition("]")
    before = 0
    for name, document in documents:
        if not bracket and table.partition(".")[0] in document:
            return Problem(name, problem.place, problem.rule, problem.value, problem.expected)
        found = document.get(table)
        here = found if isinstance(found, list) else ()
        if number.isdecimal() and before <= int(number) < before + len(here):
            place = f"{table}[{int(number) - before}]{rest}"
            return Problem(name, place, problem.rule, problem.value, problem.expected)
        before += len(here)
    return problem


def _data(contents: Contents) -> dict[str, Any]:
    """What some files say, as plain data: TOML, or a dataset that emvote exported."""
    if contents[0][1].endswith(".toml"):
        return _merge([(name, parse(content, name)) for content, name in contents])
    from emvote.store.package import is_exported, plain_data

    if is_exported(contents):
        return plain_data(contents)
    return _merge([(name, parse(content, name)) for content, name in contents])


def broken_rules(record: Record, file: str, *, only: str | None = None) -> tuple[Problem, ...]:
    """Every breach of every rule of `emvote.store.rules`, or of one."""
    from emvote.store.bounds import limited
    from emvote.store.rules import problems

    return limited(problems(record, file, only=only))


def examine(where: str | None = None, *, overlay: str | None = None) -> tuple[Dataset | None, tuple[Problem, ...]]:
    """A dataset with everything that is wrong with it; no dataset where that cannot be read at all."""
    shown = where or DEFAULT
    try:
        contents = contents_of(locate(shown), shown, wards=True, people=True)
        dataset = Dataset(_record(contents, shown), file=shown, sha256=_digest(contents))
        if overlay:
            return _with_overlay(dataset, contents, overlay)
    except BadData as error:
        return None, error.problems
    return dataset, _in_their_files(broken_rules(dataset.record, shown), contents, shown)


def locate(where: str) -> Path:
    """Where a dataset is: a shipped name, or a path as it stands.

    Raises:
        BadData: it is neither a shipped name nor an existing file or folder.
    """
    looks_like_path = "/" in where or "\\" in where or Path(where).suffix != ""
    path = Path(where) if looks_like_path else shipped_folder() / f"{where}.toml"
    with suppress(OSError):  # a name may be too long to be looked up
        if path.exists():
            return path
    if looks_like_path:
        raise BadData((Problem(where, "", "exists", "", "no such file or folder"),))
    raise not_shipped(where, "dataset", shipped_names())


def parse(content: bytes, name: str) -> dict[str, Any]:
    """TOML bytes as plain data.

    Raises:
        BadData: not UTF-8, or not TOML; the place is the line and column.
    """
    import rtoml

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        value = repr(content[error.start : error.start + 1])
        raise BadData((Problem(name, f"line {line}", "utf-8", value, "expected UTF-8 text"),)) from None
    try:
        parsed: dict[str, Any] = rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        message, _, place = str(error).partition(" at line ")
        where = f"line {place.replace(' column', ', column')}" if place else ""
        hint = (
            " (a number is written 12345 or 12_345)"
            if "unexpected key or value" in message or "comma" in message
            else ""
        )
        raise BadData((Problem(name, where, "toml", "", f"not TOML: {message}{hint}"),)) from None
    return parsed


def _merge(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """One dataset from several files: lists are joined in the order of the file names, other keys must not disagree."""
    from emvote.store.structure import quoted

    merged: dict[str, Any] = {}
    found: list[Problem] = []
    for name, document in documents:
        for key, value in document.items():
            if key in TABLES and isinstance(value, list) and isinstance(merged.setdefault(key, []), list):
                merged[key] += value
            elif key in merged and merged[key] != value:
                expected = f"another file of the folder says {quoted(merged[key])}: give it once"
                found.append(Problem(name, key, "folder", quoted(value), expected))
            else:
                merged[key] = value
    _stop_at(found)
    return merged


def _stop_at(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise BadData(found)
