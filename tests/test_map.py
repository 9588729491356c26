"""The map of hexagons: where places stand, what their colours tell, and how it is drawn."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import HexMap, HexPlaces
from emvote.queries.map import Shade, hexmap
from emvote.queries.seats import seats
from emvote.render import Format, Options, hexagons, render
from emvote.render.colours import ink
from emvote.views import common
from emvote.views.map import initials, map_view
from emvote.views.picture import Picture, Scale, Tile
from emvote.views.values import Kind, PartyLabel, Value
from emvote.views.view import View

Emvote = Callable[..., CompletedProcess[str]]
PLAIN = Options(format=Format.PLAIN)


def drawn(dataset: Dataset, election: str, shade: Shade = Shade.WINNER, **asked: str) -> str:
    """The map alone, as text."""
    view = map_view(dataset, hexmap(dataset, election, shade, party=asked.get("party")), {})
    assert view.layout.picture is not None
    lines = hexagons.lines(view.layout.picture, None)
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


def test_seats_stand_where_the_record_puts_them(small: Dataset) -> None:
    """Rows grow northwards; the odd one stands half a hexagon further right; marks say what changed hands."""
    assert drawn(small, "2017").split("\n") == [
        "    ╱ Ald  ╲╱ Bra  ╲",
        "    ╲ Red* ╱╲Mill* ╱",
        "╱ Wes  ╲╱  NV  ╲",
        "╲ Blue ╱╲ Mill ╱",
    ]


def test_a_place_is_on_the_map_once_with_the_winner_that_seats_names(shipped: Dataset) -> None:
    """For both sets of boundaries: every seat, no other, and the same outcome."""
    for year in ("2010", "2015", "2017", "2019", "2024"):
        answer = hexmap(shipped, year)
        expected = {result.seat.id: result.outcome for result in seats(shipped, year).all_results}
        assert {spot.id: spot.outcome for spot in answer.spots} == expected
        assert answer.off == ()


def test_councils_show_who_controls_them_and_by_how_many_seats(shipped: Dataset) -> None:
    """A majority counts all other seats; there is none under no overall control."""
    spots = {spot.name: spot for spot in hexmap(shipped, "local-2019", Shade.MAJORITY).spots}
    assert (spots["Leicester"].party, spots["Leicester"].majority_seats) == ("lab", 52)
    assert (spots["Derby"].party, spots["Derby"].majority_seats) == ("noc", None)
    assert (spots["Hinckley and Bosworth"].party, spots["Hinckley and Bosworth"].outcome) == ("ld", "LD gain from Con")
    assert len(spots) == 33


Told = tuple[str, dict[str, object], object]


def told(view: View, row: int | None) -> list[Told]:
    """The workings of one row: name, inputs and result."""
    return [
        (each.name, {name: value.value for name, value in each.inputs}, each.result.value)
        for each in view.workings
        if each.row == row
    ]


ALDERMERE: list[Told] = [
    ("turnout, Aldermere, 2017", {"valid votes T [gazette]": 42000, "electorate E [gazette]": 61000}, 4200 / 61),
    ("majority, Aldermere, 2017", {"Bo Reed v1 [gazette]": 21000, "Ada Birch v2 [gazette]": 18900}, 2100),
    (
        "majority in per cent, Aldermere, 2017",
        {"Bo Reed v1 [gazette]": 21000, "Ada Birch v2 [gazette]": 18900, "valid votes T [gazette]": 42000},
        5,
    ),
    ("outcome, Aldermere, 2017", {"winner before [gazette]": "Blue", "winner [gazette]": "Red"}, "Red gain from Blue"),
]
"""The workings of the first row, whatever the map is coloured by."""


@pytest.mark.parametrize("shade", [Shade.WINNER, Shade.CHANGE, Shade.MAJORITY, Shade.TURNOUT])
def test_every_figure_of_a_seat_is_worked_out_in_its_row(small: Dataset, shade: Shade) -> None:
    """Turnout, majority and outcome are in every row; nothing is worked out that is of no row."""
    view = map_view(small, hexmap(small, "2017", shade), {})
    assert told(view, 0) == ALDERMERE
    assert [row["place"] for row in view.rows] == ["Aldermere", "Brackwater", "Nether Vale", "Westmarsh"]
    assert {each.row for each in view.workings} == {0, 1, 2, 3}


def test_a_swing_is_worked_out_between_the_parties_of_the_map(small: Dataset) -> None:
    """First of its row; where a party did not stand there is none, and a note names the seat."""
    view = map_view(small, hexmap(small, "2017", Shade.SWING), {})
    inputs: dict[str, object] = {
        "Blue votes A1 [gazette]": 20000,
        "Blue votes A2 [gazette]": 18900,
        "Red votes B1 [gazette]": 15000,
        "Red votes B2 [gazette]": 21000,
        "valid votes T1 [gazette]": 40000,
        "valid votes T2 [gazette]": 42000,
    }
    # shares of 50 and 45, then of 37.5 and 50
    swung: Told = ("Butler swing, Aldermere: Blue (A) to Red (B)", inputs, 8.75)
    assert told(view, 0) == [swung, *ALDERMERE]
    assert not any("swing" in name for name, _, _ in told(view, 2))
    assert "no swing: Red did not stand at the earlier election, in Nether Vale" in view.notes


def test_a_share_is_worked_out_and_independents_of_a_seat_count_together(
    small: Dataset, polled: Callable[..., Dataset]
) -> None:
    """As they do in the totals of the region; a note says so."""
    view = map_view(small, hexmap(small, "2017", Shade.SHARE, party="blue"), {})
    share: Told = ("share, Blue, Aldermere", {"votes v [gazette]": 18900, "valid votes T [gazette]": 42000}, 45)
    assert told(view, 0) == [share, *ALDERMERE]
    two = polled({"Ayton": {"red": 50, "ind": {"Ann": 30, "Bea": 20}}})
    hexes = (HexMap(id="m", title="M", places=HexPlaces.SEATS, boundaries="2010", hexagons=(), source="gazette"),)
    several = Dataset(replace(two.record, hex_maps=hexes))
    view = map_view(several, hexmap(several, "2017", Shade.SHARE, party="ind"), {})
    assert [row["share_pct"] for row in view.rows] == [50]
    assert told(view, 0)[0][1:] == ({"votes v [gazette]": 50, "valid votes T [gazette]": 100}, 50)
    assert "Ind Party: the votes of all of them in a seat, who are no one party" in view.notes


def test_control_and_majority_of_a_council_are_worked_out_in_its_row(small: Dataset) -> None:
    """Both compositions, and twice the seats of the party in control less all; no majority under no control."""
    view = map_view(small, hexmap(small, "local-2019", Shade.MAJORITY), {})
    source = {"source of the seats": "gazette; almanac"}
    red, blue = common.party(small, "red"), common.party(small, "blu")
    assert told(view, 0) == [
        ("control, Aldermere", {"seats of the council N": 20, "Blue after": 8, "Red after": 12, **source}, red),
        (
            "outcome, Aldermere",
            {
                "Blue before": 11,
                "Red before": 8,
                "Ind before": 1,
                "control before, 2018-05": blue,
                "control after": red,
                **source,
            },
            "Red gain from Blue",
        ),
        (
            "majority in seats, Aldermere",
            {"seats of the party in control S": 12, "seats of the council N": 20, **source},
            4,
        ),
    ]
    assert [name for name, _, _ in told(view, 1)] == ["control, Brackwater", "outcome, Brackwater"]


@pytest.mark.parametrize("asked", [("2019", Shade.SWING), ("2024", Shade.SWING), ("local-2019", Shade.WINNER)])
def test_every_source_of_a_working_is_cited(shipped: Dataset, asked: tuple[str, Shade]) -> None:
    """Those of the result before, too."""
    view = map_view(shipped, hexmap(shipped, *asked), {})
    named = {name.partition(" [")[2].rstrip("]") for each in view.workings for name, _ in each.inputs} - {""}
    listed = [value.value for each in view.workings for name, value in each.inputs if name.startswith("source of")]
    assert named | {source for each in listed for source in each.split("; ")} <= {each["id"] for each in view.sources}
    assert view.workings


def test_an_estimate_has_no_map_of_its_swing(shipped: Dataset) -> None:
    """It has no baseline; no option of another command is named."""
    with pytest.raises(UsageProblem, match=r"no map of the swing to parl\.2019-12-12\.notional: it has no .* baseline"):
        hexmap(shipped, "2019-notional", Shade.SWING)


def test_where_no_seat_has_a_swing_the_notes_say_why(shipped: Dataset) -> None:
    """Many seats are counted; and whose votes stand for those of a new party is said."""
    notes = map_view(shipped, hexmap(shipped, "2019", Shade.SWING, between=("con", "reform")), {}).notes
    assert "no swing: RUK did not stand at the earlier election, in all 46 seats" in notes
    notes = map_view(shipped, hexmap(shipped, "2024", Shade.SWING, between=("con", "reform")), {}).notes
    assert "Reform UK is compared with its predecessor, The Brexit Party" in notes


def test_a_council_has_no_swing_turnout_or_share(shipped: Dataset) -> None:
    """The message says what there is instead."""
    with pytest.raises(UsageProblem, match="winner, change or majority"):
        hexmap(shipped, "local-2019", Shade.SWING)


def test_older_boundaries_have_no_map_and_the_message_lists_those_there_are(shipped: Dataset) -> None:
    """Nothing is drawn on boundaries that were not in force."""
    with pytest.raises(UsageProblem, match=r"no map for parl\.1997-05-01; it has: Constituencies of 2010"):
        hexmap(shipped, "1997")


@pytest.mark.parametrize(
    ("shade", "party", "between"),
    [(Shade.SHARE, None, None), (Shade.WINNER, "lab", None), (Shade.WINNER, None, ("con", "lab"))],
)
def test_options_of_another_map_are_refused(
    shipped: Dataset, shade: Shade, party: str | None, between: tuple[str, str] | None
) -> None:
    """A share needs its party, and only a swing has two."""
    with pytest.raises(UsageProblem):
        hexmap(shipped, "2019", shade, party=party, between=between)


def test_a_seat_that_has_not_declared_has_a_question_mark(small: Dataset) -> None:
    """Its hexagon is there, and it counts for nobody."""
    contests = tuple(
        replace(contest, declared=False, candidates=(), valid_votes=None, invalid_votes=None, majority=None)
        if (contest.election, contest.seat) == ("parl.2017-06-08", "S10000001")
        else contest
        for contest in small.record.contests
    )
    night = Dataset(replace(small.record, contests=contests))
    assert drawn(night, "2017").split("\n")[1] == "    ╲  ?   ╱╲Mill* ╱"
    view = map_view(night, hexmap(night, "2017"), {})
    assert view.summary is not None
    assert (view.summary["places"], view.summary["undeclared"], view.summary["parties"]) == (
        3,
        1,
        {"mill": 2, "blu": 1},
    )
    assert "? not declared yet" in render(view, PLAIN)


@given(st.lists(st.from_regex(r"\w{1,8}", fullmatch=True), min_size=1, max_size=3))
def test_initials_are_never_empty(words: list[str]) -> None:
    """Whatever a place is called."""
    assert all(initials([" ".join(words)]))


def test_initials_are_unique_on_every_map_of_the_record(shipped: Dataset) -> None:
    """Two places with one code could not be told apart without colour."""
    for each in shipped.record.hex_maps:
        names = {id_: seat.name for id_, seat in shipped.seats.items()}
        names |= {id_: council.name for id_, council in shipped.councils.items()}
        codes = initials([names[hexagon.place] for hexagon in each.hexagons])
        assert len(set(codes)) == len(codes)


def picture(scale: Scale, *tiles: Tile, breaks: tuple[float, ...] = ()) -> Picture:
    """A picture of some tiles."""
    return Picture("A map", tiles, scale, breaks, Kind.PP)


@pytest.mark.parametrize("colour", ["#ffffcc", "#253494", "#000000", "#ffffff", "#f1a340", "#888888", "#0087dc"])
def test_the_letters_on_a_tile_have_the_better_contrast(colour: str) -> None:
    """Black or white, by the contrast ratio of WCAG 2: at least 4.5, as for small text."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    chosen = ink(colour)
    ratio = (luminance + 0.05) / 0.05 if chosen == "#000000" else 1.05 / (luminance + 0.05)
    assert ratio >= 4.5


