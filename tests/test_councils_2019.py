"""The 33 councils of 2 May 2019, worked out from the raw files by hand and not by the dataset's builder.

`councils_2019.csv` holds the table. `won`: winners flagged by the Local Elections Archive Project, without Stapleford
South East, polled in June. `last_election`: the compilation of 2015 and 2019, but Ashfield 22 Labour and 4 independents
by the lists of councillors. `eve`: Open Council Data's composition of May 2018, its `other` an aggregate. `published`:
what the press and Wikipedia had just before the poll, which takes its place; `rest ?` where parties are left out. Where
a third was elected, `after` is Open Council Data's composition of 2019 (Derby's others are independents) and control at
the last election is that after May 2018. A `?` is not known.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.baselines import Baseline
from emvote.dataset import Dataset
from emvote.model import CouncilPoll
from emvote.queries.councils import CouncilRow, councils

Row = dict[str, str]
Raw = Callable[[str], list[Row]]

with (Path(__file__).parent / "councils_2019.csv").open(encoding="utf-8", newline="") as _file:
    TABLE: Mapping[str, Row] = {row["council"]: row for row in csv.DictReader(_file)}

NAMED_ON_THE_EVE = ("con", "lab", "ld", "green", "ukip")
"""Parties with a column of their own in the compositions; all others are in `other`."""
LATER = {"Broxtowe": {"ld": 2}, "North Kesteven": {"con": 1}}
"""Seats filled on 13 June 2019, which the compositions of 2019 count."""
LEAP = {
    "C": "con", "Lab": "lab", "LD": "ld", "Grn": "green", "UKIP": "ukip", "Ind": "ind", "Ashfield": "ashind",
    "SUDS": "suds", "MIF": "mif", "LincsInd": "lincsind", "NottmInd": "nottmind",
}  # fmt: skip
"""The archive's party codes."""


def seats(cell: str) -> dict[str, int | None]:
    """A cell of the table as a map: `con 20 ind ?`."""
    words = cell.split()
    return {party: None if n == "?" else int(n) for party, n in zip(words[::2], words[1::2], strict=True)}


def known(cell: str) -> Counter[str]:
    """A cell of the table without what is not known."""
    return Counter({party: n for party, n in seats(cell).items() if n is not None})


@pytest.fixture(scope="module")
def rows(shipped: Dataset) -> dict[str, CouncilRow]:
    """Each council as `emvote councils` has it, with the baselines that it uses unless told otherwise."""
    return {row.council.name: row for row in councils(shipped).rows}


@pytest.fixture(scope="module")
def polls(shipped: Dataset) -> dict[str, CouncilPoll]:
    """Each council's poll in the dataset."""
    return {
        shipped.councils[poll.council].name: poll
        for poll in shipped.record.council_polls
        if poll.election == "local.2019-05-02"
    }


@pytest.fixture(scope="module")
def rows_since_last(shipped: Dataset) -> dict[str, CouncilRow]:
    """Each council with control compared with the last election."""
    return {row.council.name: row for row in councils(shipped, baseline=Baseline.LAST).rows}


def test_thirty_three_councils_of_the_region_voted(rows: dict[str, CouncilRow]) -> None:
    """The table has them all."""
    assert list(rows) == sorted(TABLE)
    assert len(TABLE) == 33


@pytest.mark.parametrize("name", TABLE)
def test_each_council_has_the_size_and_cycle_of_the_table(rows: dict[str, CouncilRow], name: str) -> None:
    """Seats up include those where no poll was held that day."""
    row, want = rows[name], TABLE[name]
    assert row.cycle is not None
    assert (row.council.county, row.cycle.value) == (want["county"], want["cycle"])
    got = (row.seats_total, row.seats_up, row.vacancies)
    assert got == tuple(int(want[key]) for key in ("seats_total", "seats_up", "vacancies"))
    assert 2 * row.seats_needed > row.seats_total >= 2 * (row.seats_needed - 1)


