"""From the files that were named to the text of the dataset that they make: the one module here that reads files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from emvote.dataset import Dataset
from emvote.errors import BadData, OutputProblem, Problem, UsageProblem
from emvote.model.record import Record
from emvote.store.files import COMPANION, PEOPLE, is_there, noting, read_bytes, shipped_folder
from emvote.store.importers.dirt import cleaned
from emvote.store.importers.kept import kept
from emvote.store.importers.kinds import PUBLISHERS, FileKind, Sheet, recognise
from emvote.store.importers.known import Known
from emvote.store.importers.ledger import Action, Finding, Ledger
from emvote.store.importers.made import make
from emvote.store.importers.merge import Merged, Tally, pruned, without_results
from emvote.store.importers.rows import Row, Unexpected
from emvote.store.importers.table import read_table
from emvote.store.package import DESCRIPTION, SQLITE
from emvote.store.read import locate, open_dataset, parse, sha256_of
from emvote.store.structure import convert
from emvote.store.together import mark_of
from emvote.store.write import dump_people, dump_record, dump_wards

Progress = Callable[[str, int, int], None]
"""Is told what is being read, how many steps are done, and how many there are."""
STEP: Final = 500
"""Rows between two reports of progress."""
WARDS: Final = frozenset(
    {FileKind.LEAP, FileKind.LEH_CANDIDATES, FileKind.LEH_WARDS, FileKind.LEH_TOTALS, FileKind.DEMOCRACY}
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the result goes, and under which conditions."""

    into: str | None = None
    """The dataset to merge into."""
    new: str | None = None
    """The file to write; `None`: the one merged into."""
    title: str | None = None
    """Title of a new dataset."""
    force: bool = False
    """Whether an existing file, or figures on record, may be replaced."""
    strict: bool = False
    """Whether nothing is written where a row is set aside."""
    dry_run: bool = False
    """Whether nothing is written at all."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, and where to."""

    files: tuple[str, ...]
    target: Target
    kind: FileKind | None = None
    """What the files are said to be; `None`: recognised."""
    election: str | None = None
    """The election that the files are of, as typed, where they do not say it."""
    ignore: frozenset[str] = frozenset()
    """Rules that results may break."""
    reference: str | None = None
    """The dataset that knows the seats, councils and parties, where nothing is merged into one."""


