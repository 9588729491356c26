"""What local elections other than that of 2019 did to councils, held against the raw files and published tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from subprocess import CompletedProcess

import pytest

from emvote.baselines import Baseline
from emvote.dataset import Dataset
from emvote.model import NOC
from emvote.queries.councils import CouncilFilter, CouncilRow, council_row, councils

Raw = Callable[[str], list[dict[str, str]]]
Emvote = Callable[..., CompletedProcess[str]]
YEARS = (2016, 2017, 2018, 2021, 2022, 2023, 2024, 2025)
MAIN = {"con": "CON", "lab": "LAB", "ld": "LD", "green": "GRN"}


@pytest.fixture(scope="module")
def rows(shipped: Dataset) -> Mapping[tuple[int, str], CouncilRow]:
    """Year and council to what the poll did, those outside the region too."""
    return {
        (year, row.council.name): row
        for year in YEARS
        for row in councils(shipped, CouncilFilter(outside=True), election=str(year)).rows
    }


def outcomes(rows: Mapping[tuple[int, str], CouncilRow], year: int) -> dict[str, str | None]:
    """Council of the region to its outcome in a year."""
    return {name: row.outcome for (when, name), row in rows.items() if when == year and row.in_region}


def test_every_council_of_the_region_that_voted_is_there(shipped: Dataset) -> None:
    """How many, by year: counties, districts and unitaries that voted; two outside the region are apart."""
    found = {year: councils(shipped, election=str(year)).councils for year in YEARS}
    assert found == {2016: 4, 2017: 5, 2018: 4, 2021: 9, 2022: 3, 2023: 33, 2024: 1, 2025: 6}


def test_the_counties_of_2017(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """Two gains by the Conservatives; Labour's majority of 2013 in Nottinghamshire was gone by the eve."""
    assert outcomes(rows, 2017) == {
        "Derbyshire": "Con gain from Lab",
        "Leicestershire": "Con hold",
        "Lincolnshire": "Con gain from NOC",
        "Northamptonshire": "Con hold",
        "Nottinghamshire": "NOC no change",
    }


