"""Councils at one local election for readers: control, seats, and a summary to quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from msgspec.structs import replace

from emvote.baselines import Baseline
from emvote.command_line import printed, question
from emvote.dataset import Dataset
from emvote.measures import Formula
from emvote.model import NOC, OTHER, CouncilType, Cycle, ElectionKind
from emvote.queries.councils import CouncilFilter, CouncilRow, CouncilsAnswer, PartyTotal
from emvote.views import common, phrases
from emvote.views.columns import Column, Field, Table, record_of, records_of, table_of
from emvote.views.values import Kind, PartyLabel, SeatsChange, Sentence, Value
from emvote.views.view import Layout, View, Working, Workings, by_row
from emvote.views.workings import working

CONTROL = "party id, `noc`, or null where parties and independents that the record counts together hold a majority"
ADMINISTRATION_FIELDS = (
    Field("type", Kind.TEXT, "majority, minority, coalition, rainbow or none"),
    Field("parties", Kind.TEXTS, "parties in it"),
    Field("leader_party", Kind.PARTY, "party of the leader", null=True),
    Field("since", Kind.DATE, "first day", null=True),
    Field("source", Kind.TEXT, "id of the source"),
)
FIELDS = (
    Field("council_id", Kind.TEXT, "GSS code of the council", of="council.id"),
    Field("council", Kind.NAME, "name of the council", of="council.name"),
    Field("type", Kind.TEXT, "tier", choices=tuple(CouncilType), of="council.type"),
    Field("county", Kind.TEXT, "ceremonial county", of="council.county"),
    Field(
        "region",
        Kind.TEXT,
        "region of England; another than the dataset's never counts in its totals",
        of="council.region",
    ),
    Field("election", Kind.TEXT, "election id", of="election.id"),
    Field("polling_date", Kind.DATE, "polling day", of="election.date"),
    Field("cycle", Kind.TEXT, "part elected that day; null: did not vote", null=True, choices=tuple(Cycle)),
    Field("seats_total", Kind.COUNT, "seats of the council, vacancies counted in"),
    Field("seats_up", Kind.COUNT, "seats due to be filled, also where no poll was held that day"),
    Field("seats_needed", Kind.COUNT, "seats for control: more than half"),
    Field("control_before", Kind.PARTY, f"control at the baseline: {CONTROL}", null=True),
    Field("control_after", Kind.PARTY, f"control after the poll: {CONTROL}", null=True),
    Field(
        "control_change",
        Kind.TEXT,
        "`loss` is to no overall control, `none` is none before and after, `new` the first election of a council",
        null=True,
        choices=("hold", "gain", "loss", "none", "new"),
        of="change",
    ),
    Field("outcome", Kind.TEXT, "the phrase that the press uses: `Lab gain from Con`", null=True),
    Field("largest_before", Kind.PARTY, "most seats at the baseline; null: a tie, or not known", null=True),
    Field("largest_after", Kind.PARTY, "most seats after the poll; null: a tie, or not known", null=True),
    Field(
        "seats_last_election",
        Kind.COUNTS,
        "won at the last ordinary election for the seats up; null: not on record, or a new council",
        null=True,
        absent=0,
    ),
    Field(
        "seats_before",
        Kind.COUNTS,
        "the whole council at the control baseline; `other` is an aggregate; null: not on record, or a new council",
        null=True,
        absent=0,
        aggregate=OTHER,
    ),
    Field("seats_won", Kind.COUNTS, "won at this election; null: may be in the aggregate `other`", absent=0),
    Field("seats_after", Kind.COUNTS, "the whole council after this election", absent=0, aggregate=OTHER),
    Field(
        "seats_net",
        Kind.CHANGES,
        "won less the seats baseline's seats among those up; null: no baseline on record",
        null=True,
        absent=0,
    ),
    Field("vacancies", Kind.COUNT, "seats left vacant after the poll"),
    Field(
        "administration",
        Kind.RECORD,
        "who ran the council afterwards, as recorded; null: not recorded, never computed",
        null=True,
        fields=ADMINISTRATION_FIELDS,
    ),
    Field("baseline_date", Kind.DATE, "when the control baseline was recorded: ISO date or month", null=True),
    common.FLAGS,
)
TOTAL_FIELDS = (
    Field("held", Kind.COUNT, "councils held"),
    Field("gained", Kind.COUNT, "councils gained"),
    Field("lost", Kind.COUNT, "councils lost"),
    Field("net", Kind.CHANGE, "councils gained less councils lost"),
    Field("won_before_unknown", Kind.COUNT, "councils won where control before is not known"),
    Field("seats_won", Kind.COUNT, "seats won; null: in some council they may be in an aggregate", null=True),
    Field("seats_won_known", Kind.COUNT, "the same over the councils where it is known"),
    Field("lumped_in", Kind.TEXTS, "councils where the record may have seats of the party in an aggregate"),
    Field("seats_net", Kind.CHANGE, "seats won less the baseline's; null: not known in some council", null=True),
    Field("seats_net_known", Kind.CHANGE, "the same over the councils where it is known; null: none", null=True),
    Field("unknown_in", Kind.TEXTS, "councils where the baseline does not tell the party's seats"),
)
NOC_FIELDS = (
    Field("before", Kind.COUNT, "councils under no overall control at the baseline", of="noc_before"),
    Field("after", Kind.COUNT, "councils under no overall control after the poll", of="noc_after"),
    Field(
        "net",
        Kind.CHANGE,
        "councils lost to it less those gained from it; after less before where both are known",
        of="noc_net",
    ),
)
SUMMARY = (
    Field("councils", Kind.COUNT, "councils of the region among the rows that voted"),
    Field(
        "unsettled",
        Kind.COUNT,
        "councils that may match: control, now or before, is not known",
        of=lambda answer: len(answer.unsettled),
    ),
    *common.DECLARED_FIELDS,
    Field("seats_up", Kind.COUNT, "their seats due to be filled"),
    Field("vacancies", Kind.COUNT, "their seats left vacant"),
    Field(
        "parties",
        Kind.RECORD,
        "per party id: councils and seats, in the region only",
        fields=(Field("*", Kind.RECORD, "one party's councils and seats", fields=TOTAL_FIELDS),),
        of=lambda answer: {total.party: total for total in answer.parties},
    ),
    Field("noc", Kind.RECORD, "no overall control", fields=NOC_FIELDS, of=lambda answer: answer),
)
EVE_OF_POLL, LAST_ELECTION = "the eve of the poll", "the last ordinary election"
COMPARED = f"control compared with {EVE_OF_POLL}, or with the latest composition before it, seats with {LAST_ELECTION}"
MONTHS = len("2022-05")
"""Characters of a baseline's date of which the month is known, not the day."""
CONTROL_RULE = "more than half of all seats, vacancies counted in; independents are no party (BBC 2023)"
CONTROL_FORMULA = Formula(
    "the party with at least floor(N/2) + 1 = needed seats, else no overall control",
    "party",
    CONTROL_RULE,
    {"N": "seats of the council"},
)
OUTCOME = Formula("control after the poll against control before", "text", CONTROL_RULE)
NET_RULE = "net of gains and losses: BBC usage since 2013"
NET_OF_WHOLE = Formula("seats after − baseline's seats", "change", NET_RULE)
NET_OF_UP = Formula("seats won − baseline's seats among those up", "change", NET_RULE)
MANY = 10
"""More councils than that, and people see which have flags in place of what each flag says."""
FEW = 4
"""More councils than that, and a sentence says how many in place of which."""
NARROW = 3
"""Parties whose columns a terminal of 80 columns keeps."""


