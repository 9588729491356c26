"""What formats for people share: cells, sentences, order of the parts.

Values become text here and nowhere else, and every text passes `literal`, so that no name in the data and no message
can act on the terminal that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from msgspec.structs import replace

from emvote.names import UNSEEN
from emvote.render import numbers, records
from emvote.views.columns import Column, Table
from emvote.views.values import IN_MAP, Kind, PartyLabel, SeatsChange, Sentence, Value
from emvote.views.view import View, Working

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.picture import Picture, Sketch

ACTIVE: Final = re.compile(f"[{UNSEEN}\ud800-\udfff]")
"""What is never written as it is; the last range is bytes of an argument that were not UTF-8."""


def literal(text: str) -> str:
    r"""The text with what a terminal would obey as visible escapes.

    >>> print(literal("Derby\x1b[31m\n\u202eNorth"))
    Derby\x1b[31m\n\u202eNorth
    >>> literal("Ceredigion – Ynys Môn [independent]")
    'Ceredigion – Ynys Môn [independent]'
    """
    return ACTIVE.sub(_escape, text)


def is_web_address(url: object) -> bool:
    """Whether a text may become a link: an address of the web.

    >>> [is_web_address(each) for each in ("https://example.org", "javascript:x", "https://a b", None)]
    [True, False, False, False]
    """
    return isinstance(url, str) and url.startswith(("https://", "http://")) and not set(literal(url)) & set("<> \\")


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def cell(value: Any, kind: Kind) -> str:
    """A value as people read it, on one line.

    >>> cell(21259, Kind.COUNT), cell(-0.552, Kind.PP), cell(None, Kind.PCT), cell(2019, Kind.YEAR)
    ('21,259', '-0.6', '–', '2019')
    >>> cell({"con": 3, "lab": None}, Kind.COUNTS)
    'con 3, lab –'
    >>> cell(Value(58.11776, Kind.PCT), Kind.TEXT)  # a value of another kind than its column's
    '58.1%'
    >>> cell(("more than ", Value(50_000, Kind.COUNT)), Kind.TEXT)  # a sentence
    'more than 50,000'
    """
    if isinstance(value, Value):
        return _placed(value) if value.places is not None else cell(value.value, value.kind)
    if value is None:
        return numbers.UNKNOWN
    if isinstance(value, tuple) and kind is Kind.TEXT:
        return sentence(value)
    return literal(WRITERS.get(kind, str)(value))


def _placed(value: Value) -> str:
    """A number with decimals of its own.

    >>> _placed(Value(40.274, Kind.PCT, 2)), _placed(Value(-5.9025, Kind.PP, 2)), _placed(Value(None, Kind.PCT, 2))
    ('40.27%', '-5.90', '–')
    """
    if value.value is None:
        return numbers.UNKNOWN
    write = numbers.signed if value.kind in (Kind.PP, Kind.PP2, Kind.CHANGE) else numbers.fixed
    return write(value.value, value.places or 0) + ("%" if value.kind is Kind.PCT else "")


def _texts(value: Any) -> str:
    return "; ".join(map(str, value))


def _party(value: Any) -> str:
    return value.text if isinstance(value, PartyLabel) else str(value)


def _seats(value: SeatsChange) -> str:
    """Seats with their change.

    >>> _seats(SeatsChange(20, -7)), _seats(SeatsChange(20, None)), _seats(SeatsChange(None, None))
    ('20 (-7)', '20 (–)', '–')
    """
    if value.seats is None and value.change is None:
        return numbers.UNKNOWN
    return f"{cell(value.seats, Kind.COUNT)} ({cell(value.change, Kind.CHANGE)})"


def _map(kind: Kind) -> Callable[[Any], str]:
    return lambda value: ", ".join(f"{key} {cell(each, kind)}" for key, each in value.items())


def _record(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {numbers.UNKNOWN if each is None else each}" for key, each in value.items())


WRITERS: Final[Mapping[Kind, Callable[[Any], str]]] = {
    Kind.COUNT: numbers.count,
    Kind.CHANGE: numbers.signed,
    Kind.PCT: numbers.percent,
    Kind.PP: lambda value: numbers.signed(value, 1),
    Kind.POINTS: lambda value: numbers.fixed(value, 1),
    Kind.PP2: lambda value: numbers.signed(value, 2),
    Kind.NUMBER: lambda value: numbers.fixed(value, 2),
    Kind.BOOL: lambda value: "yes" if value else "no",
    Kind.PARTY: _party,
    **{kind: _map(value) for kind, value in IN_MAP.items()},
    Kind.TEXTS: _texts,
    Kind.RECORD: _record,
    Kind.RECORDS: lambda value: numbers.count(len(value)),
    Kind.SEATS: _seats,
    # drawn by the terminal alone
    Kind.SEAT_BAR: lambda _: "",
    Kind.SHARE_BAR: lambda _: "",
    Kind.ANY: lambda value: _texts(value) if isinstance(value, list) else str(value),
}
"""How a known value of a kind is written; a kind that is not here is text already, or a year."""

RIGHT: Final = frozenset(
    {
        Kind.COUNT,
        Kind.YEAR,
        Kind.CHANGE,
        Kind.PCT,
        Kind.PP,
        Kind.POINTS,
        Kind.PP2,
        Kind.NUMBER,
        Kind.SEATS,
        Kind.RECORDS,
    }
)
"""Kinds that line up on their last digit."""


def sentence(parts: Sentence) -> str:
    """A sentence, its raw values written as their kinds say.

    >>> sentence((PartyLabel("con", "Con"), " lost ", Value(7, Kind.COUNT), " seats."))
    'Con lost 7 seats.'
    """
    return "".join(_part(part) for part in parts)


def _part(part: str | Value | PartyLabel) -> str:
    if isinstance(part, Value):
        return cell(part, part.kind)
    return literal(_party(part))


class Paragraph(NamedTuple):
    """A sentence of its own."""

    text: str
    lead: bool = False
    """Whether it is the first thing to read."""


class Item(NamedTuple):
    """A line of a list."""

    text: str
    url: str = ""
    """Address to follow, shown after the text."""


class Listing(NamedTuple):
    """Lines that belong together, under a title."""

    title: str
    items: tuple[Item, ...]


Block: TypeAlias = "Paragraph | Table | Listing | Picture | Sketch"


def document(view: View, options: Options) -> tuple[Block, ...]:
    """The whole answer in reading order: headline, tables, closing, notes."""
    return tuple(_blocks(view, options))


def _blocks(view: View, options: Options) -> Iterator[Block]:
    layout = view.layout
    for index, parts in enumerate(layout.headline):
        yield Paragraph(sentence(parts), lead=index == 0)
    yield from (_printable(table, options) for table in layout.first if table.rows)
    if layout.sketch is not None and on_terminal(options):
        yield layout.sketch
    if layout.picture is not None and layout.picture.tiles:
        yield layout.picture
        yield from (Paragraph(sentence(parts)) for parts in layout.picture.legend)
    if view.rows:
        table = chosen(view, options)
        more = len(table.rows) - layout.shown if layout.shown and table is layout.table else 0
        yield _printable(_head(table, layout.shown) if more > 0 and layout.shown else table, options)
        if more > 0:
            yield Paragraph(f"{more} {layout.rest}: --all")
    yield from (Paragraph(sentence(parts)) for parts in layout.closing)
    yield from (_printable(table, options) for table in layout.more if table.rows)
    yield from noted(view, options)
    yield from below(view, options)


def noted(view: View, options: Options) -> Iterator[Listing]:
    """What a reader must know: the first few notes, or all of them where they were asked for."""
    brief = view.notes if view.layout.brief is None else view.layout.brief
    whole = options.notes or options.explain
    notes = view.notes if whole else brief if options.format == "sentence" else brief[:FEW_NOTES]
    more = len([note for note in view.notes if note not in notes])
    items = [literal(note) for note in notes]
    if more and not whole and options.format != "sentence":
        items.append(f"{more} more note{'' if more == 1 else 's'}: --notes")
    if items:
        yield Listing("Notes" if len(items) > 1 else "Note", tuple(map(Item, items)))


def _head(table: Table, shown: int) -> Table:
    return replace(table, rows=table.rows[:shown], rules=frozenset(index for index in table.rules if index < shown))


FEW_NOTES: Final = 3
"""Notes that people see without asking for all."""
DRAWN: Final = frozenset({Kind.SEAT_BAR, Kind.SHARE_BAR})
"""Kinds that are a drawing: nothing to quote, and nothing to read in a file."""


def on_terminal(options: Options) -> bool:
    """Whether the answer is laid out for a person at a terminal."""
    return options.format == "table" and options.width is not None


def _printable(table: Table, options: Options) -> Table:
    """The table without what says nothing: columns of noughts, and drawings where there is no terminal."""
    kept = [
        index
        for index, column in enumerate(table.columns)
        if (on_terminal(options) or column.kind not in DRAWN)
        and not (column.kind in COUNTED and _is_nought([row[index] for row in table.rows]))
    ]
    if not kept or len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
    )


COUNTED: Final = frozenset({Kind.COUNT, Kind.CHANGE, Kind.SEATS})


def _is_nought(values: Sequence[Any]) -> bool:
    """Whether a column holds noughts only, or seats of a party that has none and lost none."""
    return bool(values) and all(
        value == 0 if not isinstance(value, SeatsChange) else value.seats == 0 and not value.change for value in values
    )


def below(view: View, options: Options) -> Iterator[Listing]:
    """The citations and the workings, where they were asked for."""
    if options.sources and view.sources:
        yield Listing("Sources", tuple(_citation(source) for source in view.sources))
    if options.explain:
        yield from (_working(working) for working in view.workings)


def chosen(view: View, options: Options) -> Table:
    """The rows as a table: arranged for people, or fields asked for."""
    if (
        not options.columns
        and not (options.long and (records.lists(view) or records.by_party(view)))
        and view.layout.table is not None
    ):
        return view.layout.table
    flat = records.flatten(view, options.columns, long=options.long)
    columns = tuple(Column(".".join(column.path), column.kind) for column in flat.columns)
    return Table(columns, tuple(_labelled(row, columns, view) for row in flat.rows))


def _labelled(row: Sequence[Any], columns: Sequence[Column], view: View) -> tuple[Any, ...]:
    """A row of fields with its parties as people see them."""
    label = view.label
    if label is None:
        return tuple(row)
    return tuple(
        label(value) or value if column.kind is Kind.PARTY and isinstance(value, str) else value
        for value, column in zip(row, columns, strict=True)
    )


def _citation(source: Mapping[str, Any]) -> Item:
    kept = [str(source[key]) for key in ("title", "publisher", "licence") if source.get(key)]
    return Item(literal(f"{source['id']}: {', '.join(kept)}"), literal(source.get("url") or ""))


def _working(working: Working) -> Listing:
    lines = [working.formula]
    lines += [f"{name} = {_part(value)}" for name, value in working.inputs]
    lines.append(f"result: {_part(working.result)}")
    if working.rule:
        lines.append(f"rule: {working.rule}")
    return Listing(f"How {literal(working.name)} is worked out", tuple(Item(literal(line)) for line in lines))


def render_sentence(view: View, options: Options) -> str:  # noqa: ARG001 (as every renderer)
    """The answer as one line, nothing where nothing was found."""
    return f"{sentence(view.sentence)}\n" if view.sentence else ""


def outline(listings: Iterable[Listing]) -> str:
    """Lists as plain lines, for standard error beside formats of rows."""
    lines: list[str] = []
    for listing in listings:
        lines.append(f"{listing.title}:")
        lines += [f"  {item.text} {item.url}".rstrip() for item in listing.items]
    return "".join(f"{line}\n" for line in lines)
