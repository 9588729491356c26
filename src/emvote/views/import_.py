"""What an import read, set aside and wrote, for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from emvote.command_line import printed, question
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.common import listed, plural
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

FIELDS = (
    Field("file", Kind.TEXT, "file as it was named"),
    Field(
        "line",
        Kind.YEAR,
        "first line that it is about, counted from 1; null: the whole file",
        null=True,
        of=lambda finding: finding.lines[0] if finding.lines else None,
    ),
    Field(
        "lines",
        Kind.TEXT,
        "all of those lines: `12`, `12-18, 25`; empty: the whole file",
        of=lambda finding: spans(finding.lines),
    ),
    Field("rows", Kind.COUNT, "how many rows these are", of=lambda finding: len(finding.lines)),
    Field(
        "action",
        Kind.TEXT,
        "`set aside`: not in the result; `read as`: a value is read otherwise than written; `noted`: the file or rows "
        "are used as they are, with something to know about them",
        choices=("set aside", "read as", "noted"),
        of="action.value",
    ),
    Field("what", Kind.TEXT, "what it is about: a seat, ward or council, a column, or the row"),
    Field("why", Kind.TEXT, "the reason"),
    Field("suggestions", Kind.TEXTS, "known names that are near an unknown one"),
)
FILE_FIELDS = (
    Field("file", Kind.TEXT, "file as it was named"),
    Field("kind", Kind.TEXT, "what it is, as `--as` names it"),
    Field("recognised", Kind.TEXT, "how that was recognised"),
    Field("encoding", Kind.TEXT, "encoding that it was read in"),
    Field("rows", Kind.COUNT, "rows with any text, without the header"),
    Field("used", Kind.COUNT, "rows that are in the result, or on record already with the same figures"),
    Field("set_aside", Kind.COUNT, "rows that are not"),
    Field("read_as", Kind.COUNT, "rows with a value that is read otherwise than written"),
)
SORTS = {"contests": "parliamentary result", "wards": "ward", "compositions": "composition"}
TALLY_FIELDS = (
    Field("results", Kind.TEXT, "contests, wards or compositions", choices=tuple(SORTS)),
    Field("added", Kind.COUNT, "that were not on record"),
    Field("replaced", Kind.COUNT, "that take the place of others (`--force`)"),
    Field("unchanged", Kind.COUNT, "on record already with the same figures"),
    Field("differing", Kind.COUNT, "on record with other figures, which stay; their rows are set aside"),
)
SUMMARY = (
    Field("files", Kind.RECORDS, "a record a file", fields=FILE_FIELDS),
    Field("results", Kind.RECORDS, "what became of the results that were read", fields=TALLY_FIELDS),
    Field("elections", Kind.TEXTS, "elections that the dataset did not have"),
    Field("complete", Kind.BOOL, "whether every row is used"),
    Field("written", Kind.TEXTS, "files that were written; none for `--dry-run`"),
    Field("target", Kind.TEXT, "file to write; null: none was named", null=True),
)


class Imported(Protocol):
    """What was done, as `emvote.store.importers` tells it."""

    @property
    def files(self) -> Sequence[Any]:
        """What became of the rows of each file."""

    @property
    def findings(self) -> Sequence[Any]:
        """What was done about which rows, and why."""

    @property
    def tallies(self) -> Mapping[str, Any]:
        """What became of the results."""

    @property
    def elections(self) -> Sequence[str]:
        """New ones."""

    @property
    def complete(self) -> bool:
        """Whether every row is used."""

    @property
    def changed(self) -> int:
        """How many results are added or replaced."""

    @property
    def licences(self) -> Sequence[str]:
        """Share-alike licences of what was read, where that of the result is none."""

    @property
    def ignored(self) -> Sequence[str]:
        """Rules that results break which are in the dataset all the same."""

    @property
    def dataset(self) -> Mapping[str, str]:
        """The dataset that knew the names."""

    @property
    def target(self) -> str | None:
        """File to write."""

    @property
    def comments(self) -> int:
        """Lines of comment that the file had."""

    @property
    def outputs(self) -> Sequence[tuple[str, bytes]]:
        """Files that are written."""


def import_view(done: Imported, query: Mapping[str, Any]) -> View:
    """A row a finding."""
    tallies = [{"results": sort, **record_of(TALLY_FIELDS[1:], tally)} for sort, tally in done.tallies.items()]
    return View(
        command="import",
        query=query,
        fields=FIELDS,
        rows=records_of(FIELDS, done.findings),
        summary=record_of(SUMMARY, done, results=tallies, written=[path for path, _ in done.outputs]),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(*(_file_words(file) for file in done.files), _result_words(done)),
            table=_table(done),
            closing=(_written_words(done),),
        ),
        notes=tuple(_notes(done)),
        dataset=done.dataset,
        empty=_ALL_USED if any(file.rows for file in done.files) else _NO_ROWS,
    )


_ALL_USED = "every row is used as it is written"
_NO_ROWS = "there is no row in the files, so that nothing is imported"


def spans(lines: Sequence[int]) -> str:
    """Line numbers as people write them.

    >>> spans((12, 13, 14, 20, 31, 32)), spans(())
    ('12-14, 20, 31-32', '')
    """
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _file_words(file: Any) -> Sentence:
    return (
        f"{file.file}: {file.kind} {file.recognised}, {file.encoding}; ",
        Value(file.rows, Kind.COUNT),
        f" {plural(file.rows, 'row')}, ",
        Value(file.used, Kind.COUNT),
        " used, ",
        Value(file.set_aside, Kind.COUNT),
        " set aside, ",
        Value(file.read_as, Kind.COUNT),
        " with a value read otherwise than written.",
    )


def _result_words(done: Imported) -> Sentence:
    words: list[str | Value] = []
    for sort, tally in done.tallies.items():
        for key in ("added", "replaced", "unchanged", "differing"):
            number = getattr(tally, key)
            if number:
                name = plural(number, SORTS[sort])
                words += [", " if words else "", Value(number, Kind.COUNT), f" {name} {_OUTCOMES[key]}"]
    return (*words, ".") if words else ("Nothing in them makes a result.",)


_OUTCOMES = {
    "added": "added",
    "replaced": "replaced",
    "unchanged": "on record already with the same figures",
    "differing": "on record with other figures, left as they are",
}


def _table(done: Imported) -> Table:
    several = len(done.files) > 1
    columns = (
        *((Column("File", Kind.TEXT, lambda finding: finding.file.rpartition("/")[2], priority=1),) if several else ()),
        Column("Lines", Kind.NAME, lambda finding: _short(spans(finding.lines))),
        Column("Action", Kind.TEXT, "action.value"),
        Column("What", Kind.NAME, "what"),
        Column("Why", Kind.TEXT, lambda finding: _with_near(finding.why, finding.suggestions)),
    )
    return table_of(columns, done.findings)


_LONGEST = 16


def _short(lines: str) -> str:
    """Line numbers cut to what fits a column; the machine formats have them all."""
    return lines if len(lines) <= _LONGEST else f"{lines[:_LONGEST].rpartition(',')[0]}, …"


def _with_near(why: str, suggestions: Sequence[str]) -> str:
    return f"{why}; did you mean {' or '.join(suggestions)}?" if suggestions else why


def _written_words(done: Imported) -> Sentence:
    if done.outputs:
        return (f"Written: {listed([path for path, _ in done.outputs])}.",)
    if not done.changed:
        return ("Nothing was written, as nothing is new.",)
    return ("Nothing was written.",)


def _notes(done: Imported) -> Iterator[str]:
    for licence in done.licences:
        yield f"what was read is under {licence}, which asks the same of the result; the dataset's own licence does not"
    if done.ignored and done.outputs:
        broken = f"the file breaks {listed(done.ignored)}, as asked for with --ignore"
        where = printed(question("check", done.outputs[0][0]))
        yield f"{broken}: it can be read once that is mended; {where} tells where"
    for election in done.elections:
        yield f"{election} is not in the dataset that knows the names: it is added"
    if done.comments:
        yield f"the file is written anew in its canonical order: its {done.comments} lines of comment are not kept"
