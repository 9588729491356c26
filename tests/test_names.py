"""Names are forgiving about their form and never guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName
from emvote.names import MOST_SUGGESTIONS, normalise, resolve, suggestions
from emvote.queries.candidate import candidate

WORDS = ("the", "city", "of", "council", "and", "&", "Derby", "north-east", "King’s", "Lynn,", "É", "ß", "İ")
phrases = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
COUNCILS = (
    "Amber Valley",
    "Ashfield",
    "Broxtowe",
    "Derby",
    "Derbyshire",
    "Derbyshire Dales",
    "East Lindsey",
    "Hinckley and Bosworth",
    "King's Lynn and West Norfolk",
    "Lincoln",
    "Newark and Sherwood",
    "North East Derbyshire",
    "Nottingham",
    "West Lindsey",
)


def find(given: str, things: Sequence[str] = COUNCILS) -> str:
    """The council of that name."""
    return resolve(given, things, kind="council", names=lambda name: (name,), shown=str, hint="list them")


@given(st.text() | phrases)
def test_normalising_twice_changes_nothing(name: str) -> None:
    """A name in the form in which names are compared is in it already."""
    assert normalise(normalise(name)) == normalise(name)


@given(phrases | st.text(alphabet="abcde -'&"))
def test_case_and_spaces_make_no_difference(name: str) -> None:
    """Typed in capitals, in small letters, or with spaces around."""
    assert normalise(name.upper()) == normalise(name.lower()) == normalise(f"  {name}\t")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("hinckley & bosworth", "Hinckley and Bosworth"),
        ("Hinckley&Bosworth Council", "Hinckley and Bosworth"),
        ("NORTH-EAST DERBYSHIRE", "North East Derbyshire"),
        ("kings lynn and west norfolk", "King's Lynn and West Norfolk"),
        ("King’s Lynn & West Norfolk", "King's Lynn and West Norfolk"),
        ("the City of Lincoln Council", "Lincoln"),
        ("City of the Lincoln", "Lincoln"),
        ("Dérby", "Derby"),
        ("derbyshire  dales", "Derbyshire Dales"),
        ("Newark, and Sherwood.", "Newark and Sherwood"),
    ],
)
def test_the_form_of_a_name_is_forgiven(typed: str, name: str) -> None:
    """Ampersands, apostrophes, hyphens, accents, `the`, `city of` and `council`."""
    assert find(typed) == name


def test_a_name_that_is_part_of_another_is_itself() -> None:
    """Derby is a council although Derbyshire and Derbyshire Dales begin like it."""
    assert find("Derby") == "Derby"
    assert find("Derbyshire") == "Derbyshire"


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Broxstowe", ("Broxtowe",)), ("West Lindsay", ("West Lindsey", "East Lindsey")), ("Xanadu", ())],
)
def test_a_near_miss_is_suggested_and_not_used(typed: str, near: tuple[str, ...]) -> None:
    """Nearest first; what is not near is not suggested either."""
    with pytest.raises(UnknownName) as error:
        find(typed)
    assert error.value.suggestions == near
    assert str(error.value).startswith(f"no council called '{typed}'")
    assert str(error.value).endswith("(list them)")
    assert (error.value.kind, error.value.given) == ("council", typed)


def test_a_name_that_only_one_thing_contains_is_still_not_used() -> None:
    """`Hinckley` can mean nothing else here, and is suggested in full."""
    with pytest.raises(UnknownName) as error:
        find("Hinckley")
    assert error.value.suggestions == ("Hinckley and Bosworth",)


def test_words_that_several_share_are_ambiguous_and_list_them() -> None:
    """`Lindsey` is east or west; both are named."""
    with pytest.raises(AmbiguousName) as error:
        find("Lindsey")
    assert error.value.suggestions == ("East Lindsey", "West Lindsey")
    assert "'East Lindsey', 'West Lindsey'; give one of these in full" in str(error.value)


def test_an_ambiguous_list_names_five_and_counts_the_rest() -> None:
    """So that a message stays a line."""
    many = [f"Little Marsh {letter}" for letter in "ABCDEFGH"]
    with pytest.raises(AmbiguousName) as error:
        find("marsh", many)
    assert error.value.suggestions == tuple(many[:MOST_SUGGESTIONS])
    assert "and 3 more" in str(error.value)


@pytest.mark.parametrize("typed", ["", "   ", "'", "-"])
def test_a_name_without_letters_is_unknown(typed: str) -> None:
    """It is not the name of everything."""
    with pytest.raises(UnknownName):
        find(typed)


@given(phrases)
def test_resolving_never_guesses(typed: str) -> None:
    """What is found has the very name that was typed, but for its form."""
    try:
        found = find(typed)
    except (UnknownName, AmbiguousName):
        return
    assert normalise(found) == normalise(typed)


@given(st.text(), st.lists(st.text(), max_size=12))
def test_suggestions_are_few_and_known(typed: str, known: list[str]) -> None:
    """At most five, each one of the known names, none twice."""
    found = suggestions(typed, known)
    assert len(found) <= MOST_SUGGESTIONS
    assert len(set(found)) == len(found)
    assert set(found) <= set(known)


# --- names without letters ------------------------------------------------------------------------------------------

WORDLESS = ("😀", "★", "?", "? !", "🏴\U000e0067\U000e0062\U000e007f", "🏴", "👍🏻", "👍🏿", "-")


@pytest.mark.parametrize("name", WORDLESS)
def test_a_name_without_letters_is_only_itself(name: str) -> None:
    """Whoever types exactly that finds it, and nothing else."""
    assert find(f" {name} ", WORDLESS) == name
    others = [each for each in WORDLESS if each != name]
    with pytest.raises(UnknownName):
        find(name, others)


def test_a_candidate_without_letters_is_found_by_that_name_alone(altered: Callable[..., Dataset]) -> None:
    """Nobody else without letters answers to it."""
    dataset = altered(('Cy Dawes", party = "old"', '😀", party = "old"'), ("Eli Fern", "★"))
    assert [(row.candidate, row.votes) for row in candidate(dataset, "😀").rows] == [("😀", 3000)]
    assert [(row.candidate, row.votes) for row in candidate(dataset, "★").rows] == [("★", 500)]
    with pytest.raises(UnknownName):
        candidate(dataset, "💩")


def test_parties_seats_and_councils_without_letters_are_found(altered: Callable[..., Dataset]) -> None:
    """Two of them are two: by name, abbreviation and alias."""
    dataset = altered(
        ('abbreviation = "Blue"', 'abbreviation = "🌳"'),
        ('abbreviation = "Red"', 'abbreviation = "🌹"'),
        ('aliases = ["Azures", "B"]', 'aliases = ["☁", "?"]'),
        ('id = "C01"\nname = "Aldermere"', 'id = "C01"\nname = "🏰"'),
        ('id = "C02"\nname = "Brackwater"', 'id = "C02"\nname = "⚓"'),
        ('id = "S10000003"\nname = "Westmarsh"', 'id = "S10000003"\nname = "♨"'),
    )
    assert [dataset.find_party(typed).id for typed in ("🌳", "🌹", "☁", "?")] == ["blu", "red", "blu", "blu"]
    assert [dataset.find_council(typed).id for typed in ("🏰", "⚓")] == ["C01", "C02"]
    assert dataset.find_seats("♨")[0].id == "S10000003"
    for find_thing in (dataset.find_party, dataset.find_council, dataset.find_seats, dataset.find_county):
        with pytest.raises(UnknownName):
            find_thing("💩")
