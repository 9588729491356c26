"""Rows as typed records: an attribute a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from keyword import iskeyword
from typing import Any, Final, cast

import msgspec
from msgspec import Struct

from emvote.views.columns import EVERY_KEY, Field
from emvote.views.values import Kind


class Record(Struct, frozen=True):
    """One row of an answer; `row.seat` and `row["seat"]` are the same."""

    def __getitem__(self, key: str) -> Any:
        """Return the value of a field.

        Raises:
            KeyError: there is no such field.
        """
        if key not in self.__struct_fields__ and key not in self.__struct_encode_fields__:
            raise KeyError(key)
        return getattr(self, attribute(key))

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data, as JSON has it."""
        return msgspec.to_builtins(self)  # type: ignore[no-any-return]


def attribute(key: str) -> str:
    """Return the attribute of a field: `from_` for `from`, which is a word of Python.

    >>> attribute("seat"), attribute("from")
    ('seat', 'from_')
    """
    return f"{key}_" if iskeyword(key) else key


_MADE: Final[dict[tuple[int, tuple[str, ...]], tuple[tuple[Field, ...], type[Record]]]] = {}
"""By the identity of the fields, which are kept beside so that no other ones can take their place."""


def records(fields: tuple[Field, ...], rows: Iterable[Mapping[str, Any]], title: str) -> tuple[Record, ...]:
    """Return rows as records.

    Args:
        fields: of the rows; those that the rows lack, as columns that were not chosen, are left out.
        rows: as machine formats have them.
        title: start of the names of the classes: `Seat` for `SeatRow`.
    """
    return tuple(_record(fields, row, f"{title}Row") for row in rows)


def _record(fields: tuple[Field, ...], row: Mapping[str, Any], name: str) -> Record:
    kept = tuple(row)
    if (id(fields), kept) not in _MADE:
        _MADE[id(fields), kept] = fields, _class(name, kept)
    by_key = {field.key: field for field in fields}
    made = _MADE[id(fields), kept][1]
    return made(*(_value(by_key[key], value, name.removesuffix("Row")) for key, value in row.items()))


def _class(name: str, keys: tuple[str, ...]) -> type[Record]:
    attributes = [(attribute(key), Any) for key in keys]
    renamed = {attribute(key): key for key in keys if attribute(key) != key}
    made = msgspec.defstruct(name, attributes, bases=(Record,), frozen=True, rename=renamed or None)
    return cast("type[Record]", made)


def title_of(key: str) -> str:
    """Return how the class of a field's or a command's records begins.

    >>> title_of("changed_hands")
    'ChangedHands'
    """
    return "".join(word.title() for word in key.replace("-", "_").split("_"))


def _value(field: Field, value: Any, title: str) -> Any:
    """Return a value with what is nested in it as records too; of a field whose parts were chosen, as it is."""
    title += title_of(field.key)
    if not value or field.kind not in (Kind.RECORD, Kind.RECORDS):
        return value
    if field.kind is Kind.RECORDS:
        return [_record(field.fields, each, f"{title}Row") for each in value]
    if field.fields[0].key == EVERY_KEY:
        return {key: _record(field.fields[0].fields, each, f"{title}Row") for key, each in value.items()}
    return _record(field.fields, value, f"{title}Row")
