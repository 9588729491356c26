"""How single things of a record are looked up without the rest of it: by which keys, in which form, how many at once.

A snapshot has an index of each key here; a record read from its file is gone through once for each that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, TypeVar

from emvote import names

INDEXED: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "seats": (("id",), ("name",)),
    "contests": (("seat",), ("election",), ("election", "seat"), ("surname",), ("number",)),
    "wards": (("council",), ("election",), ("surname",)),
}
"""Table to the keys by which single things are looked up in it: a snapshot has an index of each."""
FEW: Final = 12
"""Things that are looked up one by one; whoever asks for more reads the whole table, or the whole election."""
Lookup = Callable[[str, tuple[str, ...], str], Iterable[Any]]
"""Table, keys and `index_key` to the things that have it, in the record's order."""
Key = TypeVar("Key")
Thing = TypeVar("Thing")


class ById(Mapping[Key, Thing]):
    """Things by id, looked up one by one; whoever asks for more than `FEW` of a group reads all of it."""

    def __init__(
        self,
        one: Callable[[Key], Thing | None],
        together: Callable[[Key], Mapping[Key, Thing]],
        everything: Callable[[], Mapping[Key, Thing]],
        group: Callable[[Key], str],
    ) -> None:
        self._one, self._together, self._everything, self._group = one, together, everything, group
        self._known: dict[Key, Thing] = {}
        self._asked: dict[str, set[Key]] = {}
        self._read: set[str] = set()

    def __getitem__(self, key: Key) -> Thing:
        thing: Thing | None = self.get(key)
        if thing is None:
            raise KeyError(key)
        return thing

    def get(self, key: Key, default: Any = None) -> Any:
        """The thing, or the default where there is none."""
        thing = self._known.get(key)
        if thing is None:
            thing = self._found(key)
        return default if thing is None else thing

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]

    def read(self, key: Key) -> None:
        """Read all of the group of a key: for a question that is about most of it."""
        group = self._group(key)
        if group not in self._read:
            self._read.add(group)
            self._known.update(self._together(key))

    def _found(self, key: Key) -> Thing | None:
        group = self._group(key)
        asked = self._asked.setdefault(group, set())
        if group in self._read or key in asked:
            return None
        asked.add(key)
        if len(asked) > FEW:
            self.read(key)
            return self._known.get(key)
        thing = self._one(key)
        if thing is not None:
            self._known[key] = thing
        return thing

    @cached_property
    def _all(self) -> Mapping[Key, Thing]:
        return self._everything()

    def __iter__(self) -> Iterator[Key]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


_FORMS: Final[Mapping[str, Callable[[str], str]]] = {"id": str.casefold, "name": names.normalise}
"""Key to the form in which its values are compared; any other is compared as it stands."""


def index_key(keys: tuple[str, ...], value: Callable[[str], str]) -> str:
    """What is looked up in an index: the values of some keys, in the form in which they are compared.

    >>> index_key(("name",), {"name": "Hinckley & Bosworth"}.__getitem__)
    'hinckley and bosworth'
    """
    return "\n".join([_FORMS[key](value(key)) if key in _FORMS else value(key) for key in keys])


def numbers_of(one: Any) -> tuple[tuple[str, int], ...]:
    """The numbers that registers of people give to a candidate, each with its register: `mnis`, `dc`.

    The first is that of Parliament's members, the second that of the Democracy Club.
    """
    known = (("mnis", one.mnis_id), ("dc", one.dc_id))
    return tuple((register, number) for register, number in known if number is not None)


def numbered(register: str, number: int) -> str:
    """One of `numbers_of` as it is looked up."""
    return f"{register} {number}"


_SEVERAL: Final[Mapping[str, Callable[[Any], Iterable[str]]]] = {
    "surname": lambda thing: [names.last_word(each.name) for each in thing.candidates],
    "number": lambda thing: [numbered(*number) for each in thing.candidates for number in numbers_of(each)],
}
"""Key of which a thing may have several values, or none, to these; such a key stands alone."""


def keys_of(keys: tuple[str, ...], thing: Any) -> tuple[str, ...]:
    """Every `index_key` by which a thing on record is found."""
    if keys[0] in _SEVERAL:
        return tuple(dict.fromkeys(_SEVERAL[keys[0]](thing)))
    return (index_key(keys, lambda key: getattr(thing, key)),)


def having(keys: tuple[str, ...], wanted: str, things: Sequence[Any]) -> tuple[Any, ...]:
    """Those of some things that are found by an `index_key`: others may have the same checksum."""
    (key, *more) = keys
    if more or key in _FORMS or key in _SEVERAL:
        return tuple([thing for thing in things if wanted in keys_of(keys, thing)])
    return tuple([thing for thing in things if getattr(thing, key) == wanted])


def indexed(keys: tuple[str, ...], things: Sequence[Any]) -> tuple[Sequence[str], Sequence[int]]:
    """The `index_key` of each of many things, and their places among them; a key at a time, as there are many."""
    if keys[0] in _SEVERAL:
        found = [(key, number) for number, thing in enumerate(things) for key in keys_of(keys, thing)]
        return [key for key, _ in found], [number for _, number in found]
    columns = [
        [_FORMS[key](value) for value in values] if key in _FORMS else list(values)
        for key, values in ((key, map(attrgetter(key), things)) for key in keys)
    ]
    return columns[0] if len(columns) == 1 else list(map("\n".join, zip(*columns, strict=True))), range(len(things))
