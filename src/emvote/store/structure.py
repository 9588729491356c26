"""From plain TOML data to the frozen dataclasses of the model, or to every place where it does not fit.

The quick way converts everything in one call; only when that fails is each part tried alone, to name all problems.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from emvote import schema
from emvote.errors import Problem
from emvote.model.record import Record
from emvote.store.bounds import limited

LONGEST_VALUE = 60
"""Characters of an offending value, or key, that a message quotes."""
LONGEST_TEXT = 10_000
"""Characters of a text: the longest note in a shipped dataset has a twentieth of that."""
LARGEST_NUMBER = 10**12
"""There are not that many electors; below it, every share is exact to the last digit that is printed."""


def convert(data: Mapping[str, Any], file: str, *, trusted: bool = False) -> tuple[Record, tuple[Problem, ...]]:
    """The record, and what is wrong with its structure: missing, unknown and ill-typed keys.

    The record is only to be used where there are no problems. Unknown keys are not looked for in `trusted` data: that
    takes as long as everything else here.
    """
    try:
        record = msgspec.convert(data, Record)
    except (msgspec.ValidationError, RecursionError):
        return _NOTHING, limited(_misfits(data, Record, "", file))
    return record, () if trusted else limited(_strange(data, Record, file))


T = TypeVar("T")


def fit(data: Mapping[str, Any], cls: type[T], file: str) -> tuple[T | None, tuple[Problem, ...]]:
    """Plain data as any dataclass, and what is wrong with its structure: missing, unknown and ill-typed keys."""
    try:
        thing = msgspec.convert(data, cls)
    except (msgspec.ValidationError, RecursionError):
        return None, limited(_misfits(data, cls, "", file))
    return thing, limited(_strange(data, cls, file))


def _strange(data: Mapping[str, Any], cls: type, file: str) -> Iterator[Problem]:
    """What fits the types and still is none of the format: keys that it does not have, values beyond all measure."""
    yield from _unknown_keys(data, cls, "", file)
    if any(_beyond(value) for value in _values(data)):
        yield from _extremes(data, "", file)


def _values(data: Any) -> Iterator[Any]:
    """Every single value in plain data, in no order."""
    stack = [data]
    while stack:
        value = stack.pop()
        for part in value.values() if isinstance(value, dict) else value:
            if type(part) in (dict, list):
                stack.append(part)
            else:
                yield part


def _beyond(value: Any) -> str | None:
    """What was expected in place of a value that no record of an election can hold; `None`: it can."""
    kind = type(value)
    if kind is str:
        return f"expected at most {LONGEST_TEXT:,} characters" if len(value) > LONGEST_TEXT else None
    if kind is int:
        return f"expected a number of at most {LARGEST_NUMBER:,}" if abs(value) > LARGEST_NUMBER else None
    if kind is float:
        return None if abs(value) <= LARGEST_NUMBER else f"expected a number of at most {LARGEST_NUMBER:,}"
    return None


def _extremes(value: Any, path: str, file: str) -> Iterator[Problem]:
    """Every value beyond all measure, with its place."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _extremes(part, _join(path, key), file)
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from _extremes(part, f"{path}[{i}]", file)
    elif (expected := _beyond(value)) is not None:
        yield Problem(file, path, "structure", quoted(value), expected)


_NOTHING = Record(schema=0, title="", version="", licence="", attribution="", region="")


@lru_cache
def _parts(cls: type) -> tuple[schema.Attribute, ...]:
    """The fields of a dataclass that hold dataclasses, one or a list."""
    return tuple(field for field in schema.fields(cls).values() if field.is_part and field.holds is not Mapping)


def _unknown_keys(data: Mapping[str, Any], cls: type, path: str, file: str) -> Iterator[Problem]:
    """Keys that the model does not know: a typing error would otherwise be read as an absent value."""
    fields = schema.fields(cls)
    for key in data:
        if key not in fields:
            yield _unknown_key(file, _join(path, key), data[key], fields)
    for field in _parts(cls):
        value, place = data.get(field.name), _join(path, field.name)
        if value is None:
            continue
        if field.holds is None:
            yield from _unknown_keys(value, field.type, place, file)
            continue
        known, deeper = schema.fields(field.type).keys(), bool(_parts(field.type))
        for i, element in enumerate(value):
            if deeper or not element.keys() <= known:
                yield from _unknown_keys(element, field.type, f"{place}[{i}]", file)


def _unknown_key(file: str, path: str, value: Any, known: Mapping[str, Any]) -> Problem:
    import difflib

    near = difflib.get_close_matches(path.rpartition(".")[2], known, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; known keys: {', '.join(known)}"
    return Problem(file, path, "structure", quoted(value), f"unknown key{hint}")


def _misfits(value: Any, hint: Any, path: str, file: str) -> Iterator[Problem]:
    """Every place in a value that does not fit its type."""
    args = typing.get_args(hint)
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        fields = schema.fields(typing.cast("type", hint))
        for key in sorted(name for name, field in fields.items() if field.default is dataclasses.MISSING):
            if key not in value:
                yield Problem(file, _join(path, key), "structure", "", "missing; it is required")
        for key, part in value.items():
            if key in fields:
                yield from _misfits(part, fields[key].hint, _join(path, key), file)
            else:
                yield _unknown_key(file, _join(path, key), part, fields)
    elif typing.get_origin(hint) is tuple and dataclasses.is_dataclass(args[0]) and isinstance(value, list):
        for i, part in enumerate(value):
            yield from _misfits(part, args[0], f"{path}[{i}]", file)
    elif typing.get_origin(hint) is Mapping and isinstance(value, dict):
        for key, part in value.items():
            yield from _misfits(part, args[1], _join(path, key), file)
    else:
        try:
            msgspec.convert(value, hint)
        except msgspec.ValidationError as error:
            message, _, inside = str(error).partition(" - at `$")
            place = path + inside.rstrip("`")
            yield Problem(file, place, "structure", quoted(value), _expected(hint) or _lowered(message))


def _expected(hint: Any) -> str | None:
    """What a single value should have been, where msgspec's words would not say: a choice, or a date."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"expected {', '.join(repr(choice.value) for choice in hint)}"
    return f"expected {_WORDS['date']}" if hint is date else None


def _lowered(message: str) -> str:
    """`Expected `int`, got `str`` as `expected a whole number`, in the words of the data."""
    for type_name, words in _WORDS.items():
        if message.startswith(f"Expected `{type_name}`"):
            return f"expected {words}"
    return message[:1].lower() + message[1:]


_WORDS = {
    "int": "a whole number without quotes (12345 or 12_345)",
    "str": "a text in quotes",
    "bool": "true or false",
    "date": "a date without quotes (2019-12-12)",
    "array": "a list",
    "object": "a table",
}


def _join(path: str, key: str) -> str:
    key = _cut(key) or '""'
    return f"{path}.{key}" if path else key


def quoted(value: Any) -> str:
    """A value as messages show it: as it is written, cut where it is long."""
    if isinstance(value, str):
        value = value[:LONGEST_VALUE]
    try:
        return _cut(repr(value))
    except RecursionError:
        return "…"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