def test_a_value_on_a_limit_belongs_to_the_class_above() -> None:
    """As the bands of marginality do: lower bounds are included."""
    tiles = [Tile(i, 0, "A", "A", None, Value(number, Kind.PP)) for i, number in enumerate((-2.1, -2.0, 1.9, 2.0))]
    shown = picture(Scale.DIVERGING, *tiles, breaks=(-2, 2))
    assert [hexagons.colour(shown, tile) for tile in tiles] == ["#b35806", "#f7f7f7", "#f7f7f7", "#542788"]


def test_a_terminal_that_is_too_narrow_gets_no_broken_map() -> None:
    """It says how wide it would have to be."""
    wide = picture(Scale.PARTY, *(Tile(i, 0, "AB", "A", PartyLabel("lab", "Lab")) for i in range(10)))
    assert hexagons.lines(wide, 40) == ()
    assert hexagons.too_narrow(wide, 40) == "Too narrow for the map: it needs 63 columns, and there are 40."
    assert max(sum(len(each.text) for each in line) for line in hexagons.lines(wide, 63)) <= 63


def test_svg_is_well_formed_and_holds_names_as_text() -> None:
    """Markup in a name stays text, in tooltip and title too."""
    nasty = '<script>"&\x1b[31m'
    shown = picture(Scale.PARTY, Tile(0, 0, nasty, nasty, PartyLabel("x", nasty, "#112233")))
    text = hexagons.svg(shown, standalone=True)
    root = ET.fromstring(text)  # noqa: S314 (our own text)
    assert "\x1b" not in text
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert '<script>"&\\x1b[31m' in "".join(root.itertext())


