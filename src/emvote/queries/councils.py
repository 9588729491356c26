"""Which councils changed control at a local election, and who gained and lost seats.

Two baselines, for two things (BBC usage since 2013): control is compared with the eve of the poll, seats with the last
ordinary election for the same seats. `Baseline` sets both to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from emvote import parties
from emvote.baselines import Baseline, seats_up, whole_council
from emvote.dataset import LOCAL, Dataset
from emvote.errors import UsageProblem
from emvote.measures import seats_needed
from emvote.model import (
    IND,
    NOC,
    Administration,
    Composition,
    Council,
    CouncilPoll,
    CouncilType,
    Cycle,
    Election,
    Flag,
    SeatsHeld,
)
from emvote.queries import control as rules
from emvote.queries.conditions import COUNTY, PARTY, condition, every, resolved
from emvote.queries.declared import Declared, declared_councils

MAPS = ("seats_last_election", "seats_before", "seats_won", "seats_after", "seats_net")
"""The maps of a row: party to seats."""


class CouncilFilter(Struct, frozen=True, kw_only=True):
    """Which councils to keep: every condition that is given must hold."""

    lost_control: Annotated[bool, condition("A party that held it no longer does, whoever does now.")] = False
    gained_control: Annotated[bool, condition("A party holds it that did not before.")] = False
    changed_control: Annotated[bool, condition("Control is not what it was.")] = False
    held: Annotated[bool, condition("The same party holds it as before.")] = False
    party: Annotated[str | None, condition("Who lost, gained or held it.", PARTY)] = None
    control: Annotated[str | None, condition("Who holds it after the poll.", "PARTY|noc")] = None
    county: Annotated[str | None, condition("In this ceremonial county.", COUNTY)] = None
    type: Annotated[CouncilType | None, condition("Of this tier.")] = None
    cycle: Annotated[Cycle | None, condition("That elected this part of its seats.")] = None
    all: bool = False
    """Also those that did not vote."""
    outside: bool = False
    """Also those outside the region, which never count in its totals."""


class CouncilRow(Struct, frozen=True, kw_only=True):
    """One council at one local election. Maps go from party to seats in the record's order, `None` unknown."""

    council: Council
    election: Election
    in_region: bool
    voted: bool
    cycle: Cycle | None
    """What part was elected; `None` where the council did not vote."""
    seats_total: int
    seats_up: int
    control_before: str | None
    control_after: str | None
    change: str | None
    outcome: str | None
    largest_before: str | None
    largest_after: str | None
    seats_last_election: Mapping[str, int | None] | None
    """`None` where the record does not say, or there was no election before; likewise below."""
    seats_before: Mapping[str, int | None] | None
    seats_won: Mapping[str, int | None]
    """`None` for a party that the record may have in an aggregate, `other`."""
    seats_after: Mapping[str, int | None]
    seats_net: Mapping[str, int | None] | None
    vacancies: int
    administration: Administration | None
    baseline_date: str | None
    baseline_size: int | None
    """Seats that the seats baseline covers: differs from `seats_up` where the council changed size."""
    net_of_whole: bool
    """Whether nets are of the whole council, before and after, as the record does not tell its seats now up before."""
    published_before: str | None
    published_after: str | None
    sources: tuple[str, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]

    def won_by(self, party: str) -> int | None:
        """Seats won by a party, 0 where it is not named; `None` where they may be in an aggregate."""
        return self.seats_won.get(party, 0)

    def net_of(self, party: str) -> int | None:
        """The net of a party, 0 where it has no seat on either side; `None` where it is not known."""
        return None if self.seats_net is None else self.seats_net.get(party, 0)

    @property
    def seats_needed(self) -> int:
        """Seats for control: more than half of all."""
        return seats_needed(self.seats_total)

    @property
    def gained_by(self) -> str | None:
        """The party that took control; `None` where none did, or where control before or after is not known."""
        return self.control_after if self.change == "gain" else None

    @property
    def won_before_unknown_by(self) -> str | None:
        """The party with more than half after the poll, where control before is not known."""
        unknown = self.voted and self.change is None and self.control_after != NOC
        return self.control_after if unknown else None

    @property
    def lost_by(self) -> str | None:
        """The party that lost control, likewise."""
        lost = self.change in {"gain", "loss"} and self.control_before != NOC
        return self.control_before if lost else None


