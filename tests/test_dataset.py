"""What people type leads to the one thing that it means, or to a message that lists what it may mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from subprocess import CompletedProcess

import pytest

from emvote.dataset import LOCAL, PARLIAMENT, Dataset, own_keys
from emvote.errors import AmbiguousName, OtherKind, UnknownName, UsageProblem
from emvote.model import Candidacy, ElectionKind, PartyKind
from emvote.queries.contenders import contenders
from emvote.queries.contest import seat_result
from emvote.relations import RELATIONS

Emvote = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("typed", "election_id"),
    [
        ("2017", "parl.2017-06-08"),
        ("ge2017", "parl.2017-06-08"),
        ("GE-2017", "parl.2017-06-08"),
        ("parl.2017-06-08", "parl.2017-06-08"),
        (" PARL.2017-06-08 ", "parl.2017-06-08"),
        ("2017-notional", "parl.2017-06-08.notional"),
        ("parl.2017-06-08.notional", "parl.2017-06-08.notional"),
        ("feb1974", "parl.1974-02-28"),
        ("Oct1974", "parl.1974-10-10"),
        ("westmarsh 2016", "parl.westmarsh.by.2016-11-10"),
        ("westmarsh-2016", "parl.westmarsh.by.2016-11-10"),
        ("Westmarsh by-election", "parl.westmarsh.by.2016-11-10"),
        ("Nether Vale by-election 2018", "parl.nether-vale.by.2018-03-01"),
    ],
)
def test_a_parliamentary_election_has_short_forms(small: Dataset, typed: str, election_id: str) -> None:
    """A bare year is the general election as fought, not its estimate; a by-election goes by seat and year."""
    assert small.find_election(typed).id == election_id


@pytest.mark.parametrize(
    ("typed", "election_id"),
    [
        ("2019", "local.2019-05-02"),
        ("local-2019", "local.2019-05-02"),
        ("local.2019-06-13", "local.2019-06-13"),
        ("local-jun-2019", "local.2019-06-13"),
        ("2023", "local.2023-05-04"),
    ],
)
def test_a_local_election_has_short_forms(small: Dataset, typed: str, election_id: str) -> None:
    """Where local elections are meant, a bare year is the ordinary ones, and never a poll held later."""
    assert small.find_election(typed, LOCAL).id == election_id


@pytest.mark.parametrize("typed", ["1974", "ge1974"])
def test_two_general_elections_in_a_year_must_be_told_apart(small: Dataset, typed: str) -> None:
    """Both are listed in the short forms that do."""
    with pytest.raises(AmbiguousName) as error:
        small.find_election(typed)
    assert error.value.suggestions == ("feb1974", "oct1974")
    assert [small.find_election(each).id for each in error.value.suggestions] == ["parl.1974-02-28", "parl.1974-10-10"]


@pytest.mark.parametrize("typed", ["", "ge2016", "ge2019", "westmarsh 2015", "mar1974", "2015-notional"])
def test_an_election_that_there_was_not_is_unknown(small: Dataset, typed: str) -> None:
    """No general election in a by-election's year; a local one is not parliamentary."""
    with pytest.raises(UnknownName, match="no election called"):
        small.find_election(typed, PARLIAMENT)


@pytest.mark.parametrize(
    ("typed", "kinds", "said"),
    [
        ("2016", PARLIAMENT, "no general election in 2016 on record; the nearest: '2015' and '2017'"),
        ("1980", PARLIAMENT, "no general election in 1980 on record; the nearest: 'oct1974' and '2015'"),
        ("2015", LOCAL, "no local elections in 2015 on record; the nearest: '2019'"),
    ],
)
def test_a_year_without_such_an_election_names_the_nearest(
    small: Dataset, typed: str, kinds: frozenset[ElectionKind], said: str
) -> None:
    """Each as it can be typed; an election of another kind in that year is not what was meant."""
    with pytest.raises(UnknownName) as error:
        small.find_election(typed, kinds)
    assert str(error.value).startswith(said)
    assert not isinstance(error.value, OtherKind)
    assert all(small.find_election(each, kinds) for each in error.value.suggestions)


