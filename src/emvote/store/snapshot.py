"""A copy of a checked record that is opened without reading all of it: kept in a folder, found by content.

A snapshot's name is a digest of the dataset's bytes and of the modules that decide what it holds, and the same name is
inside. So a dataset that changes, another emvote or other rules never find an old one, and one that was renamed is not
used. It is plain MessagePack with an index: each table's rows one after the other, where each ends, and for the keys by
which a `Dataset` looks things up the rows in the order of the keys' checksums. So a question about one seat decodes the
rows of that seat. What councils were composed of stands apart, a row a council, and is decoded when it is looked at.
Rows are decoded into the model's types; nothing in a snapshot runs. One that is damaged, unreadable, unwritable,
another user's or no plain file is as good as none.

    checksum of what follows (4 bytes), length of the head (4 bytes), head, tables
"""

from __future__ import annotations

import dataclasses
import os
import stat
import sys
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from emvote import __version__
from emvote.errors import OutputProblem
from emvote.index import INDEXED, having, indexed
from emvote.model import Composition, Council, Record

try:  # hashlib loads OpenSSL first, which takes longer than all digests here
    from _blake2 import blake2b
except ImportError:  # pragma: no cover (a Python without that module)
    from hashlib import blake2b

MOST_KEPT: Final = 8
"""Snapshots in the folder; those not used for longest go first."""
MOST_BYTES: Final = 512 * 1024 * 1024
"""Size of all snapshots together; a larger one is not kept."""
ENDING: Final = ".snapshot"
KEPT: Final = f"{'[0-9a-f]' * 40}-{'[0-9a-f]' * 16}{ENDING}"
"""Pattern of the names of snapshots, see `name_of`; no other file of the folder is read or removed."""
UNFINISHED: Final = f"{KEPT}.*.part"
ABANDONED: Final = 3600
"""Seconds after which an unfinished file was left by a process that is no more, and after which use is noted again."""
_NUMBER: Final = 4
"""Bytes of a number in the tables, in the order of the machine."""
_OPEN_TO_OTHERS: Final = 0o022
_PLAIN: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags under which opening a link fails, opening a pipe does not wait, and Windows leaves the bytes alone."""


class Damaged(Exception):
    """A file in the folder is no sound snapshot of its name, or might be somebody else's."""


class Entry(Struct, frozen=True):
    """What the folder keeps."""

    file: str
    size: int
    """Bytes."""
    used: float
    """When it was last used, to the hour: seconds since 1970."""
    title: str | None
    """Title of the dataset; `None`: this emvote does not use the snapshot."""
    version: str | None
    sha256: str | None


