"""What is pasted elsewhere: names that are markup where they land, one sentence, spreadsheets, and names of files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import mwparserfromhell
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from emvote.cli.output import ENDINGS
from emvote.cli.registry import command_names, module_of
from emvote.render import Format, Options, render
from emvote.views.columns import Column, Field, Table
from emvote.views.phrases import MOST_NAMED, day
from emvote.views.picture import Picture, Scale, Tile
from emvote.views.values import Kind, PartyLabel
from emvote.views.view import Layout, View

SMALL = Path(__file__).parent / "data" / "small.toml"
HOSTILE = (
    "a|b",
    "|}",
    "[brackets] [[link]] [text](http://x.example)",
    "{{template}} {| {{{x}}}",
    "<b>bold</b> <script>alert(1)</script> <!-- x -->",
    r"back\slash \textbf{x} \n",
    "fish & chips &amp; &lt; &#60;",
    "''italic'' '''bold'''",
    "* item",
    "# heading",
    "== heading ==",
    "; term : more",
    "---- rule",
    "-",
    "+ plus",
    "1. one",
    "~~~~ __TOC__ !! $x^2$ %",
    "http://evil.example",
    "*stars* _under_ `code`",
    "King's Lynn – Ynys Môn",
)
"""Names that are markup in one of the formats."""
ANY_NAME = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=20)


def view_of(name: str) -> View:
    """An answer that has a name wherever a name can stand: headline, title, header, cell, note and citation."""
    fields = (Field("seat", Kind.NAME, "name"), Field("votes", Kind.COUNT, "votes"))
    source: dict[str, Any] = {
        "id": "s",
        "title": name,
        "publisher": "P",
        "licence": "L",
        "url": "https://e.example/]|x",
    }
    return View(
        command="seats",
        query={},
        fields=fields,
        rows=({"seat": name, "votes": 1},),
        laid_out=lambda: Layout(
            headline=((name,),),
            table=Table((Column("Seat", Kind.NAME), Column("Votes", Kind.COUNT)), ((name, 1234),)),
            more=(Table((Column(name, Kind.NAME),), (("x",),), title=name),),
        ),
        notes=(name,),
        sources=(source,),
    )


def shown(words: str) -> str:
    """Words as a reader sees them: runs of spaces count as one."""
    return " ".join(words.split())


class Reader(HTMLParser):
    """What a browser shows of a page, by tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        del attrs
        self.open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """And closes."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text belongs to every open tag."""
        for tag in self.open:
            self.texts[tag][-1] += data


def map_of(name: str) -> View:
    """An answer with a map, whose one tile and whose party have a name."""
    tile = Tile(0, 0, name, name, PartyLabel("p", name))
    return View(
        command="map",
        query={},
        fields=(),
        rows=(),
        laid_out=lambda: Layout(picture=Picture(name, (tile,), Scale.PARTY)),
    )


FENCED = ("a ``` b", "```", "`````", "~~~", *HOSTILE)
"""Names that may end a block of fixed lines, or are markup."""


@pytest.mark.parametrize("name", FENCED)
def test_a_map_in_markdown_cannot_be_left_by_a_name(name: str) -> None:
    """The fence is longer than any in the names, so that the page is one block."""
    page = MarkdownIt("gfm-like", {"linkify": False}).parse(render(map_of(name), Options(Format.MARKDOWN)))
    assert [token.type for token in page] == ["fence"]
    assert name in page[0].content


@pytest.mark.parametrize("name", [*FENCED, r"\end{verbatim}\input{x}", r"\end{flushleft}"])
def test_a_map_in_latex_has_no_command_from_a_name(name: str) -> None:
    """Only ours: whatever is active is written as a sign."""
    page = render(map_of(name), Options(Format.LATEX))
    assert page.startswith("\\begin{flushleft}\\ttfamily\n")
    assert page.rstrip("\n").endswith("\n\\end{flushleft}")
    assert page.isascii() or not name.isascii()
    inside = page.partition("\\ttfamily\n")[2].rpartition("\n\\end{flushleft}")[0]
    ours = r"\\char92\{\}|\\text(backslash|asciicircum|asciitilde)\{\}|\\[&%$#_{}]|\\\\$|\{[\[*]\}"
    rest = re.sub(ours, "", inside, flags=re.MULTILINE)
    assert not re.search(r"[\\{}&%$#_^]", rest), rest


