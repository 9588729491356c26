"""Fields are named as people name them: by key, by heading, by party."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.errors import UnknownName
from emvote.render import arrange
from emvote.render.naming import sort_paths, understood
from emvote.render.records import UnknownField
from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind, PartyLabel
from emvote.views.view import Layout, View

Run = Callable[..., CompletedProcess[str]]

FIELDS = (
    Field("seat", Kind.NAME, "name", of="seat.name"),
    Field("county", Kind.TEXT, "county"),
    Field("turnout_pct", Kind.PCT, "turnout"),
    Field("turnout_ballot_pct", Kind.PCT, "turnout with rejected papers"),
    Field("majority_votes", Kind.COUNT, "majority"),
    Field("majority_pct", Kind.PCT, "majority, per cent"),
    Field("lead_votes", Kind.COUNT, "lead"),
    Field("lead_pct", Kind.PCT, "lead, per cent"),
    Field("outcome", Kind.TEXT, "outcome"),
    Field("swing", Kind.RECORD, "swing", fields=(Field("from_party", Kind.PARTY, ""), Field("butler_pp", Kind.PP, ""))),
    Field("seats_won", Kind.COUNTS, "won", absent=0),
    Field("shares_pct", Kind.PCTS, "shares"),
)


def row(seat: str, county: str, majority: int, **won: int) -> dict[str, Any]:
    """A row with every field."""
    record: dict[str, Any] = {field.key: None for field in FIELDS}
    given = {"seat": seat, "county": county, "majority_votes": majority, "seats_won": won}
    return {**record, **given, "swing": {"from_party": "lab", "butler_pp": -majority / 2}}


ROWS = (row("Derby", "Notts", 9, lab=1), row("Corby", "Notts", 12, con=2), row("Rutland", "Derbys", 5, con=1))
COLUMNS = (
    Column("Seat", Kind.NAME, "result.seat.name"),
    Column("Result", Kind.TEXT, lambda _: "?", field="outcome"),
    Column("Majority", Kind.COUNT, "majority_votes", priority=3),
    Column("%", Kind.PCT, "majority_pct"),
    Column("Half, or so", Kind.PCT, lambda _: None),
)


def party_id(typed: str) -> str:
    """The id of a party as typed."""
    if typed.casefold() in {"lab", "labour"}:
        return "lab"
    if typed == "con":
        return "con"
    raise UnknownName("no such party", kind="party", given=typed)


TABLE = Table(COLUMNS, tuple((each["seat"], "?", each["majority_votes"], None, None) for each in ROWS))
VIEW = View(
    command="seats",
    query={},
    fields=FIELDS,
    rows=ROWS,
    party_id=party_id,
    label=lambda party: PartyLabel(party, party.title()),
    laid_out=lambda: Layout(table=TABLE),
)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("turnout_pct", "turnout_pct"),
        ("turnout", "turnout_pct"),
        ("Turnout", "turnout_pct"),
        ("turnout ballot", "turnout_ballot_pct"),
        ("majority", "majority_votes"),
        ("%", "majority_pct"),
        ("Result", "outcome"),
        ("SEAT", "seat"),
        ("swing.Butler_pp", "swing.butler_pp"),
        ("Labour", "seats_won.lab"),
        ("con", "seats_won.con"),
        ("shares_pct.Labour", "shares_pct.lab"),
        ("Shares pct.con", "shares_pct.con"),
    ],
)
def test_a_field_is_found_by_what_people_call_it(typed: str, path: str) -> None:
    """By its key, its key without unit, its heading, and a party of a map."""
    assert understood(VIEW, typed) == path


def test_what_may_be_several_fields_names_them() -> None:
    """Neither is guessed."""
    with pytest.raises(UnknownField, match="'lead_pct' or 'lead_votes'") as problem:
        understood(VIEW, "lead")
    assert problem.value.suggestions == ("lead_pct", "lead_votes")


@pytest.mark.parametrize("typed", ["nonsense", "", "-majority", "green", "half, or so", "swing.lab", "outcome.lab"])
def test_what_nobody_calls_a_field_is_refused(typed: str) -> None:
    """With the names that there are."""
    with pytest.raises(UnknownField, match="no field called"):
        understood(VIEW, typed)


def test_a_party_is_no_field_where_parties_are_not_known() -> None:
    """A view of no dataset reads ids only."""
    with pytest.raises(UnknownField, match="no field called"):
        understood(View(command="seats", query={}, fields=FIELDS, rows=ROWS), "lab")


def test_a_swing_is_sorted_by_its_first_figure() -> None:
    """Butler's."""
    assert sort_paths(VIEW, "swing, seat") == ("swing.butler_pp", "seat")


def test_the_first_of_several_keys_counts_most() -> None:
    """The next decides among equals."""
    assert [each["seat"] for each in arrange(VIEW, "county,majority").rows] == ["Rutland", "Derby", "Corby"]
    assert [each["seat"] for each in arrange(VIEW, "county,majority", desc=True).rows] == ["Corby", "Derby", "Rutland"]
    assert [each["seat"] for each in arrange(VIEW, "con,seat").rows] == ["Derby", "Rutland", "Corby"]


def test_what_a_table_is_sorted_by_is_in_it() -> None:
    """A column that would be hidden first stays, and what has no column gets one."""
    table = arrange(VIEW, "majority,con,swing", desc=True).layout.table
    assert table is not None
    assert [(column.label, column.priority) for column in table.columns] == [
        ("Seat", 0),
        ("Result", 0),
        ("Majority", 0),
        ("%", 0),
        ("Half, or so", 0),
        ("Con", 0),
        ("Butler swing", 0),
    ]
    assert table.rows[0][-2:] == (2, -6.0)


def test_the_command_line_understands_them(emvote: Run) -> None:
    """In what people read and in what programs read, and a party's share in every list of seats."""
    done = emvote("seats", "2024", "--columns", "seat,Turnout,lab", "--sort", "lab", "--desc", "--limit", "1", "--csv")
    (first,) = csv.DictReader(io.StringIO(done.stdout))
    assert list(first) == ["seat", "turnout_pct", "shares_pct.lab"]
    assert first["seat"] == "Nottingham East"
    assert float(first["shares_pct.lab"]) == pytest.approx(53.6, abs=0.05)


def test_an_error_names_the_candidates_for_programs_too(emvote: Run) -> None:
    """Exit code 2."""
    done = emvote("councils", "--sort", "seats_up,before", "--json")
    assert done.returncode == 2
    assert "seats_before" in json.loads(done.stderr)["error"]["suggestions"]


def test_where_did_a_party_come_second(emvote: Run) -> None:
    """Reform UK behind Labour in the East Midlands in 2024: the record has three seats."""
    done = emvote("seats", "--second", "reform", "--winner", "lab", "--json")
    assert [row["seat"] for row in json.loads(done.stdout)["rows"]] == [
        "Amber Valley",
        "Derby South",
        "Nottingham North and Kimberley",
    ]


def test_a_share_that_is_asked_for_stands_in_the_table(emvote: Run) -> None:
    """With --party: every seat where the party stood."""
    done = emvote("seats", "2024", "--party", "ashfield independents")
    assert "Ashfield Ind %" in done.stdout
    assert "1 of 47 seats" in done.stdout
