"""Rows for programs: nested and flat."""

from __future__ import annotations

from typing import Any

import pytest

from emvote.errors import UsageProblem
from emvote.render import arrange
from emvote.render.records import Flat, UnknownField, flatten, nested
from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind
from emvote.views.view import Layout, View

FIELDS = (
    Field("seat", Kind.NAME, "name"),
    Field("votes", Kind.COUNT, "votes", null=True),
    Field("won", Kind.COUNTS, "seats by party"),
    Field("swing", Kind.RECORD, "swing", null=True, fields=(Field("butler_pp", Kind.PP, "swing"),)),
    Field("flags", Kind.TEXTS, "codes"),
    Field("polls", Kind.RECORDS, "empty in every row", fields=(Field("day", Kind.DATE, "day"),)),
    Field("candidates", Kind.RECORDS, "who stood", fields=(Field("name", Kind.NAME, ""), Field("n", Kind.COUNT, ""))),
)
BOTH = ({"name": "Ann", "n": 5}, {"name": "Bob", "n": 4})


def row(seat: str, votes: int | None, **more: Any) -> dict[str, Any]:
    """A row with every field."""
    empty: dict[str, Any] = {"won": {}, "swing": None, "flags": (), "polls": (), "candidates": ()}
    return {"extra": "no field", "seat": seat, "votes": votes, **empty, **more}


ROWS = (
    row("Derby", 9, won={"lab": 1}, swing={"butler_pp": -0.5}, candidates=BOTH),
    row("Álfreton", None, won={"con": 2, "lab": 0, "ind:j.smith": None}, flags=("a", "b")),
    row("corby", 12),
)
VIEW = View(command="seats", query={}, fields=FIELDS, rows=ROWS)
EMPTY = View(command="seats", query={}, fields=FIELDS, rows=())


def header(flat: Flat) -> list[str]:
    """The names of the flat columns."""
    return [".".join(column.path) for column in flat.columns]


def test_a_row_has_exactly_the_fields_of_the_view() -> None:
    """Whatever else a row carries stays inside."""
    assert [list(each) for each in nested(VIEW, ())] == [[field.key for field in FIELDS]] * 3


def test_chosen_columns_stay_nested_and_in_the_order_chosen() -> None:
    """JSON keeps its shape: a part of a record is a record with that part."""
    assert nested(VIEW, ("swing.butler_pp", "seat", "candidates.name"))[:2] == (
        {"swing": {"butler_pp": -0.5}, "seat": "Derby", "candidates": [{"name": "Ann"}, {"name": "Bob"}]},
        {"swing": None, "seat": "Álfreton", "candidates": []},
    )


@pytest.mark.parametrize("columns", [("won", "won.lab"), ("won.lab", "won")])
def test_a_whole_field_outweighs_its_parts(columns: tuple[str, ...]) -> None:
    """Asking for a field and for a part of it gives the field."""
    assert nested(VIEW, columns)[1] == {"won": {"con": 2, "lab": 0, "ind:j.smith": None}}


def test_maps_and_records_become_columns() -> None:
    """A map has a column for each key of any row, a record one for each field; lists of records have none."""
    flat = flatten(VIEW)
    assert header(flat) == ["seat", "votes", "won.lab", "won.con", "won.ind:j.smith", "swing.butler_pp", "flags"]
    assert flat.rows[1] == ("Álfreton", None, 0, 2, None, None, ("a", "b"))


def test_an_empty_answer_keeps_the_plain_columns() -> None:
    """Without rows there is a header of what does not depend on them."""
    assert header(flatten(EMPTY)) == ["seat", "votes", "swing.butler_pp", "flags"]


def test_a_long_answer_has_a_line_for_each_element() -> None:
    """The first list that is not empty everywhere is spread; a row without elements keeps one line."""
    flat = flatten(VIEW, ("seat", "candidates"), long=True)
    assert header(flat) == ["seat", "candidates.name", "candidates.n"]
    assert flat.rows == (("Derby", "Ann", 5), ("Derby", "Bob", 4), ("Álfreton", None, None), ("corby", None, None))
    assert header(flatten(VIEW, long=True))[-2:] == ["candidates.name", "candidates.n"]


def test_a_list_of_records_has_no_flat_column_of_its_own() -> None:
    """Naming it without --long is a mistake that says what to do."""
    with pytest.raises(UsageProblem, match="add --long"):
        flatten(VIEW, ("candidates.name",))


@pytest.mark.parametrize("name", ["sea", "swing.butler", "seat.x", "", "candidates.nam"])
def test_an_unknown_field_is_told_with_near_names(name: str) -> None:
    """The message names the fields that there are, or those that are near."""
    with pytest.raises(UnknownField, match="no field called"):
        nested(VIEW, (name,))


def test_a_key_of_a_map_with_dots_is_found() -> None:
    """Independents' keys are made of names, which may hold dots."""
    assert flatten(VIEW, ("won.ind:j.smith",)).rows == ((None,), (None,), (None,))
    assert header(flatten(VIEW, ("won.ind:j.smith",))) == ["won.ind:j.smith"]


@pytest.mark.parametrize(
    ("sort", "desc", "seats"),
    [
        ("votes", False, ["Derby", "corby", "Álfreton"]),
        ("votes", True, ["corby", "Derby", "Álfreton"]),
        ("seat", False, ["corby", "Derby", "Álfreton"]),
        ("won.lab", True, ["Derby", "Álfreton", "corby"]),
        (None, True, ["corby", "Álfreton", "Derby"]),
    ],
)
def test_sorting_puts_unknown_values_last(sort: str | None, seats: list[str], *, desc: bool) -> None:
    """In either direction; names sort without regard to case."""
    assert [each["seat"] for each in arrange(VIEW, sort, desc=desc).rows] == seats


def test_the_table_follows_the_rows() -> None:
    """Rows and table are cut and sorted as one, and a rule that divided the old order goes."""
    table = Table((Column("Seat", Kind.NAME),), tuple((each["seat"],) for each in ROWS), rules=frozenset({1, 2}))
    view = View(command="seats", query={}, fields=FIELDS, rows=ROWS, laid_out=lambda: Layout(table=table))
    ordered = arrange(view, "seat", desc=True, limit=2)
    assert ordered.layout.table == Table(table.columns, (("Álfreton",), ("Derby",)))
    assert ordered.notes == ("2 of 3 rows shown (--limit)",)
    limited = arrange(view, limit=2).layout.table
    assert limited is not None
    assert limited.rules == {1}
    assert arrange(view).notes == ()


@pytest.mark.parametrize("sort", ["won", "candidates", "seat,won"])
def test_what_holds_several_values_cannot_be_sorted_by(sort: str) -> None:
    """Neither a map nor a list is one value."""
    with pytest.raises(UsageProblem, match="several values"):
        arrange(VIEW, sort)