def councils_view(dataset: Dataset, answer: CouncilsAnswer, query: Mapping[str, Any]) -> View:
    """The councils of one local election."""
    rows = answer.rows
    return View(
        command="councils",
        query={"election": answer.election.id, **query},
        baseline={"control": answer.control_baseline.value, "seats": answer.seats_baseline.value},
        fields=FIELDS,
        rows=records_of(FIELDS, rows),
        keys=answer.parties_named,
        key_names=frozenset(dataset.parties),
        summary=record_of(SUMMARY, answer),
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(dataset, answer),) if answer.on_record else (),
            continued=answer.on_record,
            table=councils_table(dataset, rows),
            closing=tuple(_closing(dataset, answer)) if rows else (),
            brief=_brief(dataset, answer) if len(rows) > MANY else None,
        ),
        notes=common.unique((*_general_notes(dataset, answer), *(note for row in rows for note in row.notes))),
        declared=answer.declared,
        sources=common.citations(dataset, common.council_sources(rows)),
        workings=Workings(lambda: by_row(explain(dataset, row) for row in rows)),
        empty=_empty(answer),
    )


def _empty(answer: CouncilsAnswer) -> str:
    if not answer.on_record:
        return _wards_only(answer)
    out = "" if answer.declared.complete else f"; {answer.declared.words}"
    if answer.unsettled:
        return f"which councils of {answer.election.id} match is not known: {_unsettled(answer)}{out}"
    return f"no council of {answer.election.id} matches{out}"