def test_only_a_map_can_be_svg(small: Dataset) -> None:
    """Another answer says so and is not written."""
    view = View(command="seats", query={}, fields=(), rows=())
    with pytest.raises(UsageProblem, match="only a map"):
        render(view, Options(format=Format.SVG))
    map_ = map_view(small, hexmap(small, "2017"), {})
    assert render(map_, Options(format=Format.SVG)).startswith("<svg xmlns=")


def test_the_table_below_names_every_code_of_the_map(shipped: Dataset) -> None:
    """So that a code can be looked up, in every format for people."""
    view = map_view(shipped, hexmap(shipped, "2019"), {})
    text = render(view, PLAIN)
    assert view.layout.picture is not None
    for tile in view.layout.picture.tiles:
        assert re.search(rf"^{re.escape(tile.code)} +{re.escape(tile.name)} ", text, re.MULTILINE)


def test_a_picture_is_written_to_a_file_of_its_ending(emvote: Emvote, tmp_path: Path) -> None:
    """`-o map.svg` needs no other word."""
    file = f"{tmp_path}/map.svg"
    assert emvote("map", "2019", "--by", "change", "-o", file).returncode == 0
    assert "Derby North: Con, changed" in Path(file).read_text(encoding="utf-8")
    assert emvote("seats", "-o", file).returncode == 2


def test_counties_have_their_hexagons_after_the_merger(emvote: Emvote) -> None:
    """On 1 May 2025 Reform UK won five of the six councils, four of them counties: all are drawn and counted."""
    answer = json.loads(emvote("map", "local-2025", "--json").stdout)
    assert (answer["summary"]["map"], answer["summary"]["off_the_map"]) == ("upper-tier-2021", [])
    assert len({(row["q"], row["r"]) for row in answer["rows"]}) == 6
    drawn = emvote("map", "local-2025", "--format", "plain").stdout
    assert "RUK 5  NOC 1" in drawn
    assert "Not drawn" not in drawn


def test_the_key_counts_what_is_drawn_and_says_what_is_not(emvote: Emvote, tmp_path: Path) -> None:
    """In May 2021 counties voted, and two districts that the map of counties has no hexagon for."""
    drawn = emvote("map", "local-2021", "--format", "plain").stdout
    assert "Con 6  NOC 1" in drawn
    assert "Not drawn, and not counted in this key: Amber Valley and Lincoln" in drawn
    emvote("map", "local-2021", "-o", tmp_path / "map.svg")
    assert "not drawn: Amber Valley and Lincoln</text>" in (tmp_path / "map.svg").read_text(encoding="utf-8")
