"""The scoreboards of 2010 to 2024, worked out a second time from the files of UK Parliament alone.

Nothing here uses a query or a formula of emvote: parties are told apart by the number that Parliament gives them, and
the arithmetic is written out. Skipped where the raw files are not.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset

Emvote = Callable[..., CompletedProcess[str]]
Row = dict[str, str]
Raw = Callable[[str], list[Row]]
EAST_MIDLANDS = "E12000004"
INDEPENDENT = 8
BREXIT, REFORM = 1006, 1036
"""In Members' Names Information Service: the one is the other's predecessor."""
YEARS = {
    "2010": "notional-2005-on-2010-boundaries",
    "2015": "candidacies-2010",
    "2017": "candidacies-2015",
    "2019": "candidacies-2017",
    "2024": "notional-2019-on-2024-boundaries",
}
"""Election to the file of its baseline."""
REPEATED = ("TOTOTHV", "MAXOTHV")
"""Rows of the notional file of 2019 that add up others."""


@dataclass(frozen=True)
class Stood:
    """Somebody's votes in one seat."""

    party: int
    """0: others together."""
    name: str
    votes: int


Seats = dict[str, list[Stood]]
"""Seat to those who stood, most votes first."""


def number(text: str) -> int:
    """A party's number; others together have none."""
    return int(text) if text not in ("NA", "") else 0


def fought(raw: Raw, file: str) -> Seats:
    """One election of the region, by the code of the seat."""
    seats: Seats = defaultdict(list)
    for row in raw(f"general-elections/{file}.csv"):
        if file.startswith("candidacies"):
            if row["ons_region_id"] != EAST_MIDLANDS:
                continue
            name = f"{row['candidate_first_name']} {row['candidate_surname']}"
            seats[row["ons_id"]].append(Stood(number(row["mnis_party_id"]), name, int(row["votes"])))
        elif row.get("party_column_code") not in REPEATED and row["votes"] not in ("NA", ""):
            seat = row.get("ons_id") or row["constituency_id"]
            party = number(row["mnis_party_id"])
            seats[seat].append(Stood(party, "", int(row["votes"])))
    return {seat: sorted(stood, key=lambda each: -each.votes) for seat, stood in seats.items()}


def both(raw: Raw, year: str) -> tuple[Seats, Seats]:
    """The seats of an election at its baseline and now."""
    now = fought(raw, f"candidacies-{year}")
    before = fought(raw, YEARS[year])
    return {seat: before[seat] for seat in now}, now


def pooled(seats: Seats) -> Counter[int]:
    """Votes by party."""
    votes: Counter[int] = Counter()
    for stood in seats.values():
        for each in stood:
            votes[each.party] += each.votes
    return votes


def apart(seats: Seats) -> Counter[tuple[int, str]]:
    """Votes by party, each independent by itself."""
    votes: Counter[tuple[int, str]] = Counter()
    for seat, stood in seats.items():
        for place, each in enumerate(stood):
            own = f"{seat} {' '.join(each.name.casefold().split()) or place}" if each.party == INDEPENDENT else ""
            votes[each.party, own] += each.votes
    return votes


def contests(raw: Raw, year: str) -> Iterator[Row]:
    """The rows of the region's seats."""
    for row in raw(f"general-elections/constituencies-{year}.csv"):
        if row["ons_region_id"] == EAST_MIDLANDS:
            yield row


@pytest.fixture(scope="module")
def answers(emvote: Emvote) -> dict[str, Any]:
    """The scoreboard of each year as a script reads it."""
    return {year: json.loads(emvote("results", year, "--json").stdout) for year in YEARS}


@pytest.fixture(scope="module")
def numbers(shipped: Dataset) -> dict[str, set[int]]:
    """Party id to its numbers."""
    return {party.id: set(party.mnis_ids) for party in shipped.record.parties}


