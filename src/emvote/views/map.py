"""The region as a picture for readers, and its hexagons as rows for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from emvote import measures
from emvote.baselines import BASELINES
from emvote.dataset import LOCAL, Dataset
from emvote.model import ElectionKind
from emvote.queries.contest import SeatResult
from emvote.queries.councils import CouncilRow
from emvote.queries.map import MapAnswer, Shade, Spot, votes_of
from emvote.views import common, phrases, workings
from emvote.views.columns import Column, Field, Table, record_of, table_of
from emvote.views.picture import Picture, Scale, Tile
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row

FIELDS = (
    Field("place_id", Kind.TEXT, "GSS code of the seat or council", of="id"),
    Field("place", Kind.NAME, "its name", of="name"),
    Field("code", Kind.TEXT, "its initials on the map, unique there"),
    Field("map", Kind.TEXT, "id of the map"),
    Field("q", Kind.COUNT, "column; null: the map has no hexagon for it", null=True),
    Field("r", Kind.COUNT, "row, growing northwards; odd rows stand half a hexagon further right", null=True),
    Field("election", Kind.TEXT, "election id"),
    Field("party", Kind.PARTY, "winner, or in control after the poll, or noc; null: not known or declared", null=True),
    Field("change", Kind.TEXT, "as in `seats` or `councils`", null=True),
    Field("outcome", Kind.TEXT, "as in `seats` or `councils`", null=True),
    Field("majority_pct", Kind.PCT, "majority in per cent of valid votes; null for councils", null=True),
    Field(
        "majority_seats",
        Kind.COUNT,
        "seats of the party in control less all others of the council; null for seats and under no overall control",
        null=True,
    ),
    Field("swing_pp", Kind.PP, "Butler swing between the parties of the map; null unless asked for", null=True),
    Field("turnout_pct", Kind.PCT, "valid votes over the electorate; null for councils", null=True),
    Field("share_pct", Kind.PCT, "share of the party of the map; null unless asked for", null=True),
)
SUMMARY = (
    Field("map", Kind.TEXT, "id of the map", of="map.id"),
    Field("shade", Kind.TEXT, "what the colours tell", choices=tuple(Shade)),
    Field("places", Kind.COUNT, "hexagons of places with a result"),
    Field("undeclared", Kind.COUNT, "hexagons of places that have not declared"),
    Field("off_the_map", Kind.TEXTS, "places with a result that the map has no hexagon for"),
    Field("parties", Kind.COUNTS, "places by party"),
)
VALUES: Final[Mapping[Shade, tuple[str, Kind, str]]] = {
    Shade.SWING: ("swing_pp", Kind.PP, "Swing"),
    Shade.MAJORITY: ("majority_pct", Kind.PCT, "Majority"),
    Shade.TURNOUT: ("turnout_pct", Kind.PCT, "Turnout"),
    Shade.SHARE: ("share_pct", Kind.PCT, "Share"),
}
"""Field that a map of numbers shows, its kind, and the heading of its column."""
COUNCIL_MAJORITY: Final = ("majority_seats", Kind.CHANGE, "Majority")
BREAKS: Final[Mapping[Shade, tuple[float, ...]]] = {
    Shade.SWING: (-10, -5, -2, 2, 5, 10),
    Shade.MAJORITY: tuple(float(floor) for _, floor in measures.BANDS if floor),
    Shade.TURNOUT: (50, 55, 60, 65, 70),
    Shade.SHARE: (10, 20, 30, 40, 50),
}
"""Where the colours change: the bands of marginality for majorities, else round numbers."""
SEATS_BREAKS: Final = (2.0, 5.0, 10.0, 20.0, 30.0)
"""Likewise for a council's majority in seats."""
RANGES: Final = {
    "majority": ("majority_pct", Kind.PCT, "majorities"),
    "turnout": ("turnout_pct", Kind.PCT, "turnout"),
    "share": ("share_pct", Kind.PCT, "share"),
}
"""What a map shows to the field, its kind and the word for its range."""
FEW: Final = 4
"""More seats without a swing than that, and a note says how many in place of which."""
SMALL_WORDS: Final = frozenset({"and", "of", "the", "&"})