class PartyTotal(Struct, frozen=True, kw_only=True):
    """One party over the councils of an answer that are in the region."""

    party: str
    held: int
    gained: int
    lost: int
    won_before_unknown: int
    """Councils that it controls after the poll, where control before is not known."""
    seats_won: int | None
    """`None` where one council's part is in an aggregate."""
    seats_won_known: int
    """Over the councils where it is known."""
    lumped_in: tuple[str, ...]
    """Councils where the record may have seats of the party in an aggregate."""
    seats_net: int | None
    """`None` where one council's part is unknown."""
    seats_net_known: int | None
    """The net over the councils where it is known; `None` where it is in none."""
    unknown_in: tuple[str, ...]
    """Councils where this party's baseline is not known."""

    @property
    def net(self) -> int:
        """Councils gained less councils lost."""
        return self.gained - self.lost


class CouncilsAnswer(Struct, frozen=True, kw_only=True):
    """The councils kept, by name, with the totals of those in the region."""

    election: Election
    parties_named: Mapping[str, tuple[str, ...]]
    """Name of a map of the rows to the parties in it in any council, whichever are kept, in the record's order."""
    on_record: bool
    """Whether the record has what any council's poll decided; else it may still have ward results."""
    keep: CouncilFilter
    """The conditions as understood: ids in place of names."""
    control_baseline: Baseline
    seats_baseline: Baseline
    rows: tuple[CouncilRow, ...]
    unsettled: tuple[CouncilRow, ...]
    """Councils left out because it is not known whether a condition holds: control, now or before, is not known."""
    parties: tuple[PartyTotal, ...]
    noc_before: int
    noc_after: int
    noc_net: int
    """Councils lost to no overall control less those gained from it: only those with control known on both sides."""
    councils: int
    """Councils of the region among the rows that voted."""
    seats_up: int
    vacancies: int
    declared: Declared
    """Of the councils that voted: the region's, or with those outside it where they were asked for."""


def councils(
    dataset: Dataset,
    keep: CouncilFilter | None = None,
    *,
    election: str | None = None,
    baseline: Baseline | None = None,
) -> CouncilsAnswer:
    """Every council of the region that voted, with control and seats before and after.

    Args:
        dataset: where to look.
        keep: conditions.
        election: as typed; the dataset's default local election for `None`.
        baseline: one for both; unsaid: control against the eve of the poll, seats against the last election.

    Raises:
        NameProblem: the election, a party or the county is unknown or ambiguous.
        UsageProblem: the dataset has no default local election and none was named.
    """
    chosen = _election(dataset, election)
    keep = resolved(dataset, keep or CouncilFilter())
    keep = replace(keep, control=_control_asked(dataset, keep.control))
    control_baseline, seats_baseline = (baseline, baseline) if baseline else (Baseline.EVE, Baseline.LAST)
    rows = list(_polled(dataset, chosen, control_baseline, seats_baseline))
    out = dataset.undeclared_polls_at(chosen.id)
    on_record = bool(rows or out)
    # an election with ward results only: who did not vote cannot be told from who is not on record
    if keep.all and on_record:
        voted = {*(row.council.id for row in rows), *(poll.council for poll in out)}
        rows.extend(_unpolled(dataset, chosen, voted))
    rows.sort(key=lambda row: row.council.name)
    meets = [(row, _meets(row, keep)) for row in rows]
    kept = [row for row, met in meets if met]
    inside = [row for row in kept if row.in_region and row.voted]
    return CouncilsAnswer(
        election=chosen,
        parties_named={name: tuple(_named(dataset, rows, name)) for name in MAPS},
        on_record=on_record,
        keep=keep,
        control_baseline=control_baseline,
        seats_baseline=seats_baseline,
        rows=tuple(kept),
        unsettled=tuple(row for row, met in meets if met is None),
        parties=tuple(_totals(dataset, inside)),
        noc_before=sum(row.control_before == NOC for row in inside),
        noc_after=sum(row.control_after == NOC for row in inside),
        noc_net=sum(row.change == "loss" for row in inside)
        - sum(row.change == "gain" and row.control_before == NOC for row in inside),
        councils=len(inside),
        seats_up=sum(row.seats_up for row in inside),
        vacancies=sum(row.vacancies for row in inside),
        declared=declared_councils(dataset, chosen.id, outside=keep.outside),
    )


