"""A report: the parts that tell about what was asked for, and a page that holds nothing but what emvote put there."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.dataset import Dataset
from emvote.errors import AmbiguousName, UnknownName, UsageProblem
from emvote.queries.report import Drawing, parts, subjects
from emvote.render import charts
from emvote.views.picture import Chart, ChartKind, Point, Series

Emvote = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "small.toml"


def lines(dataset: Dataset, *about: str) -> list[str]:
    """The command lines of a report."""
    return [part.line for part in parts(dataset, subjects(dataset, about))]


def test_a_general_election_is_told_by_scoreboard_changes_map_swing_and_every_seat(shipped: Dataset) -> None:
    """Each part is a command line that a reader can type."""
    assert lines(shipped, "2019") == [
        "results parl.2019-12-12",
        "seats --election parl.2019-12-12 --changed",
        "map parl.2019-12-12",
        "swing --from parl.2017-06-08 --to parl.2019-12-12",
        "seats --election parl.2019-12-12",
    ]


def test_a_local_election_is_told_by_its_councils(shipped: Dataset) -> None:
    """With the map of what changed."""
    assert lines(shipped, "local-2019") == [
        "results local.2019-05-02",
        "councils --election local.2019-05-02 --changed-control",
        "map local.2019-05-02 --by change",
        "councils --election local.2019-05-02",
    ]


def test_an_election_without_a_map_or_a_baseline_has_no_part_for_them(shipped: Dataset) -> None:
    """The first on record, on boundaries that nobody drew."""
    assert lines(shipped, "1918") == ["results parl.1918-12-14", "seats --election parl.1918-12-14"]


def test_places_come_after_elections_and_a_shared_name_must_say_which(shipped: Dataset) -> None:
    """Councils, then seats, each once."""
    asked = ("seat:Ashfield", "council:Ashfield", "seat:Ashfield", "1918")
    assert lines(shipped, *asked)[2:] == ["council Ashfield", "seat Ashfield"]
    with pytest.raises(AmbiguousName) as error:
        subjects(shipped, ["Ashfield"])
    assert error.value.suggestions == ("seat:Ashfield", "council:Ashfield")


def test_a_name_that_is_nothing_is_told_with_the_nearest(shipped: Dataset) -> None:
    """Of elections and places alike; a mayor's election has a command of its own."""
    with pytest.raises(UnknownName) as error:
        subjects(shipped, ["Derby Nrth"])
    assert "Derby North" in error.value.suggestions
    with pytest.raises(UsageProblem, match="emvote mayor"):
        subjects(shipped, ["mayor.east-midlands-cca.2024-05-02"])


def test_unasked_it_is_about_the_last_elections_and_the_seats_of_the_articles(shipped: Dataset) -> None:
    """In that order, each once; a seat elsewhere in the country is no part of the record."""
    found = subjects(shipped, (), ["Derby North", "Watford", "Ashfield", "Derby North"])
    assert [each.name for each in found][-2:] == ["Derby North", "Ashfield"]
    assert [each.id for each in found][:3] == ["local.2019-05-02", "parl.2019-12-12", "parl.2024-07-04"]


def test_every_line_of_a_report_has_a_name_that_finds_what_was_meant(shipped: Dataset) -> None:
    """Also of seats whose name another has: the id then stands in its place."""
    for seat in shipped.seats.values():
        (line,) = lines(shipped, seat.id)
        name = line.removeprefix("seat ").strip("'")
        assert seat.name in {each.name for each in shipped.find_seats(name)} or name == seat.id


