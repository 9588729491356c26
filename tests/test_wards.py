"""Ward results: published facts of the shipped ones, what an answer is on a small council, and what must fail."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest
import rtoml

from emvote import names
from emvote.dataset import Dataset
from emvote.errors import UnknownName
from emvote.measures import ShareMethod
from emvote.model import WardContest
from emvote.queries.wards import TurnoutBasis, ward_result, wards
from emvote.store import open_dataset
from emvote.views.schema import json_schema
from emvote.views.wards import FIELDS, SUMMARY

Run = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "valid" / "wards.toml"
ELECTED_2025 = 309 - 40 - 25 + 2 * 40 + 3 * 25


@pytest.fixture(scope="module")
def small() -> Dataset:
    """Three wards: one with a tie, one without a contest, one with totals only."""
    return open_dataset(str(SMALL))


def at(dataset: Dataset, day: str) -> list[WardContest]:
    """The ward contests of one day."""
    return [ward for ward in dataset.record.wards if ward.election == f"local.{day}"]


def only(dataset: Dataset, day: str, council: str, ward: str) -> WardContest:
    """One ward contest."""
    code = dataset.find_council(council).id
    (found,) = [each for each in at(dataset, day) if (each.council, each.ward) == (code, ward)]
    return found


def rows(run: CompletedProcess[str]) -> list[dict[str, Any]]:
    """The rows of a JSON answer."""
    assert run.returncode == 0, run.stderr
    answer: list[dict[str, Any]] = json.loads(run.stdout)["rows"]
    return answer


# --- the shipped results -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number", "candidates"),
    [
        ("2015-05-07", 29, 131),
        ("2015-06-25", 1, 8),
        ("2016-05-05", 74, 395),
        ("2017-05-04", 301, 1295),
        ("2018-05-03", 75, 312),
        ("2019-05-02", 745, 3614 - 2 - 6),
        ("2019-06-13", 1, 6),
        ("2021-05-06", 359, 1774),
        ("2022-05-05", 62, 253),
        ("2024-05-02", 30, 138),
        ("2023-06-15", 1, 9),
        ("2025-05-01", 309 - 2, 2037 - 12 - 9),
        ("2025-06-12", 2, 12 + 9),
    ],
)
def test_every_candidate_is_on_record(shipped_wards: Dataset, day: str, number: int, candidates: int) -> None:
    """As many as in the sources, without two placeholders of mayors; polls held later stand on their own days."""
    found = at(shipped_wards, day)
    assert (len(found), sum(len(ward.candidates) for ward in found)) == (number, candidates)


def test_uncontested_wards_have_no_votes(shipped_wards: Dataset) -> None:
    """In 34 wards of 2019 nobody voted, which is not the same as that nobody was voted for."""
    unopposed = [ward for ward in at(shipped_wards, "2019-05-02") if ward.uncontested]
    assert len(unopposed) == 34
    assert {candidate.votes for ward in unopposed for candidate in ward.candidates} == {None}
    assert all(candidate.elected for ward in unopposed for candidate in ward.candidates)


def test_those_with_the_most_votes_are_elected(shipped_wards: Dataset) -> None:
    """As many as seats, everywhere, Higham Ferrers included; but for a seat that nobody stood for."""
    for ward in shipped_wards.record.wards:
        if not ward.candidates:
            continue
        won = [candidate.votes or 0 for candidate in ward.candidates if candidate.elected]
        lost = [candidate.votes or 0 for candidate in ward.candidates if not candidate.elected]
        assert len(won) == ward.seats_up or ward.ward == "Billinghay, Martin and North Kyme"
        assert min(won) >= max(lost, default=0), ward.ward


def test_a_third_marked_as_elected_is_not(shipped_wards: Dataset) -> None:
    """Higham Ferrers 2025: three marked for two seats, 400 seats for 401 marks."""
    ward = only(shipped_wards, "2025-06-12", "North Northamptonshire", "Higham Ferrers")
    assert [each.name for each in ward.candidates if each.elected] == ["Mark Haddon", "Jennie Bone"]
    assert [flag.code for flag in ward.flags] == ["elected-differs", "postponed-poll"]
    held = [each for day in ("2025-05-01", "2025-06-12") for each in at(shipped_wards, day)]
    assert sum(each.seats_up for each in held) == ELECTED_2025


@pytest.mark.parametrize(
    ("day", "later", "council", "ward", "elected"),
    [
        ("2015-05-07", "2015-06-25", "South Kesteven", "Market and West Deeping", {"con": 1, "ind": 2}),
        ("2019-05-02", "2019-06-13", "Broxtowe", "Stapleford South East", {"ld": 2}),
        ("2023-05-04", "2023-06-15", "South Derbyshire", "Hilton", {"con": 1, "ld": 2}),
        ("2025-05-01", "2025-06-12", "Nottinghamshire", "Mansfield North", {"reform": 2}),
        ("2025-05-01", "2025-06-12", "North Northamptonshire", "Higham Ferrers", {"con": 1, "reform": 1}),
    ],
)
def test_a_poll_held_later_is_an_election_of_its_own(
    shipped_wards: Dataset, day: str, later: str, council: str, ward: str, elected: dict[str, int]
) -> None:
    """Its seats are vacant at the ordinary election, whose wards do not have it; the council after is both together."""
    found = only(shipped_wards, later, council, ward)
    assert Counter(each.party for each in found.candidates if each.elected) == elected
    assert "postponed-poll" in {flag.code for flag in found.flags} or day == "2015-05-07"
    before, after = (
        next(
            poll
            for poll in shipped_wards.polls_at(f"local.{when}")
            if shipped_wards.councils[poll.council].name == council
        )
        for when in (day, later)
    )
    assert ward not in {each.ward for each in at(shipped_wards, day) if each.council == before.council}
    assert (before.vacancies, after.seats_up, after.vacancies) == (sum(elected.values()), sum(elected.values()), 0)
    assert sum(before.won.values()) == before.seats_up - before.vacancies
    assert after.won == elected
    assert Counter(after.after or {}) == Counter(before.won) + Counter(elected)
    assert {flag.code for flag in before.flags} >= {"postponed-poll"}
    assert any(f"--election local.{later}" in note for note in wards(shipped_wards, council, election=day[:4]).notes)


def test_a_postponed_ward_stands_under_its_own_day(shipped_wards: Dataset) -> None:
    """Stapleford South East was polled on 13 June 2019."""
    ward = only(shipped_wards, "2019-06-13", "Broxtowe", "Stapleford South East")
    assert [(each.name, each.votes) for each in ward.candidates if each.elected] == [
        ("Tim Hallam", 559),
        ("David Grindell", 538),
    ]
    assert any(
        "--election local.2019-06-13" in note for note in wards(shipped_wards, "broxtowe", election="2019").notes
    )


def test_a_ward_that_voted_at_another_election_is_said_to_have(shipped_wards: Dataset) -> None:
    """It is no misspelling; where nothing has the name, near ones are suggested as ever."""
    with pytest.raises(UnknownName, match=r"has no result at local\.2019-05-02; on record: local\.2019-06-13") as error:
        wards(shipped_wards, "broxtowe", election="2019", ward="stapleford south-east")
    assert error.value.suggestions == ()
    with pytest.raises(UnknownName, match="did you mean 'Stapleford South West'"):
        wards(shipped_wards, "broxtowe", election="2019", ward="stapleford south eats")


def test_a_ward_with_two_polls_on_one_day_shows_both(shipped_wards: Dataset) -> None:
    """The ordinary one and a by-election for another of its seats have one name."""
    selston = only(shipped_wards, "2019-05-02", "Ashfield", "Selston")
    twice = Dataset(replace(shipped_wards.record, wards=(selston, replace(selston, by_election=True))))
    found = wards(twice, "ashfield", election="2019", ward="selston").results
    assert [each.contest.by_election for each in found] == [False, True]


def test_by_elections_on_the_day_are_told_apart(shipped_wards: Dataset) -> None:
    """Four councils in 2017, and one ward in 2018; the latest election of a council is never one of them."""
    names = shipped_wards.councils
    by = [ward for ward in shipped_wards.record.wards if ward.by_election]
    assert {(ward.election, names[ward.council].name) for ward in by} == {
        *(("local.2017-05-04", name) for name in ("Newark and Sherwood", "Rushcliffe", "Nottingham", "Daventry")),
        ("local.2018-05-03", "Daventry"),
    }
    assert [ward.ward for ward in by if ward.election == "local.2018-05-03"] == ["Walgrave"]
    latest = wards(shipped_wards, "Daventry").election
    assert latest is not None
    assert latest.id == "local.2018-05-03"


def test_the_wards_won_what_the_councils_did(shipped_wards: Dataset) -> None:
    """Winners by council are the seats won in the polls on record; of 2023 too."""
    for poll in shipped_wards.record.council_polls:
        won: Counter[str] = Counter()
        for ward in at(shipped_wards, poll.election.removeprefix("local.")):
            if ward.council == poll.council and not ward.by_election:
                won.update(each.party for each in ward.candidates if each.elected)
        if won:
            assert won == Counter(poll.won), poll.council


def test_counties_and_districts_of_2021_are_apart(shipped_wards: Dataset) -> None:
    """Divisions belong to the county whose council they elect, not to the district they lie in."""
    seats = Counter[str]()
    for ward in at(shipped_wards, "2021-05-06"):
        seats[shipped_wards.councils[ward.council].name] += ward.seats_up
    assert seats["Derbyshire"] == 64
    assert seats["Lincolnshire"] == 70
    assert seats["Nottinghamshire"] == 66
    assert seats["Leicestershire"] == 55
    assert (seats["North Northamptonshire"], seats["West Northamptonshire"]) == (78, 93)
    assert seats["Derby"] == 18


def test_of_2023_only_milton_keynes_has_no_candidates(shipped_wards: Dataset) -> None:
    """Every candidate of the region and of East Staffordshire, the 19 wards that had no contest among them."""
    found = at(shipped_wards, "2023-05-04")
    named = [ward for ward in found if ward.candidates]
    tallied = {shipped_wards.councils[ward.council].name for ward in found if ward.tallies}
    assert tallied == {"Milton Keynes"}
    assert sum(len(ward.candidates) for ward in named if not ward.uncontested) == 3823 - 9
    assert sum(ward.uncontested for ward in named) == 19
    region = [ward for ward in named if shipped_wards.council_in_region(ward.council)]
    won = Counter(each.party for ward in region for each in ward.candidates if each.elected)
    assert won.total() == 1319
    assert {party: won[party] for party in ("lab", "con", "ld", "green")} == {
        "lab": 515,
        "con": 397,
        "ld": 156,
        "green": 39,
    }


def test_a_lot_fell_otherwise_than_the_source_says(shipped_wards: Dataset) -> None:
    """Cote Heath 2023: both had 569 votes."""
    ward = only(shipped_wards, "2023-05-04", "High Peak", "Cote Heath")
    assert [(each.ballot_name or each.name, each.elected) for each in ward.candidates if each.votes == 569] == [
        ("K. Kirkham", True),
        ("A. Smith", False),
    ]
    assert "lot-differs" in {flag.code for flag in ward.flags}


def test_names_in_full_are_of_those_elected_and_begin_as_printed(shipped_wards: Dataset) -> None:
    """Surname and initial agree with the form printed, misprints of two surnames apart."""
    full = [each for ward in shipped_wards.record.wards for each in ward.candidates if each.ballot_name]
    assert len(full) > 1200
    assert all(each.elected for each in full)
    differing = [
        each.name
        for each in full
        if each.ballot_name and names.last_word(each.name) != names.last_word(each.ballot_name)
    ]
    assert len(differing) == 2


def test_the_seats_of_2023_are_the_councils(shipped_wards: Dataset) -> None:
    """With the wards that had no contest, and Hilton in June, every council elected as a whole is complete."""
    seats = Counter[str]()
    for ward in (*at(shipped_wards, "2023-05-04"), *at(shipped_wards, "2023-06-15")):
        seats[ward.council] += ward.seats_up
    for council_id, number in seats.items():
        council = shipped_wards.councils[council_id]
        if council.name in {"Lincoln", "Milton Keynes"}:
            continue
        (size,) = {each.size for each in council.compositions if each.year == 2023}
        assert number == size, council.name


def test_names_are_as_people_write_them(shipped_wards: Dataset) -> None:
    """No capitals throughout, no `&`, no spaces around, no initials behind the surname."""
    for ward in shipped_wards.record.wards:
        assert not ward.ward.isupper(), ward.ward
        assert "&" not in ward.ward
        for name in (ward.ward, *(candidate.name for candidate in ward.candidates)):
            assert name == " ".join(name.split())
            assert not name.endswith("."), name
    assert only(shipped_wards, "2024-05-02", "Lincoln", "Abbey").candidates[0].name == "C. Smalley"


def test_unknown_codes_are_parties_of_their_own(shipped_wards: Dataset) -> None:
    """A label whose full name nobody knows is kept as it is, and the party says so."""
    ward = only(shipped_wards, "2017-05-04", "Nottinghamshire", "Selston")
    assert (ward.candidates[0].name, ward.candidates[0].party) == ("David Martin", "selston")
    assert "full name is not in the sources" in (shipped_wards.parties["selston"].note or "")


def test_every_shipped_ward_can_be_worked_out(shipped_wards: Dataset) -> None:
    """And no turnout is of another world."""
    for ward in shipped_wards.record.wards:
        result = ward_result(shipped_wards, ward)
        assert result.turnout_pct is None or 10 < result.turnout_pct < 75
        assert result.margin_votes is None or result.margin_votes >= 0


def test_the_file_is_what_the_builder_makes(raw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes each time."""
    import importlib

    root = Path(__file__).parents[1]
    assert raw("ward-results/leap-2016-em.csv")
    monkeypatch.syspath_prepend(str(root))
    conftest = importlib.import_module("conftest")
    _, built = importlib.import_module("tools.build_dataset.build").build_wards(conftest.RAW)
    text = importlib.import_module("emvote.store.write").dump_wards(built)
    assert text == (root / "data/results.wards.toml").read_text(encoding="utf-8")


