"""An article with its marks, and what became of each statement, for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from emvote.claims import Verdict
from emvote.prose.proof import NOT_READ, ProofAnswer, Proved
from emvote.views.columns import Column, Field, Table, records_of, table_of
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

VERDICTS: Final = (*(verdict.value for verdict in Verdict), NOT_READ)
MARKS: Final = dict(zip(VERDICTS, ("\u2713", "~", "\u2717", "?", "\u00b7"), strict=True))
"""What stands in the margin, and beside the words, for each verdict."""
LONGEST: Final = 20_000
"""Characters of an article that are shown with marks; the table has all of its statements."""
FIELDS = (
    Field("n", Kind.COUNT, "number of the statement, in the order of the text"),
    Field("line", Kind.COUNT, "line of the file, from 1"),
    Field("start", Kind.COUNT, "where it begins, in characters of the file as read"),
    Field("end", Kind.COUNT, "where it ends, exclusive"),
    Field("sentence", Kind.TEXT, "sentence that it stands in"),
    Field("text", Kind.TEXT, "words that were read"),
    Field(
        "kind", Kind.TEXT, "what kind of statement it is: votes, majority, share, control; year and number: not read"
    ),
    Field("subject", Kind.NAME, "seat or council that it is about; null: not read", null=True),
    Field("election", Kind.TEXT, "election that it is about; null: none or not read", null=True),
    Field("measure", Kind.TEXT, "figure or fact that it states; null: not read", null=True),
    Field("stated", Kind.ANY, "value stated; a loss is negative", null=True),
    Field("computed", Kind.ANY, "what the record says; null: it cannot tell, or the statement was not read", null=True),
    Field("verdict", Kind.TEXT, "what became of it", choices=VERDICTS),
    Field(
        "note",
        Kind.TEXT,
        "definition or baseline that makes it right, what it is right for instead; or null",
        null=True,
    ),
    Field("command", Kind.TEXT, "command line that shows the right figure; null: not read", null=True),
)
SUMMARY = tuple(
    Field(verdict.replace(" ", "_"), Kind.COUNT, f"statements and numbers that are {verdict}") for verdict in VERDICTS
)


def proof_view(answer: ProofAnswer, query: Mapping[str, Any]) -> View:
    """A row a statement, and a row a number that was not read, in the order of the text."""
    counts = {verdict: sum(each.verdict == verdict for each in answer.proved) for verdict in VERDICTS}
    every = (source for each in answer.proved for source in each.sources)
    return View(
        command="proof",
        query=query,
        fields=FIELDS,
        rows=records_of(FIELDS, answer.proved),
        summary={verdict.replace(" ", "_"): number for verdict, number in counts.items()},
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(counts), *_article(answer)),
            table=_table(answer),
            closing=tuple(_finding(each) for each in answer.proved if each.verdict == Verdict.CONTRADICTED.value),
        ),
        notes=("a year is listed as not read: it is read with the statements of its sentence",)
        if any(each.kind == "year" for each in answer.proved)
        else (),
        sources=tuple({source["id"]: source for source in every}.values()),
        empty="no number and no statement found",
    )


def _headline(counts: Mapping[str, int]) -> Sentence:
    words: list[str | Value] = []
    for verdict, number in counts.items():
        if number:
            words += [", " if words else "", Value(number, Kind.COUNT), f" {verdict} ({MARKS[verdict]})"]
    return (*words, ".") if words else ("No number and no statement found.",)


def _article(answer: ProofAnswer) -> Iterator[Sentence]:
    """The text, a sentence a line of it, each statement followed by its mark and number."""
    source = answer.text.source[:LONGEST]
    inserted: dict[int, list[str]] = {}
    for each in answer.proved:
        if each.verdict != NOT_READ:
            inserted.setdefault(each.end, []).append(f" [{MARKS[each.verdict]}{each.n}]")
    parts: list[str] = []
    places = answer.text.places
    for at, char in enumerate(answer.text.plain):
        if places[at] >= len(source):
            break
        parts.append(char)
        parts.extend(inserted.pop(places[at] + 1, ()))
    for line in "".join(parts).splitlines():
        words = " ".join(line.split())
        if words:
            yield (_margin(words), words)
    if len(answer.text.source) > LONGEST:
        yield (f"(The first {LONGEST:,} characters; the table has all.)",)


def _margin(words: str) -> str:
    """The gravest mark of a line."""
    for verdict in (Verdict.CONTRADICTED, Verdict.APPROXIMATE, Verdict.NOT_CHECKABLE, Verdict.CONFIRMED):
        if f"[{MARKS[verdict.value]}" in words:
            return f"{MARKS[verdict.value]} "
    return "  "


def _finding(each: Proved) -> Sentence:
    note = f" The figure is {each.note}." if each.note else ""
    return (
        f"{each.n}. {each.subject}: {each.text} stated, {_plain(each.computed)} on record.{note} See: {each.command}",
    )


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "this was so" if value else "this was not so"
    return f"{value:,}" if isinstance(value, int) else f"{value}"


def _table(answer: ProofAnswer) -> Table:
    columns = (
        Column("No", Kind.COUNT, "n"),
        Column("Verdict", Kind.TEXT, lambda each: f"{MARKS[each.verdict]} {each.verdict}"),
        Column("Text", Kind.TEXT, "text"),
        Column("About", Kind.TEXT, lambda each: each.subject or ""),
        Column("Measure", Kind.TEXT, lambda each: each.measure or "", priority=3),
        Column("Record", Kind.TEXT, lambda each: "" if each.computed is None else _plain(each.computed)),
        Column("Note", Kind.TEXT, lambda each: each.note or "", priority=1),
        Column("Command", Kind.TEXT, lambda each: each.command or "", priority=2),
    )
    return table_of(columns, answer.proved)
