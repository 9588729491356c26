"""Things are looked up one by one while few are asked for, and a group at a time from then on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from emvote.index import FEW, ById

GROUPS = {"a": {f"a{i}": i for i in range(3 * FEW)}, "b": {f"b{i}": i for i in range(3)}}
"""The first thing of each is 0, which is false and there all the same."""


class Counted:
    """Things in two groups, and what was done to find them."""

    def __init__(self) -> None:
        self.single: list[str] = []
        self.groups: list[str] = []
        self.things: ById[str, int] = ById(self.one, self.together, self.everything, group=lambda key: key[0])

    def one(self, key: str) -> int | None:
        """One thing by its key."""
        self.single.append(key)
        return GROUPS[key[0]].get(key)

    def together(self, key: str) -> Mapping[str, int]:
        """All of the group of a key."""
        self.groups.append(key[0])
        return GROUPS[key[0]]

    @staticmethod
    def everything() -> Mapping[str, int]:
        """All there is."""
        return GROUPS["a"] | GROUPS["b"]


@pytest.fixture
def counted() -> Counted:
    """Nothing is known of it yet."""
    return Counted()


def test_a_thing_that_is_false_is_there(counted: Counted) -> None:
    """However it is asked for."""
    things = counted.things
    assert (things["a0"], things.get("a0"), things.get("a0", 5), "a0" in things) == (0, 0, 0, True)
    assert counted.single == ["a0"]


def test_what_is_missing_is_missing_each_time_and_looked_for_once(counted: Counted) -> None:
    """As a key, as a value with and without a default, and among all."""
    things = counted.things
    assert ("b9" in things, things.get("b9"), things.get("b9", 5)) == (False, None, 5)
    with pytest.raises(KeyError, match="b9"):
        things["b9"]
    assert counted.single == ["b9"]
    assert (len(things), next(iter(things))) == (3 * FEW + 3, "a0")


@pytest.mark.parametrize("beyond", [0, 1])
def test_a_group_is_read_together_when_more_than_few_of_it_are_asked_for(counted: Counted, beyond: int) -> None:
    """Found or not, each counts once; the other group is none of it."""
    asked = [*(f"a{i}" for i in range(FEW - 1)), "a999", *(f"a{FEW + i}" for i in range(beyond))]
    for key in (*asked, *asked, "b1"):
        assert counted.things.get(key) == GROUPS[key[0]].get(key)
    assert counted.groups == ["a"] * beyond
    assert counted.single == [*asked[:FEW], "b1"]


def test_after_a_group_was_read_nothing_of_it_is_looked_up(counted: Counted) -> None:
    """Neither what it has nor what it lacks; it is read once."""
    counted.things.read("a")
    counted.things.read("a5")
    assert [counted.things.get(key) for key in ("a0", "a7", "a999")] == [0, 7, None]
    assert (counted.groups, counted.single) == (["a"], [])