@pytest.mark.parametrize("typed", ["local-2019", "local.2019-05-02", "local elections 2019"])
def test_an_election_of_another_kind_is_said_to_be_one(small: Dataset, typed: str) -> None:
    """It is not denied that there was one: the name is known, and the question is wrong."""
    with pytest.raises(OtherKind, match=rf"'{typed}' is local\.2019-05-02, of kind local"):
        small.find_election(typed, PARLIAMENT)


def test_an_election_of_another_kind_is_wrong_usage(emvote: Emvote) -> None:
    """Exit code 2, as for elections that cannot be compared; a year without such an election is an unknown name."""
    assert emvote("targets", "lab", "--election", "local-2019").returncode == 2
    assert emvote("wards", "Derby", "--election", "ge2019").returncode == 2
    assert emvote("seats", "--election", "2018").returncode == 3
    assert emvote("councils", "--election", "2014").returncode == 3


@pytest.mark.parametrize(
    ("typed", "election_id"),
    [
        ("February 1974", "parl.1974-02-28"),
        ("oct 1974", "parl.1974-10-10"),
        ("1974 October", "parl.1974-10-10"),
        ("general election 2019", "parl.2019-12-12"),
        ("2019notional", "parl.2019-12-12.notional"),
    ],
)
def test_an_election_can_be_written_in_words(shipped: Dataset, typed: str, election_id: str) -> None:
    """By month and year, in any order."""
    assert shipped.find_election(typed).id == election_id


def test_a_name_that_says_what_it_is_is_not_taken_for_another_thing(shipped: Dataset) -> None:
    """`council:Ashfield` is no seat, although one has that name; `seat:` before a seat makes no difference."""
    assert shipped.find_seats("seat:Ashfield") == shipped.find_seats("Ashfield")
    assert shipped.find_council("council:Ashfield") == shipped.find_council("Ashfield")
    with pytest.raises(UnknownName, match="'council:Ashfield' is no seat"):
        shipped.find_seats("council:Ashfield")
    with pytest.raises(UnknownName, match="'seat:Ashfield' is no council"):
        shipped.find_council("seat:Ashfield")


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("NE Derbys", "North East Derbyshire"),
        ("nw leics", "North West Leicestershire"),
        ("Derbyshire North East", "North East Derbyshire"),
        ("Derbyshire West", "West Derbyshire"),
    ],
)
def test_a_name_as_newspapers_shorten_it_is_suggested(shipped: Dataset, typed: str, near: str) -> None:
    """Compass points and counties in full, words in any order, seats of the past too: suggested, and not used."""
    with pytest.raises(UnknownName) as error:
        shipped.find_seats(typed)
    assert error.value.suggestions == (near,)


def test_what_else_a_thing_is_called_is_near_enough_to_suggest_it(shipped: Dataset) -> None:
    """An alias, where no name is near; the name is suggested, once."""
    with pytest.raises(UnknownName) as error:
        shipped.find_party("LibDem")
    assert error.value.suggestions == ("Liberal Democrats",)


def test_a_by_election_of_any_id_is_found_by_that(altered: Callable[..., Dataset]) -> None:
    """A dataset need not follow the Democracy Club standard for the rest to work."""
    dataset = altered(
        ('id = "parl.nether-vale.by.2018-03-01"', 'id = "vale"'),
        ('election = "parl.nether-vale.by.2018-03-01"', 'election = "vale"'),
    )
    assert dataset.find_election("Vale").date == date(2018, 3, 1)
    with pytest.raises(UnknownName):
        dataset.find_election("nether vale 2018")


def test_the_latest_general_election_is_neither_a_by_election_nor_local(small: Dataset) -> None:
    """By polling day, not by its place in the file."""
    assert small.latest_general().id == "parl.2024-07-04"