def map_view(dataset: Dataset, answer: MapAnswer, query: Mapping[str, Any]) -> View:
    """The map of one election."""
    names = [spot.name for spot in answer.spots]
    codes = {spot.id: code for spot, code in zip(answer.spots, initials(names), strict=True)}
    same = {"map": answer.map.id, "election": answer.election.id}
    counts = Counter(spot.party for spot in answer.every if spot.party)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], dataset.party_order(item[0])))
    return View(
        command="map",
        query={"election": answer.election.id, **query, "by": answer.shade.value},
        baseline=_baseline(answer),
        fields=FIELDS,
        rows=tuple(record_of(FIELDS, spot, code=codes.get(spot.id, ""), **same) for spot in _rows(answer)),
        summary=record_of(
            SUMMARY,
            answer,
            places=sum(spot.declared for spot in answer.spots),
            undeclared=sum(not spot.declared for spot in answer.every),
            off_the_map=[spot.name for spot in answer.off],
            parties=dict(ordered),
        ),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(tuple(_headline(dataset, answer)),),
            picture=_picture(dataset, answer, codes),
            table=_table(dataset, answer, codes),
        ),
        notes=tuple(_notes(dataset, answer)),
        declared=answer.declared,
        sources=common.citations(dataset, answer.sources),
        workings=Workings(lambda: by_row(_workings(dataset, answer, spot) for spot in _rows(answer))),
    )


def initials(names: Sequence[str]) -> list[str]:
    """Names as short codes, each unique among them: longer only where they would clash.

    >>> initials(["Derby North", "Loughborough", "Nottingham South", "Northampton South"])
    ['DN', 'Lou', 'NotS', 'NorS']
    """
    codes = [_initials(name, 1) for name in names]
    length = 1
    while length < max(map(len, names), default=0):
        clashing = {code for code in codes if codes.count(code) > 1}
        if not clashing:
            break
        length += 1
        codes = [_initials(name, length) if code in clashing else code for name, code in zip(names, codes, strict=True)]
    return codes


def _initials(name: str, length: int) -> str:
    """The first letters of the first word, and one of each further word.

    >>> _initials("Hinckley and Bosworth", 1), _initials("Corby", 1), _initials("Nottingham North", 3)
    ('HB', 'Cor', 'NotN')
    """
    words = [word for word in name.replace("-", " ").split() if word.casefold() not in SMALL_WORDS] or [name]
    if len(words) == 1:
        return words[0][: length + 2]
    return words[0][:length] + "".join(word[0] for word in words[1:])


def _shown(answer: MapAnswer) -> tuple[str, Kind, str]:
    if answer.shade is Shade.MAJORITY and _is_local(answer):
        return COUNCIL_MAJORITY
    return VALUES.get(answer.shade, ("party", Kind.PARTY, "Winner"))


def _rows(answer: MapAnswer) -> tuple[Spot, ...]:
    """Return the places with a hexagon, then those without."""
    return (*answer.spots, *answer.off)


def _headline(dataset: Dataset, answer: MapAnswer) -> Iterable[Any]:
    yield f"{answer.election.name}: {answer.map.title.lower()}, by "
    if answer.between is not None:
        labels = [common.party(dataset, each) for each in (answer.between.from_party, answer.between.to_party)]
        yield from ("swing from ", *(part for label in labels[:1] if label for part in (label, " to ")))
        yield from (label for label in labels[1:] if label)
    elif answer.party is not None:
        yield from ("share of ", common.party(dataset, answer.party))
    else:
        yield "party in control" if _is_local(answer) and answer.shade is Shade.WINNER else answer.shade.value
    yield "."


def _is_local(answer: MapAnswer) -> bool:
    return answer.election.kind in LOCAL


