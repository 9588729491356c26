"""Frozen dataclasses that are quick to define.

`dataclasses.dataclass` writes and compiles seven methods for each class. A command pays for the classes that it imports
before it answers: with some forty of them 20 ms, a third of what Typer itself takes. The decorator here makes the same
dataclasses with methods that all of them share (`docs/performance.md`). Type checkers, `dataclasses.fields`, `replace`
and `asdict`, and msgspec see no difference.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (type checkers know them by these names)
    from dataclasses import field as field  # noqa: PLC0414
    from dataclasses import replace as replace  # noqa: PLC0414
else:

    def dataclass(*, frozen: bool = False, kw_only: bool = False, **options: Any) -> Callable[[type], type]:
        """As `dataclasses.dataclass(frozen=True, kw_only=kw_only)`: the same class, defined in a fiftieth of the time.

        With any other option it is `dataclasses.dataclass` itself. A class has no fields but its own, and no field that
        is not of the instance.

        >>> @dataclass(frozen=True)
        ... class Place:
        ...     name: str
        ...     seats: int = 1
        >>> Place("Derby", seats=2), Place("Derby") == Place(name="Derby", seats=1)
        (Place(name='Derby', seats=2), True)
        """
        if options or not frozen:
            import dataclasses

            return dataclasses.dataclass(frozen=frozen, kw_only=kw_only, **options)

        def decorate(cls: type) -> type:
            own, names = cls.__dict__, tuple(cls.__annotations__)
            given = {name: own[name] for name in names if name in own}
            # that of dataclasses does as well, so that its name alone decides nothing
            factories = {
                name: value.default_factory
                for name, value in given.items()
                if type(value).__module__ in (__name__, "dataclasses")
            }
            for name in factories:
                delattr(cls, name)
                del given[name]
            cls.__match_args__ = () if kw_only else names
            cls.__shape__ = _Shape(names, cls.__match_args__, given, factories)
            cls.__dataclass_fields__ = _Fields(kw_only=kw_only)
            for name, method in _SHARED.items():
                if own.get(name) is None:
                    setattr(cls, name, method)
            return cls

        return decorate

    def field(*, default_factory: Callable[[], Any]) -> Any:
        """As `dataclasses.field`, for a default that is made anew for each instance."""
        return _Made(default_factory)

    def replace(thing: Any, /, **changes: Any) -> Any:
        """As `dataclasses.replace`: a copy with other values in some fields."""
        shape = getattr(type(thing), "__shape__", None)
        if shape is None:
            import dataclasses

            return dataclasses.replace(thing, **changes)
        return type(thing)(**{**dict(zip(shape.names, shape.values(thing), strict=True)), **changes})


class _Made:
    """A default that is made anew for each instance."""

    def __init__(self, default_factory: Callable[[], Any]) -> None:
        self.default_factory = default_factory


class _Shape:
    """What the shared methods know of a class."""

    __slots__ = ("defaults", "factories", "keys", "names", "positional", "values")

    def __init__(
        self,
        names: tuple[str, ...],
        positional: tuple[str, ...],
        defaults: dict[str, Any],
        factories: dict[str, Callable[[], Any]],
    ) -> None:
        self.names = names
        self.keys = frozenset(names)
        self.positional = positional
        self.defaults = defaults
        self.factories = factories
        # of one name alone, an attrgetter gives no tuple
        self.values = attrgetter(*names) if len(names) > 1 else lambda thing: tuple([getattr(thing, x) for x in names])


class _Fields:
    """The fields as `dataclasses` describes them, in place of which this stands until somebody asks for them."""

    def __init__(self, *, kw_only: bool) -> None:
        self.kw_only = kw_only

    def __get__(self, _: object, cls: Any) -> Any:
        import dataclasses

        owner = next(each for each in cls.__mro__ if each.__dict__.get("__dataclass_fields__") is self)
        del owner.__dataclass_fields__
        for name, factory in owner.__shape__.factories.items():
            setattr(owner, name, dataclasses.field(default_factory=factory))
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self.kw_only)(owner)
        owner.__dataclass_params__.frozen = True
        return owner.__dataclass_fields__


def _init(self: Any, /, *given: Any, **named: Any) -> None:
    shape: _Shape = self.__shape__
    if given:
        positional = dict(zip(shape.positional, given, strict=False))
        if len(given) > len(positional) or not positional.keys().isdisjoint(named):
            _misfit(self, f"takes {len(shape.positional)} positional arguments, each once, and was given {given!r}")
        named = positional | named
    values = shape.defaults | named
    for name, make in shape.factories.items():
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
    # read, not taken from __dict__: a default may stay in the class
    values = self.__shape__.values
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self.__shape__.values(self))


def _repr(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__shape__.names)
    return f"{type(self).__qualname__}({fields})"


def _setattr(_: Any, name: str, __: Any) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(_: Any, name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {
    "__init__": _init,
    "__eq__": _eq,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
}