@pytest.mark.parametrize("name", FENCED)
def test_a_map_in_a_wiki_cannot_be_left_by_a_name(name: str) -> None:
    """It stands in a block of fixed lines, without a tag of its own."""
    page = render(map_of(f"{name}</pre>"), Options(Format.WIKI))
    assert page.count("<") == 2
    assert page.startswith("<pre>\n")
    assert page.rstrip().endswith("</pre>")


TAGS = {"p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "a", "strong"}


def read_html(page: str) -> Reader:
    """A page of ours: our tags only."""
    reader = Reader(page)
    assert set(reader.texts) <= TAGS, set(reader.texts) - TAGS
    assert reader.open == []
    return reader


@pytest.mark.parametrize("name", HOSTILE)
def test_html_shows_any_name_as_it_is(name: str) -> None:
    """In the sentence, the header, the cell and the notes; no tag but ours."""
    reader = read_html(render(view_of(name), Options(Format.HTML, sources=True)))
    assert shown(reader.texts["p"][0]) == shown(name)
    assert shown(reader.texts["td"][0]) == shown(name)
    assert shown(reader.texts["th"][-1]) == shown(name)
    assert shown(reader.texts["li"][0]) == shown(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_markdown_shows_any_name_as_it_is(name: str) -> None:
    """Read with GitHub's tables, links and strikethrough, and with raw HTML let through."""
    page = MarkdownIt("gfm-like", {"linkify": False}).render(render(view_of(name), Options(Format.MARKDOWN)))
    reader = read_html(page)
    assert shown(reader.texts["p"][0]) == shown(name)
    assert shown(reader.texts["td"][0]) == shown(name)
    assert shown(reader.texts["th"][-1]) == shown(name)
    assert shown(reader.texts["li"][0]) == shown(name)


def read_wiki(page: str) -> tuple[list[str], Any]:
    """The cells of the first table with references read, and the parsed page."""
    code = mwparserfromhell.parse(page)
    assert code.filter_templates() == []
    assert code.filter_arguments() == []
    assert code.filter_wikilinks() == []
    assert code.filter_comments() == []
    tags = {str(tag.tag) for tag in code.filter_tags()}
    assert tags <= {"table", "tr", "td", "th", "b", "li"}, tags
    table = next(tag for tag in code.filter_tags() if tag.tag == "table")
    return [shown(each.contents.strip_code()) for each in table.contents.filter_tags() if each.tag == "td"], code


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wiki_shows_any_name_as_it_is(name: str) -> None:
    """No name becomes a template, a link, a tag, a cell of its own, a list or a heading."""
    page = render(view_of(name), Options(Format.WIKI, sources=True))
    cells, code = read_wiki(page)
    assert cells == [shown(name), "1,234"]
    assert code.filter_headings() == []
    assert shown(code.strip_code().split("\n")[0]) == shown(name)
    assert [str(tag.tag) for tag in code.filter_tags()].count("li") == 2
    assert [str(link.url) for link in code.filter_external_links()] == ["https://e.example/%5D%7Cx"]


@given(ANY_NAME)
def test_no_name_breaks_a_wiki(name: str) -> None:
    """Whatever it is made of, there is one row with its two cells."""
    cells, _ = read_wiki(render(view_of(name), Options(Format.WIKI)))
    assert len(cells) == 2
    assert cells[1] == "1,234"


@pytest.mark.parametrize("name", HOSTILE)
def test_latex_has_no_active_character_of_a_name(name: str) -> None:
    """Every backslash begins one of our commands, and braces match."""
    page = render(view_of(name), Options(Format.LATEX, sources=True))
    words = "begin end hline item textbf texttt textbackslash textasciicircum textasciitilde ensuremath Sigma times to"
    ours = rf"\\({'|'.join(words.split())})\b"
    rest = re.sub(ours + r"|\\\\|\\[&%$#_{}]", "", page)
    assert "\\" not in rest
    assert not set("%$#_^~") & set(rest)
    bare = re.sub(r"\\[{}]", "", page)
    assert bare.count("{") == bare.count("}")


@pytest.mark.parametrize("format_", [Format.MARKDOWN, Format.HTML, Format.LATEX, Format.WIKI, Format.PLAIN])
def test_a_name_of_two_lines_stays_on_one(format_: Format) -> None:
    """The line break is shown; it ends no row, list or paragraph."""
    page = render(view_of("Derby\nNorth\r\n| y"), Options(format_))
    assert not re.search(r"^(North|\| y)", page, flags=re.MULTILINE)


# --- spreadsheets -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_in_a_spreadsheet_begins_as_a_formula(start: str) -> None:
    """It stands behind an apostrophe; without --excel it is literal."""
    view = view_of(f"{start}1+1")
    page = render(view, Options(Format.CSV, excel=True))
    assert page.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(page[1:], newline="")))[1][0] == f"'{start}1+1"
    assert list(csv.reader(io.StringIO(render(view, Options(Format.CSV)), newline="")))[1][0] == f"{start}1+1"


SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
PARTS = (
    "x",
    "7",
    "Ayton",
    *SIGNS,
    ";",
    ",",
    "|",
    "\t",
    "\r",
    "\n",
    " ",
    "\u00a0",
    "\u2009",
    "\u200b",
    "%",
    '"',
    "'",
    "(",
)


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.sampled_from([Format.CSV, Format.TSV]))
@example("x;=1+1;y", Format.CSV)
@example(" =1+1", Format.CSV)
@example("\u00a0=1+1", Format.CSV)
def test_no_part_of_a_text_becomes_a_formula_where_a_spreadsheet_divides_it(name: str, format_: Format) -> None:
    """At commas, semicolons, bars and tabs, whichever it takes, and after signs that it may leave out."""
    page = render(view_of(name), Options(format_, excel=True))
    delimiter = "," if format_ is Format.CSV else "\t"
    _, (cell, _) = csv.reader(io.StringIO(page[1:], newline=""), delimiter=delimiter)
    for part in re.split(r"[;,|\t\r\n]", cell):
        first = re.search(rf"[\w'{re.escape(SIGNS)}]", part)
        assert first is None or first[0] not in SIGNS
    assert cell.replace("'", "") == name.replace("'", "")


@pytest.mark.parametrize(
    "name", ["Stoke-on-Trent", "a@b.example", "Lab 5+3", "Hucknall, West", "x = y", "O'Neill; Fox"]
)
def test_an_ordinary_text_in_a_spreadsheet_is_as_it_is(name: str) -> None:
    """A sign between letters begins nothing."""
    page = render(view_of(name), Options(Format.CSV, excel=True))
    assert next(csv.reader(io.StringIO(page[1:].split("\n", 1)[1], newline="")))[0] == name