class Kept:
    """A snapshot that has been opened: the record, decoded as it is asked for."""

    def __init__(self, content: bytes) -> None:
        head, self._body = _parted(content)
        self.name: str = head["name"]
        """Under which name it was kept."""
        self.sha256: str = head["sha256"]
        self._tables: Mapping[str, Mapping[str, Any]] = head["tables"]
        self._rows: dict[str, dict[int, Any]] = {}
        self._indexes: dict[tuple[str, tuple[str, ...]], tuple[memoryview[int], memoryview[int]]] = {}
        self._ends: dict[str, memoryview[int]] = {}
        self.decoded = dict.fromkeys(self._tables, 0)
        """Rows decoded so far, by table: what the tests count."""
        self.record: Record = _opened(_KeptRecord, head["header"], self)

    def find(self, table: str, keys: tuple[str, ...], wanted: str) -> tuple[Any, ...]:
        """The rows of a table whose `index_key` is that, in their order: those in a table that has such an index."""
        hashes, rows = self._indexes.get((table, keys)) or self._index(table, keys)
        checksum = zlib.crc32(wanted.encode())
        i, found = bisect_left(hashes, checksum), []
        while i < len(hashes) and hashes[i] == checksum:
            found.append(rows[i])
            i += 1
        return having(keys, wanted, self._decoded(table, found))

    def whole(self, table: str) -> tuple[Any, ...]:
        """Every row of a table; those that were given out already are the same objects."""
        about, known = self._tables[table], self._rows.pop(table, {})
        rows = self._decode(table, [self._body[about["start"] : about["end"]]], about["count"])
        if table == COUNCILS:
            return tuple([_opened(_KeptCouncil, row.__dict__, self, number) for number, row in enumerate(rows)])
        if not known:
            return rows
        return tuple([known.get(i, row) for i, row in enumerate(rows)])

    def years(self, number: int) -> tuple[Composition, ...]:
        """What a council was composed of year by year: by its place in the table of councils."""
        (found,) = self._decode(YEARS, self._parts(YEARS, [number]), 1)
        return tuple(found)

    def _decoded(self, table: str, numbers: Sequence[int]) -> list[Any]:
        if table in self.record.__dict__:
            whole = self.record.__dict__[table]
            return [whole[number] for number in numbers]
        known = self._rows.setdefault(table, {})
        wanted = [number for number in dict.fromkeys(numbers) if number not in known]
        if wanted:
            known.update(zip(wanted, self._decode(table, self._parts(table, wanted), len(wanted)), strict=True))
        return [known[number] for number in numbers]

    def _parts(self, table: str, numbers: Sequence[int]) -> list[memoryview]:
        """Where rows are; those that stand together, as the wards of one election do, in one piece."""
        first, ends = self._tables[table]["start"], self._ends_of(table)
        low, high = numbers[0], numbers[-1]
        if high - low + 1 == len(numbers):  # they rise, and none is there twice
            return [self._body[first + (ends[low - 1] if low else 0) : first + ends[high]]]
        return [self._body[first + (ends[i - 1] if i else 0) : first + ends[i]] for i in numbers]

    def _decode(self, table: str, parts: Sequence[memoryview], count: int) -> tuple[Any, ...]:
        self.decoded[table] += count
        rows: tuple[Any, ...] = _decoder(table).decode(b"".join((_array_head(count), *parts)))
        return rows

    def _index(self, table: str, keys: tuple[str, ...]) -> tuple[memoryview[int], memoryview[int]]:
        *starts, count = self._tables[table]["indexes"][" ".join(keys)]
        hashes, rows = (self._numbers(start, count) for start in starts)
        self._indexes[table, keys] = hashes, rows
        return hashes, rows

    def _ends_of(self, table: str) -> memoryview[int]:
        if table not in self._ends:
            about = self._tables[table]
            self._ends[table] = self._numbers(about["ends"], about["count"])
        return self._ends[table]

    def _numbers(self, start: int, count: int) -> memoryview[int]:
        return self._body[start : start + count * _NUMBER].cast("I")


class _Later:
    """Rows in something from a snapshot: decoded when they are first read, and then an ordinary value."""

    def __init__(self, name: str, read: Callable[..., tuple[Any, ...]]) -> None:
        self.name, self.read = name, read

    def __get__(self, thing: Any, _: type | None = None) -> Any:
        if thing is None:
            return ()
        rows = self.read(*thing.__dict__["_kept"]) if "_kept" in thing.__dict__ else ()
        return thing.__dict__.setdefault(self.name, rows)


def _with_later(cls: type[Any], later: Iterable[_Later]) -> type[Any]:
    """A class of the model of which some fields are decoded later; equal to its like with the same values."""

    def equal(self: Any, other: object) -> Any:
        values = self.__shape__.values
        return values(self) == values(other) if isinstance(other, cls) else NotImplemented

    own = {"__eq__": equal, "__hash__": cls.__hash__}
    return type(cls.__name__, (cls,), {**own, **{each.name: each for each in later}})


def _opened(cls: type[Any], values: Mapping[str, Any], *kept: Any) -> Any:
    """Something from a snapshot, with where to find the fields that are not decoded yet."""
    thing: Any = object.__new__(cls)
    thing.__dict__.update(values)
    for name, own in cls.__dict__.items():
        if isinstance(own, _Later):
            thing.__dict__.pop(name, None)
    thing.__dict__["_kept"] = kept
    return thing


_TABLES: Final = tuple(
    name for name, hint in Record.__annotations__.items() if getattr(hint, "__origin__", None) is tuple
)
COUNCILS: Final = "councils"
YEARS: Final = "councils.compositions"
"""Beside the table of councils, without these: half a century of each, which few questions are about."""
_KeptRecord: Final = _with_later(
    Record,
    [_Later(name, lambda kept, name=name: kept.whole(name)) for name in _TABLES],
)
_KeptCouncil: Final = _with_later(Council, [_Later("compositions", Kept.years)])


@cache
def _decoder(table: str) -> msgspec.msgpack.Decoder[tuple[Any, ...]]:
    """Decodes rows of a table into the model's class for them."""
    if table == YEARS:
        return msgspec.msgpack.Decoder(tuple[tuple[Composition, ...], ...])
    return msgspec.msgpack.Decoder(Record.__annotations__[table])


