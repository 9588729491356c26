"""What a JMESPath expression takes from an answer, stricter than JMESPath itself.

JMESPath takes a field that does not exist for null, drops null from lists, and counts what it cannot compare as not so:
a mistyped name would be nothing, and unknown would be nought. Here an answer is described by shapes, as its schema is,
and following an expression through them finds every field that is not there. What rests on something unknown is
unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct, field

from emvote.names import suggestions

Node = Mapping[str, Any]
"""A part of a parsed expression."""
COUNT: Final = "count"
BOOL: Final = "bool"
EQUALITY: Final = frozenset({"eq", "ne"})
"""Comparisons that null can be part of."""
OF_AN_ELEMENT: Final = frozenset({"sum", "min", "max", "avg", "max_by", "min_by"})
"""Functions whose value is of the kind of the elements that they are given."""
OF_THE_LIST: Final = frozenset({"sort", "sort_by", "reverse", "not_null"})
"""Functions that give back what they are given, in another order."""

LONGEST_PATH: Final = 2_000
"""Characters of an expression."""
MOST_STEPS: Final = 1_000_000
"""Parts of the expression that are evaluated, and of the values that it makes: the longest here takes a thousandth."""
_MAKING: Final = frozenset({"multi_select_list", "multi_select_dict", "function_expression", "flatten"})
"""Parts of an expression whose value may be larger than what they are given."""


class Shape(Struct, frozen=True):
    """What a value looks like; a value of no known shape is `None`."""

    kind: str | None = None
    """Kind of a single value."""
    fields: Mapping[str, Shape] = field(default_factory=dict)
    """Of a record."""
    each: Shape | None = None
    """Of a list: its elements; of a map: its values."""
    keys: Collection[str] | None = None
    """Of a map: its keys; empty: any."""

    @property
    def is_list(self) -> bool:
        """Whether it has elements."""
        return self.each is not None and self.keys is None


class BadPath(Exception):
    """An expression that leads nowhere; the message says why, and what there is."""


class Taken(Struct, frozen=True):
    """What an expression takes."""

    value: Any
    """`None`: nothing, or not known."""
    kind: str | None
    """Kind of the field that it is the value of, where it is that of one."""
    known: bool
    """Whether the value rests on nothing unknown, so that `None` is nothing."""
    texts: tuple[str, ...]
    """The texts that the expression compares with."""


def take(path: str, data: Mapping[str, Any], shape: Shape) -> Taken:
    """What an expression takes from data of that shape.

    Raises:
        BadPath: it is no expression, or leads to a field that is not there.
    """
    import jmespath  # only claims need it

    if len(path) > LONGEST_PATH:
        raise BadPath(f"not a path: expected at most {LONGEST_PATH:,} characters")
    try:
        parsed = jmespath.compile(path).parsed
        found = trace(parsed, shape)
        value, known = _searched(parsed, data)
    except RecursionError:
        raise BadPath("not a path: too deeply nested") from None
    except _Exhausted:
        raise BadPath(f"takes more than {MOST_STEPS:,} steps") from None
    except jmespath.exceptions.JMESPathError as error:
        raise BadPath(f"not a path: {' '.join(str(error).split())[:LONGEST_PATH]}") from None
    # JMESPath leaves numbers with too many digits, steps of 0 and what cannot be compared or written to Python.
    except (ValueError, ArithmeticError, TypeError) as error:
        raise BadPath(f"not a path: {str(error)[:LONGEST_PATH]}") from None
    return Taken(value, found.kind if found else None, known, tuple(_texts(parsed)))


class _Unknown(Exception):
    """A value rests on something that is not known."""


class _Exhausted(Exception):
    """An expression takes more steps than any answer needs."""


def _spread(value: Any, most: int) -> int:
    """How many parts a value has, written out: one that holds itself twice, and that twice, is as large as it looks.

    >>> pair = ["a", "b"]
    >>> _spread([pair, pair], 100)
    13
    """
    size, stack = 0, [value]
    while stack and size <= most:
        part = stack.pop()
        if isinstance(part, str):
            size += 1 + len(part) // 8
        else:
            size += 1
            if isinstance(part, (dict, list)):
                size += len(part)
                stack.extend(part.values() if isinstance(part, dict) else part)
    return size


def _searched(parsed: Node, data: Mapping[str, Any]) -> tuple[Any, bool]:
    """The value, and whether it rests on nothing unknown."""
    import jmespath

    try:
        return _interpreter()().visit(parsed, data), True
    except _Unknown:
        return None, False
    except jmespath.exceptions.JMESPathTypeError as error:
        if error.actual_type in ("null", "NoneType"):  # as the sum of [3, null]
            return None, False
        raise


@cache
def _interpreter() -> Any:  # noqa: C901 (one class, whose base is loaded here)
    """What evaluates an expression: JMESPath's own, but for null in lists and in comparisons of size, and bounded."""
    from jmespath.visitor import TreeInterpreter

    class Strict(TreeInterpreter):
        """Ends where JMESPath would leave out what is not known, or go on for long."""

        def __init__(self) -> None:
            super().__init__()
            self.steps = 0

        def visit(self, node: Any, *args: Any, **kwargs: Any) -> Any:
            """The value of a part of the expression."""
            self.steps += 1
            value = super().visit(node, *args, **kwargs)
            if node["type"] in _MAKING:
                self.steps += _spread(value, MOST_STEPS)
            if self.steps > MOST_STEPS:
                raise _Exhausted
            return value

        def visit_projection(self, node: Node, value: Any) -> Any:
            """Of every element of a list, none left out."""
            base = self.visit(node["children"][0], value)
            if not isinstance(base, list):
                return None
            return [_known(self.visit(node["children"][1], element)) for element in base]

        def visit_filter_projection(self, node: Node, value: Any) -> Any:
            """Of every element that meets the condition."""
            base = self.visit(node["children"][0], value)
            if not isinstance(base, list):
                return None
            kept = (element for element in base if _holds(self.visit(node["children"][2], element)))
            return [_known(self.visit(node["children"][1], element)) for element in kept]

        def visit_value_projection(self, node: Node, value: Any) -> Any:
            """Of every value of a map."""
            base = self.visit(node["children"][0], value)
            if not isinstance(base, Mapping):
                return None
            return [_known(self.visit(node["children"][1], element)) for element in base.values()]

        def visit_comparator(self, node: Any, value: Any) -> Any:
            """Nothing is more or less than what is not known."""
            if node["value"] not in EQUALITY:
                for child in node["children"]:
                    _known(self.visit(child, value))
            return super().visit_comparator(node, value)

    return Strict