def test_a_dataset_without_general_elections_says_so(dataset_from: Callable[[str], Dataset]) -> None:
    """Instead of a traceback."""
    empty = dataset_from('schema = 1\ntitle = ""\nversion = ""\nlicence = ""\nattribution = ""\nregion = ""\n')
    with pytest.raises(UsageProblem, match="no general election"):
        empty.latest_general()


@pytest.mark.parametrize("typed", ["blu", "BLU", "Blue Party", "the blue party", "Blue", "azures", "b", "AZURES"])
def test_a_party_is_found_by_id_name_abbreviation_or_alias(small: Dataset, typed: str) -> None:
    """In any case."""
    assert small.find_party(typed).id == "blu"


def test_a_party_is_found_by_the_label_on_ballot_papers(small: Dataset) -> None:
    """The label is a name too."""
    assert small.find_party("Red Party Candidate").id == "red"


@pytest.mark.parametrize("typed", ["Blu Party", "party", "", "re"])
def test_a_party_is_never_guessed(small: Dataset, typed: str) -> None:
    """A misspelt, shared or empty name is an error, with or without suggestions."""
    with pytest.raises((UnknownName, AmbiguousName)):
        small.find_party(typed)


def test_one_name_on_several_boundaries_is_several_seats(small: Dataset) -> None:
    """Latest boundaries first; a code is one of them only."""
    assert [seat.id for seat in small.find_seats("aldermere")] == ["S24000001", "S10000001", "aldermere.1950"]
    assert [seat.id for seat in small.find_seats("s10000001")] == ["S10000001"]
    assert [seat.id for seat in small.find_seats("aldermere.1950")] == ["aldermere.1950"]


def test_a_renamed_seat_answers_to_each_name_on_its_own_boundaries(small: Dataset) -> None:
    """Westmarsh is not ambiguous although Westmarsh and Thornley contains it."""
    assert [seat.id for seat in small.find_seats("Westmarsh")] == ["S10000003"]
    assert [seat.id for seat in small.find_seats("westmarsh & thornley")] == ["S24000003"]
    with pytest.raises(UnknownName) as error:
        small.find_seats("Thornley")
    assert error.value.suggestions == ("Westmarsh and Thornley",)


@pytest.mark.parametrize("typed", ["Aldermere", "Aldermere Borough Council", "aldermere borough", "c01", "Old Alder"])
def test_a_council_is_found_by_name_full_name_former_name_or_code(small: Dataset, typed: str) -> None:
    """The word council makes no difference."""
    assert small.find_council(typed).id == "C01"


def test_a_county_is_one_of_a_seat_or_of_a_council(small: Dataset) -> None:
    """As published for either."""
    assert small.find_county("ALDERSHIRE") == "Aldershire"
    with pytest.raises(UnknownName) as error:
        small.find_county("Aldershir")
    assert error.value.suggestions == ("Aldershire",)


def test_a_source_is_found_by_its_id_only(small: Dataset) -> None:
    """Titles are too long to type."""
    assert small.find_source("Almanac").id == "almanac"
    with pytest.raises(UnknownName):
        small.find_source("The Almanac of Councils")


def test_the_results_of_seats_are_latest_first(small: Dataset) -> None:
    """Boundaries before days: an estimate stands with the results on the boundaries that it was made for."""
    seats = [seat.id for seat in small.find_seats("Aldermere")]
    assert [contest.election for contest in small.contests_of(seats)] == [
        "parl.2024-07-04",
        "parl.2017-06-08.notional",
        "parl.2017-06-08",
        "parl.2015-05-07",
        "parl.1974-10-10",
        "parl.1974-02-28",
    ]


def test_a_party_continues_its_predecessors_and_nothing_else_does(small: Dataset) -> None:
    """The line goes back only: the old party does not continue the new one."""
    assert small.with_predecessors("new") == ("new", "old")
    assert small.with_predecessors("old") == ("old",)
    assert small.with_predecessors("ind:fern") == ("ind:fern",)