@pytest.mark.parametrize("name", TABLE)
def test_each_council_has_the_control_of_the_table_on_both_baselines(
    rows: dict[str, CouncilRow], rows_since_last: dict[str, CouncilRow], name: str
) -> None:
    """Against the eve of the poll and against the last election; after the poll it is the same."""
    want = TABLE[name]
    assert rows[name].control_before == want["control_eve"]
    assert rows_since_last[name].control_before == want["control_last_election"]
    assert rows[name].control_after == rows_since_last[name].control_after == want["control_after"]


@pytest.mark.parametrize("name", TABLE)
def test_each_council_has_the_seats_of_the_table(rows: dict[str, CouncilRow], name: str) -> None:
    """Won at the last election for the seats up, won now, and the whole council after."""
    row, want = rows[name], TABLE[name]
    assert Counter({p: n for p, n in (row.seats_last_election or {}).items() if n and p != "other"}) == known(
        want["last_election"]
    )
    assert Counter({p: n for p, n in row.seats_won.items() if n}) == known(want["won"])
    assert Counter({p: n for p, n in row.seats_after.items() if n}) == known(want["after"])


@pytest.mark.parametrize("name", TABLE)
def test_each_council_has_the_net_of_the_table(rows: dict[str, CouncilRow], name: str) -> None:
    """Party by party, null where the baseline's part is not known; a party that neither won nor had seats may be 0."""
    want = seats(TABLE[name]["net"])
    got = dict(rows[name].seats_net or {})
    assert {p: n for p, n in got.items() if n != 0} == {p: n for p, n in want.items() if n != 0}
    assert set(want) <= set(got)


@pytest.mark.parametrize("name", TABLE)
def test_each_council_has_the_seats_of_the_eve(rows: dict[str, CouncilRow], name: str) -> None:
    """As published, else of May 2018: an aggregate may be told apart, with the same sum, or its parts are null."""
    before, published = rows[name].seats_before or {}, seats(TABLE[name]["published"])
    if published:
        others = {party: number for party, number in before.items() if party not in published}
        left_out = published.pop("rest", 0)
        assert {party: before[party] for party in published} == published
        assert others == (dict.fromkeys(others) if left_out is None else {})
        assert rows[name].baseline_date == "2019-05-01"
        return
    want = known(TABLE[name]["eve"])
    assert {p: before.get(p) or 0 for p in NAMED_ON_THE_EVE} == {p: want[p] for p in NAMED_ON_THE_EVE}
    rest = sum(n or 0 for p, n in before.items() if p not in NAMED_ON_THE_EVE)
    assert rest == want["other"]
    assert rows[name].baseline_date == "2018-05"


@pytest.mark.parametrize("name", TABLE)
def test_nets_add_up_to_the_change_in_the_number_of_seats_filled(
    rows: dict[str, CouncilRow], polls: dict[str, CouncilPoll], name: str
) -> None:
    """Seats won are the seats up less those left vacant, and the nets the change of size less the vacancies."""
    row = rows[name]
    # a third's vacancies could be elsewhere on the council, but none of the four had one
    assert sum(filter(None, row.seats_won.values())) == row.seats_up - row.vacancies
    nets = list((row.seats_net or {}).values())
    last = polls[name].last_election
    assert last is not None
    if None not in nets:
        change = row.seats_up - last.size
        assert sum(n or 0 for n in nets) == change - row.vacancies
    else:
        assert name == "Chesterfield"


def test_the_totals_of_the_region_are_those_of_the_table(shipped: Dataset) -> None:
    """1,277 seats up, three of them vacant; Conservatives 98 down, Labour 43, Liberal Democrats 51 up."""
    answer = councils(shipped)
    assert (answer.councils, answer.seats_up, answer.vacancies) == (33, 1277, 3)
    won: Counter[str] = Counter()
    net: Counter[str] = Counter()
    for row in TABLE.values():
        won.update(known(row["won"]))
        net.update(known(row["net"]))
    totals = {total.party: total for total in answer.parties}
    assert {p: t.seats_won for p, t in totals.items() if t.seats_won} == dict(won)
    assert {p: t.seats_net_known for p, t in totals.items() if t.seats_net_known} == {p: n for p, n in net.items() if n}
    assert (net["con"], net["lab"], net["ld"]) == (-98, -43, 51)
    # the party of one seat of Chesterfield's in 2015 was not found: an independent's or UKIP's
    assert {p for p, t in totals.items() if t.seats_net is None} == {"ind", "ukip"}
    assert totals["ind"].unknown_in == totals["ukip"].unknown_in == ("Chesterfield",)


