"""Names are forgiving about their form and never guessed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.errors import AmbiguousName, UnknownName
from emvote.names import MOST_SUGGESTIONS, normalise, resolve, suggestions

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