@given(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_in_a_spreadsheet_are_untouched(whole: int, part: float) -> None:
    """Negative ones too, in full precision."""
    fields = (Field("a", Kind.CHANGE, "a"), Field("b", Kind.PP, "b"))
    view = View(command="seats", query={}, fields=fields, rows=({"a": whole, "b": part},))
    page = render(view, Options(Format.CSV, excel=True))
    assert page == f"\ufeffa,b\n{whole},{part!r}\n"


# --- the name of a file -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "format_"), ENDINGS.items())
def test_the_ending_of_a_file_chooses_the_format(
    ending: str, format_: Format, emvote: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    """In any case, and the file holds what --format prints."""
    if format_ is Format.SVG:
        pytest.skip("drawings are of maps only: tests/test_map.py")
    if format_ is Format.XLSX:
        pytest.skip("a workbook is no text: tests/test_workbook.py")
    file = tmp_path / f"answer{ending.upper()}"
    assert emvote("parties", "-o", file).returncode == 0
    assert file.read_text(encoding="utf-8") == emvote("parties", "--format", format_.value).stdout


def test_an_unknown_ending_is_no_file(emvote: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    """A table in a document's name would not open; a format makes it right, and so does no ending at all."""
    file = tmp_path / "answer.ods"
    ran = emvote("parties", "-o", file)
    assert (ran.returncode, file.exists()) == (2, False)
    assert "'.ods'" in ran.stderr
    assert "--format" in ran.stderr
    assert emvote("parties", "-o", file, "--csv").returncode == 0
    assert emvote("parties", "-o", tmp_path / "answer").returncode == 0


# --- one sentence -------------------------------------------------------------------------------------------------

SENTENCES = (
    (
        "seat derby north --election 2019",
        (
            "Derby North, 12 December 2019: Conservative gain from Labour; Amanda Solloway won with 21,259 "
            "votes (45.2%), a majority of 2,540 (5.4%); a Butler swing of 4.8 points from Labour to the "
            "Conservatives; turnout 64.2%."
        ),
    ),
    (
        "seat rushcliffe --election 1931",
        (
            "Rushcliffe, 27 October 1931: Conservative hold; a majority of 22,494 (44.2%); a Butler swing of "
            "18.8 points from Labour to the Conservatives; turnout 77.8%."
        ),
    ),
    (
        "seat lincoln --election 1918",
        "Lincoln, 14 December 1918: Conservative win; a majority of 4,456 (19.1%); turnout 74.4%.",
    ),
    (
        "councils --lost-control --party con",
        (
            "Local elections, 2 May 2019: Amber Valley (Labour gain from Conservative), "
            "Broxtowe (Conservative lose to no overall control), High Peak (Labour gain from Conservative), "
            "Hinckley and Bosworth (Liberal Democrats gain from Conservative), "
            "North Kesteven (Conservative lose to no overall control)."
        ),
    ),
    (
        "councils",
        (
            "Local elections, 2 May 2019: 33 councils: the Conservatives held 16, gained one and lost five; "
            "Labour held six, gained two and lost two; the Liberal Democrats held one and gained one; the "
            "Ashfield Independents gained one; five ended under no overall control."
        ),
    ),
    (
        "councils --election 2021",
        (
            "Local elections, 6 May 2021: 9 councils: the Conservatives held three, gained two and won "
            "two new; Labour held one and lost one; one ended under no overall control."
        ),
    ),
    (
        "seats --election 2019",
        (
            "General election, 12 December 2019: 46 seats: the Conservatives 38 (up 7), Labour 8 (down 7); "
            "changes against General election, 8 June 2017."
        ),
    ),
    (
        "swing rushcliffe --from 2017 --to 2019 --between lab con",
        ("8 June 2017 to 12 December 2019, Butler swing: Rushcliffe 0.6 points from the Conservatives to Labour."),
    ),
    (
        "swing --from 2017 --to 2019",
        ("8 June 2017 to 12 December 2019, Butler swing: East Midlands 6.4 points from Labour to the Conservatives."),
    ),
    (
        "wards ashfield --ward Selston --election 2019",
        (
            "Selston (Ashfield), 2 May 2019: elected Andy Gascoyne (Ashfield Independents), 1,216 votes; "
            "Arnie Hankin (Ashfield Independents), 1,169 votes."
        ),
    ),
    (
        "mayor mansfield --election 2023",
        (
            "Mayor of Mansfield, 4 May 2023: Andy Abrahams (Labour) elected with 9,987 votes (45.1%), "
            "a majority of 4,155 (18.7%)."
        ),
    ),
    (
        "map local-2019 --by change",
        (
            "Local elections, 2 May 2019: the Conservatives 17, Labour 8, no overall control 5, "
            "the Liberal Democrats 2, the Ashfield Independents 1; 8 changed hands."
        ),
    ),
    (
        "map 2019 --by share --party ld",
        (
            "General election, 12 December 2019: the Conservatives 38, Labour 8; 7 changed hands; share of "
            "Liberal Democrats from 2.3% in Ashfield to 16.1% in Bosworth."
        ),
    ),
    (
        "map 2019-notional --by majority",
        (
            "Notional general election of 2019 on the boundaries of 2024: the Conservatives 39, Labour 8; "
            "majorities from 1.1% in High Peak to 62.7% in South Holland and The Deepings."
        ),
    ),
    (
        "council derby --election 2019",
        (
            "Derby City Council, May 2019: no overall control; the Conservatives 20, Labour 16, the Liberal "
            "Democrats 7, the UK Independence Party 5, others 3, of 51 seats."
        ),
    ),
    (
        "council derby --election 2025",  # no word on parties that have none, or whose part is not told
        (
            "Derby City Council, May 2025: no overall control; Labour 24, the Conservatives 15, Reform Derby "
            "6, the Liberal Democrats 3, others 3, of 51 seats."
        ),
    ),
    (
        "project --swing con:lab:1",
        (
            "Arithmetic, not a forecast: East Midlands, on General election, 4 July 2024, a swing of 1 point "
            "from Con to Lab: Labour 29, the Conservatives 15, Reform UK 2, independents 1."
        ),
    ),
    (
        "bellwethers --since feb1974",
        (
            "Won by the party that formed the government at every general election from 28 February 1974 to 4 July "
            "2024: Loughborough, Northampton North."
        ),
    ),
    (
        "bellwethers --county derbyshire",
        (
            "Of 11 runs of wins by the party that formed the government the longest, 11 general elections in a row, "
            "are those of Amber Valley, Erewash and South Derbyshire."
        ),
    ),
    (
        "claims itv-2024 --subject Loughborough",
        (
            "ITV News Central, General Election 2024: 10 seats to watch in the East Midlands and why: "
            "7 claims, 7 confirmed."
        ),
    ),
)


@pytest.mark.parametrize(("question", "expected"), SENTENCES)
def test_an_answer_in_one_sentence(question: str, expected: str, emvote: Callable[..., CompletedProcess[str]]) -> None:
    """Parties in full, figures rounded half up, changes signed, a swing from the losing to the gaining side."""
    assert emvote(*question.split(), "--sentence").stdout == f"{expected}\n"


def test_a_sentence_on_some_seats_counts_those_and_not_the_whole_election(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """Twenty marginal seats are not the 29 that Labour won."""
    said = emvote("seats", "--marginal", "--sentence").stdout
    assert "20 of 47 seats that match, won by the Conservatives 9, Labour 9, Reform UK 1, independents 1." in said


def test_a_sentence_of_many_rows_sums_up(emvote: Callable[..., CompletedProcess[str]]) -> None:
    """Up to eight rows are named, more are counted; nothing at all where there are none, which stderr says."""
    few = emvote("seats", "--county", "derbyshire", "--election", "2019", "--marginal", "--sentence")
    assert few.stdout.count("(") <= MOST_NAMED
    none = emvote("seats", "--gained-by", "green", "--election", "2019", "--sentence")
    assert (none.returncode, none.stdout) == (0, "")
    assert none.stderr.startswith("emvote: ")


def test_what_must_be_known_beside_a_sentence_goes_to_standard_error(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """So that the sentence can be piped, and nobody prints it without having seen the notes."""
    ran = emvote("seat", "ashfield", "--sentence")
    assert ran.stdout.count("\n") == 1
    assert "Brexit Party" in ran.stderr


@pytest.mark.parametrize("question", ["elections", "check", "export x.sqlite", "completion bash", "diff uk uk"])
def test_an_answer_without_a_sentence_says_so_before_anything_is_done(
    question: str,
    emvote: Callable[..., CompletedProcess[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Usage, exit code 2; no file is written."""
    monkeypatch.chdir(tmp_path)
    ran = emvote(*question.split(), "--sentence")
    assert (ran.returncode, ran.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert "has no sentence" in ran.stderr


@pytest.mark.parametrize(
    "option", [("--limit", "1"), ("--sort", "seat"), ("--desc",), ("--columns", "seat"), ("--json",)]
)
def test_a_sentence_goes_with_no_choice_of_rows_or_format(
    option: tuple[str, ...], emvote: Callable[..., CompletedProcess[str]]
) -> None:
    """It is about the whole answer."""
    assert emvote("seats", "--sentence", *option).returncode == 2


def test_the_commands_that_have_a_sentence_are_named_where_one_has_none(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """Those whose views make one, and no other."""
    named = emvote("elections", "--sentence").stderr.partition("have one: ")[2].strip().split(", ")
    assert {"seat", "councils", "results"} <= set(named)
    for name in command_names():
        view = f"emvote.views.{module_of(name)}"
        made = find_spec(view) is not None and hasattr(import_module(view), "sentence")
        assert (name in named) == made, name


@pytest.mark.parametrize("election", ["2015", "2017", "2017-notional", "2024", "feb1974"])
def test_sentences_stand_on_awkward_results(election: str, emvote: Callable[..., CompletedProcess[str]]) -> None:
    """Unopposed returns, aggregates, unknown candidates and joint ones: each seat has its sentence, without a None."""
    rows = emvote("seats", "--election", election, "--data", SMALL, "--columns", "seat_id", "--csv").stdout.split()[1:]
    for seat in rows:
        ran = emvote("seat", seat, "--election", election, "--data", SMALL, "--sentence")
        assert ran.returncode == 0, ran.stderr
        assert re.fullmatch(r"[A-Z].*\.\n", ran.stdout)
        assert "None" not in ran.stdout


@pytest.mark.parametrize("question", ["seats", "councils", "results", "compare 2024 2029", "swing"])
def test_a_sentence_on_the_night_says_how_much_is_in(
    question: str, emvote: Callable[..., CompletedProcess[str]]
) -> None:
    """Nobody should print the half as the whole."""
    night = Path(__file__).parent / "data" / "night.toml"
    assert "(2 of 4 declared)" in emvote(*question.split(), "--data", night, "--sentence").stdout


@given(st.dates())
def test_a_day_is_written_as_newspapers_do(when: Any) -> None:
    """Without a zero before it."""
    assert day(when.isoformat()) == f"{when.day} {when:%B} {when.year}" or when.year < 1000


def test_a_sentence_with_a_hostile_name_obeys_nothing() -> None:
    """Escapes are shown."""
    view = replace(view_of("x"), sentence=("Derby\x1b[31m\n",))
    assert render(view, Options(Format.SENTENCE)) == "Derby\\x1b[31m\\n\n"


def test_people_read_the_abbreviation_of_a_party_and_programs_its_id(emvote: Callable[..., Any]) -> None:
    """Also where they choose the fields themselves; among the parties ids are what is asked for."""
    question = ("councils", "--lost-control", "--party", "con", "--columns", "council,control_after", "--limit", "1")
    assert emvote(*question, "--csv").stdout.splitlines()[1] == "Amber Valley,lab"
    for people in ("markdown", "html", "latex", "wiki", "plain", "table"):
        shown = emvote(*question, "--format", people).stdout
        assert re.search(r"Amber Valley\W+(td\W+)*Lab\b", shown), people
    parties = emvote("parties", "--columns", "party", "--limit", "1").stdout
    assert parties.splitlines()[2] == "con"