def _picture(dataset: Dataset, answer: MapAnswer, codes: Mapping[str, str]) -> Picture:
    key, kind, _ = _shown(answer)
    top = max((spot.r for spot in answer.spots if spot.r is not None), default=0)
    left = min((spot.q for spot in answer.spots if spot.q is not None), default=0)
    tiles = []
    for spot in answer.spots:
        if spot.q is None or spot.r is None:
            continue
        number = None if key == "party" else getattr(spot, key)
        tiles.append(
            Tile(
                column=spot.q - left,
                row=top - spot.r,
                code=codes[spot.id],
                name=spot.name,
                party=common.party(dataset, spot.party),
                value=None if key == "party" else Value(number, kind),
                marked=_changed(spot),
            )
        )
    return Picture(
        title=f"{answer.election.name}: {answer.map.title}",
        tiles=tuple(tiles),
        scale=_scale(answer.shade),
        breaks=SEATS_BREAKS if key == COUNCIL_MAJORITY[0] else BREAKS.get(answer.shade, ()),
        unit=Kind.COUNT if key == COUNCIL_MAJORITY[0] else kind,
        odd_right=top % 2 == 0,
        legend=tuple(_legend(dataset, answer)),
        omitted=_omitted(answer),
    )


def _omitted(answer: MapAnswer) -> str:
    """The places that are not drawn, by name or, where they are many, how many."""
    names = [spot.name for spot in answer.off]
    return "" if not names else common.listed(names) if len(names) <= FEW else f"{len(names)} places"


def _changed(spot: Spot) -> bool:
    return spot.change in ("gain", "loss")


def _scale(shade: Shade) -> Scale:
    return {
        Shade.WINNER: Scale.PARTY,
        Shade.CHANGE: Scale.CHANGED,
        Shade.SWING: Scale.DIVERGING,
    }.get(shade, Scale.SEQUENTIAL)


def _legend(dataset: Dataset, answer: MapAnswer) -> Iterable[Sentence]:
    if answer.shade in (Shade.WINNER, Shade.CHANGE) and answer.election.kind is not ElectionKind.NOTIONAL:
        yield ("* control changed" if _is_local(answer) else "* another party won than before",)
    if answer.between is not None:
        losing, gaining = answer.between.from_party, answer.between.to_party
        yield (f"+ from {dataset.abbreviation(losing)} to {dataset.abbreviation(gaining)}, - the other way",)
    if any(not spot.declared for spot in answer.spots):
        yield ("? not declared yet",)
    if answer.off:
        yield (f"Not drawn, and not counted in this key: {_omitted(answer)}",)


def _table(dataset: Dataset, answer: MapAnswer, codes: Mapping[str, str]) -> Table:
    key, kind, label = _shown(answer)
    columns = (
        Column("Map", Kind.TEXT, lambda spot: codes.get(spot.id)),
        Column("Council" if _is_local(answer) else "Seat", Kind.NAME, "name"),
        Column("Control" if _is_local(answer) else "Winner", Kind.PARTY, "party"),
        *(() if key == "party" else (Column(label, kind, key),)),
        Column("Result", Kind.TEXT, lambda spot: spot.outcome if spot.declared else "not declared yet", priority=1),
    )
    return table_of(columns, _rows(answer), common.labels(dataset))


def _baseline(answer: MapAnswer) -> Mapping[str, Any] | None:
    """What outcomes are against: an election, or both baselines of councils."""
    if answer.election.kind in LOCAL:
        return BASELINES
    return common.baseline_record(answer.baseline) if answer.baseline else None


def _notes(dataset: Dataset, answer: MapAnswer) -> Iterable[str]:
    if answer.election.kind in LOCAL:
        from emvote.views import councils  # maps of seats do without

        rows = [spot.of for spot in (*answer.spots, *answer.off) if isinstance(spot.of, CouncilRow)]
        yield f"control is compared with {councils.eve_words(rows)}"
    yield "every hexagon is one place: its size says nothing of area, electors or votes"
    unknown = [spot.name for spot in answer.every if spot.declared and spot.change in {None, "new"}]
    if answer.shade is Shade.CHANGE and unknown and answer.election.kind is not ElectionKind.NOTIONAL:
        yield f"grey, but whether control or the seat changed hands is not known: {common.listed(unknown)}"
    if answer.off:
        yield f"without a hexagon on this map: {common.listed([spot.name for spot in answer.off])}"
    if answer.baseline is not None and answer.baseline.kind is ElectionKind.NOTIONAL:
        yield f"changes are against a notional result: {answer.baseline.name}"
    if answer.party is not None and not dataset.is_party(answer.party):
        yield f"{dataset.parties[answer.party].name}: the votes of all of them in a seat, who are no one party"
    yield from answer.notes
    number = sum(spot.swing is not None for spot in answer.every)
    for reason, seats in answer.unswung.items():
        where = f"in all {number} seats" if 1 < len(seats) == number else f"in {_seats(seats)}"
        yield f"{reason}, {where}"
    if answer.election.kind is ElectionKind.NOTIONAL:
        yield "a notional result is an estimate: nobody was elected"