@dataclass(frozen=True, slots=True)
class FileCounts:
    """What became of the rows of one file."""

    file: str
    kind: str
    recognised: str
    encoding: str
    rows: int
    used: int
    set_aside: int
    read_as: int


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did, or would do."""

    order: Order
    files: tuple[FileCounts, ...]
    findings: tuple[Finding, ...]
    tallies: dict[str, Tally]
    elections: tuple[str, ...]
    """Ids of those that the dataset did not have."""
    target: str | None
    """The file to write; `None`: none was named, as nothing is to be written."""
    comments: int
    """Lines of comment in the file that is replaced: they are not kept."""
    outputs: tuple[tuple[str, bytes], ...]
    """Files to write, in this order; none where nothing was read or nothing is to be written."""
    licences: tuple[str, ...] = ()
    """Share-alike licences of what was read, where that of the result is none."""
    ignored: tuple[str, ...] = ()
    """Rules that results break which are in the dataset all the same."""
    dataset: Mapping[str, str] = field(default_factory=dict)
    """Title, version and sha256 of the dataset that knew the names."""

    def unchanged(self) -> bool:
        """Whether what is written over is still what was read: nothing, or the dataset that was merged into."""
        target = self.order.target
        if target.new is None:
            return sha256_of(str(target.into), wards=True, people=True) == self.dataset["sha256"]
        return _in_the_way(target) is None

    @property
    def complete(self) -> bool:
        """Whether every row is used."""
        return not any(finding.action is Action.SET_ASIDE for finding in self.findings)

    @property
    def changed(self) -> int:
        """How many results are added or replaced."""
        return sum(tally.added + tally.replaced for tally in self.tallies.values())

    @property
    def useless(self) -> bool:
        """Whether no row of any file makes a result that is used."""
        if any(file.kind == FileKind.PACKAGE.value for file in self.files):  # a dataset without results is one
            return False
        return not self.changed and not any(tally.unchanged for tally in self.tallies.values())


def _no_progress(_what: str, _done: int, _all: int) -> None:
    """Nobody watches."""


def run(order: Order, progress: Progress = _no_progress) -> Import:
    """Read the files, and make the dataset with what is in them; nothing is written here.

    Raises:
        UsageProblem: what was asked for makes no sense together.
        NameProblem: the election that was said is not one.
        BadData: a file or the dataset cannot be read, or the result breaks a rule.
        OutputProblem: the file to be written is there already.
    """
    target = _target(order)
    exported = [file for file in order.files if is_package(Path(file))]
    if exported:
        return _import_package(order, exported[0], target)
    ledger = Ledger()
    sheets = [*_sheets(order, ledger)]
    base = _base(order, {sheet.kind for sheet in sheets})
    known = Known(base, order.election)
    rows = _cleaned(sheets, ledger, progress)
    try:
        found = make(rows, known, ledger)
    except Unexpected as error:  # no row alone is at fault: a column is missing
        file, _, line = error.place.rpartition(":")
        raise BadData((Problem(file, f"line {line}", "import", "", error.why),)) from None
    record = base.record if order.target.into else without_results(base.record)
    into, force = order.target.into, order.target.force
    done = kept(
        record,
        found,
        ledger,
        lambda merged: merged if into else pruned(merged, _title(order)),
        target or "the result",
        force=force,
        ignore=order.ignore,
    )
    outputs: tuple[tuple[str, bytes], ...] = ()
    wanted = target is not None and not order.target.dry_run and not (order.target.strict and _incomplete(done.ledger))
    if done.merged.changed and wanted:
        _stop_unreadable(order, done.ignored)
        outputs = tuple(_outputs(done.whole, Path(str(target))))
    made = _import(order, done.ledger, done.merged, tuple(known.new), target, outputs)
    return replace(made, dataset=base.meta(), ignored=done.ignored)


def _stop_unreadable(order: Order, ignored: Sequence[str]) -> None:
    """Stop before a dataset is replaced by one that emvote does not read.

    Raises:
        UsageProblem: it would be.
    """
    if ignored and order.target.new is None:
        rules = ", ".join(ignored)
        raise UsageProblem(
            f"'{order.target.into}' would break a rule ({rules}) and could not be read any more: "
            "name another file to write with --new, or leave out --ignore"
        )


def is_package(path: Path) -> bool:
    """Whether a file or folder is a dataset that emvote exported."""
    if path.name == DESCRIPTION or is_there(path / DESCRIPTION):
        return True
    try:
        # what is taken out of a pipe, or of the log of the system, is gone
        if not path.is_file() or not path.stat().st_size:
            return False
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def _import_package(order: Order, file: str, target: str | None) -> Import:
    """A dataset that emvote exported, as the file that it was exported from: all of it, and nothing else.

    Raises:
        UsageProblem: something else is to be read with it, or it is to be merged.
    """
    if len(order.files) > 1 or order.target.into:
        raise UsageProblem(f"'{file}' is a dataset that emvote exported: it is imported alone, with --new")
    if order.kind not in (None, FileKind.PACKAGE):
        raise BadData((Problem(file, "", "import", "", f"expected {order.kind}, found {FileKind.PACKAGE}"),))
    where = Path(file).parent if Path(file).name == DESCRIPTION else Path(file)
    record = open_dataset(f"{where}/" if where.is_dir() else str(where)).record
    if order.target.title:
        record = replace(record, title=order.target.title)
    tallies = {
        "contests": Tally(added=len(record.contests)),
        "wards": Tally(added=len(record.wards)),
        "compositions": Tally(added=sum(len(council.compositions) for council in record.councils)),
    }
    rows = sum(tally.added for tally in tallies.values())
    counts = FileCounts(file, FileKind.PACKAGE.value, "by its description", "UTF-8", rows, rows, 0, 0)
    outputs = tuple(_outputs(record, Path(target))) if target is not None and not order.target.dry_run else ()
    return Import(order, (counts,), (), tallies, (), target, 0, outputs)


def _incomplete(ledger: Ledger) -> bool:
    return any(finding.action is Action.SET_ASIDE for finding in ledger.findings())


def _import(
    order: Order,
    ledger: Ledger,
    merged: Merged,
    elections: tuple[str, ...],
    target: str | None,
    outputs: tuple[tuple[str, bytes], ...],
) -> Import:
    made = {election.id for election in merged.record.elections}
    read = {PUBLISHERS[each.kind].licence for each in ledger.files}
    return Import(
        order=order,
        files=tuple(_counts(ledger)),
        findings=ledger.findings(),
        tallies=dict(merged.tallies),
        elections=tuple(each for each in elections if each in made),
        target=target,
        comments=_comments(target) if order.target.into and target and outputs else 0,
        outputs=outputs,
        licences=()
        if "SA" in merged.record.licence or not merged.changed
        else tuple(sorted(each for each in read if "SA" in each)),
    )


def _counts(ledger: Ledger) -> Iterator[FileCounts]:
    for each in ledger.files:
        aside = ledger.lines(each.file, Action.SET_ASIDE)
        read_as = ledger.lines(each.file, Action.READ_AS)
        yield FileCounts(
            each.file, each.kind.value, each.how, each.encoding, each.rows, each.rows - aside, aside, read_as
        )


# --- where to -------------------------------------------------------------------------------------------------------


def _target(order: Order) -> str | None:
    """The file to write.

    Raises:
        UsageProblem: none was named, or one that is not to be written.
        OutputProblem: it is there already.
    """
    if order.target.new is not None:
        if not order.target.dry_run and (problem := _in_the_way(order.target)):
            raise problem
        return order.target.new
    if order.target.into is None:
        if not order.target.dry_run:
            raise UsageProblem("say where to: --new FILE, --into DATASET, or --dry-run to see what would be read")
        return None
    path = locate(order.target.into)
    if path.is_dir() or path.resolve().parent == shipped_folder().resolve():
        what = "a folder" if path.is_dir() else "a shipped dataset"
        raise UsageProblem(
            f"'{order.target.into}' is {what}, which is not written to: name the file to write with --new"
        )
    return str(path)


def _in_the_way(target: Target) -> OutputProblem | None:
    """What stands where a new dataset is to go, or a file beside it: without force anything, else what is not ours."""
    new = Path(str(target.new))
    for file in (new, new.with_suffix(COMPANION), new.with_suffix(PEOPLE)):
        if not is_there(file):
            continue
        if not target.force:
            return OutputProblem(f"'{file}' is there already: choose another name, or replace it with --force")
        if not _is_ours(file):
            return OutputProblem(f"'{file}' was not written by an import, and is not replaced: choose another name")
    return None


def _is_ours(file: Path) -> bool:
    """Whether emvote wrote a file: by the mark of a dataset, or as it would write it again byte for byte."""
    if not file.is_file():
        return False
    with noting(), suppress(BadData):  # looked at, and not what the import reads
        content = read_bytes(file, str(file))
        if not content or mark_of(content):
            return True
        record, _ = convert(parse(content, str(file)), str(file))
        return record is not None and dump_record(record).encode() == content
    return False


def _base(order: Order, kinds: set[FileKind]) -> Dataset:
    """The dataset to merge into, with all that is beside it, or that knows the names."""
    where = order.target.into or order.reference
    kept = bool(order.target.into)
    return open_dataset(where, wards=kept or bool(kinds & WARDS), people=kept)


def _title(order: Order) -> str:
    return order.target.title or f"Imported from {', '.join(Path(file).name for file in order.files)}"


def _outputs(record: Record, target: Path) -> Iterator[tuple[str, bytes]]:
    """The dataset's file, and those beside it for wards and for people in office."""
    yield str(target), dump_record(replace(record, wards=(), ward_councillors=(), council_administrations=())).encode()
    companion = target.with_suffix(COMPANION)
    if record.wards or is_there(companion):
        yield str(companion), dump_wards(record.wards).encode()
    companion = target.with_suffix(PEOPLE)
    if record.ward_councillors or record.council_administrations or is_there(companion):
        yield str(companion), dump_people(record.ward_councillors, record.council_administrations).encode()