@pytest.mark.parametrize("year", YEARS)
def test_every_row_is_that_of_the_published_files(
    raw: Raw, answers: dict[str, Any], numbers: dict[str, set[int]], year: str
) -> None:
    """Seats, gains, losses, votes, shares and their changes, candidates and lost deposits of every party."""
    before, now = both(raw, year)
    votes, earlier = pooled(now), pooled(before)
    total, total_before = votes.total(), earlier.total()
    found = set()
    for row in answers[year]["rows"]:
        mine = next(each for each in numbers[row["party"]] if each in votes)
        found.add(mine)
        line = {mine, BREXIT} if mine == REFORM else {mine}
        won = {seat for seat, stood in now.items() if stood[0].party == mine}
        had = {seat for seat, stood in before.items() if stood[0].party in line}
        candidates = [(each, stood) for stood in now.values() for each in stood if each.party == mine]
        lost = [each for each, stood in candidates if 20 * each.votes <= sum(other.votes for other in stood)]
        assert (row["seats"], row["gains"], row["losses"]) == (len(won), len(won - had), len(had - won)), row["party"]
        assert (row["votes"], row["candidates"], row["lost_deposits"]) == (votes[mine], len(candidates), len(lost))
        share = Fraction(100 * votes[mine], total)
        assert row["share_pct"] == pytest.approx(float(share))
        base = sum(earlier[each] for each in line)
        if mine == INDEPENDENT or not base:
            assert row["change_pp"] is None
        else:
            assert row["change_pp"] == pytest.approx(float(share - Fraction(100 * base, total_before)))
        assert row["seat_share_pct"] == pytest.approx(100 * len(won) / len(now))
        assert row["seat_vote_gap_pp"] == pytest.approx(100 * len(won) / len(now) - float(share))
        assert row["votes_per_seat"] == (votes[mine] / len(won) if won else None)
    assert found == set(votes)


@pytest.mark.parametrize("year", YEARS)
def test_every_index_is_that_of_the_published_files(raw: Raw, answers: dict[str, Any], year: str) -> None:
    """Written out from the votes of everybody who stood, each independent apart."""
    before, now = both(raw, year)
    votes, earlier = apart(now), apart(before)
    seats: Counter[tuple[int, str]] = Counter()
    for seat, stood in now.items():
        first = stood[0]
        seats[
            first.party, f"{seat} {' '.join(first.name.casefold().split())}" if first.party == INDEPENDENT else ""
        ] += 1
    v = {key: Fraction(number, votes.total()) for key, number in votes.items()}
    s = {key: Fraction(seats[key], len(now)) for key in votes}
    found = answers[year]["summary"]["indices"]
    assert found["enp_votes"] == pytest.approx(float(1 / sum(each * each for each in v.values())))
    assert found["enp_seats"] == pytest.approx(float(1 / sum(each * each for each in s.values())))
    assert found["gallagher"] == pytest.approx(100 * float(sum((v[key] - s[key]) ** 2 for key in v) / 2) ** 0.5)
    assert found["loosemore_hanby"] == pytest.approx(50 * float(sum(abs(v[key] - s[key]) for key in v)))
    if (0, "") in earlier:
        assert found["pedersen"] is None
        return
    joined = {(REFORM, ""): (BREXIT, "")}
    then = {key: Fraction(earlier.pop(joined.get(key, key), 0), 1) for key in votes}
    total = sum(then.values()) + earlier.total()
    moved = sum(abs(v[key] - then[key] / total) for key in votes) + Fraction(earlier.total(), total)
    assert found["pedersen"] == pytest.approx(50 * float(moved))


@pytest.mark.parametrize("year", YEARS)
def test_turnout_and_wasted_votes_are_those_of_the_published_files(
    raw: Raw, answers: dict[str, Any], year: str
) -> None:
    """Both turnouts from the columns of the seats; both parts of wasted votes from the first two in each."""
    _, now = both(raw, year)
    rows = list(contests(raw, year))
    valid, rejected, electors = (
        sum(int(row[column]) for row in rows) for column in ("valid_votes", "invalid_votes", "electorate")
    )
    summary = answers[year]["summary"]
    assert (summary["valid_votes"], summary["invalid_votes"], summary["electorate"]) == (valid, rejected, electors)
    assert summary["turnout_pct"] == pytest.approx(100 * valid / electors)
    assert summary["turnout_ballot_pct"] == pytest.approx(100 * (valid + rejected) / electors)
    assert summary["wasted"]["unrepresented_votes"] == valid - sum(stood[0].votes for stood in now.values())
    surplus = sum(stood[0].votes - stood[1].votes - 1 for stood in now.values())
    assert summary["wasted"]["surplus_votes"] == surplus
    assert sum(int(row["majority"]) for row in rows) == surplus + len(rows)


