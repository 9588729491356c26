"""What several views share: labels of parties, citations, fields that many answers have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from emvote.dataset import Dataset
from emvote.measures import Method
from emvote.model import NOC, Contest, Election, ElectionKind, Flag, Seat
from emvote.queries.contest import PairSwing, SeatResult
from emvote.queries.declared import Declared
from emvote.views.columns import Field, records_of
from emvote.views.values import Kind, PartyLabel, Sentence, Value

if TYPE_CHECKING:
    from emvote.queries.councils import CouncilRow

NOC_COLOUR = "#888888"

FLAGS = Field(
    "flags",
    Kind.TEXTS,
    "codes of the findings about this row's figures; `notes` says what each means",
    of=lambda row: codes(row.flags),
)
SWING_FIELDS = (
    Field("from_party", Kind.PARTY, "party that a positive swing goes from"),
    Field("to_party", Kind.PARTY, "party that a positive swing goes to"),
    Field("butler_pp", Kind.PP, "Butler (conventional) swing, percentage points of all valid votes", null=True),
    Field("steed_pp", Kind.PP, "Steed (two-party) swing, percentage points of the two parties' votes", null=True),
)
DECLARED_FIELDS = (
    Field("declared", Kind.COUNT, "how many have declared: figures are of these", of="declared.declared"),
    Field("of", Kind.COUNT, "of how many that vote, declared or not", of="declared.of"),
)
SEAT_AREA_FIELDS = (
    Field(
        "county",
        Kind.TEXT,
        "ceremonial counties of the seat; empty: not published",
        of=lambda row: counties(row.seat),
    ),
    Field("region", Kind.TEXT, "region of the seat", of="seat.region"),
)
CITATION = (
    Field("id", Kind.TEXT, "source id"),
    Field("title", Kind.TEXT, "title of the work"),
    Field("publisher", Kind.TEXT, "who published it"),
    Field("licence", Kind.TEXT, "terms on which its figures may be used"),
    Field("url", Kind.TEXT, "where it is", null=True),
)


def party(dataset: Dataset, party_id: str | None) -> PartyLabel | None:
    """A party as people see it; no overall control is one of the things that can stand there."""
    if party_id is None:
        return None
    if party_id == NOC:
        return PartyLabel(NOC, "NOC", NOC_COLOUR)
    known = dataset.parties.get(party_id.partition(":")[0])
    return PartyLabel(party_id, dataset.abbreviation(party_id), known.colour if known else None)


def labels(dataset: Dataset) -> Callable[[str | None], PartyLabel | None]:
    """Return the function that makes a party's label of its id."""
    return partial(party, dataset)


def source_ids(results: Iterable[SeatResult]) -> Iterable[str | None]:
    """The sources of some results, their baselines and their flags."""
    for result in results:
        yield result.contest.source or result.election.source
        if result.baseline is not None:
            yield result.baseline.source
        yield from flag_sources(result.flags)


def council_sources(rows: Iterable[CouncilRow]) -> Iterable[str]:
    """The sources of some councils at an election, and of their flags."""
    for row in rows:
        yield row.council.source
        yield from row.sources
        yield from flag_sources(row.flags)


def citations(dataset: Dataset, ids: Iterable[str | None]) -> tuple[Mapping[str, Any], ...]:
    """The sources of those ids, each once, in the record's order."""
    wanted = set(ids)
    return records_of(CITATION, (source for source in dataset.record.sources if source.id in wanted))


def codes(flags: Iterable[Flag]) -> list[str]:
    """The codes of some flags, each once."""
    return list(dict.fromkeys(flag.code for flag in flags))


def flag_sources(flags: Iterable[Flag]) -> tuple[str, ...]:
    """The sources that flags name as evidence."""
    return tuple(flag.source for flag in flags if flag.source)


