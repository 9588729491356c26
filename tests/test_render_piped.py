"""Tables are written without Rich in a pipe, and without its own ones on a terminal: every sign is as it writes it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from emvote.render import Options, terminal
from emvote.render.piped import render_piped
from emvote.render.terminal import render_terminal
from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind
from emvote.views.view import Layout, View

WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "",
        "–",
        "Ynys Môn",
        "東京",
        "e\u0301",
        "a\u00adb",
        "\U0001f1ec\U0001f1e7",
        "no more",
        " led",
        "trailed ",
        "x\ty\n",
    ]
)
WORDS = WORDS.filter(lambda text: not text.strip() or cell_len(text.strip()) > 0)
"""Nothing is of combining marks alone: it has no width, and Rich leaves out a line of that."""
SAID = WORDS.filter(str.strip)
"""Sentences, notes and the heads of columns are never blank."""
PLAIN = Options()


@st.composite
def views(draw: st.DrawFn) -> View:
    """Answers with any text in a table of several kinds, in sentences and in notes."""
    kinds = draw(
        st.lists(st.sampled_from([Kind.TEXT, Kind.NAME, Kind.COUNT, Kind.YEAR, Kind.TEXTS]), min_size=1, max_size=4)
    )
    values: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.COUNT: st.none() | st.integers(-(10**9), 10**9),
        Kind.YEAR: st.none() | st.integers(1800, 2100),
        Kind.TEXTS: st.lists(WORDS, max_size=3),
    }
    rows = draw(st.lists(st.tuples(*(values.get(kind, st.none() | WORDS) for kind in kinds)), max_size=5))
    table = Table(
        columns=tuple(Column(draw(SAID), kind) for kind in kinds),
        rows=tuple(rows),
        title=draw(st.none() | WORDS),
        rules=frozenset(draw(st.lists(st.integers(0, 6), max_size=3))),
    )
    return View(
        command="seats",
        query={},
        fields=(Field("a", Kind.TEXT, "x"),),
        rows=tuple({"a": None} for _ in rows),
        laid_out=lambda: Layout(
            headline=tuple((each,) for each in draw(st.lists(SAID, max_size=2))),
            table=table,
            more=draw(st.sampled_from([(), (table,)])),
        ),
        notes=tuple(draw(st.lists(SAID, max_size=2))),
        sources=({"id": draw(WORDS), "title": draw(WORDS), "url": draw(WORDS)},),
    )


def by_rich(view: View, options: Options) -> str:
    """The answer with every table laid out by Rich's own."""
    with patch.object(terminal, "_folds", lambda *_: True):
        return render_terminal(view, options)


@given(views(), st.booleans())
def test_every_character_is_as_rich_writes_it(view: View, sources: bool) -> None:
    """Widths, alignment, rules, blank lines and spaces at ends, whatever the texts are."""
    options = replace(PLAIN, sources=sources)
    assert render_piped(view, options) == render_terminal(view, options) == by_rich(view, options)


@given(views(), st.sampled_from([None, 20, 60, 200]))
def test_every_sign_on_a_terminal_is_as_rich_writes_it(view: View, width: int | None) -> None:
    """In the same place and the same style, whether or not something folds."""
    options = replace(PLAIN, color=True, width=width)
    assert seen(render_terminal(view, options)) == seen(by_rich(view, options))


def test_a_head_that_folds_is_folded_by_rich_too() -> None:
    """Where only the head of a column is too wide, as cells may be short."""
    columns = (Column("0", Kind.TEXTS), Column("0000", Kind.TEXT), Column("0000 000", Kind.TEXT))
    table = Table(columns, ((["", "0", ""], None, None),))
    view = View(command="seats", query={}, fields=(), rows=({},), laid_out=lambda: Layout(table=table))
    options = replace(PLAIN, color=True, width=20)
    written = render_terminal(view, options)
    assert seen(written) == seen(by_rich(view, options))
    assert max(len(Text.from_ansi(line)) for line in written.splitlines()) <= 20


def seen(written: str) -> list[list[tuple[str, Style]]]:
    """Line by line each sign with its style; of a space nothing is seen but where it is painted."""
    found = []
    for line in written.splitlines():
        text = Text.from_ansi(line)
        signs = [(sign, text.get_style_at_offset(CONSOLE, i)) for i, sign in enumerate(text.plain)]
        shown = [(sign, style if sign != " " or style.bgcolor else Style()) for sign, style in signs]
        while shown and shown[-1] == (" ", Style()):
            del shown[-1]
        found.append(shown)
    return found


CONSOLE = Console()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_column_with_nothing_in_it_takes_the_same_room(place: int) -> None:
    """Marks of who was elected, say, where nobody's are known: the rule is as long as Rich draws it."""
    columns, row = [Column("Name", Kind.NAME)] * 2, ["Ann"] * 2
    columns.insert(place, Column("", Kind.TEXT))
    row.insert(place, "")
    view = View(
        command="seats",
        query={},
        fields=(Field("a", Kind.TEXT, "x"),),
        rows=({"a": None},),
        laid_out=lambda: Layout(table=Table(tuple(columns), (tuple(row),))),
    )
    assert render_piped(view, PLAIN) == render_terminal(view, PLAIN) == by_rich(view, PLAIN)


@pytest.mark.parametrize(
    "line",
    [
        ("councils", "--explain", "--sources"),
        ("seat", "Derby North", "--notional"),
        ("swing", "--from", "2017", "--to", "2019"),
        ("elections",),
        ("parties",),
    ],
)
def test_answers_in_a_pipe_are_as_rich_writes_them(
    emvote: Any, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    """The same command with and without Rich."""
    without = emvote(*line).stdout
    monkeypatch.setattr("emvote.render.PIPED", ("terminal", "render_terminal"))
    monkeypatch.setattr("emvote.render.terminal._folds", lambda *_: True)
    assert without == emvote(*line).stdout
    assert without
