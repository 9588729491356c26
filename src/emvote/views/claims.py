"""Claims and their verdicts for readers, and answers of other commands as claims read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final

from emvote.claims import Claim, ClaimsFile, Verdict, Wording
from emvote.dataset import Dataset
from emvote.queries.claims import ClaimsAnswer, Found, Judged, Reply
from emvote.queries.paths import Shape
from emvote.views import common, phrases
from emvote.views.columns import EVERY_KEY, Column, Field, Table, between, record_of, records_of, table_of
from emvote.views.values import IN_MAP, Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row


def _plain(stated: Any) -> Any:
    return stated.isoformat() if isinstance(stated, date) else stated


VERDICTS: Final = tuple(verdict.value for verdict in Verdict)
FIELDS = (
    Field("id", Kind.TEXT, "short name of the claim, unique in its file", of="claim.id"),
    Field("article", Kind.TEXT, "short name of the article; `summary.articles` says which it is", of="file.article.id"),
    Field("subject", Kind.NAME, "what the claim is about: a seat, a council, the region", of="claim.subject"),
    Field("claim", Kind.TEXT, "what the article states, in our own words", of="claim.claim"),
    Field(
        "stated",
        Kind.ANY,
        "the value stated; null: the claim has none",
        null=True,
        of=lambda each: _plain(each.claim.stated),
    ),
    Field(
        "computed",
        Kind.ANY,
        "what the record says, of the same type; null: it cannot tell",
        null=True,
        of="found.computed",
    ),
    Field("verdict", Kind.TEXT, "what became of the claim", choices=VERDICTS, of="verdict.value"),
    Field(
        "command", Kind.TEXT, "command line that shows the right figure; null: none can", null=True, of="found.command"
    ),
    Field(
        "note",
        Kind.TEXT,
        "what is missing, another reading that is right, why it cannot be checked",
        null=True,
        of=lambda each: _note(each) or None,
    ),
    Field("wording", Kind.TEXT, "how the value is stated", choices=tuple(Wording), of="claim.wording.value"),
    Field(
        "tolerance", Kind.NUMBER, "how far off is still approximate; null: not given", null=True, of="claim.tolerance"
    ),
    Field(
        "flags",
        Kind.TEXTS,
        "codes of the findings about the row that the figure comes from; the command tells them",
        of=lambda each: each.found.flags if each.found else (),
    ),
)
COUNT_FIELDS = (
    Field("claims", Kind.COUNT, "claims asked about, whatever their verdict"),
    Field("confirmed", Kind.COUNT, "the record says the same, to the places stated"),
    Field("approximate", Kind.COUNT, "the record says something else, within what the wording or tolerance allows"),
    Field("contradicted", Kind.COUNT, "the record says something else"),
    Field("not_checkable", Kind.COUNT, "the record cannot tell"),
)
ARTICLE_FIELDS = (
    Field("id", Kind.TEXT, "short name of the article"),
    Field("title", Kind.TEXT, "its title"),
    Field("publisher", Kind.TEXT, "who published it; null: not said", null=True, of=lambda it: it.publisher or None),
    Field("date", Kind.DATE, "when; null: not said", null=True),
    Field("url", Kind.TEXT, "where it can be read; null: not said", null=True, of=lambda it: it.url or None),
    Field("file", Kind.TEXT, "the claims file, as it was named"),
    *COUNT_FIELDS,
)
SUMMARY = (
    *COUNT_FIELDS,
    Field("shown", Kind.COUNT, "claims that --verdict keeps"),
    Field("articles", Kind.RECORDS, "the same numbers for each article", fields=ARTICLE_FIELDS),
)
NUMBERS: Final = frozenset({Kind.COUNT, Kind.CHANGE, Kind.YEAR, Kind.PCT, Kind.PP, Kind.PP2, Kind.POINTS, Kind.NUMBER})
MANY: Final = 1
"""A longer list is shown to people by its length; the note says in which names it differs."""
WHOLE: Final = frozenset({Kind.COUNT, Kind.CHANGE, Kind.YEAR})


def claims_view(dataset: Dataset, answer: ClaimsAnswer, query: Mapping[str, Any], *, options: str = "") -> View:
    """A row a claim, in the order of the articles; `options` name the dataset that every command was asked of."""
    return View(
        command="claims",
        query=query,
        fields=FIELDS,
        rows=records_of(FIELDS, answer.shown),
        summary={
            **_counts(answer.judged),
            "shown": len(answer.shown),
            "articles": [_article(file, answer) for file in _files(answer)],
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=tuple(_headline(file, answer) for file in _files(answer)),
            table=_table(dataset, answer),
            closing=tuple(_finding(dataset, each) for each in answer.shown if each.verdict is Verdict.CONTRADICTED),
        ),
        notes=tuple(_notes(answer, options)),
        sources=_sources(answer),
        workings=Workings(lambda: by_row([_working(dataset, each)] if each.found else () for each in answer.shown)),
        empty="no claim matches",
    )


def _files(answer: ClaimsAnswer) -> list[ClaimsFile]:
    """The articles that something was asked about."""
    return [file for file in answer.files if any(each.file is file for each in answer.judged)]


def _counts(judged: Sequence[Judged]) -> dict[str, int]:
    return {
        "claims": len(judged),
        **{verdict.value.replace(" ", "_"): sum(each.verdict is verdict for each in judged) for verdict in Verdict},
    }


def _article(file: ClaimsFile, answer: ClaimsAnswer) -> dict[str, Any]:
    counts = _counts([each for each in answer.judged if each.file is file])
    return record_of(ARTICLE_FIELDS, file.article, file=file.file, **counts)


# --- words --------------------------------------------------------------------------------------------------------


def _headline(file: ClaimsFile, answer: ClaimsAnswer) -> Sentence:
    judged = [each for each in answer.judged if each.file is file]
    article = file.article
    published = article.date and f"{article.date.day} {article.date:%B %Y}"
    head = ", ".join(part for part in (article.publisher, article.title, published) if part)
    counts = _counts(judged)
    words: list[str | Value] = [
        f"{head}: ",
        Value(counts["claims"], Kind.COUNT),
        common.plural(counts["claims"], " claim"),
    ]
    for verdict in Verdict:
        if number := counts[verdict.value.replace(" ", "_")]:
            words += [", ", Value(number, Kind.COUNT), f" {verdict.value}"]
    return (*words, ".")


def _finding(dataset: Dataset, each: Judged) -> Sentence:
    """What a reader may quote of a claim that is wrong, and how to see it."""
    claim, found = each.claim, each.found
    said = _stated(dataset, claim, found)
    right = (_shown(dataset, claim, found, found.computed) or "") if found else ""
    note = f" {note}" if (note := _note(each)) else ""
    command = f" See: {found.command}" if found else ""
    return (f"{claim.subject}. {claim.claim}: ", *said, " stated, ", right, f" on record.{note}{command}")


def _notes(answer: ClaimsAnswer, options: str) -> Iterator[str]:
    if any(each.found for each in answer.shown):
        added = f" with {options}" if options else ""
        yield f"confirmed is to the places stated; the command beside a claim shows the right figure{added}"
    places: dict[str, list[str]] = {}
    for each in answer.shown:
        if each.found and each.found.elsewhere:
            places.setdefault(each.found.elsewhere, []).append(each.claim.id)
    for where, ids in places.items():
        yield f"answered from {where}: {common.listed(ids)}"


def _note(each: Judged) -> str:
    """One text: what is missing, which reading is right, and what the file says."""
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in _remarks(each))


def _remarks(each: Judged) -> Iterator[str]:
    """In the order in which they are read."""
    claim, found = each.claim, each.found
    if claim.not_checkable:
        yield claim.not_checkable
    elif found and found.verdict is Verdict.NOT_CHECKABLE:
        yield found.waits or "the record does not know this"
    if found and found.missing:
        yield f"left out: {'; '.join(found.missing)}"
    if found and found.extra:
        yield f"not there: {'; '.join(found.extra)}"
    for other, result in each.others:
        means = other.means or f"with {other.options}"
        right = result.verdict is Verdict.CONFIRMED
        yield f"{means}: {'right' if right else _words(result)} ({result.command})"
    if found and found.elsewhere:
        yield f"answered from {found.elsewhere}"
    if claim.note:
        yield claim.note


# --- values -------------------------------------------------------------------------------------------------------


def _kind(found: Found | None, value: Any) -> Kind:
    """How a value is written: as its field is, where it is such a value at all."""
    kind = Kind(found.kind) if found and found.kind else Kind.TEXT
    if isinstance(value, bool):
        return Kind.BOOL
    if isinstance(value, list):
        return Kind.TEXTS
    if not isinstance(value, (int, float)):
        return Kind.TEXT
    if isinstance(value, int):
        return kind if kind in NUMBERS else Kind.COUNT
    return kind if kind in NUMBERS - WHOLE else Kind.NUMBER


def _shown(dataset: Dataset, claim: Claim, found: Found | None, value: Any) -> Value | None:
    """A value as people read it, with as many decimals as the one stated; a party by its abbreviation."""
    if value is None:
        return None
    if found and found.kind == Kind.PARTY and isinstance(value, str):
        label = common.party(dataset, value)
        return Value(label.text if label else value, Kind.TEXT)
    if isinstance(claim.stated, int) and isinstance(value, int) and found and found.kind == Kind.DATE:
        return Value(value, Kind.YEAR)
    if isinstance(value, list) and len(value) > MANY:
        return Value(f"{len(value)} names", Kind.TEXT)
    return Value(value, _kind(found, value), _places(claim, value))


def _places(claim: Claim, value: Any) -> int | None:
    """Decimals of the number stated, and of one that is held against it; a whole number says nothing of the other."""
    if isinstance(value, (bool, list, str)):
        return None
    if claim.places is not None:
        return claim.places
    if isinstance(claim.stated, float):
        return len(repr(claim.stated).partition(".")[2])
    return 0 if isinstance(value, int) else None


def _words(found: Found) -> str:
    """What another reading gives, inside a note: in full, as notes are written before anything is rounded."""
    value = found.computed
    if value is None:
        return found.waits or "not known"
    if found.missing or found.extra:
        return f"left out {len(found.missing)}, not there {len(found.extra)}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _table(dataset: Dataset, answer: ClaimsAnswer) -> Table:
    """A row a claim, a rule above each article."""
    several = len({each.file.file for each in answer.shown}) > 1

    def computed(each: Judged) -> Value | None:
        return _shown(dataset, each.claim, each.found, each.found.computed) if each.found else None

    columns = (
        Column("Verdict", Kind.TEXT, "verdict.value"),
        Column("Claim", Kind.TEXT, lambda each: f"{each.claim.subject}: {each.claim.claim}"),
        Column("Stated", Kind.TEXT, lambda each: _stated(dataset, each.claim, each.found) or None),
        Column("Computed", Kind.TEXT, computed),
        Column("Note", Kind.TEXT, _note, priority=1),
        Column("Command", Kind.TEXT, lambda each: each.found.command if each.found else "", priority=2),
        *((Column("Article", Kind.TEXT, "file.article.id", priority=3),) if several else ()),
        Column("Id", Kind.TEXT, "claim.id", priority=4),
    )
    return table_of(columns, answer.shown, rules=between(each.file.file for each in answer.shown))


def _stated(dataset: Dataset, claim: Claim, found: Found | None) -> Sentence:
    """The value stated, with the words that it is stated in; empty where there is none."""
    value = _shown(dataset, claim, found, _plain(claim.stated))
    if value is None:
        return ()
    return (value,) if claim.wording is Wording.EXACTLY else (f"{claim.wording.value} ", value)


def _working(dataset: Dataset, each: Judged) -> Working:
    claim, found = each.claim, each.found
    inputs = [
        ("stated", _shown(dataset, claim, found, _plain(claim.stated)) or Value(None, Kind.TEXT)),
        ("wording", Value(claim.wording.value, Kind.TEXT)),
    ]
    if claim.tolerance is not None:
        inputs.append(("tolerance", Value(claim.tolerance, Kind.NUMBER)))
    if found:
        full = found.computed if not isinstance(found.computed, list) else "; ".join(found.computed)
        inputs.append(("the record", Value(None if full is None else str(full), Kind.TEXT)))
        inputs.append(("command", Value(found.command, Kind.TEXT)))
        inputs.append(("sources of that", Value("; ".join(source["id"] for source in found.sources), Kind.TEXT)))
    where = ", ".join(f"{key} {value}" for key, value in claim.where.items())
    inputs.append(("taken", Value(f"{claim.take} of the row with {where}" if where else claim.take, Kind.TEXT)))
    return Working(
        f"the verdict on {claim.id}",
        "confirmed where the record is the value, to the places stated; approximate where it is within the tolerance",
        tuple(inputs),
        Value(each.verdict.value, Kind.TEXT),
        "docs/claims.md",
    )


def _sources(answer: ClaimsAnswer) -> tuple[Mapping[str, Any], ...]:
    """The citations of every answer that was used, each once."""
    every = (source for each in answer.shown if each.found for source in each.found.sources)
    return tuple({source["id"]: source for source in every}.values())


# --- answers of other commands ------------------------------------------------------------------------------------


def reply(view: View, command: str, elsewhere: str = "") -> Reply:
    """The answer to a command line as claims read it: the data of its JSON, with the kinds of its fields."""
    data = {
        "query": plain(view.query),
        "baseline": plain(view.baseline),
        "rows": [_row(view, row) for row in view.rows],
        "summary": plain(view.summary or {}),
        "notes": list(view.notes),
    }
    flat = (field.key for field in view.fields if field.kind is not Kind.RECORDS)
    return Reply(
        data=data,
        shape=_shape(view),
        command=command,
        sources=view.sources,
        columns=frozenset(flat),
        declared=view.declared,
        elsewhere=elsewhere,
    )


def replies(ask: Callable[[str], tuple[View, str, str]]) -> Callable[[str], Reply]:
    """What answers command lines with views, as what answers them with replies."""
    return lambda line: reply(*ask(line))


def _row(view: View, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the keys of its maps that stand for a value by being absent."""
    found = {}
    for field in view.fields:
        value = plain(row[field.key])
        if value and isinstance(value, dict) and field.absent_in(value) is not None:
            value = dict.fromkeys(sorted(view.key_names), field.absent) | value
        found[field.key] = value
    return found