def _seats(names: Sequence[str]) -> str:
    """Few seats by name, of many their number."""
    return common.listed(names) if len(names) <= FEW else f"{len(names)} seats"


def _workings(dataset: Dataset, answer: MapAnswer, spot: Spot) -> Iterable[Working]:
    """The workings of one place: of what the map is coloured by first."""
    from emvote.views import councils, seat  # most maps are never asked for theirs

    if isinstance(spot.of, SeatResult):
        yield from _explain_swing(dataset, answer, spot)
        yield from _explain_share(dataset, answer, spot, spot.of)
        yield from seat.explain_result(dataset, spot.of)
    elif isinstance(spot.of, CouncilRow):
        yield from councils.explain_control(dataset, spot.of)
        yield from _explain_majority(spot, spot.of)


def _explain_swing(dataset: Dataset, answer: MapAnswer, spot: Spot) -> Iterable[Working]:
    swung, pair = spot.swing, answer.pair
    if swung is None or pair is None or swung.note is not None:
        return
    both = (dataset.contests[pair.earlier.id, spot.id], dataset.contests[pair.later.id, spot.id])
    sources = common.cited_both(dataset, (both,))
    # the map has the Butler swing alone
    yield from islice(workings.swings(dataset, spot.name, swung.swing, swung.votes, sources=sources), 1)


def _explain_share(dataset: Dataset, answer: MapAnswer, spot: Spot, result: SeatResult) -> Iterable[Working]:
    if spot.share_pct is None or answer.party is None:
        return
    votes, source = votes_of(result, answer.party), common.cited(dataset, (result.contest,))
    name = f"{dataset.abbreviation(answer.party)}, {result.seat.name}"
    yield workings.share(name, votes, result.contest.valid_votes, spot.share_pct, source)


def _explain_majority(spot: Spot, row: CouncilRow) -> Iterable[Working]:
    """The working of a council's majority in seats."""
    if spot.majority_seats is None:
        return
    held = row.seats_after.get(row.control_after or "")
    yield Working(
        f"majority in seats, {spot.name}",
        "S − (N − S)",
        (
            ("seats of the party in control S", Value(held, Kind.COUNT)),
            ("seats of the council N", Value(row.seats_total, Kind.COUNT)),
            ("source of the seats", Value("; ".join(row.sources), Kind.TEXT)),
        ),
        Value(spot.majority_seats, Kind.CHANGE),
        "vacancies count with all others",
    )


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Who won how many places, how many changed, and the range of what is shown where that is a figure."""
    summary = view.summary or {}
    parties = [
        (phrases.party_words(dataset, party, inside=True), f" {number}") for party, number in summary["parties"].items()
    ]
    changed = sum(row["change"] in {"gain", "loss"} for row in view.rows)
    known = any(row["change"] for row in view.rows)
    return (
        f"{phrases.election_name(view, dataset)}{common.declared_aside(view.declared)}: ",
        *phrases.joined(parties, ", "),
        f"; {changed} changed hands" if known else "",
        *_range(view, dataset),
        ".",
    )


def _range(view: View, dataset: Dataset) -> Sentence:
    """Return the lowest and the highest figure that the map shows."""
    key, kind, word = RANGES.get((view.summary or {})["shade"], ("", Kind.PCT, ""))
    rows = sorted((row for row in view.rows if key and row[key] is not None), key=lambda row: row[key])
    if not rows:
        return ()
    whose: Sentence = (" of ", phrases.full_name(dataset, view.query["party"])) if view.query.get("party") else ()
    low, high = rows[0], rows[-1]
    ends = (f" in {low['place']} to ", Value(high[key], kind), f" in {high['place']}")
    return (f"; {word}", *whose, " from ", Value(low[key], kind), *ends)
