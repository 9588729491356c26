"""A term of elections for readers: what it means, its formula and source, and an example worked out from the dataset.

An example is the answer to a question that a reader could type. What it shows is the working or a figure of that
answer, so that it is computed by the query that computes it anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from emvote import names
from emvote.dataset import Dataset
from emvote.errors import EmvoteError, UnknownName
from emvote.views import common
from emvote.views.columns import Column, Field, Table, record_of, table_of
from emvote.views.terms import TERMS, Term
from emvote.views.values import IN_MAP, Kind, Sentence, Value
from emvote.views.view import Layout, View, Working

Ask = Callable[[str], tuple[View, str]]
"""How a command line is answered: the answer, and the line in full."""

INPUT_FIELDS = (
    Field("name", Kind.TEXT, "what it is"),
    Field("value", Kind.NUMBER, "the number; null: it is no number, or not known", null=True),
    Field("text", Kind.TEXT, "the value where it is no number", null=True),
)
EXAMPLE_FIELDS = (
    Field("name", Kind.TEXT, "what is worked out, and where"),
    Field("formula", Kind.TEXT, "with the names of the inputs; null: it is looked up", null=True),
    Field("value", Kind.NUMBER, "the result, in the unit of its field; null: it is no number, or not known", null=True),
    Field("text", Kind.TEXT, "the result where it is no number", null=True),
)
FIELDS = (
    Field("term", Kind.NAME, "the term"),
    Field("also", Kind.TEXTS, "other names for it, fields that hold it among them"),
    Field("definition", Kind.TEXT, "what it means"),
    Field("formula", Kind.TEXT, "how it is computed; null: it is not", null=True),
    Field("source", Kind.TEXT, "where the definition comes from; null: a plain word, or emvote's own", null=True),
    Field("command", Kind.TEXT, "a command line that shows it; null: none does", null=True),
    Field(
        "example",
        Kind.RECORD,
        "worked out from the dataset; null: in the list of all terms, or the dataset has none",
        null=True,
        fields=EXAMPLE_FIELDS,
    ),
    Field("inputs", Kind.RECORDS, "the figures put into the example", fields=INPUT_FIELDS),
    Field("see", Kind.TEXTS, "terms near it"),
)


class Example(Struct, frozen=True):
    """An example, or why there is none."""

    working: Working | None
    line: str | None
    """The command line that shows it, as a reader can paste it."""
    sources: tuple[Mapping[str, Any], ...] = ()
    reason: str = ""


def find_term(given: str) -> Term:
    """The term of that name, or of one that it is also known by.

    Raises:
        UnknownName, AmbiguousName: not exactly one term has it.
    """
    hint = "list them: emvote explain"
    try:
        return names.resolve(
            given,
            TERMS,
            kind="term",
            names=lambda term: (term.term, *term.also),
            shown=lambda term: term.term,
            hint=hint,
        )
    except UnknownName as problem:
        if problem.suggestions:
            raise
    every = (name for term in TERMS for name in (term.term, *term.also))
    raise names.unknown(given, "term", every, hint=hint)


def terms_view() -> View:
    """Every term with the first sentence of what it means."""
    columns = (
        Column("Term", Kind.NAME, "term"),
        Column("Meaning", Kind.TEXT, lambda term: _first(term.definition)),
        Column("Shown by", Kind.TEXT, lambda term: (term.command or "").partition(" ")[0], priority=1),
    )
    return View(
        command="explain",
        query={},
        fields=FIELDS,
        rows=tuple(_record(term, None) for term in TERMS),
        laid_out=lambda: Layout(
            headline=((f"{len(TERMS)} terms; emvote explain TERM says more, with an example from the dataset.",),),
            table=table_of(columns, TERMS),
        ),
    )


def term_view(dataset: Dataset, term: Term, ask: Ask) -> View:
    """One term, with an example from the dataset where it has one."""
    example = worked(dataset, term, ask)
    columns = (
        Column("Term", Kind.NAME, "term"),
        Column("Also", Kind.TEXT, lambda term: ", ".join(term.also) or None),
        Column("See", Kind.TEXT, lambda term: ", ".join(term.see) or None),
    )
    return View(
        command="explain",
        query={"term": term.term},
        fields=FIELDS,
        rows=(_record(term, example),),
        laid_out=lambda: Layout(
            headline=tuple(_sentences(term)),
            table=table_of(columns, (term,)),
            more=(_table(example.working),) if example.working else (),
            closing=((f"Shown by: {example.line}",),) if example.working and example.line else (),
        ),
        notes=(example.reason,) if example.reason else (),
        sources=example.sources,
        # of the one row here, whatever row of its own answer it is the working of
        workings=(replace(example.working, row=0, rows=1),) if example.working else (),
    )


def worked(dataset: Dataset, term: Term, ask: Ask) -> Example:
    """The example of a term: a working of the answer to its question, or a figure in it."""
    if term.command is None:
        return Example(None, None)
    try:
        view, line = ask(term.command)
    except EmvoteError as error:
        return Example(None, None, reason=f"no example in this dataset: {error}")
    found = next((each for each in view.workings if term.working and each.name.startswith(term.working)), None)
    if found is None and term.take:
        found = _looked_up(dataset, term, view, line)
    if found is None:
        return Example(None, line, reason=f"no example in this dataset: {line} shows none")
    return Example(found, f"{line} --explain" if found in view.workings else line, view.sources)


def _looked_up(dataset: Dataset, term: Term, view: View, line: str) -> Working | None:
    """A figure of an answer, with others beside it, as a working."""
    result = value_at(dataset, view, term.take or "")
    if result is None:
        return None
    inputs = ((_words(path), value_at(dataset, view, path)) for path in term.inputs)
    return Working(
        f"{term.term}, as in: {line}",
        term.formula or "",
        tuple((name, value) for name, value in inputs if value is not None),
        result,
        term.source or "",
    )


def value_at(dataset: Dataset, view: View, path: str) -> Value | None:
    """The figure at a path through an answer, `summary.indices.gallagher`; `None` where it has no such place."""
    start, *keys = path.split(".")
    at: Any = view.summary if start == "summary" else view.rows
    fields: Sequence[Field] = view.summary_fields if start == "summary" else view.fields
    kind = Kind.RECORD
    for key in keys:
        if isinstance(at, (list, tuple)):
            at = at[int(key)] if int(key) < len(at) else None
        elif kind in IN_MAP:
            at, kind = at.get(key, 0), IN_MAP[kind]
        else:
            field = next((each for each in fields if each.key == key), None)
            if field is None or at is None:
                return None
            at, fields, kind = at.get(key), field.fields, field.kind
        if at is None and kind is Kind.RECORD:
            return None
    if kind is Kind.PARTY:
        return Value(common.party(dataset, at), kind)
    return Value(", ".join(at), Kind.TEXT) if kind is Kind.TEXTS else Value(at, kind)


def _words(path: str) -> str:
    """The name of a field as words: `majority votes`."""
    return path.rpartition(".")[2].replace("_", " ")


def _record(term: Term, example: Example | None) -> dict[str, Any]:
    working = example.working if example else None
    return record_of(
        FIELDS,
        term,
        command=f"emvote {term.command}" if term.command else None,
        example=_example_record(working) if working else None,
        inputs=[{"name": name, **_split(value)} for name, value in working.inputs] if working else [],
    )


def _example_record(working: Working) -> dict[str, Any]:
    return {
        "name": working.name,
        "formula": working.formula or None,
        **_split(working.result),
    }


def _split(value: Value) -> dict[str, Any]:
    """A value as a number or as a text, whichever it is."""
    raw = value.value
    number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
    text = None if number or raw is None else str(getattr(raw, "text", raw))
    return {"value": raw if number else None, "text": text}


def _sentences(term: Term) -> Iterable[Sentence]:
    yield (f"{term.term[:1].upper()}{term.term[1:]}: {term.definition[:1].lower()}{term.definition[1:]}",)
    if term.formula:
        yield (f"Formula: {term.formula}.",)
    if term.source:
        yield (f"Source: {term.source}.",)


def _first(definition: str) -> str:
    return f"{definition.partition('. ')[0].removesuffix('.')}."


def _finer(value: Value) -> Value:
    """Points with two decimals: an example is there to be worked out again."""
    return Value(value.value, Kind.PP2) if value.kind is Kind.PP else value


def _table(working: Working) -> Table:
    """The working as a table: what was put in, and what came out."""
    columns = (Column(working.formula or "On record", Kind.TEXT), Column("Value", Kind.TEXT))
    rows = tuple((name, _finer(value)) for name, value in (*working.inputs, ("result", working.result)))
    return Table(columns, tuple(rows), title=f"Example: {working.name}", rules=frozenset({len(rows) - 1}))
