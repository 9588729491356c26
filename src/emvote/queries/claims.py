"""What an article states held against what the commands answer.

Each claim is a question as a reader would type it. How it is answered is not known here: that is handed in, so that a
claim is decided by the very answer that the command line gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.claims import Alternative, Claim, ClaimsFile, Verdict, Wording
from emvote.command_line import printed, with_options, words
from emvote.dataset import Dataset
from emvote.errors import BadData, EmvoteError, NameProblem, NotDeclared, Problem
from emvote.names import normalise, suggestions
from emvote.names import unknown as unknown_name
from emvote.queries.declared import Declared, has_not_declared
from emvote.queries.paths import BadPath, Shape, take

RULE: Final = "claims"
LOOSE: Final = Decimal(1) / 20
"""Where no tolerance is given, how much of the figure stated `about` and `nearly` allow: a twentieth."""
LONGEST_PATH: Final = 60
"""Characters of a path that a message quotes."""
LONGEST_VALUE: Final = 200
"""Characters of a value that a message quotes."""
LARGEST: Final = 10**15
"""Of a number that is compared: beyond it an expression has made it, and no record."""
DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_FIELD: Final = re.compile(r"[a-z_]+(\.[a-z0-9_:-]+)*")
OF_ONE: Final = ("seat_id", "council_id", "place_id", "elected", "year")
"""A row in which one of them is known is about one place, one candidacy or one year of a council, and no total."""
OF_ALL: Final = frozenset({"rank"})
"""Fields of such a row that rest on the other places too."""
OF_NO_RESULT: Final = ("query.", "baseline.", "summary.declared", "summary.of", "summary.undeclared")
"""What paths begin with that take no result."""
PARTY: Final = "party"
"""Kind of a field that holds the id of a party."""


class Reply(Struct, frozen=True, dict=True):
    """The answer to a command line, as plain data."""

    data: Mapping[str, Any]
    """`query`, `baseline`, `rows`, `summary` and `notes`, as in JSON."""
    shape: Shape
    """What the data look like: every field, also those of no row here."""
    command: str
    """The command line in full, as a reader can paste it."""
    sources: tuple[Mapping[str, Any], ...]
    """Citations of the sources that its figures come from."""

    columns: frozenset[str] = frozenset()
    """Fields of rows that a table can show."""
    declared: Declared | None = None
    """What is still out, and in none of the data; `None`: nothing of it is ever declared."""
    elsewhere: str = ""
    """Where it is from, where it is not from what the reader named: `the dataset uk, not mine.toml`."""

    def showing(self, fields: Sequence[str]) -> str:
        """The command line that shows no more than these fields, where it can."""
        able = all(_FIELD.fullmatch(field) and field.partition(".")[0] in self.columns for field in fields)
        given = words(self.command)
        if not able or "--columns" in given:
            return self.command
        return printed(with_options(given, ["--columns", ",".join(fields)]))

    @property
    def empty(self) -> bool:
        """Whether it says nothing yet, because places are out: whatever is looked for may be there later."""
        return not self.data["rows"] and self.declared is not None and not self.declared.complete

    @property
    def row_shape(self) -> Shape:
        """What a row looks like."""
        return self.shape.fields["rows"].each or Shape()

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text in the data."""
        return frozenset(_texts(self.data))


Ask = Callable[[str], Reply]
"""How a command line is answered; an `EmvoteError` where it is not."""


class Keep(Struct, frozen=True):
    """Which claims to show; the conditions add up."""

    verdicts: tuple[Verdict, ...] = ()
    article: str | None = None
    subject: str | None = None


class Found(Struct, frozen=True):
    """What the record says to one question."""

    computed: Any
    """In the type of the value stated; `None`: not known."""
    verdict: Verdict
    kind: str | None
    """Kind of the field that it was taken from; `None` where it comes from no one field."""
    command: str
    missing: tuple[str, ...] = ()
    """Names that the record has and the claim leaves out."""
    extra: tuple[str, ...] = ()
    """Names that the claim has and the record does not."""
    flags: tuple[str, ...] = ()
    """Codes of the findings about the row that it was taken from."""
    waits: str | None = None
    """Who has not declared yet, where it rests on that: `Cedar has not declared`, `2 of 4 declared`."""
    sources: tuple[Mapping[str, Any], ...] = ()
    elsewhere: str = ""
    """As in `Reply`."""


class Judged(Struct, frozen=True):
    """A claim with its verdict."""

    file: ClaimsFile
    claim: Claim
    found: Found | None
    """`None`: the file says that it is not checkable."""
    others: tuple[tuple[Alternative, Found], ...] = ()
    """What other readings give, where the claim is not confirmed."""

    @property
    def verdict(self) -> Verdict:
        """What became of it."""
        return self.found.verdict if self.found else Verdict.NOT_CHECKABLE