# --- one council ------------------------------------------------------------------------------------------------


def test_a_tie_is_a_margin_of_nothing(small: Dataset) -> None:
    """The lot decided: 0 is a figure here."""
    answer = wards(small, "aldermere")
    east = next(result for result in answer.results if result.contest.ward == "Aldermere East")
    assert (east.margin_votes, east.decided_by_lot) == (0, True)
    assert "Aldermere East: the last seat was decided by lot" in answer.notes
    assert [standing.elected for standing in east.standings] == [True, True, False]


def test_what_nobody_voted_for_is_not_known(small: Dataset) -> None:
    """Neither votes, shares, turnout nor a margin."""
    answer = wards(small, "aldermere", ward="aldermere north")
    (result,) = answer.results
    assert [(each.votes, each.share_pct) for each in result.standings] == [(None, None)]
    assert (result.turnout_pct, result.margin_votes, result.share_method) == (None, None, None)
    assert [(each.party, each.votes, each.share_pct) for each in answer.parties] == [("red", None, None)]


def test_turnout_says_what_it_counts(shipped_wards: Dataset) -> None:
    """Ballot papers as published, or valid votes over electors where every voter has one."""
    of_2022 = ward_result(shipped_wards, only(shipped_wards, "2022-05-05", "Derby", "Abbey"))
    assert of_2022.turnout_basis is TurnoutBasis.BALLOTS
    of_2024 = ward_result(shipped_wards, only(shipped_wards, "2024-05-02", "Lincoln", "Abbey"))
    assert (of_2024.turnout_basis, of_2024.turnout_pct) == (TurnoutBasis.VALID, 100 * 1999 / 6273)


