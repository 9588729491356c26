"""A frozen dataclass that is quick to define behaves like one of the standard library."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import pytest

from emvote import frozen, model

Decorator = Callable[..., Callable[[type], type]]


def made(decorator: Decorator, field: Callable[..., Any], *, kw_only: bool = False) -> Any:
    """The same class by either decorator."""

    class Place:
        """Somewhere."""

        name: str
        seats: int = 1
        held: Mapping[str, int] = field(default_factory=dict)

    return decorator(frozen=True, kw_only=kw_only)(Place)


OURS = made(frozen.dataclass, frozen.field)
THEIRS = made(dataclasses.dataclass, dataclasses.field)
both = pytest.mark.parametrize("place", [OURS, THEIRS], ids=["ours", "theirs"])


@both
def test_it_is_made_compared_and_shown_by_its_fields(place: Any) -> None:
    """By position and by name; equal values make equal things, and another class never does."""
    derby = place("Derby", seats=2)
    assert (derby.name, derby.seats, derby.held) == ("Derby", 2, {})
    assert derby == place(name="Derby", seats=2)
    assert derby != place("Derby")
    assert derby != ("Derby", 2, {})
    assert repr(derby).endswith("Place(name='Derby', seats=2, held={})")
    assert OURS("Derby") != THEIRS("Derby")


@both
def test_a_default_is_made_anew_for_each(place: Any) -> None:
    """And is no attribute of the class."""
    assert place("Derby").held is not place("Derby").held
    assert not hasattr(place, "held")


@both
@pytest.mark.parametrize("given", [((), {}), (("a", 1, {}, 2), {}), (("a",), {"name": "b"}), (("a",), {"colour": "c"})])
def test_what_does_not_fit_is_refused(place: Any, given: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
    """Missing, too many, twice, unknown."""
    with pytest.raises(TypeError):
        place(*given[0], **given[1])


@both
def test_nothing_can_be_changed(place: Any) -> None:
    """Neither a field nor anything else, by setting or deleting."""
    derby = place("Derby")
    for name in ("name", "colour"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(derby, name, "x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        del derby.name
    assert derby == place("Derby")


@both
def test_a_hash_is_that_of_the_values(place: Any) -> None:
    """Equal things have one; a mapping has none."""
    assert hash(place("Derby", 1, ())) == hash(place("Derby", 1, ()))
    with pytest.raises(TypeError):
        hash(place("Derby"))


@both
def test_the_standard_library_knows_it(place: Any) -> None:
    """Fields, replace, asdict, copies, positional patterns, msgspec."""
    derby = place("Derby")
    assert [each.name for each in dataclasses.fields(place)] == ["name", "seats", "held"]
    assert dataclasses.replace(derby, seats=3) == place("Derby", 3)
    assert frozen.replace(derby, seats=3) == place("Derby", 3)
    assert dataclasses.asdict(derby) == {"name": "Derby", "seats": 1, "held": {}}
    assert copy.deepcopy(derby) == derby
    assert place.__match_args__ == ("name", "seats", "held")
    assert msgspec.to_builtins(derby) == {"name": "Derby", "seats": 1, "held": {}}
    assert dataclasses.is_dataclass(place)


def test_names_only_means_names_only() -> None:
    """As for every class of the model."""
    for decorator, field in ((frozen.dataclass, frozen.field), (dataclasses.dataclass, dataclasses.field)):
        place = made(decorator, field, kw_only=True)
        assert place(name="Derby").name == "Derby"
        with pytest.raises(TypeError):
            place("Derby")


def test_what_msgspec_makes_of_the_model_is_equal_to_what_a_call_makes() -> None:
    """Though it leaves defaults in the class."""
    data = {"name": "Ann", "party": "con", "votes": 1}
    assert msgspec.convert(data, model.Candidacy) == model.Candidacy(name="Ann", party="con", votes=1)


def test_any_other_dataclass_is_made_by_the_standard_library() -> None:
    """One that can be changed, or has slots."""
    place = made(lambda **_: frozen.dataclass(slots=True), dataclasses.field)
    derby = place("Derby")
    derby.name = "Derby North"
    assert derby == place("Derby North")
    assert not hasattr(derby, "__dict__")