class ClaimsAnswer(Struct, frozen=True):
    """Every claim that was asked about, in the order of the files."""

    files: tuple[ClaimsFile, ...]
    judged: tuple[Judged, ...]
    """All claims of the articles and subjects asked about."""
    shown: tuple[Judged, ...]
    """Those of the verdicts asked about."""

    @property
    def sound(self) -> bool:
        """Whether all of `judged` are confirmed or approximate."""
        return all(each.verdict in (Verdict.CONFIRMED, Verdict.APPROXIMATE) for each in self.judged)


def claims(dataset: Dataset, files: Sequence[ClaimsFile], ask: Ask, keep: Keep) -> ClaimsAnswer:
    """Hold every claim against the record.

    Raises:
        UnknownName: there is no such article or subject.
        BadData: questions of claims have no answer, or their paths lead nowhere; all of them are listed.
    """
    wanted = _wanted(files, keep)
    replies: dict[str, Reply] = {}

    def once(line: str) -> Reply:
        if line not in replies:
            replies[line] = ask(line)
        return replies[line]

    judged: list[Judged] = []
    problems: list[Problem] = []
    for file, index in wanted:
        try:
            judged.append(_judged(dataset, file, index, once))
        except _Unanswerable as error:
            problems.append(Problem(file.file, file.place(index, error.key), RULE, error.value, str(error)))
    if problems:
        raise BadData(tuple(problems))
    shown = tuple(each for each in judged if not keep.verdicts or each.verdict in keep.verdicts)
    return ClaimsAnswer(tuple(files), tuple(judged), shown)


def _wanted(files: Sequence[ClaimsFile], keep: Keep) -> Iterator[tuple[ClaimsFile, int]]:
    """The claims of the articles and subjects asked about."""
    if keep.article is not None:
        known = [name for file in files for name in (file.article.id, file.article.title)]
        _require(keep.article, "article", known)
        files = [file for file in files if _same(keep.article, file.article.id, file.article.title)]
    if keep.subject is not None:
        _require(keep.subject, "subject", [claim.subject for file in files for claim in file.claims])
    for file in files:
        for index, claim in enumerate(file.claims):
            if keep.subject is None or _same(keep.subject, claim.subject):
                yield file, index


def _require(given: str, kind: str, known: list[str]) -> None:
    if not _same(given, *known):
        raise unknown_name(given, kind, known)


def _same(given: str, *names: str) -> bool:
    return any(normalise(given) == normalise(name) for name in names)


class _Unanswerable(Exception):
    """A claim asks something that has no answer: its key, the value there, and what was expected."""

    def __init__(self, message: str, key: str, value: str = "") -> None:
        super().__init__(message)
        self.key = key
        self.value = value


def _judged(dataset: Dataset, file: ClaimsFile, index: int, ask: Ask) -> Judged:
    claim = file.claims[index]
    if claim.not_checkable:
        return Judged(file, claim, None)
    found = _found(dataset, claim, ask, Alternative(), "")
    if found.verdict is Verdict.CONFIRMED:
        return Judged(file, claim, found)
    others = (
        (other, _found(dataset, claim, ask, other, f"alternatives[{number}]."))
        for number, other in enumerate(claim.alternatives)
    )
    return Judged(file, claim, found, tuple(others))


def _found(dataset: Dataset, claim: Claim, ask: Ask, other: Alternative, prefix: str) -> Found:
    """What the record says to a claim, or to another reading of it."""
    line = other.query or f"{claim.query} {other.options}".strip()
    where = claim.where if other.where is None else other.where
    path = other.take or claim.take
    try:
        reply = ask(line)
    except NotDeclared as error:
        return Found(None, Verdict.NOT_CHECKABLE, None, printed(words(line)), waits=str(error))
    except EmvoteError as error:
        key = f"{prefix}options" if other.options else f"{prefix}query"
        raise _Unanswerable(str(error), key, _cut(line)) from None
    row = _row(dataset, reply, where, "where" if other.where is None else f"{prefix}where") if where else None
    value, kind = _taken(dataset, reply, row, path, f"{prefix}take" if other.take else "take")
    waits = _waits(dataset, reply, row, where, path, value)
    flags = tuple((row or {}).get("flags") or ())
    command = reply.showing((*where, path)) if where else reply.command
    unknown = Found(
        None,
        Verdict.NOT_CHECKABLE,
        kind,
        command,
        flags=flags,
        waits=waits,
        sources=reply.sources,
        elsewhere=reply.elsewhere,
    )
    return unknown if waits else _compared(dataset, claim, value, unknown)