def _named(dataset: Dataset, rows: Iterable[CouncilRow], name: str) -> Iterable[str]:
    return sorted({party for row in rows for party in getattr(row, name) or ()}, key=dataset.party_order)


def _election(dataset: Dataset, given: str | None) -> Election:
    if given is not None:
        return dataset.find_election(given, LOCAL)
    if dataset.record.default_local is None and not any(each.kind in LOCAL for each in dataset.record.elections):
        raise UsageProblem(f"the dataset '{dataset.record.title}' has no local elections")
    if dataset.record.default_local is None:
        raise UsageProblem("this dataset has no default local election: name one with --election")
    return dataset.elections[dataset.record.default_local]


def council_row(
    dataset: Dataset,
    poll: CouncilPoll,
    control_baseline: Baseline = Baseline.EVE,
    seats_baseline: Baseline = Baseline.LAST,
) -> CouncilRow:
    """What a poll did to a council, against the two baselines."""
    council = dataset.councils[poll.council]
    whole = whole_council(poll, control_baseline)
    compared = seats_up(poll, seats_baseline)
    counted: Mapping[str, int] = poll.won
    net_of_whole = compared is None and seats_baseline is Baseline.EVE and poll.after is not None
    if net_of_whole and poll.after is not None:
        compared, counted = poll.eve, poll.after
    cited = [*poll.sources, *(held.source for held in (whole, compared, poll.last_election) if held is not None)]
    if poll.administration is not None:
        cited.append(poll.administration.source)
    before = None if whole is None else _with_unknown(dataset, whole)
    after = rules.ordered(dataset, poll.won if poll.after is None else poll.after)
    control_before = None if whole is None else control_of(dataset, whole)
    control_after = rules.control(dataset, after, poll.size)
    new = poll.eve is None
    hidden = _may_be_in_an_aggregate(dataset, poll)
    return CouncilRow(
        council=council,
        election=dataset.elections[poll.election],
        in_region=dataset.council_in_region(council.id),
        voted=True,
        cycle=poll.cycle,
        seats_total=poll.size,
        seats_up=poll.seats_up,
        control_before=control_before,
        control_after=control_after,
        change=rules.control_change(dataset, control_before, control_after, new=new),
        outcome=rules.outcome(dataset, control_before, control_after, new=new),
        largest_before=None if whole is None or before is None else rules.largest(dataset, before, whole.size),
        largest_after=rules.largest(dataset, after, poll.size),
        seats_last_election=None if poll.last_election is None else _with_unknown(dataset, poll.last_election),
        seats_before=before,
        seats_won=rules.ordered(dataset, {**dict.fromkeys(hidden), **poll.won}),
        seats_after=after,
        seats_net=None
        if compared is None
        else rules.ordered(dataset, {**dict.fromkeys(hidden), **seats_net(dataset, counted, compared)}),
        vacancies=poll.vacancies,
        administration=poll.administration,
        baseline_date=None if whole is None else whole.date,
        baseline_size=None if compared is None else compared.size,
        net_of_whole=net_of_whole and compared is not None,
        published_before=poll.published_before,
        published_after=poll.published_after,
        sources=tuple(dict.fromkeys(cited)),
        flags=(*poll.flags, *rules.half_flags(dataset, after, poll.size)),
        notes=tuple(_notes(dataset, council, poll, whole, compared, after, counted)),
    )


