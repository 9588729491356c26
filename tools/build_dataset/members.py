"""Members elected at the general elections of 1918 to 2005, whose candidates the record does not have by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import Contest, Seat
from emvote.names import normalise

FILE = "history/mps-em.csv"
OTHER_NAMES: Mapping[str, str] = {
    "Derbyshire North Eastern": "North East Derbyshire",
    "Derbyshire South East": "South East Derbyshire",
    "Derbyshire Southern": "South Derbyshire",
    "Derbyshire Western": "West Derbyshire",
    "Northamptonshire South": "South Northamptonshire",
}
"""Constituencies that the file of members calls otherwise than the results."""
SOURCE = "members"
OUTSIDE = "Peterborough"


def with_members(raw: RawData, contests: Iterable[Contest], seats: Iterable[Seat]) -> Iterator[Contest]:
    """The contests, those of one member and without candidates with the name of who won."""
    names = {seat.id: normalise(seat.name) for seat in seats}
    members: dict[tuple[str, str], list[Row]] = {}
    for row in raw.rows(FILE):
        if row.text("election_type") == "general" and row.text("constituency") != OUTSIDE:
            seat = OTHER_NAMES.get(row.text("constituency"), row.text("constituency"))
            members.setdefault((f"parl.{row.text('general_election')}", normalise(seat)), []).append(row)
    for contest in contests:
        found = members.get((contest.election, names[contest.seat]), [])
        told = contest.members == 1 and not contest.candidates and contest.winner_unknown is None
        if told and found:
            expect(len(found) == 1, f"{contest.election}, {contest.seat}: {len(found)} members")
            yield replace(contest, winners=(found[0].text("member"),), winners_source=SOURCE)
        else:
            yield contest