def _array_head(count: int) -> bytes:
    """How MessagePack begins an array of so many elements."""
    return b"\xdd" + count.to_bytes(4, "big")


def load(folder: Path, name: str, *, installed: bool = False) -> Kept | None:
    """The snapshot of a name in a folder, `None` where there is no sound one.

    Args:
        folder: the user's own, or one that was installed with emvote.
        name: see `name_of`.
        installed: whether it came with emvote: whoever could have written it could have written emvote.
    """
    try:
        if installed:
            return _sound((folder / name).read_bytes(), name)
        return _used(folder, name)
    except (OSError, Damaged):
        return None


def _used(folder: Path, name: str, *, noted: bool = True) -> Kept:
    """The snapshot of a name in the user's folder.

    Raises:
        Damaged: the folder or the file is another user's or no plain file, or the content is no snapshot of that name.
        OSError: it cannot be read.
    """
    file = folder / name
    if not _is_own(folder) or not stat.S_ISREG(file.lstat().st_mode):
        raise Damaged
    # Something else may stand there by now.
    with os.fdopen(os.open(file, os.O_RDONLY | _PLAIN), "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode) or _is_anothers(about):
            raise Damaged
        kept = _sound(opened.read(), name)
    if noted:
        _note_use(file, about.st_mtime)
    return kept


def _sound(content: bytes, name: str) -> Kept:
    """The snapshot with some content, if it was made for this name by this very emvote.

    Raises:
        Damaged: it was not.
    """
    kept = Kept(content)
    if kept.name != name or not name.endswith(_signature()):
        raise Damaged
    return kept


def save(folder: Path, name: str, sha256: str, record: Record) -> None:
    """Keep a record that has passed every rule under a name; whatever prevents it is no error."""
    import tempfile

    # Whole numbers have no bounds in TOML, and have in a snapshot.
    with suppress(OSError, OverflowError, Unkept), _private():
        content = _packed(name, sha256, record)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder):
            return
        # A reader sees the old file or the whole new one, whenever this is interrupted.
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f"{name}.", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).replace(folder / name)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _prune(folder)


@contextmanager
def _private() -> Iterator[None]:
    """Give new folders and files to the user alone, and all of them to the user, whatever the umask is outside."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


class Unkept(Exception):
    """A record that a snapshot cannot hold."""


def _packed(name: str, sha256: str, record: Record) -> bytes:
    """A record as a snapshot of that name."""
    header = {name: getattr(record, name) for name in Record.__annotations__ if name not in _TABLES}
    if not all(isinstance(value, str | int | None) for value in header.values()):
        raise Unkept
    body = bytearray()
    rows = {name: getattr(record, name) for name in _TABLES}
    rows[YEARS] = [council.compositions for council in record.councils]
    rows[COUNCILS] = [dataclasses.replace(council, compositions=()) for council in record.councils]
    tables = {name: _pack_table(body, rows[name], INDEXED.get(name, ())) for name in rows}
    if len(body) > MOST_BYTES:
        raise Unkept
    head = msgspec.msgpack.encode({"name": name, "sha256": sha256, "header": header, "tables": tables})
    payload = len(head).to_bytes(_NUMBER, "big") + head + body
    return zlib.crc32(payload).to_bytes(_NUMBER, "big") + payload


def _pack_table(body: bytearray, rows: Sequence[Any], indexes: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    """Append a table and its indexes; where they are."""
    from array import array

    def append(numbers: Iterable[int]) -> int:
        start = len(body)
        body.extend(array("I", numbers).tobytes())
        return start

    encode, start, ends = msgspec.msgpack.Encoder().encode, len(body), []
    for row in rows:
        body += encode(row)
        ends.append(len(body) - start)
    about: dict[str, Any] = {"count": len(rows), "start": start, "end": len(body), "ends": append(ends), "indexes": {}}
    for keys in indexes:
        values, numbers = indexed(keys, rows)
        checksums = [zlib.crc32(value.encode()) for value in values]
        order = sorted(range(len(checksums)), key=checksums.__getitem__)  # stable: equal keys in the order of the rows
        starts = append(map(checksums.__getitem__, order)), append(map(numbers.__getitem__, order))
        about["indexes"][" ".join(keys)] = [*starts, len(order)]
    return about


def _parted(content: bytes) -> tuple[dict[str, Any], memoryview]:
    """Head and tables of a snapshot.

    Raises:
        Damaged: it is none, or not as it was written.
    """
    payload = memoryview(content)[_NUMBER:]
    if len(payload) < _NUMBER or zlib.crc32(payload) != int.from_bytes(content[:_NUMBER], "big"):
        raise Damaged
    start = _NUMBER + int.from_bytes(payload[:_NUMBER], "big")
    try:
        head = msgspec.msgpack.decode(payload[_NUMBER:start])
    except msgspec.MsgspecError:
        raise Damaged from None
    # a checksum can be hit by chance
    if not (isinstance(head, dict) and {"name", "sha256", "header", "tables"} <= head.keys()):
        raise Damaged
    return head, payload[start:]


def _is_anothers(about: os.stat_result) -> bool:
    """Whether somebody else wrote a file, or could have: it might hold anything."""
    return os.name == "posix" and (about.st_uid != os.geteuid() or bool(about.st_mode & _OPEN_TO_OTHERS))


def _is_own(folder: Path) -> bool:
    """Whether a folder is the user's: whoever owns it could exchange what is in it."""
    return os.name != "posix" or folder.stat().st_uid == os.geteuid()