def _holds(value: Any) -> bool:
    """What JMESPath takes for true: nought is, nothing and what is empty is not."""
    return value is not None and value is not False and value not in ("", [], {})


def _known(value: Any) -> Any:
    if value is None:
        raise _Unknown
    return value


def _texts(node: Node) -> Iterator[str]:
    if node["type"] == "literal" and isinstance(node["value"], str):
        yield node["value"]
    for child in node.get("children") or ():
        if isinstance(child, Mapping):
            yield from _texts(child)


def trace(node: Node, shape: Shape | None) -> Shape | None:
    """The shape of the value of a parsed expression; `None` where that is not known.

    Raises:
        BadPath: it leads to a field that is not there.
    """
    children = [child for child in node.get("children") or () if isinstance(child, Mapping)]
    return _FOLLOW.get(node["type"], _combined)(node, children, shape)


def _field(node: Node, _children: list[Node], shape: Shape | None) -> Shape | None:
    name: str = node["value"]
    if shape is None:
        return None
    if shape.is_list:
        raise BadPath(f"{name!r} is asked of a list: write [0].{name} for its first element, [].{name} for all")
    if shape.keys is not None:
        if shape.keys and name not in shape.keys:
            # a set has no order of its own, and a message is the same each time
            raise BadPath(_hint(f"the map has no key {name!r}", name, sorted(shape.keys)))
        return shape.each
    if name in ("null", "true", "false") and name not in shape.fields:
        raise BadPath(f"{name} is written `{name}`, in backquotes; without them it is the name of a field")
    if name not in shape.fields:
        raise BadPath(_hint(f"no field {name!r} there", name, shape.fields))
    return shape.fields[name]


def _hint(what: str, given: str, known: Collection[str]) -> str:
    near = suggestions(given, known)
    if near:
        return f"{what}; did you mean {' or '.join(map(repr, near))}?"
    return f"{what}; there are: {', '.join(known)}" if known else what


def _in_turn(_node: Node, children: list[Node], shape: Shape | None) -> Shape | None:
    for child in children:
        shape = trace(child, shape)
    return shape


def _projected(_node: Node, children: list[Node], shape: Shape | None) -> Shape | None:
    """A list of what follows, for each element that is kept: the source, what follows, and perhaps a condition."""
    source = trace(children[0], shape)
    element = source.each if source else None
    for condition in children[2:]:
        trace(condition, element)
    found = trace(children[1], element)
    return Shape(each=found) if found else None


def _element(_node: Node, _children: list[Node], shape: Shape | None) -> Shape | None:
    return shape.each if shape and shape.is_list else None


def _same(_node: Node, _children: list[Node], shape: Shape | None) -> Shape | None:
    return shape


def _unknown(_node: Node, _children: list[Node], _shape: Shape | None) -> Shape | None:
    return None


def _called(node: Node, children: list[Node], shape: Shape | None) -> Shape | None:
    name: str = node["value"]
    given = [trace(argument, shape) for argument in children]
    first = given[0] if given else None
    if name == "length":
        return Shape(COUNT)
    if name in OF_AN_ELEMENT:
        return first.each if first and first.is_list else None
    return first if name in OF_THE_LIST else None


def _combined(node: Node, children: list[Node], shape: Shape | None) -> Shape | None:
    """What several expressions make together."""
    found = [trace(child, shape) for child in children]
    if node["type"] in ("comparator", "not_expression"):
        return Shape(BOOL)
    if node["type"] == "multi_select_list":
        return Shape(each=found[0]) if found and found[0] else None
    return found[0] if node["type"] == "or_expression" else None


_FOLLOW: Final[Mapping[str, Callable[[Node, list[Node], Shape | None], Shape | None]]] = {
    "field": _field,
    "subexpression": _in_turn,
    "index_expression": _in_turn,
    "pipe": _in_turn,
    "flatten": _in_turn,
    "projection": _projected,
    "filter_projection": _projected,
    "value_projection": _projected,
    "index": _element,
    "identity": _same,
    "current": _same,
    "slice": _same,
    "function_expression": _called,
    "expref": _unknown,
    "literal": _unknown,
}
"""How each kind of node is followed; the others combine what stands in them."""