def _shape(view: View) -> Shape:
    """What an answer looks like, by its fields; the query and the baseline have none that are declared."""
    of_rows = Shape(each=_record_shape(view.fields, view.key_names))
    of_summary = _record_shape(view.summary_fields, view.key_names)
    open_map = Shape(each=Shape(), keys=())
    return Shape(
        fields={
            "rows": of_rows,
            "summary": of_summary,
            "notes": Shape(each=Shape(Kind.TEXT)),
            "query": open_map,
            "baseline": open_map,
        }
    )


def _record_shape(fields: Sequence[Field], keys: frozenset[str]) -> Shape:
    if fields and fields[0].key == EVERY_KEY:
        return Shape(each=_value_shape(fields[0], keys), keys=())
    return Shape(fields={field.key: _value_shape(field, keys) for field in fields})


def _value_shape(field: Field, keys: frozenset[str]) -> Shape:
    if field.kind in IN_MAP:
        return Shape(field.kind, each=Shape(IN_MAP[field.kind]), keys=keys)
    if field.kind is Kind.TEXTS:
        return Shape(field.kind, each=Shape(Kind.TEXT))
    if field.kind is Kind.RECORDS:
        return Shape(field.kind, each=_record_shape(field.fields, keys))
    return _record_shape(field.fields, keys) if field.kind is Kind.RECORD else Shape(field.kind)


def plain(value: Any) -> Any:
    """Mappings as dicts, sequences as lists, choices as their texts: what a path can be taken through."""
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def sentence(view: View, dataset: Dataset) -> Sentence:
    """How many claims of each article have which verdict."""
    del dataset
    return phrases.joined(view.layout.headline, " ")