def _unsettled(answer: CouncilsAnswer) -> str:
    """Why it is not known whether some councils match, and which."""
    names = common.listed([row.council.name for row in answer.unsettled])
    return f"the record does not tell who was in control of {names}, then or before"


def councils_table(dataset: Dataset, rows: Sequence[CouncilRow]) -> Table:
    """A row a council: what became of it, then seats won with their change, party by party."""
    from emvote.views import bars  # drawn for people only

    parties = _by_seats(rows)
    letter = bars.letters(dataset, (party for row in rows for party in row.seats_after))
    columns = (
        Column("Council", Kind.NAME, lambda row: f"{row.council.name}{'' if row.in_region else ' (outside)'}"),
        Column("Control", Kind.TEXT, "outcome"),
        *(
            Column(
                dataset.abbreviation(party),
                Kind.SEATS,
                partial(_seats, party),
                0 if i < NARROW else i,
                f"seats_won.{party}",
            )
            for i, party in enumerate(parties)
        ),
        Column("Seats up", Kind.COUNT, "seats_up", priority=len(parties) + 1),
        Column("of", Kind.COUNT, "seats_total", priority=len(parties) + 1),
        Column("Needed", Kind.COUNT, "seats_needed", priority=len(parties) + 2),
        Column(
            "Council after",
            Kind.SEAT_BAR,
            lambda row: bars.seat_bar(dataset, row.seats_after, row.seats_total, letter),
            priority=NARROW,
        ),
    )
    narrow = (*columns[:2], Column("Seats won (change)", Kind.TEXT, partial(_seats_cell, dataset)))
    wide = table_of(columns, rows, common.labels(dataset))
    return replace(wide, narrow=table_of(narrow, rows, common.labels(dataset)))


def _seats_cell(dataset: Dataset, row: CouncilRow) -> Sentence | None:
    """The parties that won or lost seats there, most seats first: `Ashfield Ind 30 (+30), Lab 2 (-20)`."""
    found = {party: _seats(party, row) for party in {*row.seats_won, *(row.seats_net or ())}}
    kept = {party: seats for party, seats in found.items() if seats and (seats.seats or seats.change)}
    ranked = sorted(kept, key=lambda party: (-(kept[party].seats or 0), dataset.party_order(party)))
    cells: list[Sentence] = [(dataset.abbreviation(party), " ", _short_seats(kept[party])) for party in ranked]
    return phrases.joined(cells, ", ") or None


def _short_seats(seats: SeatsChange) -> Value:
    """Seats with their change, where that is known."""
    return Value(seats.seats, Kind.COUNT) if seats.change is None else Value(seats, Kind.SEATS)