# --- what to take from an answer ----------------------------------------------------------------------------------


def _row(dataset: Dataset, reply: Reply, where: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The one row that has these values; names are the same where they are the same when typed.

    An empty one where a place that is named has not declared, or no place of the answer: nothing is known of it yet.
    """
    rows: list[Mapping[str, Any]] = list(reply.data["rows"])
    for field, value in where.items():
        if field not in reply.row_shape.fields:
            what = f"rows of {reply.command} have no field {field!r}"
            raise _Unanswerable(_hint(what, field, reply.row_shape.fields), key)
        values = [row.get(field) for row in rows]
        rows = [row for row, has in zip(rows, values, strict=True) if _equal(has, value)]
        if not rows and (reply.empty or _out(dataset, reply, value)):
            return {}
        if not rows:
            known = [each for each in values if isinstance(each, str)]
            what = f"no row of {reply.command} has {field} {_cut(value)}"
            raise _Unanswerable(_hint(what, str(value), known), key)
    if len(rows) != 1:
        raise _Unanswerable(f"{len(rows)} rows of {reply.command} have these values; name what tells them apart", key)
    return rows[0]


def _waits(
    dataset: Dataset, reply: Reply, row: Mapping[str, Any] | None, where: Mapping[str, Any], path: str, value: Any
) -> str | None:
    """Who has yet to declare before a value is settled; `None`: nobody.

    A place's own result waits for that place alone; a total, a count, a list for all of them.
    """
    if reply.declared is None or reply.declared.complete or path.startswith(OF_NO_RESULT):
        return None
    named: Iterable[Any] = where.values() if not row else ()
    if row and value is None and row.get("elected") is None:
        named = (row.get("place"),)
    if place := next(filter(None, (_out(dataset, reply, each) for each in named)), None):
        return has_not_declared(place)
    settled = row and path not in OF_ALL and any(row.get(field) is not None for field in OF_ONE)
    return None if settled else reply.declared.waiting


def _out(dataset: Dataset, reply: Reply, value: Any) -> str | None:
    """The place of that name or id that has not declared."""
    return reply.declared.out(_named(dataset, value)) if reply.declared and isinstance(value, str) else None


def _equal(has: Any, value: Any) -> bool:
    if isinstance(has, str) and isinstance(value, str):
        return has == value or normalise(has) == normalise(value)
    return bool(has == value) and isinstance(has, bool) == isinstance(value, bool)


def _taken(
    dataset: Dataset, reply: Reply, row: Mapping[str, Any] | None, path: str, key: str
) -> tuple[Any, str | None]:
    """The value at a path, and the kind of the field that it is the value of."""
    shown = repr(path)[:LONGEST_PATH]
    try:
        taken = take(path, reply.data if row is None else row, reply.shape if row is None else reply.row_shape)
    except BadPath as error:
        raise _Unanswerable(str(error), key, shown) from None
    if taken.value is None and taken.known:
        for text in taken.texts:
            if text not in reply.texts and not (reply.empty or _out(dataset, reply, text)):
                what = f"nothing in the answer of '{reply.command}' is {text!r}"
                raise _Unanswerable(_hint(what, text, sorted(reply.texts)), key, shown)
    return taken.value, taken.kind


def _hint(what: str, given: str, known: Iterable[str]) -> str:
    near = suggestions(given, known)
    return f"{what}; did you mean {' or '.join(map(repr, near))}?" if near else what


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


# --- the verdict --------------------------------------------------------------------------------------------------


def _compared(dataset: Dataset, claim: Claim, value: Any, base: Found) -> Found:
    """The verdict on a value; that is not known, or of another type than the one stated, is no verdict."""
    stated = claim.stated
    if value is None:
        return base
    if isinstance(stated, list):
        return _compared_names(claim, [_named(dataset, each) for each in _list(claim, value)], base)
    if isinstance(stated, bool) or isinstance(value, bool):
        if isinstance(stated, bool) and isinstance(value, bool):
            return replace(base, computed=value, verdict=_either(value == stated))
    elif isinstance(stated, (int, float)):
        number = _number(stated, value)
        if number is not None and not abs(number) <= LARGEST:
            raise _Unanswerable(f"leads to a number beyond {LARGEST:,}", "take")
        if number is not None:
            return replace(base, computed=number, verdict=weigh(claim, number))
    elif isinstance(value, str):
        named = _named(dataset, value)
        return replace(base, computed=named, verdict=_either(_same_text(dataset, stated, named, base.kind)))
    raise _Unanswerable(f"expected {_type(value)}, which is what the record has: {_cut(value)}", "stated", _cut(stated))


def _cut(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _either(same: bool) -> Verdict:
    return Verdict.CONFIRMED if same else Verdict.CONTRADICTED


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a text" if isinstance(value, str) else "a list of texts"


def _number(stated: float, value: Any) -> float | None:
    """A number, or the year of a date where the number stated is one."""
    if isinstance(value, str) and isinstance(stated, int) and DATE.fullmatch(value):
        return int(value[:4])
    return value if isinstance(value, (int, float)) else None


def _same_text(dataset: Dataset, stated: Any, value: str, kind: str | None) -> bool:
    """Whether two texts name the same: a date to the part stated, a party by any of its names, else the same words."""
    if isinstance(stated, date):
        return value == stated.isoformat()
    if DATE.fullmatch(stated) and DATE.fullmatch(value):
        return value.startswith(stated)
    if kind == PARTY:
        try:
            return dataset.find_party(stated).id == value
        except NameProblem:
            pass
    return _equal(value, stated)


def _named(dataset: Dataset, text: str) -> str:
    """The name of a council or seat in place of its code; any other text as it is."""
    thing = dataset.councils.get(text) or dataset.seats.get(text)
    return thing.name if thing else text


def _list(claim: Claim, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _Unanswerable(f"expected {_type(value)}, which is what the record has", "stated", repr(claim.stated)[:60])
    return value


def _compared_names(claim: Claim, names: list[str], base: Found) -> Found:
    """Lists are the same where they hold the same names, in any order."""
    has = {normalise(name): name for name in names}
    said = {normalise(name): name for name in claim.stated}
    missing = tuple(name for form, name in has.items() if form not in said)
    extra = tuple(name for form, name in said.items() if form not in has)
    wrong = len(missing) + len(extra)
    verdict = _either(not wrong)
    if wrong and wrong <= (claim.tolerance or 0):
        verdict = Verdict.APPROXIMATE
    return replace(base, computed=names, verdict=verdict, missing=missing, extra=extra)


def weigh(claim: Claim, computed: float) -> Verdict:
    """The verdict on a number: confirmed where it is the one stated, approximate where the wording covers it.

    >>> claim = Claim(id="a", subject="b", claim="c", stated=58.1, tolerance=0.5)
    >>> weigh(claim, 58.11776).value, weigh(claim, 58.15).value, weigh(claim, 59.1).value
    ('confirmed', 'approximate', 'contradicted')
    """
    stated, exact = _decimal(claim.stated), _decimal(computed)
    if _holds(claim.wording, stated, exact) or (
        _inclusive(claim.wording) and _rounds_to(exact, stated, _places(claim))
    ):
        return Verdict.CONFIRMED
    low, high = _allowed(claim, stated)
    return Verdict.APPROXIMATE if low < high and low <= exact <= high else Verdict.CONTRADICTED


def _decimal(value: float) -> Decimal:
    """The number as it is written, so that 58.15 is 58.15 and not its binary neighbour."""
    return Decimal(repr(value))


def _places(claim: Claim) -> int:
    """Decimal places that the number was stated with."""
    if claim.places is not None:
        return claim.places
    exponent = _decimal(claim.stated).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _holds(wording: Wording, stated: Decimal, computed: Decimal) -> bool:
    """Whether a bound is kept."""
    match wording:
        case Wording.MORE_THAN:
            return computed > stated
        case Wording.AT_LEAST:
            return computed >= stated
        case Wording.LESS_THAN:
            return computed < stated
        case Wording.AT_MOST:
            return computed <= stated
        case _:
            return False


def _inclusive(wording: Wording) -> bool:
    return wording not in (Wording.MORE_THAN, Wording.LESS_THAN)


def _rounds_to(computed: Decimal, stated: Decimal, places: int) -> bool:
    """Whether a figure rounds, half up, to the one stated.

    >>> _rounds_to(Decimal("5.95"), Decimal("5.9"), 1), _rounds_to(Decimal("5.85"), Decimal("5.9"), 1)
    (False, True)
    """
    half = Decimal(5).scaleb(-places - 1)
    if not stated:
        return abs(computed) < half
    sign = 1 if stated > 0 else -1
    return abs(stated) - half <= sign * computed < abs(stated) + half


def _allowed(claim: Claim, stated: Decimal) -> tuple[Decimal, Decimal]:
    """Between which figures a claim is approximate."""
    loose = claim.wording in (Wording.ABOUT, Wording.NEARLY)
    given = None if claim.tolerance is None else _decimal(claim.tolerance)
    reach = given if given is not None else abs(stated) * LOOSE if loose else Decimal(0)
    if claim.wording is Wording.NEARLY:
        return stated - reach, stated
    return stated - reach, stated + reach
