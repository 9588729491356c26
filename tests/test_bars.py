"""Bars of seats and shares, and lines of history: right where rounding could mislead, and readable without colour."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.queries.council import council
from emvote.queries.seat import seat
from emvote.render import Format, Options, bars, render
from emvote.views.bars import letters
from emvote.views.council import council_view
from emvote.views.picture import SeatBar, ShareBar, Sketch
from emvote.views.seat import seat_view
from emvote.views.values import PartyLabel

TERMINAL = Options(width=140)
PIPE = Options()


def seat_bar(seats: Sequence[int], size: int) -> str:
    """A bar of parties A, B, C, … with so many seats, most first."""
    parts = tuple((PartyLabel(chr(65 + i), chr(65 + i)), chr(65 + i), number) for i, number in enumerate(seats))
    return "".join(piece.text for piece in bars.seat_bar(SeatBar(parts, size)))


def test_a_bar_has_a_letter_for_each_part_and_a_line_at_the_half() -> None:
    """Seats that nobody holds are dots."""
    assert seat_bar([20, 10, 5], 40) == "AAAAAAAAAA│BBBBBCCC··"


@pytest.mark.parametrize(
    ("seats", "size", "crosses"),
    [([20, 18], 38, True), ([19, 19], 38, False), ([51, 50], 101, True), ([50, 50], 101, False), ([1], 1, True)],
)
def test_only_a_majority_crosses_the_line(seats: list[int], size: int, crosses: bool) -> None:
    """However small it is: 20 of 38, 51 of 101; exactly half is none."""
    assert (seat_bar(seats, size)[11] == "A") is crosses


@given(st.lists(st.integers(1, 80), min_size=1, max_size=8), st.integers(0, 10))
def test_every_bar_is_as_long_and_the_line_tells_the_majority(seats: list[int], vacant: int) -> None:
    """For any council: twenty characters and the line; the first party crosses it exactly with a majority."""
    ordered = sorted(seats, reverse=True)
    size = sum(ordered) + vacant
    drawn = seat_bar(ordered, size)
    assert len(drawn) == 21
    assert drawn[10] == "│"
    assert (drawn[11] == "A") is (2 * ordered[0] > size)


@given(st.floats(0, 100))
def test_a_share_is_as_long_as_it_is_large(share: float) -> None:
    """Two and a half per cent a block, to an eighth of a block."""
    drawn = bars.share_bar(ShareBar(share, None)).text
    eighths = 8 * drawn.count("█") + sum(bars.EIGHTHS.index(char) for char in drawn if char != "█")
    assert abs(eighths / 8 * 2.5 - share) <= 2.5 / 16 + 1e-9


def test_a_line_of_history_shows_what_is_not_known_and_where_boundaries_changed() -> None:
    """A question mark, and a line through figures and winners alike."""
    lab = (PartyLabel("lab", "Lab"), "L")
    line = Sketch("", (0.0, 50.0, None, 99.0), (lab, lab, None, lab), frozenset({1}))
    above, below = ("".join(piece.text for piece in pieces) for pieces in bars.sketch(line))
    assert (above, below) == ("▁│▅?█", "L│L?L")


def test_parties_of_one_initial_have_different_letters(shipped: Dataset) -> None:
    """Labour comes first in the record, so the Liberal Democrats take their D."""
    assert letters(shipped, ["ld", "con", "lab"]) == {"con": "C", "lab": "L", "ld": "D"}


def test_drawings_are_for_terminals_only(shipped: Dataset) -> None:
    """A pipe and a document get the same answer without them."""
    views = (
        seat_view(shipped, seat(shipped, "Derby North"), {}),
        council_view(shipped, council(shipped, "Derby"), {}),
    )
    for view in views:
        drawn = render(view, TERMINAL)
        assert set(drawn) & set("█│")
        for options in (PIPE, Options(format=Format.MARKDOWN, width=140), Options(format=Format.HTML)):
            assert not set(render(view, options)) & set("█│▁")
    assert "C Con, D LD, " in render(views[1], TERMINAL)