def _may_be_in_an_aggregate(dataset: Dataset, poll: CouncilPoll) -> frozenset[str]:
    """Parties that an aggregate among the seats won may hold: those with seats at this election and not named."""
    if not any(poll.won[aggregate] for aggregate in _aggregates(dataset, poll.won)):
        return frozenset()
    seen = {IND}
    for each in dataset.polls_at(poll.election):
        held = (part.seats for part in (each.last_election, each.eve) if part is not None)
        seen.update(each.won, *held)
        latest = _latest_before(dataset.councils[each.council], dataset.elections[poll.election])
        seen.update(latest.seats if latest is not None else ())
    return frozenset(seen - poll.won.keys() - _aggregates(dataset, seen))


def _aggregates(dataset: Dataset, ids: Iterable[str]) -> frozenset[str]:
    """Return those of some ids that stand for several parties."""
    return parties.aggregates(dataset.parties[party] for party in ids if party in dataset.parties)


def seats_net(dataset: Dataset, won: Mapping[str, int], baseline: SeatsHeld) -> dict[str, int | None]:
    """Seats won less the baseline's, party by party; `None` where a party's part of either is not known.

    A party is compared with the one that it continues. With nothing unknown the nets add up to the change in the
    number of seats filled.
    """
    joined = parties.joined(dataset, won, {*baseline.seats, *baseline.unknown})
    every = dict.fromkeys((*won, *baseline.seats, *baseline.unknown))
    aggregates = _aggregates(dataset, every)
    hidden = any(won.get(aggregate) for aggregate in aggregates)
    nets: dict[str, int | None] = {}
    for party in every:
        before = joined.get(party, party)
        if party in joined.values() or (party in aggregates and not won.get(party)):
            continue
        known = before not in baseline.unknown and party not in aggregates and (party in won or not hidden)
        nets[party] = won.get(party, 0) - baseline.seats.get(before, 0) if known else None
    return rules.ordered(dataset, nets)


def control_of(dataset: Dataset, held: SeatsHeld) -> str | None:
    """Control at a baseline: as published for that moment, else counted; `None` where neither tells it."""
    return held.control or rules.control(dataset, _with_unknown(dataset, held), held.size)


def _with_unknown(dataset: Dataset, held: SeatsHeld) -> dict[str, int | None]:
    return rules.ordered(dataset, {**held.seats, **dict.fromkeys(held.unknown)})


def _notes(
    dataset: Dataset,
    council: Council,
    poll: CouncilPoll,
    whole: SeatsHeld | None,
    compared: SeatsHeld | None,
    after: Mapping[str, int | None],
    counted: Mapping[str, int],
) -> Iterator[str]:
    for flag in (*poll.flags, *rules.half_flags(dataset, after, poll.size)):
        yield f"{council.name}: {flag.note}"
    if poll.eve is None:
        yield f"{council.name}: the first election of a new council: there is nothing to compare it with"
    elif compared is None:
        yield f"{council.name}: net seats not known: the record does not have the seats now up at the baseline"
    if whole is not None and whole.control is not None and whole.note is not None:
        yield f"{council.name}: {whole.note}"
    for held, what in ((whole, "seats before"), (compared, "net seats")):
        if held is not None and held.unknown and not held.seats:
            yield f"{council.name}: {what} not known: only who was in control was published ({held.date})"
        elif held is not None and held.unknown:
            names = ", ".join(dataset.abbreviation(party) for party in held.unknown)
            yield f"{council.name}: {what} not known for {names} ({held.date})"
    if compared is not None:
        joined = parties.joined(dataset, counted, {*compared.seats, *compared.unknown}).items()
        yield from (f"{council.name}: {note}" for note in parties.predecessor_notes(dataset, joined))
    yield from _beyond_reach(dataset, council, poll)
    tied = rules.joint_largest(dataset, after, poll.size)
    if tied:
        yield f"{council.name}: {' and '.join(dataset.abbreviation(party) for party in tied)} are joint largest"