def test_labour_lost_derby_in_2018_and_not_before(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """BBC News, 6 May 2016: 26 Labour councillors, a majority of one; 4 May 2018: 23, and control lost."""
    assert rows[2016, "Derby"].outcome == "Lab hold"
    assert rows[2016, "Derby"].seats_after == {"con": 17, "lab": 26, "ld": 5, "ukip": 3}
    assert rows[2018, "Derby"].outcome == "Lab lose to NOC"
    assert rows[2018, "Derby"].seats_after == {"con": 20, "lab": 23, "ld": 5, "ukip": 3}


def test_two_councils_were_new_in_2021(emvote: Emvote) -> None:
    """Nothing before them: null, never 0, and neither a gain nor a hold."""
    answer = json.loads(emvote("councils", "--election", "2021", "--json").stdout)
    new = {row["council"]: row for row in answer["rows"] if row["control_change"] == "new"}
    assert list(new) == ["North Northamptonshire", "West Northamptonshire"]
    for row in new.values():
        assert (row["control_before"], row["control_after"], row["outcome"]) == (None, "con", "Con win")
        assert row["seats_last_election"] is None
        assert row["seats_before"] is None
        assert row["seats_net"] is None
        assert row["baseline_date"] is None
    assert new["North Northamptonshire"]["seats_won"] == {"con": 60, "lab": 14, "green": 3, "ind": 1}
    conservatives = answer["summary"]["parties"]["con"]
    assert (conservatives["held"], conservatives["gained"]) == (3, 2)
    assert conservatives["unknown_in"] == ["North Northamptonshire", "West Northamptonshire"]
    assert conservatives["seats_net"] is None


def test_the_counties_and_unitaries_of_2025(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """Reform UK won five of six; the Conservatives lost all of them."""
    assert outcomes(rows, 2025) == {
        "Derbyshire": "RUK gain from Con",
        "Leicestershire": "Con lose to NOC",
        "Lincolnshire": "RUK gain from Con",
        "North Northamptonshire": "RUK gain from Con",
        "Nottinghamshire": "RUK gain from Con",
        "West Northamptonshire": "RUK gain from Con",
    }


def test_what_was_filled_before_the_record_begins_has_no_net(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """Thirds of 2012 and 2014, of which there are no ward results: unknown against the last election."""
    unknown = {place for place, row in rows.items() if row.seats_net is None and row.in_region}
    assert unknown == {
        *((2016, name) for name in ("Amber Valley", "Daventry", "Derby", "Lincoln")),
        *((2018, name) for name in ("Amber Valley", "Daventry", "Derby")),
        *((2021, name) for name in ("North Northamptonshire", "West Northamptonshire")),
        *((2023, name) for name in ("Amber Valley", "Derby")),
    }
    assert all(row.flags for place, row in rows.items() if place in unknown and row.change != "new")


def test_a_third_of_a_council_is_no_more_than_was_due(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """Daventry, 2018: 12 of 36; a by-election in Walgrave, whose seat was due in 2020, is not counted with them."""
    row = rows[2018, "Daventry"]
    assert (row.seats_up, dict(row.seats_won), row.seats_total) == (12, {"con": 10, "lab": 2}, 36)


def test_seats_won_and_vacant_are_the_seats_up(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """At every poll; where nothing is unknown, the nets are the change in the number of seats filled."""
    for place, row in rows.items():
        won = sum(number or 0 for number in row.seats_won.values())
        whole = row.seats_up == row.seats_total
        assert won == row.seats_up - (row.vacancies if whole else 0), place
        nets = [*(row.seats_net or {"": None}).values()]
        if None not in nets and row.baseline_size is not None:
            assert sum(net or 0 for net in nets) == won - row.baseline_size, place


def test_seats_of_2023_are_the_sum_of_the_wards_where_the_library_differs(
    rows: Mapping[tuple[int, str], CouncilRow],
) -> None:
    """Amber Valley: the Library has Conservatives 8 and Greens 5, the wards 7 and 6; of Boston nothing is in a lump."""
    valley = rows[2023, "Amber Valley"]
    assert (valley.seats_won["con"], valley.seats_won["green"]) == (7, 6)
    assert "hoc-differs" in {flag.code for flag in valley.flags}
    assert {party: won for party, won in rows[2023, "Boston"].seats_won.items() if won} == {
        "con": 5,
        "ld": 1,
        "bostonind": 18,
        "bluerev": 1,
        "ind": 5,
    }
    assert not any("other" in row.seats_won for (year, _), row in rows.items() if year == 2023)


def test_others_of_2023_are_told_apart_by_votes_not_by_what_members_joined_later(
    rows: Mapping[tuple[int, str], CouncilRow],
) -> None:
    """Mansfield has one member a ward; in the other three nobody stood but the large parties and independents.

    The list of Mansfield's councillors has three under Reform UK, whose one candidate there had 28 votes.
    """
    assert {
        name: {party: won for party, won in rows[2023, name].seats_won.items() if won}
        for name in (
            "Mansfield",
            "Bassetlaw",
            "Erewash",
            "Melton",
        )
    } == {
        "Mansfield": {"con": 5, "lab": 25, "mif": 4, "ind": 2},
        "Bassetlaw": {"con": 8, "lab": 38, "ind": 2},
        "Erewash": {"con": 16, "lab": 28, "ld": 1, "green": 1, "ind": 1},
        "Melton": {"con": 11, "lab": 5, "ld": 1, "green": 1, "ind": 10},
    }
    assert all(not won for (year, _), row in rows.items() if year == 2023 for won in [row.seats_won.get("reform")])


def test_the_council_after_the_election_of_all_of_it_is_what_was_elected(shipped: Dataset) -> None:
    """Lincoln elected 27 of Labour and 6 Conservatives in 2016; the snapshot of that May has one as independent."""
    found = councils(shipped, CouncilFilter(), election="2018", baseline=Baseline.LAST)
    (row,) = (each for each in found.rows if each.council.name == "Lincoln")
    assert row.seats_before == {"con": 6, "lab": 27}
    assert (row.baseline_date, row.control_before) == ("2016-05-05", "lab")


def test_where_a_part_is_elected_control_may_be_beyond_reach_and_it_is_said(
    rows: Mapping[tuple[int, str], CouncilRow],
) -> None:
    """Labour had 26 of Lincoln's 33 in 2018 and defended 9: 17 were left, which are control."""
    said = {place for place, row in rows.items() if any("could not change hands" in note for note in row.notes)}
    assert said == {(2018, "Daventry"), (2018, "Lincoln"), (2021, "Lincoln")}
    assert (
        "Lincoln: control could not change hands: Lab held 26 of 33 seats and defended 9, and 17 are control"
        in rows[2018, "Lincoln"].notes
    )


# --- against the raw files ---------------------------------------------------------------------------------------


def test_in_wards_of_one_seat_the_most_votes_of_2023_won_it(
    raw: Raw, rows: Mapping[tuple[int, str], CouncilRow]
) -> None:
    """Wherever all wards of a council have one: Mansfield and North West Leicestershire, counted without the build."""
    codes = {"CON": "con", "LAB": "lab", "LD": "ld", "GREEN": "green", "MAN IND": "mif", "IND": "ind", "REF": "reform"}
    wards: dict[str, list[Mapping[str, str]]] = {}
    for line in raw("ward-results/leh-2023-wards-em.csv"):
        wards.setdefault(line["DISTRICTNAME"], []).append(line)
    single = {name for name, lines in wards.items() if {line["VACS"] for line in lines} == {"1"}}
    assert {"Mansfield", "North West Leicestershire"} <= single
    for name in ("Mansfield", "North West Leicestershire"):
        won = Counter(max(codes, key=lambda code: float(line[code] or 0)) for line in wards[name])
        theirs = {codes[code]: number for code, number in won.items()}
        assert theirs == {party: number for party, number in rows[2023, name].seats_won.items() if number}


def test_winners_counted_in_the_raw_files_are_the_seats_won(raw: Raw, shipped: Dataset) -> None:
    """The files of 2016 to 2018, counted without the build: seats by council, the large parties by name."""
    codes = {"C": "con", "Lab": "lab", "LD": "ld", "Grn": "green", "UKIP": "ukip"}
    for year, day in ((2016, "2016-05-05"), (2017, "2017-05-04"), (2018, "2018-05-03")):
        won: dict[str, Counter[str]] = {}
        for row in raw(f"ward-results/leap-{year}-em.csv"):
            by_election = (row["election_date"], row["ward_ons"]) == ("2018-05-03", "E05009023")  # Walgrave, Daventry
            if row["elected_flag"] == "1" and not by_election:
                party = codes.get(row["party_short"], "")
                won.setdefault(row["council_ons"], Counter())[party] += 1
        for poll in shipped.polls_at(f"local.{day}"):
            for party in codes.values():
                assert won[poll.council][party] == poll.won.get(party, 0), (year, poll.council, party)
            assert won[poll.council].total() == poll.seats_up, (year, poll.council)


def test_the_library_has_the_same_councils_after_2018_and_2022(
    raw: Raw, rows: Mapping[tuple[int, str], CouncilRow]
) -> None:
    """House of Commons Library, CBP-9545: the four councils that voted in both years; control too."""
    for line in raw("councils/hoc-council-compositions-2018-2022-em.csv"):
        for year in (2018, 2022):
            row = rows.get((year, line["council name"]))
            if row is None:
                assert (year, line["council name"]) == (2022, "Milton Keynes")  # left out, says the election's note
                continue
            theirs = {party: int(line[f"{year}_{name}"] or 0) for party, name in MAIN.items()}
            ours = {party: row.seats_after.get(party) or 0 for party in MAIN}
            assert theirs == ours, (year, row.council.name)
            assert line[f"{year}_Control"].casefold() == row.control_after, (year, row.council.name)


def test_the_library_has_the_same_changes_from_2019_to_2023(
    raw: Raw, rows: Mapping[tuple[int, str], CouncilRow]
) -> None:
    """House of Commons Library, CBP-9798: net seats of councils elected as a whole, its own errors of 2019 apart."""
    differing = set()
    for line in raw("councils/hoc-council-compositions-2019-2023-em.csv"):
        row = rows.get((2023, line["Local authority"]))
        if row is None or row.seats_net is None or line["Type"] == "" or row.seats_up != row.seats_total:
            continue
        for party, name in MAIN.items():
            if int(line[f"{name}_change"] or 0) != row.net_of(party):
                differing.add((row.council.name, party))
    assert differing == {
        ("Boston", "lab"),  # columns of 2019 are shifted
        ("Boston", "ld"),
        ("Broxtowe", "ld"),  # without the two seats polled in June 2019
        ("Charnwood", "con"),  # 36 for 37 in 2019
        ("North Kesteven", "con"),  # without the seat filled in June 2019
        ("South Kesteven", "ld"),  # 1 for 2 in 2019
    }


def test_the_library_names_the_same_control_in_2023(
    raw: Raw, shipped: Dataset, rows: Mapping[tuple[int, str], CouncilRow]
) -> None:
    """But where a local party controls, which the Library has under other."""
    for line in raw("councils/hoc-council-compositions-2019-2023-em.csv"):
        row = rows.get((2023, line["Local authority"]))
        if row is not None:
            theirs, ours = line["Control_23"].casefold(), row.control_after
            local = ours not in (None, NOC) and shipped.parties[str(ours)].kind.value == "local"
            assert theirs in ({"oth", "ind"} if local else {ours}), row.council.name


def test_against_the_last_election_labour_gained_what_the_library_says(raw: Raw, shipped: Dataset) -> None:
    """The Library compares control with 2019: so does --baseline last-election, of councils elected as a whole."""
    compared = councils(shipped, CouncilFilter(outside=True), election="2023", baseline=Baseline.LAST)
    ours = {row.council.name: row for row in compared.rows}
    for line in raw("councils/hoc-council-compositions-2019-2023-em.csv"):
        row = ours.get(line["Local authority"])
        if row is not None and row.seats_up == row.seats_total and row.seats_net is not None:
            assert (row.control_before != row.control_after) == (line["Losses"] != "No change"), row.council.name


def test_against_the_eve_a_net_is_known_where_the_council_before_and_after_is(emvote: Emvote) -> None:
    """2016: the record does not tell the thirds then up before the poll, but the whole council on both sides."""
    asked = ("councils", "--election", "2016", "--baseline")
    eve, last = (json.loads(emvote(*asked, each, "--json").stdout)["rows"] for each in ("eve-of-poll", "last-election"))
    known = {row["council"]: row for row in eve}
    assert known["Amber Valley"]["seats_net"] == {"con": -1, "lab": 1}
    assert (known["Derby"]["seats_net"]["con"], known["Derby"]["seats_net"]["lab"]) == (3, -3)
    for row in eve:
        before, after = row["seats_before"], row["seats_after"]
        for party, net in row["seats_net"].items():
            parts = (before.get(party, 0), after.get(party, 0))
            assert net == (None if None in parts else parts[1] - parts[0]), (row["council"], party)
    assert all(row["seats_net"] is None for row in last)
    workings = emvote(*asked, "eve-of-poll", "--explain").stdout
    assert "seats after − baseline's seats" in workings


def test_the_eve_of_a_poll_is_what_was_published_just_before_it(shipped: Dataset, raw: Raw) -> None:
    """Control, and the seats of those who are named; who is left out is unknown unless nobody can be missing."""
    not_the_eve = {("E06000015", 2016), ("E07000141", 2019)}
    published = {(row["council_id"], int(row["election"][:4])): row for row in raw("councils/eve-of-poll.csv")}
    assert published.keys() > not_the_eve
    groups = {"avind", "noti_ind", "othind"}  # of no party
    parties = {"shi": "shind", "skegness": "suds", "notting_ind": "nottmind", "ruk": "reform"}
    for (council, year), row in published.items():
        found = council_row(shipped, shipped.polls[f"local.{row['election']}", council])
        day_before = str(date.fromisoformat(row["election"]) - timedelta(days=1))
        if (council, year) in not_the_eve:
            assert found.baseline_date != day_before
            continue
        assert (found.control_before, found.baseline_date) == (row["control_before"], day_before), (council, year)
        assert "compiled-eves" in found.sources
        before = found.seats_before or {}
        listed = dict(pair.split("=") for pair in row["seats_before"].split(";") if pair)
        if not groups & listed.keys():
            for code, number in listed.items():
                if code != "vacant":
                    assert before.get(parties.get(code, code), 0) == int(number), (council, year, code)
        named = sum(int(number) for number in listed.values())
        assert named == int(row["council_size"]) or None in before.values(), (council, year)
        if not listed:
            assert set(before.values()) == {None}, (council, year)


def test_councils_without_a_published_eve_are_compared_with_a_composition(emvote: Emvote) -> None:
    """The headline names its month in place of the eve, or says how many are of another day."""
    heads = {
        year: emvote("councils", "--election", year, "--format", "plain").stdout.partition("\n")[0]
        for year in ("2016", "2018", "2019", "2023")
    }
    assert "Control compared with the eve of the poll, seats" in heads["2023"]
    assert "the eve of the poll (19 of 33 councils: May 2018)" in heads["2019"]
    assert "the eve of the poll (3 of 4 councils: May 2017)" in heads["2018"]
    assert "Control compared with 7 May 2015, seats with the last ordinary election" in heads["2016"]
    assert "eve" not in heads["2016"]


def test_conflicting_states_of_an_eve_are_flagged(rows: Mapping[tuple[int, str], CouncilRow]) -> None:
    """With what each source says; where nobody disagrees there is no flag."""
    disputed = {
        place
        for place, row in rows.items()
        for flag in row.flags
        if flag.code == "sources-differ" and flag.source == "compiled-eves"
    }
    assert {(2023, "Boston"), (2023, "North Kesteven"), (2023, "East Lindsey"), (2022, "Derby")} <= disputed
    assert (2023, "Rutland") not in disputed
    (flag,) = (each for each in rows[2023, "Boston"].flags if each.source == "compiled-eves")
    assert "15 Conservatives" in flag.note
    assert "14" in flag.note