def test_a_whole_answer(emvote: Run) -> None:
    """Row by row, with what the contract names."""
    found = rows(emvote("wards", "Aldermere", "--data", SMALL, "--json"))
    keys = ("ward", "seats_up", "turnout_pct", "candidate", "party", "votes", "elected", "uncontested", "margin_votes")
    assert [tuple(row[key] for key in keys) for row in found] == [
        ("Aldermere East", 2, 40.5, "Bo Reed", "red", 300, True, False, 0),
        ("Aldermere East", 2, 40.5, "Ada Birch", "blue", 250, True, False, 0),
        ("Aldermere East", 2, 40.5, "Cy Ash", "red", 250, False, False, 0),
        ("Aldermere Mill", 1, None, None, "blue", 120, None, False, None),
        ("Aldermere Mill", 1, None, None, "red", 80, None, False, None),
        ("Aldermere North", 2, None, "Bo Reed", "red", None, True, True, None),
    ]
    assert [row["share_pct"] for row in found] == [37.5, 31.25, 31.25, 60.0, 40.0, None]
    methods = [ShareMethod.ALL_VOTES] * 3 + [ShareMethod.TOP_CANDIDATE] * 2 + [None]
    assert [row["share_method"] for row in found] == methods


def test_the_answer_fits_its_schema(emvote: Run) -> None:
    """Unknown values included; and the contract's fields are all there."""
    for arguments in (("Aldermere", "--data", SMALL), ("Rutland", "--election", "2023"), ("Lincoln",)):
        answer = json.loads(emvote("wards", *arguments, "--json").stdout)
        jsonschema.validate(answer, json_schema("wards", FIELDS, SUMMARY))
    named = (
        "ward election polling_date seats_up electorate turnout_pct candidate party party_label votes elected "
        "uncontested"
    )
    assert {field.key for field in FIELDS} >= set(named.split())