def _by_seats(rows: Sequence[CouncilRow]) -> list[str]:
    """The parties that won or lost seats, most seats won first."""
    won: dict[str, int] = {}
    for row in rows:
        for party in (*row.seats_won, *(row.seats_net or ())):
            won[party] = won.get(party, 0) + (row.won_by(party) or 0)
    return sorted(won, key=lambda party: -won[party])


def _seats(party: str, row: CouncilRow) -> SeatsChange | None:
    if not row.voted:
        return None
    won = row.won_by(party)
    return None if won is None else SeatsChange(won, row.net_of(party))


def compared_words(rows: Iterable[CouncilRow], control: Baseline, seats: Baseline) -> str:
    """What control and seats are compared with: `control compared with May 2022, seats with the last …`."""
    words = {Baseline.EVE: eve_words(rows), Baseline.LAST: LAST_ELECTION}
    if control is seats:
        return f"control and seats compared with {words[control]}"
    return f"control compared with {words[control]}, seats with {words[seats]}"


def eve_words(rows: Iterable[CouncilRow]) -> str:
    """The eve of the poll, where it was published; else when the latest compositions were recorded.

    Where only some councils have a published state: `the eve of the poll (18 of 33 councils: May 2018)`.
    """
    older, voted, when = _older(rows)
    if not older:
        return EVE_OF_POLL
    return when if len(older) == voted else f"{EVE_OF_POLL} ({len(older)} of {voted} councils: {when})"


def older_than_the_eve(rows: Iterable[CouncilRow]) -> Iterable[str]:
    """The note on councils that are compared with a composition from some time before the poll."""
    older, voted, when = _older(rows)
    whose = "" if len(older) == voted else f" of {common.listed(older)}"
    if older:
        yield (
            f"the state{whose} on the eve of the poll is not on record: "
            f"control before is that of the latest composition, {when}"
        )


def _older(rows: Iterable[CouncilRow]) -> tuple[list[str], int, str]:
    """Councils whose baseline is not of the day before the poll, of how many, and when theirs were recorded."""
    voted = [row for row in rows if row.voted and row.baseline_date is not None]
    older = [row for row in voted if row.baseline_date != (row.election.date - timedelta(days=1)).isoformat()]
    dates = sorted({row.baseline_date or "" for row in older})
    return [row.council.name for row in older], len(voted), common.listed([moment(each) for each in dates])


def moment(when: str) -> str:
    """A date as exact as it is known, in words: `2 May 2019`, `May 2018`, `2014`."""
    month_only = len(when) == MONTHS
    try:
        day = date.fromisoformat(f"{when}-01" if month_only else when)
    except ValueError:  # a year, or what a dataset of somebody's own says in its words
        return when
    return f"{day:%B %Y}" if month_only else f"{day.day} {day:%B %Y}"


def _headline(dataset: Dataset, answer: CouncilsAnswer) -> Sentence:
    compared = compared_words(answer.rows, answer.control_baseline, answer.seats_baseline)
    more = f" Whether {phrases.number(len(answer.unsettled))} more match is not known." if answer.unsettled else ""
    compared = f"{compared[:1].upper()}{compared[1:]}.{more}"
    return (compared, *_later(dataset, answer), *common.declared_words(answer.declared))


def _later(dataset: Dataset, answer: CouncilsAnswer) -> Sentence:
    """How to ask for the latest local elections, where the answer is of the default ones."""
    local = [election for election in dataset.record.elections if election.kind is ElectionKind.LOCAL]
    latest = max(local, key=lambda election: election.date)
    if answer.election.id != dataset.record.default_local or latest is answer.election:
        return ()
    return (f" For the latest: {printed(question('councils', str(latest.date.year)))}.",)