@pytest.mark.parametrize("year", YEARS)
def test_holds_and_gains_are_the_published_labels_counted(raw: Raw, answers: dict[str, Any], year: str) -> None:
    """And the seats that changed hands, the closest and the safest are those of the published majorities."""
    rows = list(contests(raw, year))
    labels = Counter(row["result"].replace("Lab Coop", "Lab") for row in rows)
    summary = answers[year]["summary"]
    assert {each["outcome"]: each["seats"] for each in summary["outcomes"]} == labels
    gained = {row["constituency_name"] for row in rows if " gain from " in row["result"]}
    assert {each["seat"] for each in summary["changed_hands"]} == gained
    ranked = sorted(rows, key=lambda row: Fraction(int(row["majority"]), int(row["valid_votes"])))
    names = [row["constituency_name"] for row in ranked]
    assert [each["seat"] for each in summary["closest"]] == names[:5]
    assert [each["seat"] for each in summary["safest"]] == names[:-6:-1]
    assert sum(each["seats"] for each in summary["bands"]) == len(rows)


@pytest.mark.parametrize("year", YEARS)
def test_the_published_labels_of_the_whole_country_are_counted_too(emvote: Emvote, raw: Raw, year: str) -> None:
    """In the second dataset, each seat against its own winner at the baseline."""
    rows = raw(f"general-elections/constituencies-{year}.csv")
    answer = json.loads(emvote("results", year, "--scope", "uk", "--json").stdout)
    labels = Counter(row["result"].replace("Lab Coop", "Lab").replace("RUK Hold", "RUK hold") for row in rows)
    found = {each["outcome"]: each["seats"] for each in answer["summary"]["outcomes"]}
    differing = {
        each: (labels[each], found.get(each, 0)) for each in {*labels, *found} if labels[each] != found.get(each)
    }
    assert differing == UNITED_KINGDOM.get(year, {})


UNITED_KINGDOM = {
    # Blaenau Gwent: the notional result of 2005 has the People's Voice Group among others, so who won is not known
    "2010": {"Lab gain from BGPV": (1, 0)},
}
"""Labels whose numbers differ: as published, and as counted here."""


LEAP = {
    "C": "con",
    "Lab": "lab",
    "LD": "ld",
    "Grn": "green",
    "UKIP": "ukip",
    "Ashfield": "ashind",
    "LincsInd": "lincsind",
}
"""Codes of the archive that stand for one party."""
OUTSIDE = {"E06000042", "E07000193"}
"""Milton Keynes and East Staffordshire are in other regions."""
LATER = "Stapleford South East"
"""Polled on 13 June: it is another election."""


def test_local_votes_of_2019_are_those_of_the_archive(emvote: Emvote, raw: Raw) -> None:
    """All votes of all candidates in the councils of the region, and nobody else's."""
    answer = json.loads(emvote("results", "local-2019", "--json").stdout)
    votes: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    for row in raw("ward-results/leap-2019-em.csv"):
        if row["council_ons"] not in OUTSIDE and row["ward_name"] != LATER and row["votes"] != "NULL":
            votes[row["party_short"]] += int(row["votes"])
            stood[row["party_short"]] += 1
    rows = {row["party"]: row for row in answer["rows"]}
    assert {party: rows[party]["votes"] for party in LEAP.values()} == {LEAP[code]: votes[code] for code in LEAP}
    assert {party: rows[party]["candidates"] for party in LEAP.values()} == {LEAP[code]: stood[code] for code in LEAP}
    assert answer["summary"]["valid_votes"] == votes.total()
    assert answer["summary"]["indices"]["candidates"] == stood.total()
    assert rows["con"]["share_pct"] == pytest.approx(100 * votes["C"] / votes.total())