@pytest.mark.parametrize(("party", "is_one"), [("blu", True), ("mill", True), ("ind", False), ("other", False)])
def test_independents_and_aggregates_are_no_party(small: Dataset, party: str, is_one: bool) -> None:
    """A registered local party is one."""
    assert small.is_party(party) is is_one


def test_an_independent_of_a_shared_surname_gets_a_longer_key() -> None:
    """And a number where the whole name is shared."""
    names = ("Dee Fern", "Eli Fern", "Eli Fern", "Eli Fern 2", "Éva O'Fern-Holt", "…", "💩", "\u200b")
    assert own_keys(names) == ["fern", "eli-fern", "eli-fern-2", "2", "holt", "…", "💩", "unnamed"]


INDEPENDENTS = (
    Candidacy(name="Ann Fern", party="ind", votes=5),
    Candidacy(name="Bea Fern", party="ind", votes=9, elected=True),
    Candidacy(name="Cat Fern", party="ind", votes=5),
    Candidacy(name="Cat Fern", party="ind", votes=5, label="Save the Fern"),
    Candidacy(name="Dan Fern", party="loose", votes=7),
    Candidacy(name="Eli Fern", party="spk", votes=1),
    Candidacy(name="Fay Fern", party="blu", votes=1),
)


@pytest.mark.parametrize("order", [*permutations(range(4))])
def test_a_key_does_not_hang_on_the_order_of_the_file(polled: Callable[..., Dataset], order: tuple[int, ...]) -> None:
    """In results, in what targets and projections rest on, and in exports: who has most votes takes the surname."""
    people = (*(INDEPENDENTS[place] for place in order), *INDEPENDENTS[4:])
    record = polled({"Ayton": {"blu": 41}}, Ayton={"candidates": people}).record
    loose = replace(record.parties[0], id="loose", kind=PartyKind.INDEPENDENT)
    dataset = Dataset(replace(record, parties=(*record.parties, loose)))
    (contest,) = dataset.record.contests
    wanted = {
        ("Bea Fern", None): "ind:fern",
        ("Dan Fern", None): "loose:dan-fern",
        ("Ann Fern", None): "ind:ann-fern",
        ("Cat Fern", None): "ind:cat-fern",
        ("Cat Fern", "Save the Fern"): "ind:cat-fern-2",
        ("Eli Fern", None): "spk",
        ("Fay Fern", None): "blu",
    }
    keys = [wanted[one.name, one.label] for one in people]
    assert [*dataset.candidate_keys(contest)] == keys
    assert sorted(standing.key for standing in seat_result(dataset, contest).standings) == sorted(keys)
    assert sorted(each.key for each in contenders(dataset, contest)) == sorted(keys)
    relation = next(each for each in RELATIONS if each.name == "candidacies")
    column = [each.name for each in relation.columns].index("key")
    assert [row[column] for row in relation.rows(dataset)] == keys


def test_a_dataset_says_what_it_holds(small: Dataset) -> None:
    """Its title, version and digest, and how many records."""
    meta = small.meta()
    assert (meta["title"], meta["version"], len(meta["sha256"])) == ("Elections in Fenmark", "1", 64)
    assert small.counts() == {
        "contests": 20,
        "compositions": 10,
        "polls": 10,
        "wards": 0,
        "mayors": 0,
        "councillors": 0,
        "administrations": 0,
    }


def test_an_id_of_no_known_form_is_no_fault_of_a_name(polled: Callable[..., Dataset]) -> None:
    """The short form of a mayor's election comes from its id, which may have no parts."""
    record = polled({"Ayton": {"blu": 41}}).record
    odd = replace(record.elections[0], id="mayor", kind=ElectionKind.MAYOR)
    dataset = Dataset(replace(record, elections=(*record.elections, odd)))
    assert dataset.find_election("2017", frozenset({ElectionKind.MAYOR})).id == "mayor"