def _comments(target: str) -> int:
    try:
        lines = read_bytes(Path(target), target).splitlines()
    except BadData:
        return 0
    return sum(line.lstrip().startswith(b"#") for line in lines if not mark_of(line))


# --- the files ------------------------------------------------------------------------------------------------------


def _sheets(order: Order, ledger: Ledger) -> Iterator[Sheet]:
    """The files, recognised; all that cannot be read are told at once.

    Raises:
        BadData: some cannot.
    """
    problems: list[Problem] = []
    seen: set[str] = set()
    for file in order.files:
        if file in seen:
            raise UsageProblem(f"'{file}' is named twice")
        seen.add(file)
        try:
            sheet = recognise(read_table(read_bytes(Path(file), file), file), order.kind, _said_day(order.election))
        except BadData as error:
            problems += error.problems
            continue
        ledger.opened(sheet)
        yield sheet
    if problems:
        raise BadData(tuple(problems))


def _said_day(election: str | None) -> date | None:
    """The day, or at least the year, in what was typed for an election."""
    digits = "".join(char if char.isdecimal() else " " for char in election or "").split()
    year = next((int(each) for each in digits if len(each) == len("2019")), None)
    return None if year is None else date(year, 12, 31)


def _cleaned(
    sheets: Sequence[Sheet], ledger: Ledger, progress: Progress
) -> dict[FileKind, list[tuple[Sheet, Sequence[Row]]]]:
    """The rows of all files by kind."""
    found: dict[FileKind, list[tuple[Sheet, Sequence[Row]]]] = {}
    total = sum(len(sheet.rows) for sheet in sheets)
    done = 0
    for sheet in sheets:
        rows = [*_told(cleaned(sheet, ledger), sheet.table.file, done, total, progress)]
        found.setdefault(sheet.kind, []).append((sheet, rows))
        done += len(sheet.rows)
    return found


def _told(rows: Iterable[Row], file: str, before: int, total: int, progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            progress(file, before + number, total)
        yield row
