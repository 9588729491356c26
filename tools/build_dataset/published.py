"""Changes of share as the source publishes them, held against those that the votes on record give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tools.build_dataset.area import Roll
from tools.build_dataset.flags import flag
from tools.build_dataset.judgements import Judgements
from tools.build_dataset.raw import RawData, Unexpected, expect

from emvote.model import IND, Candidacy, Contest, Election, Tally

TOLERANCE = 0.0006
"""Published shares and changes (0 to 1) are rounded to three places or more."""
FILES = ("by-elections-candidacies", *(f"candidacies-{year}" for year in (2010, 2015, 2017, 2019, 2024)))

Changes = Mapping[tuple[str, str, str], float]
"""Polling day, seat and party to the published change of share (0 to 1)."""


def with_published_changes(
    raw: RawData, contests: Sequence[Contest], elections: Iterable[Election], parties: Roll, judged: Judgements
) -> Iterator[Contest]:
    """The contests, with a flag where published changes do not follow from the votes on record."""
    published = _published(raw, parties)
    elections_by_id = {election.id: election for election in elections}
    results = {(contest.election, contest.seat): contest for contest in contests}
    found = set()
    for contest in contests:
        election = elections_by_id[contest.election]
        before = results.get((election.previous or "", contest.seat))
        differing = _differing(contest, before, str(election.date), published, parties) if before else []
        if differing:
            found.add((contest.election, contest.seat))
            note = f"Share changes published by the source differ from those of its votes: {'; '.join(differing)}."
            yield replace(contest, flags=(*contest.flags, flag("published-change", note)))
        else:
            yield contest
    known = {(place.election, place.seat) for place in judged.published_changes}
    expect(found == known, f"published changes differ in {sorted(found)}, judgements.toml has {sorted(known)}")


def _published(raw: RawData, parties: Roll) -> Changes:
    """Every published change; none for independents, whose changes are not comparable."""
    changes = {}
    for name in FILES:
        for row in raw.rows(f"general-elections/{name}.csv"):
            party = parties.by_mnis.get(int(row.text("mnis_party_id") or 0))
            if row.text("change") and party is not None and party.id != IND:
                changes[row.text("election_date"), row.text("ons_id"), party.id] = float(row.text("change"))
    return changes


def _differing(contest: Contest, before: Contest, day: str, published: Changes, parties: Roll) -> list[str]:
    """Each party whose published change is off, with both figures in percentage points."""
    found = []
    for party in parties.all:
        change = published.get((day, contest.seat, party.id))
        if change is None:
            continue
        computed = _share(contest, {party.id}) - _share(before, {party.id, party.predecessor or party.id})
        if abs(computed - change) > TOLERANCE:
            found.append(f"{party.abbreviation} {change * 100:+.1f} published, {computed * 100:+.2f} computed")
    return found


def _share(contest: Contest, parties: set[str]) -> float:
    """The part of the valid votes (0 to 1) that went to some parties."""
    entries: tuple[Candidacy | Tally, ...] = (*contest.candidates, *contest.tallies)
    if contest.valid_votes is None:
        raise Unexpected(f"{contest.election}, {contest.seat}: no valid votes")
    return sum(entry.votes for entry in entries if entry.party in parties) / contest.valid_votes