def _closing(dataset: Dataset, answer: CouncilsAnswer) -> Iterable[Sentence]:
    inside = [row for row in answer.rows if row.in_region and row.voted]
    if not inside:
        return
    if answer.keep != CouncilFilter(all=answer.keep.all, outside=answer.keep.outside):
        yield (f"In {'this council' if len(inside) == 1 else f'these {phrases.number(len(inside))} councils'}:",)
    for total in answer.parties:
        label = common.party(dataset, total.party)
        councils = total.held or total.gained or total.lost or total.won_before_unknown
        if label is not None and (councils or total.seats_won_known or total.seats_net):
            party = phrases.party_words(dataset, total.party) if total.party in dataset.parties else label.text
            yield (f"{party} ", *_council_words(total, inside), *_seat_words(total), ".")
    if answer.noc_before or answer.noc_after:
        before, after = phrases.number(answer.noc_before, "council"), phrases.number(answer.noc_after)
        yield (f"No overall control: {before} before, {after} after", *_noc_words(inside), ".")


def _council_words(total: PartyTotal, rows: Sequence[CouncilRow]) -> Sentence:
    """`held three councils, gained one (Bassetlaw) and lost two (Derby and Lincoln), and `; empty without any."""
    gained = [row.council.name for row in rows if row.gained_by == total.party]
    lost = [row.council.name for row in rows if row.lost_by == total.party]
    won = [row.council.name for row in rows if row.won_before_unknown_by == total.party]
    done = [("held", total.held, []), ("gained", len(gained), gained), ("lost", len(lost), lost)]
    done.append(("won, where control before is not known,", len(won), won))
    said = [(verb, number, names) for verb, number, names in done if number]
    words = [
        f"{verb} {phrases.number(number, '' if index else 'council')}{f' ({common.listed(names)})' if names else ''}"
        for index, (verb, number, names) in enumerate(said)
    ]
    return (f"{common.listed(words)}; " if words else "",)


def _seat_words(total: PartyTotal) -> Sentence:
    """`won 398 seats, a net loss of 142`, as far as it is known."""
    won = f"won {phrases.number(total.seats_won_known, 'seat')}"
    if total.lumped_in:
        won += f" without {_some(total.lumped_in)}, where small parties and independents are not told apart"
    if total.seats_net is not None:
        return (f"{won}, {phrases.net_phrase(total.seats_net)}",)
    if not total.seats_net_known:  # 0 may be of councils where it has no seat, its own being among those not known
        return (f"{won}, net not known ({_some(total.unknown_in)})",)
    return (f"{won}, {phrases.net_phrase(total.seats_net_known)} without {_some(total.unknown_in)}, not known there",)


def _some(names: Sequence[str]) -> str:
    """The names of a few councils, of many their number: the summary of machine formats names them all."""
    return common.listed(names) if len(names) <= FEW else f"{len(names)} councils"


def _noc_words(rows: Sequence[CouncilRow]) -> Sentence:
    names = [row.council.name for row in rows if row.control_after == "noc"]
    return (f" ({common.listed(names)})",) if names else ()


def _general_notes(dataset: Dataset, answer: CouncilsAnswer) -> Iterable[str]:
    if not answer.on_record:
        yield _wards_only(answer)
    if answer.control_baseline is Baseline.EVE:
        yield from older_than_the_eve(answer.rows)
    yield from answer.declared.notes()
    if answer.unsettled:
        which = "it matches" if len(answer.unsettled) == 1 else "they match"
        yield f"{_unsettled(answer)}, so whether {which} is not known"
    outside = [row.council.name for row in answer.rows if not row.in_region]
    if outside:
        yield f"outside the {dataset.record.region} and not in its totals: {common.listed(outside)}"


def _wards_only(answer: CouncilsAnswer) -> str:
    held = answer.election
    command = printed(question("wards", "COUNCIL", options=("--election", held.id)))
    return f"what {held.id} did to councils is not on record, ward results are: {command}"


def _brief(dataset: Dataset, answer: CouncilsAnswer) -> tuple[str, ...]:
    """The general notes, and which councils have more to be known."""
    rows = answer.rows
    named = {code: [row.council.name for row in rows if code in common.codes(row.flags)] for code in _codes(rows)}
    flags = (f"{code}: {common.listed(names)}" for code, names in named.items())
    return (
        *_general_notes(dataset, answer),
        "flags, which --explain and emvote council NAME spell out:",
        *flags,
    )