def test_a_table_for_people(emvote: Run) -> None:
    """Every candidate, then the seats of each ward, then the parties."""
    shown = emvote("wards", "lincoln", "--election", "2024").stdout
    assert "Lincoln, 2 May 2024, 11 wards, 11 seats: " in shown
    assert "Seats by ward" in shown
    assert "By party, all votes" in shown


def test_spreadsheets_get_a_line_a_candidate(emvote: Run) -> None:
    """With as many fields in each."""
    table = list(csv.reader(io.StringIO(emvote("wards", "Derby", "--election", "2022", "--csv").stdout)))
    assert len(table) == 81
    assert {len(line) for line in table} == {len(FIELDS)}


def test_nothing_on_record_is_an_empty_answer(emvote: Run) -> None:
    """Exit code 0, and the elections that there are."""
    answer = emvote("wards", "Rutland", "--election", "2017", "--json")
    assert rows(answer) == []
    assert json.loads(answer.stdout)["notes"] == [
        "no ward results of Rutland on 2017-05-04; on record: 2019-05-02, 2023-05-04"
    ]
    assert "no ward results of Rutland" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Broxstowe",), 3, "Broxtowe"),
        (("Derby", "--election", "2099"), 3, "no local elections in 2099 on record"),
        (("Derby", "--election", "2022", "--ward", "Abey"), 3, "Abbey"),
        (("Derby", "--colour"), 2, "--colour"),
        ((), 2, "COUNCIL"),
        (("Derby", "--columns", "wards"), 2, "ward"),
    ],
)
def test_what_is_wrong_is_said(emvote: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    """Names that are unknown, options that there are not."""
    done = emvote("wards", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_an_election_with_ward_results_only_is_told_as_such(emvote: Run) -> None:
    """`councils` has nothing to say of it, and says where to look; with --all it does not say that nobody voted."""
    for more in ((), ("--all",)):
        done = emvote("councils", "--data", SMALL, "--election", "2019", *more, "--json")
        assert rows(done) == []
        assert "emvote wards COUNCIL --election local.2019-05-02" in json.loads(done.stdout)["notes"][0]


# --- under their council ---------------------------------------------------------------------------------------


def test_a_terminal_shows_the_wards_of_the_latest_election(emvote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who won each, and by what margin, below the years; of the election that was asked for where one was."""
    monkeypatch.setattr("emvote.cli.streams.is_terminal", lambda: True)
    latest = emvote("council", "Lincoln", "--no-color").stdout
    assert latest.count("Wards, ") == 1
    assert "Wards, 2 May 2024" in latest
    asked = emvote("council", "Lincoln", "--election", "2021", "--no-color").stdout.splitlines()
    assert any(line.split() == ["Abbey", "1", "LD", "425", "32.5%", "6,072"] for line in asked)
    unopposed = emvote("council", "South Holland", "--election", "2019", "--no-color").stdout
    assert ", unopposed" in unopposed


def test_in_a_pipe_wards_must_be_asked_for(emvote: Run) -> None:
    """`--wards` shows those of every election; without, a table has none."""
    assert "Wards, " not in emvote("council", "Lincoln").stdout
    days = [line for line in emvote("council", "Lincoln", "--wards").stdout.splitlines() if line.startswith("Wards, ")]
    assert [line.split(" (")[0] for line in days] == [
        f"Wards, {day}"
        for day in ("2 May 2024", "4 May 2023", "5 May 2022", "6 May 2021", "2 May 2019", "3 May 2018", "5 May 2016")
    ]


def test_programs_never_read_the_wards_of_a_council(emvote: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON is the same with and without, on a terminal too, and names the same dataset."""
    plain = emvote("council", "Lincoln", "--json").stdout
    assert emvote("council", "Lincoln", "--json", "--wards").stdout == plain
    monkeypatch.setattr("emvote.cli.streams.is_terminal", lambda: True)
    assert emvote("council", "Lincoln", "--json").stdout == plain


# --- the file beside the dataset --------------------------------------------------------------------------------


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The small dataset with its wards in a file of their own."""
    data = rtoml.loads(SMALL.read_text(encoding="utf-8"))
    companion = {"wards": data.pop("wards")}
    (tmp_path / "small.toml").write_text(rtoml.dumps(data), encoding="utf-8")
    (tmp_path / "small.wards.toml").write_text(rtoml.dumps(companion), encoding="utf-8")
    return tmp_path / "small.toml"


def test_wards_are_read_only_when_asked_for(beside: Path) -> None:
    """The same record then as from one file."""
    assert open_dataset(str(beside)).record.wards == ()
    assert open_dataset(str(beside), wards=True).record == open_dataset(str(SMALL)).record


def test_other_commands_do_not_open_the_file(emvote: Run, beside: Path) -> None:
    """It could be anything; those that need it, and `check`, say what is wrong with it."""
    beside.with_suffix(".wards.toml").write_text("this is not TOML", encoding="utf-8")
    assert emvote("elections", "--data", beside).returncode == 0
    for arguments in (("wards", "Aldermere", "--data", beside), ("check", beside, "--json")):
        done = emvote(*arguments)
        assert done.returncode == 4
        assert "small.wards.toml" in done.stderr + done.stdout


def test_snapshots_keep_the_two_apart(beside: Path, tmp_path: Path) -> None:
    """With and without wards are two contents; a change in the file beside is another one again."""
    kept = tmp_path / "snapshots"
    for _ in range(2):
        assert not open_dataset(str(beside), snapshots=kept).record.wards
        assert len(open_dataset(str(beside), snapshots=kept, wards=True).record.wards) == 3
    companion = beside.with_suffix(".wards.toml")
    companion.write_text(companion.read_text(encoding="utf-8").replace("Aldermere Mill", "The Mill"), encoding="utf-8")
    assert "The Mill" in {ward.ward for ward in open_dataset(str(beside), snapshots=kept, wards=True).record.wards}


def test_the_file_beside_is_no_dataset_of_its_own(emvote: Run) -> None:
    """`--data` lists the datasets by name, and that is none."""
    assert "results.wards" not in emvote("elections", "--data", "nothing").stderr


def test_the_shipped_wards_are_sound(emvote: Run) -> None:
    """`emvote check` looks at them too."""
    done = emvote("check")
    assert done.returncode == 0
    assert "2,716 wards, 12 elections of mayors, 2,593 wards in lists of councillors" in " ".join(done.stdout.split())