def _beyond_reach(dataset: Dataset, council: Council, poll: CouncilPoll) -> Iterator[str]:
    """Where a party could lose every seat that it defended and keep control: so it may be where a part is elected."""
    if poll.eve is None or poll.eve_up is None or poll.seats_up == poll.size:
        return
    party = control_of(dataset, poll.eve)
    if party is None or party == NOC or party not in poll.eve.seats or party in poll.eve_up.unknown:
        return
    held, defended = poll.eve.seats[party], poll.eve_up.seats.get(party, 0)
    if held - defended >= seats_needed(poll.size):
        name = dataset.abbreviation(party)
        yield (
            f"{council.name}: control could not change hands: {name} held {held} of {poll.size} seats and defended "
            f"{defended}, and {seats_needed(poll.size)} are control"
        )


def _polled(
    dataset: Dataset, election: Election, control_baseline: Baseline, seats_baseline: Baseline
) -> Iterator[CouncilRow]:
    for poll in dataset.polls_at(election.id):
        yield council_row(dataset, poll, control_baseline, seats_baseline)


def _unpolled(dataset: Dataset, election: Election, voted: set[str]) -> Iterator[CouncilRow]:
    """Councils that existed on the day and did not vote, as the latest record before it has them."""
    for council in dataset.record.councils:
        exists = council.created <= election.date and (council.abolished is None or council.abolished > election.date)
        if council.id in voted or not exists:
            continue
        latest = _latest_before(council, election)
        if latest is not None:
            yield _unpolled_row(dataset, council, election, latest)


def _latest_before(council: Council, election: Election) -> Composition | None:
    """The latest composition of a council that was recorded before an election; `None` where there is none."""
    known = [each for each in council.compositions if _recorded(each) < election.date.isoformat()]
    return max(known, key=lambda each: each.year, default=None)


def _recorded(composition: Composition) -> str:
    """The last day on which a composition may have been recorded, to compare: all of a month that is no more exact."""
    return f"{composition.date or f'{composition.year}-05'}-99-99"[:10]


def _unpolled_row(dataset: Dataset, council: Council, election: Election, last: Composition) -> CouncilRow:
    seats = rules.ordered(dataset, last.seats)
    controlled = rules.control(dataset, seats, last.size)
    source = last.source or council.compositions_source
    return CouncilRow(
        council=council,
        election=election,
        in_region=dataset.council_in_region(council.id),
        voted=False,
        cycle=None,
        seats_total=last.size,
        seats_up=0,
        control_before=controlled,
        control_after=controlled,
        change=None,
        outcome="no election",
        largest_before=rules.largest(dataset, seats, last.size),
        largest_after=rules.largest(dataset, seats, last.size),
        seats_last_election={},
        seats_before=seats,
        seats_won={},
        seats_after=seats,
        seats_net={},
        vacancies=last.size - sum(last.seats.values()),
        administration=None,
        baseline_date=last.date or str(last.year),
        baseline_size=0,
        net_of_whole=False,
        published_before=last.published,
        published_after=last.published,
        sources=(source,) if source else (),
        flags=last.flags,
        notes=tuple(f"{council.name}: {flag.note}" for flag in last.flags),
    )


def _meets(row: CouncilRow, keep: CouncilFilter) -> bool | None:
    """Whether a council meets every condition; `None`: control, now or before, is not known."""
    if not (
        (keep.county is None or row.council.county == keep.county)
        and (keep.type is None or row.council.type is keep.type)
        and (keep.cycle is None or row.cycle is keep.cycle)
        and (keep.outside or row.in_region)
    ):
        return False
    asked = keep.lost_control or keep.gained_control or keep.changed_control or keep.held
    if asked and (not row.voted or row.change == "new"):
        return False
    return every((_changed_as_asked(row, keep), _party_as_asked(row, keep), _control_as_asked(row, keep)))