def _codes(rows: Iterable[CouncilRow]) -> list[str]:
    return sorted({code for row in rows for code in common.codes(row.flags)})


def explain(dataset: Dataset, row: CouncilRow) -> Iterable[Working]:
    """The working of one council's control, outcome and nets."""
    yield from explain_control(dataset, row)
    for party, net in (row.seats_net or {}).items():
        won = row.seats_after.get(party, 0) if row.net_of_whole else row.won_by(party)
        before = None if net is None or won is None else won - net
        formula, seats = (NET_OF_WHOLE, "seats after") if row.net_of_whole else (NET_OF_UP, "seats won")
        what, cited = f"net seats, {row.council.name}, {dataset.abbreviation(party)}", _cited(row)
        yield working(formula, what, {seats: won, "baseline": before}, net, cited=cited)


def explain_control(dataset: Dataset, row: CouncilRow) -> Iterable[Working]:
    """The working of one council's control after the poll, and of its outcome."""
    after, cited = common.party(dataset, row.control_after), _cited(row)
    seats = (("N", row.seats_total), *_held(dataset, row.seats_after, "after"))
    yield control(row.council.name, seats, row.seats_needed, after, cited=cited)
    if row.outcome is not None and row.control_before is not None:
        before = (f"control before, {row.baseline_date}", common.party(dataset, row.control_before))
        inputs = (*_held(dataset, row.seats_before or {}, "before"), before, ("control after", after))
        yield working(OUTCOME, f"outcome, {row.council.name}", inputs, row.outcome, cited=cited)


def control(
    what: str,
    seats: Iterable[tuple[str, int | None]],
    needed: int,
    party: PartyLabel | None,
    **sources: Any,
) -> Working:
    """Return the working of control of a council, from all its seats and those of each party."""
    result, letters = Value(party, Kind.PARTY), {"needed": f"{needed}"}
    return working(CONTROL_FORMULA, f"control, {what}", seats, result, letters=letters, **sources)


def _held(dataset: Dataset, seats: Mapping[str, int | None], when: str) -> Iterable[tuple[str, int]]:
    for party, number in seats.items():
        if number:
            yield (f"{dataset.abbreviation(party)} {when}", number)


def _cited(row: CouncilRow) -> dict[str, str]:
    return {"the seats": "; ".join(row.sources)}


def sentence(view: View, dataset: Dataset) -> Sentence:
    """Return the answer in one sentence."""
    summary = view.summary or {}
    begin = phrases.election_matching(view, dataset)
    voted = [row for row in view.rows if row["seats_up"]]
    if len(view.rows) <= phrases.MOST_NAMED:
        return (begin, *phrases.outcomes(view.rows, "council", "control_before", "control_after", dataset), ".")
    new = Counter(row["control_after"] for row in voted if row["control_change"] == "new")
    parties = [
        (phrases.party_words(dataset, party, inside=True), " ", words)
        for party, each in summary["parties"].items()
        if (words := _fates(each, new[party]))
    ]
    unknown = sum(row["control_after"] is None for row in voted)
    without = sum(row["control_after"] == NOC for row in voted)
    count = f"{len(view.rows)} {common.plural(len(view.rows), 'council')}{phrases.asked(view)}: "
    return (
        begin,
        count,
        *phrases.joined(parties),
        f"; {phrases.number(without)} ended under no overall control" if without else "",
        f"; {phrases.number(unknown)} not known." if unknown else ".",
    )


def _fates(total: Mapping[str, int], new: int) -> str:
    """What became of a party's councils: `held 16, gained one and lost five`; nothing is said of none."""
    held, gained, lost = total["held"], total["gained"], total["lost"]
    return phrases.fates_of(held, gained, lost, total["won_before_unknown"], new)
