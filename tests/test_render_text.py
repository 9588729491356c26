"""Values and sentences for people."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.render.text import cell, literal, sentence
from emvote.views.values import Kind, PartyLabel, SeatsChange, Value


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (None, Kind.PCT, "–"),
        (21259, Kind.COUNT, "21,259"),
        (1974, Kind.YEAR, "1974"),
        (-7, Kind.CHANGE, "-7"),
        (5.35, Kind.PCT, "5.4%"),
        (5.85, Kind.PP, "+5.9"),
        (3.55, Kind.POINTS, "3.6"),
        (5.9025, Kind.PP2, "+5.90"),
        (2.455, Kind.NUMBER, "2.46"),
        ("2018-05", Kind.DATE, "2018-05"),
        (True, Kind.BOOL, "yes"),
        (False, Kind.BOOL, "no"),
        (PartyLabel("con", "Con"), Kind.PARTY, "Con"),
        ("con", Kind.PARTY, "con"),
        ({"con": 1200, "lab": None}, Kind.COUNTS, "con 1,200, lab –"),
        ({"con": 2}, Kind.CHANGES, "con +2"),
        (("a", "b"), Kind.TEXTS, "a; b"),
        ({"to": "con", "pp": None}, Kind.RECORD, "to con, pp –"),
        (({}, {}), Kind.RECORDS, "2"),
        (SeatsChange(20, -7), Kind.SEATS, "20 (-7)"),
        (SeatsChange(None, 3), Kind.SEATS, "– (+3)"),
        ("[red]x\x1b[/red]", Kind.NAME, "[red]x\\x1b[/red]"),
    ],
)
def test_each_kind_is_written_in_its_way(value: Any, kind: Kind, shown: str) -> None:
    """Whatever it is, as text on one line."""
    assert cell(value, kind) == shown


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_shows_the_unknown_alike(kind: Kind) -> None:
    """Not known is a dash and never a zero."""
    assert cell(None, kind) == "–"


def test_a_sentence_joins_text_and_values() -> None:
    """Values are written as their kinds say; nothing in a text can act on the terminal."""
    parts = (PartyLabel("con", "Con"), " gain ", Value(7, Kind.COUNT), " from \x1b[1mLab", Value(None, Kind.PP))
    assert sentence(parts) == "Con gain 7 from \\x1b[1mLab–"


@given(st.text())
def test_literal_text_is_printable_and_stays_so(text: str) -> None:
    """No control character, line break, bidirectional mark or sign of no width; a second pass changes nothing."""
    shown = literal(text)
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} for char in shown)
    assert not set(shown) & set("\u00ad\u200b\u200c\u200d\u202e\u2066\u115f\u3164\ufe0f\ufeff\U000e0041")
    assert literal(shown) == shown
    shown.encode()
