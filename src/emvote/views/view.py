"""The one shape between queries and renderers.

A `View` holds an answer twice. `rows` are the records that machine formats print in full, described by `fields`; its
`layout` arranges the same rows for people, in the same order, with raw values that only a renderer turns into text. So
JSON, CSV and tables always come from the same object, and rounding happens once, at the end. The layout and the
workings are made when somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from msgspec import Struct, field
from msgspec.structs import replace

from emvote.views.columns import Field, Table
from emvote.views.values import PartyLabel, Sentence, Value

if TYPE_CHECKING:
    from emvote.queries.declared import Declared
    from emvote.views.picture import Chart, Picture, Sketch


class Working(Struct, frozen=True):
    """The working of one figure."""

    name: str
    formula: str
    """In words and symbols, with the names of the inputs."""
    inputs: tuple[tuple[str, Value], ...]
    result: Value
    rule: str = ""
    """Where the rule comes from."""
    row: int | None = None
    """Which row of the view it belongs to; `None`: the whole answer. One whose row is not shown is not either."""
    rows: int = 1
    """How many rows from that on it belongs to, as that of a ward to each of its candidates."""


def by_row(workings: Iterable[Iterable[Working]]) -> Iterator[Working]:
    """The workings of the rows of a view, given row by row."""
    for index, own in enumerate(workings):
        for working in own:
            yield replace(working, row=index)


def by_group(workings: Iterable[tuple[int, Iterable[Working]]]) -> Iterator[Working]:
    """The workings of so many rows of a view each, in the order of the rows."""
    row = 0
    for number, own in workings:
        for working in own:
            yield replace(working, row=row, rows=number)
        row += number


class Workings(Sequence[Working]):
    """Workings that are made when somebody looks at them: most answers are never asked for theirs."""

    def __init__(self, make: Callable[[], Iterable[Working]]) -> None:
        self._make = make
        self._made: tuple[Working, ...] | None = None

    def _all(self) -> tuple[Working, ...]:
        if self._made is None:
            self._made = tuple(self._make())
        return self._made

    @overload
    def __getitem__(self, index: int) -> Working: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Working]: ...
    def __getitem__(self, index: int | slice) -> Working | Sequence[Working]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())


class Layout(Struct, frozen=True, kw_only=True):
    """An answer as people see it."""

    headline: tuple[Sentence, ...] = ()
    """Sentences above the table."""
    continued: bool = False
    """Whether the first of them stands on the line of the answer's own sentence."""
    sketch: Sketch | None = None
    """A line of history, below the headline on a terminal."""
    picture: Picture | None = None
    """A map, between headline and table."""
    first: tuple[Table, ...] = ()
    """Tables that are read before it, as the candidates of the last result."""
    table: Table | None = None
    """The rows as people see them, one for one and in the same order; absent: the fields themselves are the columns."""
    shown: int | None = None
    """Rows of it that people see unless they ask for all (`--all`); absent: all."""
    rest: str = "earlier"
    """What the others are."""
    more: tuple[Table, ...] = ()
    """Further tables below."""
    closing: tuple[Sentence, ...] = ()
    """Sentences under the table that can be quoted."""
    brief: tuple[str, ...] | None = None
    """What people see in place of many notes, unless they ask for the working; absent: all notes."""


class View(Struct, frozen=True, kw_only=True, dict=True):
    """An answer, ready for any renderer."""

    command: str
    query: Mapping[str, Any]
    """The question as understood: ids in place of names, only what was asked or decided."""
    fields: tuple[Field, ...]
    rows: tuple[Mapping[str, Any], ...]
    baseline: Mapping[str, Any] | None = None
    summary: Mapping[str, Any] | None = None
    summary_fields: tuple[Field, ...] = ()
    laid_out: Callable[[], Layout] = Layout
    """Makes `layout`, which a machine format never looks at."""
    report: Report | None = None
    """A document of many answers, in the formats that can hold one."""
    sentence: Sentence | None = None
    """The answer in one sentence, where it was asked for: see `emvote.views.sentences`."""
    notes: tuple[str, ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    """Citations of the figures shown: id, title, publisher, licence, url."""
    workings: Sequence[Working] = ()
    declared: Declared | None = None
    """How many of the places that it is about have declared, and which are in none of its figures yet.

    `None`: it is about nothing that is declared.
    """
    empty: str = "nothing matches"
    """What to say on stderr when there are no rows."""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field to the keys of its maps, in order, whichever rows are shown: so flat rows always have the same columns."""
    key_names: frozenset[str] = frozenset()
    """Keys that may be asked for below a map; empty: any."""
    dataset: Mapping[str, Any] = field(default_factory=dict)
    """Title, version and sha256 of the dataset."""
    label: Callable[[str], PartyLabel | None] | None = None
    """A party as people see it, by its id, where fields themselves are shown to them; absent: ids stay ids."""
    party_id: Callable[[str], str] | None = None
    """The id of a party as typed; raises `NameProblem`. Absent: parties are typed as ids."""

    @cached_property
    def layout(self) -> Layout:
        """The answer as people see it, made when it is first looked at."""
        return self.laid_out()


class ReportPart(Struct, frozen=True):
    """One question of a report with its answer."""

    anchor: str
    """Unique in the report."""
    group: str
    title: str
    line: str
    """The command that gives the same answer."""
    view: View
    charts: tuple[Chart, ...] = ()


class Report(Struct, frozen=True):
    """Answers that make a document."""

    title: str
    parts: tuple[ReportPart, ...]
    sources: tuple[Mapping[str, Any], ...]
    """Every source of every part, once."""
    method: tuple[Sentence, ...]
    """How the figures are made, and where the definitions are."""