def _changed_as_asked(row: CouncilRow, keep: CouncilFilter) -> bool | None:
    """Whether control changed as the conditions say; what is known of one side may settle it."""
    conditions: list[bool | None] = []
    known = row.change is not None
    if keep.lost_control:
        conditions.append(row.lost_by is not None if known or row.control_before == NOC else None)
    if keep.gained_control:
        conditions.append(row.gained_by is not None if known or row.control_after == NOC else None)
    if keep.changed_control:
        conditions.append(row.change in {"gain", "loss"} if known else None)
    if keep.held:
        conditions.append(row.change == "hold" if known or NOC in {row.control_before, row.control_after} else None)
    return every(conditions)


def _party_as_asked(row: CouncilRow, keep: CouncilFilter) -> bool | None:
    """Whether the council is one for `--party`: the loser's, the gainer's, or either's."""
    if keep.party is None:
        return True
    sides = [row.control_before, row.control_after]
    if keep.lost_control and not keep.gained_control:
        del sides[1]
        if row.change is None and row.control_after == keep.party:
            return False  # who controls it now has not lost it
    elif keep.gained_control and not keep.lost_control:
        del sides[0]
        if row.change is None and row.control_before == keep.party:
            return False
    elif keep.held and row.change is None and any(side not in {None, keep.party} for side in sides):
        return False
    return True if keep.party in sides else None if None in sides and row.voted and row.change != "new" else False


def _control_as_asked(row: CouncilRow, keep: CouncilFilter) -> bool | None:
    """Whether the party asked for, or nobody, is in control after the poll."""
    if keep.control is None or row.control_after == keep.control:
        return True
    return None if row.control_after is None and row.voted else False


def _control_asked(dataset: Dataset, given: str | None) -> str | None:
    if given is None:
        return None
    if given.strip().casefold() in {NOC, "no overall control"}:
        return NOC
    party = dataset.find_party(given)
    if not dataset.is_party(party.id):
        raise UsageProblem(f"'{party.abbreviation}' is no party, so it never controls a council: that is noc")
    return party.id


def _totals(dataset: Dataset, rows: Sequence[CouncilRow]) -> Iterator[PartyTotal]:
    named: set[str] = set()
    for row in rows:
        named.update(row.seats_won, row.seats_net or ())
        held_by = row.control_after if row.change == "hold" else None
        named.update(filter(None, (held_by, row.gained_by, row.lost_by, row.won_before_unknown_by)))
    yield from (party_total(rows, party) for party in sorted(named, key=dataset.party_order))


def party_total(rows: Sequence[CouncilRow], party: str) -> PartyTotal:
    """What became of one party on some councils: a party that none of them names has nothing, before and after."""
    won = [row.won_by(party) for row in rows]
    nets = [row.net_of(party) for row in rows]
    seats, known = [each for each in won if each is not None], [each for each in nets if each is not None]
    return PartyTotal(
        party=party,
        held=sum(row.change == "hold" and row.control_after == party for row in rows),
        gained=sum(row.gained_by == party for row in rows),
        lost=sum(row.lost_by == party for row in rows),
        won_before_unknown=sum(row.won_before_unknown_by == party for row in rows),
        seats_won=sum(seats) if len(seats) == len(won) else None,
        seats_won_known=sum(seats),
        lumped_in=tuple(row.council.name for row, number in zip(rows, won, strict=True) if number is None),
        seats_net=sum(known) if len(known) == len(nets) else None,
        seats_net_known=sum(known) if known or not nets else None,
        unknown_in=tuple(row.council.name for row, net in zip(rows, nets, strict=True) if net is None),
    )