class Page(HTMLParser):
    """What a page holds: tags, ids, links and words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect a tag and what its attributes say."""
        self._open = tag
        self.tags.append(tag)
        for key, value in attrs:
            if key == "id":
                self.ids.append(value or "")
            if key in ("href", "src", "action", "data", "srcset", "xlink:href"):
                self.links.append(f"{tag} {value}")
            assert not key.startswith("on"), f"{tag} has a handler: {key}"
            assert key != "style", f"{tag} has a style of its own, which the page's policy forbids"

    def handle_endtag(self, tag: str) -> None:
        """Whatever follows a script or a style is text again."""
        self._open = "" if tag == self._open else self._open

    def handle_data(self, data: str) -> None:
        """Collect text that people read."""
        if self._open not in ("script", "style"):
            self.words += data


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Page]:
    """A report on the shipped dataset."""
    from emvote.cli.main import run

    file = tmp_path_factory.mktemp("report") / "report.html"
    assert run(["report", "2019", "local-2019", "council:Derby", "seat:Loughborough", "-o", str(file)]) == 0
    text = file.read_text(encoding="utf-8")
    parsed = Page()
    parsed.feed(text)
    return text, parsed


def test_a_page_asks_the_network_for_nothing(page: tuple[str, Page]) -> None:
    """Its only addresses are links that a reader may follow, and its policy lets nothing be loaded."""
    text, parsed = page
    assert all(link.startswith(("a #", "a https://", "a http://")) for link in parsed.links)
    assert not {"img", "link", "iframe", "object", "embed", "form"} & set(parsed.tags)
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(" not in text
    assert text.count("<script") == 1


def test_every_link_inside_the_page_has_its_place(page: tuple[str, Page]) -> None:
    """And no place is there twice."""
    _, parsed = page
    assert {link.removeprefix("a #") for link in parsed.links if link.startswith("a #")} <= set(parsed.ids)
    assert len(set(parsed.ids)) == len(parsed.ids)


def test_a_page_has_the_figures_of_the_commands_and_the_commands_themselves(page: tuple[str, Page]) -> None:
    """What seat, results and councils say, with sources and method at the foot."""
    words = re.sub(r"\s+", " ", page[1].words)
    for figure in ("North Kesteven", "7,169", "Con 31,", "emvote seat Loughborough", "2,540", "Gallagher"):
        assert figure.removesuffix(",").removesuffix(" 31") in words, figure
    assert words.index("Method") < words.index("Swing is Butler's") < words.rindex("Sources")
    assert "Open Parliament Licence" in words


def test_drawings_are_vectors_with_words_for_those_who_do_not_see_them(page: tuple[str, Page]) -> None:
    """Labelled axes, a text in place of each, and no id that another page would share."""
    drawn = re.findall(r"<svg class=\"(?:pygal-chart|hexmap)\".*?</svg>", page[0], re.DOTALL)
    assert len(drawn) == 7  # scoreboard, map and swing; net seats and map; a council; a seat
    for each in drawn:
        root = ET.fromstring(each)  # noqa: S314 (our own text)
        assert root.get("role") == "img"
        assert len(root.get("aria-label") or "") > 20
        assert "script" not in {element.tag for element in root.iter()}
    titled = [each for each in drawn if "pygal" in each]
    assert all(re.search(r">(Per cent|Seats|Net seats|Change of)", each) for each in titled)


def test_the_same_report_is_the_same_bytes(tmp_path: Path, emvote: Emvote) -> None:
    """No date, no random id: two runs of one dataset can be compared."""
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    for file in (one, two):
        assert emvote("report", "seat:Derby North", "-o", str(file)).returncode == 0
    assert one.read_bytes() == two.read_bytes()


def test_nothing_in_a_dataset_acts_on_the_page(tmp_path: Path, emvote: Emvote) -> None:
    """Names with markup, quotes and control characters are text everywhere, in charts, maps and the title too."""
    nasty = '</script><img src=x onerror=alert(1)>"&\\u001b[31m\\u202e'
    text = SMALL.read_text(encoding="utf-8")
    assert 'name = "Brackwater"' in text
    file, out = tmp_path / "nasty.toml", tmp_path / "nasty.html"
    text = text.replace('name = "Brackwater"', f"name = {json.dumps(nasty.encode().decode('unicode_escape'))}")
    file.write_text(text.replace('title = "Elections in Fenmark"', f"title = {json.dumps('<b>Fenmark</b>')}"), "utf-8")
    done = emvote("report", "2017", "local-2019", "--title", "<i>Night</i>", "--data", str(file), "-o", str(out))
    assert done.returncode == 0, done.stderr
    written = out.read_text(encoding="utf-8")
    parsed = Page()
    parsed.feed(written)
    assert not {"img", "b", "i"} & set(parsed.tags)
    assert "<i>Night</i>" in parsed.words
    assert not {"\x1b", "\u202e"} & set(written)


def test_markdown_has_the_same_parts_with_their_commands(tmp_path: Path, emvote: Emvote) -> None:
    """For those who write on; charts stay out, as tables have their figures."""
    file = tmp_path / "report.md"
    assert emvote("report", "2019", "council:Derby", "-o", str(file)).returncode == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# General election, 12 December 2019; Derby\n")
    assert "### Seats that changed hands\n" in text
    assert "$ emvote council Derby\n" in text
    assert "| Derby North" in text
    assert "## Sources" in text


def test_without_a_file_it_says_what_the_report_would_hold(emvote: Emvote) -> None:
    """A page on a terminal helps nobody; --format html still gives it."""
    listed = emvote("report", "seat:Derby North")
    assert "emvote seat 'Derby North'" in listed.stdout
    assert "-o report.html" in listed.stdout
    rows = json.loads(emvote("report", "seat:Derby North", "--json").stdout)["rows"]
    assert [(row["group"], row["charts"]) for row in rows] == [("Derby North", 1)]
    assert emvote("report", "seat:Derby North", "--format", "html").stdout.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_shows_each_known_figure_once_and_says_what_it_is(kind: ChartKind) -> None:
    """An unknown one leaves a gap; names with markup stay text."""
    points = (Point(3.0, 1.0, "<A>"), Point(None, 2.0), Point(5.0, 3.0, "C"))
    text = charts.svg(Chart(kind, "Title", "Across", "Up", (Series("One", points, "#123456"),), ("a", "b", "c")))
    root = ET.fromstring(text)  # noqa: S314 (our own text)
    words = [element.text for element in root.iter() if element.text]
    assert "<A>" in words
    assert {"Across", "Up"} <= set(words)
    marks = [e for e in root.iter() if "reactive" in (e.get("class") or "") and e.tag in ("circle", "rect")]
    assert len([mark for mark in marks if float(mark.get("height", 1))]) == 2
    assert "#123456" in text


def test_every_kind_of_part_has_its_chart(shipped: Dataset) -> None:
    """No drawing is left without a part that asks for it."""
    every = parts(shipped, subjects(shipped, ["2019", "local-2019", "council:Derby", "seat:Derby North"]))
    assert {part.drawing for part in every if part.drawing} == set(Drawing)


def test_the_chart_of_net_seats_has_the_largest_changes_and_tells_what_is_not_known(page: tuple[str, Page]) -> None:
    """A party that lost nearly all of its seats has few left, and is drawn all the same."""
    drawn = re.findall(r"<svg class=\"pygal-chart\".*?</svg>", page[0], re.DOTALL)
    net = ET.fromstring(next(each for each in drawn if "Net seats" in each))  # noqa: S314 (our own text)
    words = {element.text for element in net.iter()}
    assert {"Con", "Lab", "LD", "Ashfield Ind", "UKIP", "Ind"} <= words
    told = net.get("aria-label") or ""
    assert "Ind without Chesterfield, where it is not known." in told
    assert "UKIP without Chesterfield, where it is not known." in told


def test_a_report_of_nothing_in_particular_is_called_as_its_dataset(tmp_path: Path, emvote: Emvote) -> None:
    """Its elections have commas in their names, and are in the contents; of one's own data it asks no claims."""
    file = tmp_path / "own.html"
    assert emvote("report", "--data", SMALL, "-o", file).returncode == 0
    text = file.read_text(encoding="utf-8")
    assert "<h1>Elections in Fenmark</h1>" in text
    assert "Claims" not in text