def swing_cell(dataset: Dataset, swing: PairSwing | None, method: Method = Method.BUTLER) -> Sentence | None:
    """Return a swing as a cell of a table has it, always positive: `5.3 Lab→Con`; `None` where it is not known."""
    number = None if swing is None else swing.butler_pp if method is Method.BUTLER else swing.steed_pp
    if swing is None or number is None:
        return None
    losing, gaining = (swing.from_party, swing.to_party) if number >= 0 else (swing.to_party, swing.from_party)
    return Value(abs(number), Kind.POINTS), f" {dataset.abbreviation(losing)}→{dataset.abbreviation(gaining)}"


def swing_words(dataset: Dataset, swing: PairSwing, method: Method = Method.BUTLER) -> Sentence:
    """A swing as people say it: `3.6 points from Lab to Con`; empty where there is no figure."""
    number = swing.butler_pp if method is Method.BUTLER else swing.steed_pp
    if number is None:
        return ()
    losing, gaining = (swing.from_party, swing.to_party) if number >= 0 else (swing.to_party, swing.from_party)
    labels = [label for label in (party(dataset, losing), party(dataset, gaining)) if label]
    return (Value(abs(number), Kind.POINTS), " points from ", labels[0], " to ", labels[1])


def counties(seat: Seat) -> str:
    """The counties of a seat in one text: two with a slash between."""
    return " / ".join(seat.counties)


def declared_words(declared: Declared) -> Sentence:
    """What to add to a headline while something is still out: ` 12 of 33 declared.`"""
    return () if declared.complete else (f" {declared.words}.",)


def declared_aside(declared: Declared | None) -> str:
    """What to add inside a sentence while something is still out: ` (12 of 33 declared)`."""
    return "" if declared is None or declared.complete else f" ({declared.words})"


def day(election: Election) -> str:
    """The polling day in words: `12 December 2019`."""
    return f"{election.date.day} {election.date:%B %Y}"


def election_years(dataset: Dataset, *elections: Election) -> tuple[str, ...]:
    """Short names of elections that stand side by side, no two alike: `1970`, `Feb 1974`; `2019`, `2019 notional`."""
    words = [dataset.short_year(each) for each in elections]
    kinds = [" notional" if each.kind is ElectionKind.NOTIONAL else "" for each in elections]
    if len({*words}) < len(words):
        words = [f"{word}{kind}" for word, kind in zip(words, kinds, strict=True)]
    if len({*words}) < len(words):
        words = [f"{each.date:%b %Y}" for each in elections]
    return tuple(words)


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them.

    >>> listed(["Boston"]), listed(["Boston", "Derby", "Corby"])
    ('Boston', 'Boston, Derby and Corby')
    """
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def plural(number: int, word: str) -> str:
    """A word for so many things.

    >>> plural(1, "seat"), plural(2, "seat")
    ('seat', 'seats')
    """
    return word if number == 1 else f"{word}s"


def net_words(net: int | None) -> str:
    """A net change inside a text.

    >>> net_words(5), net_words(0), net_words(None)
    ('+5', '0', '–')
    """
    return "–" if net is None else f"{net:+d}" if net else "0"


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts without repetition, in order."""
    return tuple(dict.fromkeys(texts))


def cited(dataset: Dataset, contests: Iterable[Contest]) -> str:
    """Ids of the sources of some results, in order: what stands in a working beside the figures taken from them."""
    ids = {contest.source or dataset.elections[contest.election].source for contest in contests}
    return "; ".join(sorted(ids))


def cited_both(dataset: Dataset, both: Iterable[tuple[Contest, Contest]]) -> tuple[str, str]:
    """Likewise of the earlier and of the later result of some seats."""
    pairs = tuple(both)
    return cited(dataset, (earlier for earlier, _ in pairs)), cited(dataset, (later for _, later in pairs))


def baseline_record(election: Election) -> dict[str, str]:
    """The election that others are compared with, and whether it is a notional result."""
    return {"election": election.id, "type": "notional" if election.kind is ElectionKind.NOTIONAL else "actual"}


def asked(**options: Any) -> dict[str, Any]:
    """The options that were given: a flag that is set, a value that is there.

    >>> asked(lost_control=True, held=False, party=None, seats=[])
    {'lost_control': True}
    """
    return {key: value for key, value in options.items() if value not in (None, False, [], ())}