def _note_use(file: Path, last: float) -> None:
    import time

    if time.time() - last > ABANDONED:
        with suppress(OSError):
            os.utime(file)


def _prune(folder: Path) -> None:
    """Keep those used last only, and nothing unfinished that nobody will finish."""
    import time

    newest_first = sorted(_files(folder), key=lambda each: each[1].st_mtime, reverse=True)
    size = 0
    for i, (path, about) in enumerate(newest_first):
        size += about.st_size
        if i >= MOST_KEPT or size > MOST_BYTES:
            path.unlink(missing_ok=True)
    for path, about in _files(folder, UNFINISHED):
        if time.time() - about.st_mtime > ABANDONED:
            path.unlink(missing_ok=True)


def _files(folder: Path, pattern: str = KEPT) -> Iterator[tuple[Path, os.stat_result]]:
    """The plain files of the folder under emvote's names; links, pipes and folders are somebody else's."""
    for path in sorted(folder.glob(pattern)):
        with suppress(OSError):
            about = path.lstat()
            if stat.S_ISREG(about.st_mode):
                yield path, about


def entries(folder: Path) -> tuple[Entry, ...]:
    """The snapshots in the folder, the one used last first."""
    found = []
    for path, about in _files(folder):
        kept = None
        with suppress(OSError, Damaged):
            kept = _used(folder, path.name, noted=False)
        record = kept.record if kept else None
        found.append(
            Entry(
                file=path.name,
                size=about.st_size,
                used=about.st_mtime,
                title=record.title if record else None,
                version=record.version if record else None,
                sha256=kept.sha256 if kept else None,
            )
        )
    return tuple(sorted(found, key=lambda entry: -entry.used))


def clear(folder: Path) -> None:
    """Remove every snapshot, and what was left unfinished.

    Raises:
        OutputProblem: one cannot be removed.
    """
    for pattern in (KEPT, UNFINISHED):
        for path, _ in _files(folder, pattern):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise OutputProblem(f"cannot remove '{path}': {error.strerror}") from error


def name_of(contents: Iterable[bytes]) -> str:
    """Under which the snapshot of a dataset in some files is found: their content, and what makes the record of it."""
    return f"{digest(contents, 20)}{_signature()}"


def digest(contents: Iterable[bytes], size: int) -> str:
    """A digest of so many bytes of some contents, and of where each ends."""
    found = blake2b(digest_size=size)
    for content in contents:
        found.update(len(content).to_bytes(8, "big"))
        found.update(content)
    return found.hexdigest()


@cache
def _signature() -> str:
    """How the names of this emvote's snapshots end: for another version, other rules or another machine otherwise.

    A record that is read and checked passes through modules of the package itself and of its store, and no others.
    """
    found = blake2b(f"{__version__} {sys.byteorder}".encode(), digest_size=8)
    store = Path(__file__).parent
    for folder in (store.parent, store):
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 (half the time of Path.glob, in every answer)
            if name.endswith(".py"):
                with suppress(OSError):
                    found.update(Path(folder, name).read_bytes())
    return f"-{found.hexdigest()}{ENDING}"