@pytest.mark.parametrize("baseline", ["eve", "last_election"])
def test_councils_held_gained_and_lost_are_those_of_the_table(shipped: Dataset, baseline: str) -> None:
    """Party by party, and no overall control on its own line; the changes add up to nothing."""
    chosen = {"eve": Baseline.EVE, "last_election": Baseline.LAST}[baseline]
    answer = councils(shipped, baseline=chosen)
    pairs = [(row[f"control_{baseline}"], row["control_after"]) for row in TABLE.values()]
    for total in answer.parties:
        assert total.held == sum(before == after == total.party for before, after in pairs), total.party
        assert total.gained == sum(after == total.party != before for before, after in pairs), total.party
        assert total.lost == sum(before == total.party != after for before, after in pairs), total.party
    assert answer.noc_before == sum(before == "noc" for before, _ in pairs)
    assert answer.noc_after == sum(after == "noc" for _, after in pairs)
    assert sum(total.net for total in answer.parties) + answer.noc_after - answer.noc_before == 0


# --- the table itself, against the raw files ----------------------------------------------------------------------


def test_the_table_has_the_winners_that_the_archive_flags(raw: Raw) -> None:
    """But for the two of Stapleford South East, who were elected in June."""
    won: dict[str, Counter[str]] = {name: Counter() for name in TABLE}
    for row in raw("ward-results/leap-2019-em.csv"):
        if row["elected_flag"] == "1" and row["council_name"] in won:
            won[row["council_name"]][LEAP[row["party_short"]]] += 1
    won["Broxtowe"].subtract(LATER["Broxtowe"])
    assert won == {name: known(row["won"]) for name, row in TABLE.items()}


@pytest.mark.parametrize(("year", "column"), [("2018", "eve"), ("2019", "after")])
def test_the_table_agrees_with_the_compositions_of_its_years(raw: Raw, year: str, column: str) -> None:
    """Those of 2019 count the seats filled in June, and Boston's one of UKIP under other."""
    compositions = {
        row["authority"].replace("&", "and"): row
        for row in raw("councils/council-compositions-1973-2026.csv")
        if row["year"] == year
    }
    for name, row in TABLE.items():
        table = known(row[column]) + Counter(LATER.get(name, {}) if column == "after" else {})
        own = NAMED_ON_THE_EVE if (name, year) != ("Boston", "2019") else NAMED_ON_THE_EVE[:-1]
        named = {party: table[party] for party in own if table[party]}
        named["other"] = table.total() - sum(named.values())
        composition = {party: int(compositions[name][party] or 0) for party in (*own, "other")}
        assert {p: n for p, n in composition.items() if n} == {p: n for p, n in named.items() if n}, name


def test_the_table_agrees_with_the_commons_library_on_control(raw: Raw) -> None:
    """Its `OTH` is a local party."""
    library = {
        row["Local authority"]: row["Control_19"].lower()
        for row in raw("councils/hoc-council-compositions-2019-2023-em.csv")
        if row["Local authority"] in TABLE
    }
    assert library == {
        name: row["control_after"].replace("ashind", "oth") for name, row in TABLE.items() if name in library
    }
    assert len(library) == 33


def test_a_party_that_a_whole_council_does_not_have_is_0_and_unknown_beside_an_aggregate(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """Chesterfield has no Conservative before or after; who else sat in Ashfield on the eve was not published."""
    done = emvote("councils", "--csv", "--columns", "council,seats_before.con,seats_before.ukip,seats_after.con")
    assert {"Chesterfield,0,0,0", "Ashfield,,,3", "Boston,16,,16"} <= set(done.stdout.splitlines())
    first = emvote("councils", "--csv", "--columns", "council", "--sort", "seats_after.con", "--limit", "2")
    assert first.stdout.split() == ["council", "Chesterfield", "Leicester"]
