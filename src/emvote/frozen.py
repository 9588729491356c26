"""Frozen dataclasses that are quick to define.

`dataclasses.dataclass` writes and compiles seven methods for each class. A command pays for the classes that it imports
before it answers: with some forty of them 20 ms, a third of what Typer itself takes. The decorator here makes the same
dataclasses with methods that all of them share (`docs/performance.md`). Type checkers, `dataclasses.fields`, `replace`
and `asdict`, and msgspec see no difference.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (a type checker knows it by this name)
else:

    def dataclass(*, frozen: bool = False, kw_only: bool = False, **options: Any) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True, kw_only=kw_only)`: the same class, defined in a tenth of the time.

        With any other option it is `dataclasses.dataclass` itself.

        >>> @dataclass(frozen=True)
        ... class Place:
        ...     name: str
        ...     seats: int = 1
        >>> Place("Derby", seats=2), Place("Derby") == Place(name="Derby", seats=1)
        (Place(name='Derby', seats=2), True)
        """
        if options or not frozen:
            return dataclasses.dataclass(frozen=frozen, kw_only=kw_only, **options)

        def decorate(cls: type) -> type:
            made = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
            made.__dataclass_params__.frozen = True
            made.__shape__ = _Shape(made.__dataclass_fields__)
            for name, method in _SHARED.items():
                if name not in cls.__dict__ or cls.__dict__[name] is None:
                    setattr(made, name, method)
            return made

        return decorate


class _Shape:
    """What the shared methods know of a class, from its fields."""

    __slots__ = ("defaults", "factories", "keys", "names", "positional", "values")

    def __init__(self, fields: dict[str, dataclasses.Field[Any]]) -> None:
        self.names = tuple(fields)
        self.keys = fields.keys()
        self.values = attrgetter(*fields) if fields else bool  # a default may stay in the class: only reading finds it
        self.positional = tuple([name for name, field in fields.items() if not field.kw_only])
        missing = dataclasses.MISSING
        self.defaults = {name: field.default for name, field in fields.items() if field.default is not missing}
        self.factories = [
            (name, field.default_factory) for name, field in fields.items() if field.default_factory is not missing
        ]


def _init(self: Any, /, *given: Any, **named: Any) -> None:
    shape: _Shape = self.__shape__
    if given:
        positional = dict(zip(shape.positional, given, strict=False))
        if len(given) > len(positional) or not positional.keys().isdisjoint(named):
            _misfit(self, f"takes {len(shape.positional)} positional arguments, each once, and was given {given!r}")
        named = positional | named
    values = shape.defaults | named
    for name, make in shape.factories:
        if name not in values:
            values[name] = make()
    if values.keys() != shape.keys:
        missing = [name for name in shape.names if name not in values]
        unknown = [name for name in values if name not in shape.keys]
        _misfit(self, f"missing: {', '.join(missing) or 'nothing'}; unknown: {', '.join(unknown) or 'nothing'}")
    self.__dict__.update(values)


def _misfit(self: Any, what: str) -> NoReturn:
    raise TypeError(f"{type(self).__qualname__}: {what}")


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = self.__shape__.values
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self.__shape__.values(self))


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shape__.names)
    return f"{type(self).__qualname__}({fields})"


def _setattr(_: Any, name: str, __: Any) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
}
