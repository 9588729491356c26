"""In a pipe a table is written without Rich, and every character is as Rich would have written it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from emvote.frozen import replace
from emvote.render import Options
from emvote.render.piped import render_piped
from emvote.render.terminal import render_terminal
from emvote.views.view import Column, Field, Kind, Table, View

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
        headline=tuple((each,) for each in draw(st.lists(SAID, max_size=2))),
        table=table,
        more=draw(st.sampled_from([(), (table,)])),
        notes=tuple(draw(st.lists(SAID, max_size=2))),
        sources=({"id": draw(WORDS), "title": draw(WORDS), "url": draw(WORDS)},),
    )


@given(views(), st.booleans())
def test_every_character_is_as_rich_writes_it(view: View, sources: bool) -> None:
    """Widths, alignment, rules, blank lines and spaces at ends, whatever the texts are."""
    options = replace(PLAIN, sources=sources)
    assert render_piped(view, options) == render_terminal(view, options)


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
        table=Table(tuple(columns), (tuple(row),)),
    )
    assert render_piped(view, PLAIN) == render_terminal(view, PLAIN)


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
    assert without == emvote(*line).stdout
    assert without
