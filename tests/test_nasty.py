"""One dataset whose every name, id, note and source is written to do harm, put to every command in every format.

What comes out is read by the parser of its format: of all the markup in the data none may be markup there.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sys
import tomllib
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import mwparserfromhell
import pytest
import tomli_w
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pylatexenc import latexwalker
from tests.examples import named_of_others

from emvote.cli import complete, progress
from emvote.cli.asking import Asker
from emvote.cli.main import run
from emvote.cli.options import Request
from emvote.dataset import Dataset
from emvote.names import UNSEEN
from emvote.queries.places import places
from emvote.render import EVERYWHERE, Format
from emvote.store import open_dataset

DATA = Path(__file__).parent / "data"
STARTS = (
    *("=1+1 ", "+1 ", "-1 ", "@SUM(1) ", "\t=1 ", "\r\n=1 ", "\uff1d1 ", "# ", "12. ", "3) ", "    ", "* ", "; ", ": "),
    *("```", "~~~", "> ", "| ", "--- ", "===", "'", "%", "{%", "{{", "==H== ", "<!--", "\u202e", "\x00"),
    "\x1b]8;;https://zap.example\x1b\\",
)
"""How a name begins: what a spreadsheet, Markdown, a wiki, a template or a terminal takes for something else there."""
EVERYTHING = " ".join(  # noqa: FLY002 (a line a format)
    (
        "[red]zap[/red][link=https://zap.example]zap[/link]:skull:",
        "\x1b[31mzap\x1b[0m\x1b]8;;https://zap.example\x1b\\zap\x1b]8;;\x1b\\\x1b]52;c;WkFQ\x07\x1bPzap\x1b\\",
        "\x9b31mzap\x9d0;zap\x9c\x84\x85\x08\x7f\x00\r\nzap\tzap\x0b\x0c",
        "\u202ezap\u202c\u2066\u2069\u200e\u200f\u061c\u200b\u200c\u200d\u2028\u2029\u2060\xad\u034f\u115f\u180e\u3164",
        "\ufeff\ufe0f\U000e0041\ufff9",
        "<zap onload=alert(1)>&lt;&#60;zap&#62;</title></script></svg></pre></code></textarea>-->]]>\"'>",
        "<!--<![CDATA[<?zap <script>zap()</script><img src=x onerror=zap()><a href='javascript:zap()'>zap</a>",
        "*zap* __zap__ ~~zap~~ `zap` [zap](javascript:zap) ![zap](https://zap.example/x) [^1] <https://zap.example>",
        "https://zap.example www.zap.example zap@zap.example | zap || zap \\| ``` zap ~~~ \\*zap\\*",
        "\\input{zap}\\end{verbatim}\\end{tabular}\\write18{zap}\\\\zap&zap%zap#1$zap$^zap_zap~{zap}}{{^^5cinput ?`",
        "{{zap}}{% zap %}{#zap#}{{{zap}}}${zap}<%= zap %>",
        "[[Zap]]''zap'' '''zap''' ~~~~ __NOTOC__ [https://zap.example zap] {{zap|zap}} {| zap |} -{zap}- {{{zap}}}",
        "ISBN 0123456789 RFC 1 PMID 1 <nowiki/><ref>zap</ref> !!zap //zap.example mailto:zap@zap.example",
        "$(touch zap)`touch zap`;touch zap&|touch zap>zap!!\"'\\",
    )
)
"""What each format, shell and terminal could be made to obey; what it would show of that is `zap`."""
IN_AN_ID = " [red]\x1b[31m\u202e<zap>{{zap}}|`zap`\\zap$(zap)\n="
ORDINARY = frozenset({"ind", "other", "spk"})
"""Ids with a meaning of their own."""
TEXTS = frozenset(
    {"title", "version", "licence", "attribution", "region", "publisher", "name", "full_name", "abbreviation", "label"}
    | {"note", "county", "counties", "area", "ward", "code", "published_before", "published_after", "published"}
    | {"outcome", "ec_ids", "url", "subject", "claim", "stated_text"}
)
IDS = frozenset(
    {"source", "sources", "party", "parties", "predecessor", "successor", "seat", "council", "place", "leader_party"}
    | {"compositions_source", "unknown", "mayoralty", "predecessors", "successors"}
)
WITH_IDS = frozenset({"sources", "parties", "seats", "councils", "mayoralties"})
COUNTS = frozenset({"won", "after", "seats"})
"""Maps of a party to its seats."""


def nasty(text: str) -> str:
    """The text between a start of its own and everything else."""
    return f"{STARTS[zlib.crc32(text.encode()) % len(STARTS)]}{text} {EVERYTHING}"


def nasty_id(text: str) -> str:
    """An id that is as bad, and short."""
    return text if text in ORDINARY else f"{text}{IN_AN_ID}"


def _worse(value: Any, key: str, table: str) -> Any:
    if isinstance(value, dict):
        if key in COUNTS:
            return {nasty_id(party): number for party, number in value.items()}
        return {each: _worse(inside, each, table) for each, inside in value.items()}
    if isinstance(value, list):
        return [_worse(each, key, table) for each in value]
    if not isinstance(value, str):
        return value
    if key in IDS or (key == "id" and table in WITH_IDS):
        return nasty_id(value)
    return nasty(value) if key in TEXTS else value


def _small_with_wards() -> dict[str, Any]:
    """The invented region with the wards and the mayor of another small dataset."""
    small = tomllib.loads((DATA / "small.toml").read_text(encoding="utf-8"))
    text = (DATA / "valid" / "wards.toml").read_text(encoding="utf-8")
    wards = tomllib.loads(text.replace('"blue"', '"blu"').replace('"C1"', '"C01"'))
    small["elections"] += [each for each in wards["elections"] if each["kind"] == "mayor"]
    small["parties"][1]["aliases"] = [RED]
    return {**small, **{key: wards[key] for key in ("wards", "mayoralties", "mayor_contests")}}


def nasty_data() -> dict[str, Any]:
    """The dataset."""
    return {
        key: _worse(value, "" if isinstance(value, list) else key, key) for key, value in _small_with_wards().items()
    }


def other_data() -> dict[str, Any]:
    """A dataset from which that differs in every way, and not in every row."""
    data = nasty_data()
    for table in ("contests", "council_polls", "wards", "hex_maps", "mayor_contests"):
        data[table] = data[table][1::3]
    for table, key in (("parties", "name"), ("councils", "full_name"), ("seats", "name"), ("sources", "title")):
        data[table][0][key] += nasty("!")
    data["sources"].append({**data["sources"][0], "id": nasty_id("another")})
    return data


CLAIMS: dict[str, Any] = {
    "article": {"title": nasty("Fenmark votes"), "publisher": nasty("Gazette"), "date": "2019-05-03"},
    "claims": [
        {
            "id": nasty("gained"),
            "subject": nasty("Aldermere"),
            "claim": nasty("Red gained three seats"),
            "query": "councils",
            "where": {"council": nasty("Aldermere")},
            "take": "seats_won.ind",
            "stated": 3,
            "note": nasty("One is vacant"),
        },
        {
            "id": nasty("no such"),
            "subject": nasty("x"),
            "claim": nasty("None"),
            "query": "seats",
            "take": "rows[0].turnout_pct",
            "stated": 1,
        },
        {
            "id": nasty("text"),
            "subject": nasty("x"),
            "claim": nasty("Text"),
            "query": "seats",
            "take": "rows[0].seat",
            "stated": nasty("Aldermere"),
        },
    ],
}
SEAT, COUNCIL, PARTY = nasty("Aldermere"), nasty("Aldermere"), nasty_id("blu")
RED, BLUE = "crimson", "azures"
"""Short names of parties, as some options have marks between them."""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "councils": ("councils",),
    "councils of a party": ("councils", "--all", "--outside", "--party", PARTY),
    "council": ("council", COUNCIL),
    "seat": ("seat", SEAT),
    "seats": ("seats", "--election", "2017"),
    "swing": ("swing", "--from", "2015", "--to", "2017", "--between", nasty_id("red"), PARTY),
    "compare elections": ("compare", "2015", "2017"),
    "compare seats": ("compare", f"seat:{SEAT}", f"seat:{nasty('Brackwater')}", "--election", "2017"),
    "compare councils": ("compare", f"council:{COUNCIL}", f"council:{nasty('Brackwater')}"),
    "results": ("results", "2017"),
    "results of councils": ("results", "local-2019"),
    "targets": ("targets", PARTY, "--election", "2017"),
    "project": ("project", "--swing", f"{RED}:{BLUE}:3", "--baseline", "2017"),
    "wards": ("wards", COUNCIL),
    "map": ("map", "2017"),
    "map of councils": ("map", "local-2019"),
    "mayor": ("mayor", nasty("Mayor of Fenmark")),
    "candidate": ("candidate", nasty("Ada Birch")),
    "bellwethers": ("bellwethers",),
    "explain": ("explain", "majority"),
    "report": ("report", "2017", f"council:{COUNCIL}", "--title", nasty("Title")),
    "elections": ("elections",),
    "parties": ("parties",),
    "sources": ("sources",),
    "check": ("check", "DATASET"),
    "claims": ("claims", "CLAIMS"),
    "proof": ("proof", "CLAIMS"),
    "diff": ("diff", "OTHER", "DATASET"),
    "import": ("import", "EXPORTED", "--dry-run"),
    "export": ("export", "NEW FOLDER", "--force"),
}
"""Words in capitals stand for files."""
NOT_ASKED = {"schema", "completion", "cache", "browse", "mcp"}
"""Commands that show nothing of a dataset, and two that have tests of their own below."""
NAMES = {
    "SEAT": SEAT,
    "COUNCIL": COUNCIL,
    "PARTY": PARTY,
    "MAYOR": nasty("Mayor of Fenmark"),
    "NAME": nasty("Ada Birch"),
}
QUESTIONS |= named_of_others(NOT_ASKED | {words[0] for words in QUESTIONS.values()}, NAMES)


class Answer(NamedTuple):
    """What a run of the program printed."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), "utf-8", newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The dataset and what is asked about beside it, in a folder whose name is no better."""
    folder = tmp_path_factory.mktemp("nasty") / "[red]\x1b[31m\u202e<zap>`zap`$(zap)|{{zap}}\n="
    folder.mkdir()
    found = {
        "DATASET": folder / "nasty.toml",
        "CLAIMS": folder / "claims.toml",
        "EXPORTED": folder / "exported",
        "NEW FOLDER": folder / "new",
        "OTHER": folder / "other.toml",
    }
    found["DATASET"].write_text(tomli_w.dumps(nasty_data()), encoding="utf-8")
    found["OTHER"].write_text(tomli_w.dumps(other_data()), encoding="utf-8")
    found["CLAIMS"].write_text(tomli_w.dumps(CLAIMS), encoding="utf-8")
    return {name: str(path) for name, path in found.items()}


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(files: dict[str, str]) -> Ask:
    """Asks the program about the dataset, which is read once."""
    reading = cache(open_dataset)

    def opened(where: str | None = None, *, wards: bool = False, **options: Any) -> Dataset:
        return reading(where or files["DATASET"], wards=wards, overlay=options.get("overlay"))

    def answer(*words: str, terminal: bool = False) -> Answer:
        out, err = _Stream(terminal=terminal), _Stream(terminal=False)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("NO_COLOR", "FORCE_COLOR", "LINES"):
                patch.delenv(name, raising=False)
            for name, value in (("COLUMNS", "100"), ("TERM", "xterm-256color"), ("COLORTERM", "truecolor")):
                patch.setenv(name, value)
            patch.setenv("EMVOTE_DATA", files["DATASET"])
            patch.setattr("emvote.store.open_dataset", opened)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = int(run([files.get(word, word) for word in words]))
        return Answer(code, out.text, err.text)

    answer("export", "EXPORTED")
    return answer


def test_the_dataset_is_one_that_emvote_answers_from(ask: Ask) -> None:
    """Only the labels that somebody else published are not what is computed."""
    answer = ask("check", "DATASET", "--json")
    assert {row["rule"] for row in json.loads(answer.out)["rows"]} == {"outcome", "control-label"}


# --- what may be in each format -----------------------------------------------------------------------------------


COLOUR = re.compile("\x1b\\[[0-9;]*m")


def _without(pattern: str, text: str) -> None:
    """Fail where the pattern is, and quote no more than what is around it: pytest would show all for minutes."""
    found = re.search(pattern, text)
    around = repr(text[max(found.start() - 80, 0) : found.end() + 40]) if found else ""
    assert not around


def _nothing_unseen(text: str) -> None:
    _without(f"(?!\n)[{UNSEEN}]", text)
    strange = {char for char in set(text) if unicodedata.category(char) in {"Cc", "Zl", "Zp"}} - {"\n"}
    assert not strange


def _table(text: str) -> None:
    _nothing_unseen(text)


def _json(text: str) -> None:
    _nothing_unseen(text)
    json.loads(text)


def _jsonl(text: str) -> None:
    _nothing_unseen(text)
    assert all(isinstance(json.loads(line), dict) for line in text.splitlines())


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert len({len(row) for row in rows}) == 1
    return rows


def _csv(text: str) -> None:
    _rows(text, ",")


def _tsv(text: str) -> None:
    _rows(text, "\t")


MARKUP = frozenset(
    {"paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}
    | {f"{each}_{end}" for each in ("table", "thead", "tbody", "tr", "th", "td", "strong") for end in ("open", "close")}
    | {"heading_open", "heading_close", "inline", "text", "text_special", "link_open", "link_close", "fence"}
)
"""What Markdown may hold; a fence is a map or a command of ours."""


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


def _markdown(text: str) -> None:
    _nothing_unseen(text)
    tokens = list(_tokens(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)))
    assert {token.type for token in tokens} <= MARKUP
    for token in tokens:
        assert token.type != "fence" or token.info in {"text", "console"}
        # an address that becomes a link by itself, of a source
        assert token.type != "link_open" or token.markup == "autolink"
    bare = re.sub(r"<https?://[^<> ]*>|^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    _without(r"\{\{|\{%|\{#|https?://|www\.", bare)


class _Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.others: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Text."""
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """What nobody sees."""
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        """What says that it is a page."""
        self.others.append(decl)

    unknown_decl = handle_pi = handle_comment


FRAGMENT = frozenset(
    {"p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "svg", "g", "title", "polygon"}
    | {"text", "rect"}
)
WHOLE_PAGE = FRAGMENT | frozenset(
    {"html", "head", "meta", "style", "script", "body", "header", "footer", "nav", "main", "section", "div", "h1", "h2"}
    | {"h3", "caption", "details", "summary", "code", "figure", "figcaption", "path", "line", "circle", "defs", "desc"}
)


def _html(text: str) -> None:
    page = _Page(text)
    whole = text.startswith("<!DOCTYPE html>")
    _nothing_unseen(text)
    assert {tag for tag, _ in page.elements} <= (WHOLE_PAGE if whole else FRAGMENT)
    assert page.others == (["DOCTYPE html"] if whole else [])
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith(("#", "http://", "https://"))
    if not whole:
        _without(r"\{\{|\{%|\{#", text)


LATEX_MACROS = frozenset(
    {
        "textbf",
        "item",
        "ensuremath",
        "textbackslash",
        "textasciicircum",
        "textasciitilde",
        "texttt",
        "hline",
        "\\",
        "to",
    }
    | {*"&%$#_{}", "times", "div", "ge", "le", "Sigma", "sum", "toprule", "midrule", "bottomrule", "ttfamily", "char"}
)


CELL = re.compile(r"(?<!\\)&")
READ: set[str] = set()
"""Cells of LaTeX that were read in an answer before: its parser takes half a minute for the same names again."""


def _unread(cell: str) -> str:
    """A cell, or where the same was read before a sign in its place; a last one ends the row."""
    body = cell.strip().removesuffix(r"\\")
    if len(body) < len("a name, or less") or body in READ or r"\begin" in body or r"\end" in body:
        return cell.replace(body, "x") if body in READ else cell
    READ.add(body)
    return cell


def _nodes(nodes: Any) -> Iterator[Any]:
    for node in nodes or []:
        if node is None:
            continue
        yield node
        yield from _nodes(getattr(node, "nodelist", None))
        arguments = getattr(node, "nodeargd", None)
        yield from _nodes(arguments.argnlist if arguments else None)


def _latex(text: str) -> None:
    _nothing_unseen(text)
    assert "^^" not in text
    text = "\n".join("&".join(map(_unread, CELL.split(line))) for line in text.split("\n"))
    found = list(_nodes(latexwalker.LatexWalker(text, tolerant_parsing=False).get_latex_nodes()[0]))
    kinds = {type(node).__name__ for node in found}
    assert not kinds & {"LatexCommentNode", "LatexMathNode"}
    assert {node.macroname for node in found if isinstance(node, latexwalker.LatexMacroNode)} <= LATEX_MACROS
    around = {node.environmentname for node in found if isinstance(node, latexwalker.LatexEnvironmentNode)}
    assert around <= {"tabular", "itemize", "flushleft"}


def _wiki(text: str) -> None:
    _nothing_unseen(text)
    read = mwparserfromhell.parse(text)
    for forbidden in (
        read.filter_templates(),
        read.filter_arguments(),
        read.filter_wikilinks(),
        read.filter_comments(),
    ):
        assert not forbidden
    assert not read.filter_headings()
    tags = {str(tag.tag) for tag in read.filter_tags()}
    assert tags <= {"b", "li", "table", "tr", "th", "td", "pre"}
    assert all(
        str(link.url).startswith(("https://", "http://")) and link.brackets for link in read.filter_external_links()
    )
    # a block of fixed lines is not read
    _without(r"\{\{|\{%|__\w+__|~~~", re.sub(r"<pre>.*?</pre>", "", text, flags=re.DOTALL))


def _svg(text: str) -> None:
    _nothing_unseen(text)
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}  # noqa: S314 (our own)
    assert tags <= {"svg", "title", "g", "polygon", "text", "rect"}


CHECKS: dict[Format, Callable[[str], None]] = {
    Format.TABLE: _table,
    Format.PLAIN: _table,
    Format.SENTENCE: _table,
    Format.JSON: _json,
    Format.JSONL: _jsonl,
    Format.CSV: _csv,
    Format.TSV: _tsv,
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
    Format.LATEX: _latex,
    Format.WIKI: _wiki,
    Format.SVG: _svg,
}
MORE = ("--sources", "--explain")
WITHOUT_A_SENTENCE = 2
"""Exit code where an answer has no sentence, and for all answers but maps no SVG."""


@pytest.mark.parametrize("format", [*EVERYWHERE, Format.SENTENCE])
@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_in_the_data_acts_in_any_format(ask: Ask, question: str, format: Format) -> None:  # noqa: A002
    """With sources and workings, which stand on standard error where the format has no room for them."""
    answer = ask(*QUESTIONS[question], *MORE, "--format", format.value)
    assert answer.code in {0, WITHOUT_A_SENTENCE} if format is Format.SENTENCE else answer.code in {0, 4}
    CHECKS[format](answer.out)
    _nothing_unseen(answer.err)


@pytest.mark.parametrize("by", ["winner", "change", "swing", "majority", "turnout", "share"])
@pytest.mark.parametrize("election", ["2017", "local-2019"])
def test_nothing_in_the_data_acts_in_a_picture(ask: Ask, election: str, by: str) -> None:
    """A map as SVG, which a browser would obey: of what there is of it in every kind of election."""
    party = ("--party", PARTY) if by == "share" else ()
    answer = ask("map", election, "--by", by, *party, "--format", "svg", *MORE)
    assert answer.code in {0, 2}
    if answer.code == 0:
        assert "zap" in answer.out
        _svg(answer.out)
    _nothing_unseen(answer.err)


def test_nothing_in_the_data_acts_in_the_charts_of_a_report(ask: Ask, tmp_path: Path) -> None:
    """Those are SVG inside the page, drawn by a library of its own; in a file as in a pipe."""
    file = tmp_path / "report.html"
    assert ask("report", "2017", f"seat:{SEAT}", f"council:{COUNCIL}", "-o", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    _html(text)
    pictures = re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL)
    assert len(pictures) > 3
    for tag, attributes in (each for picture in pictures for each in _Page(picture).elements):
        assert not [key for key, value in attributes.items() if "zap" in (value or "") and key != "aria-label"], tag


@pytest.fixture
def conversation(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A person at both ends of a small screen, and what their pager was given."""
    given: list[str] = []

    def show(content: bytes) -> bool:
        given.append(content.decode())
        return True

    monkeypatch.setattr("emvote.cli.streams.is_conversation", lambda: True)
    monkeypatch.setattr("emvote.cli.pager.show", show)
    return given


@pytest.mark.parametrize("question", ["seats", "councils", "report", "wards", "parties"])
def test_nothing_in_the_data_acts_in_the_pager(ask: Ask, conversation: list[str], question: str) -> None:
    """It passes colours on, and with them whatever else were an escape."""
    assert ask(*QUESTIONS[question], *MORE, terminal=True).out == ""
    (shown,) = conversation
    assert "zap" in shown
    _nothing_unseen(COLOUR.sub("", shown))


def test_nothing_acts_in_the_name_of_a_pager(
    ask: Ask, conversation: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that cannot be run is told, and the answer is shown without it."""
    monkeypatch.undo()
    monkeypatch.setattr("emvote.cli.streams.is_conversation", lambda: True)
    monkeypatch.setenv("EMVOTE_PAGER", "'/no/\x1b[31m\u202ezap\n[red]'")
    answer = ask("seats", "--election", "2017", *MORE, terminal=True)
    assert answer.code == 0
    assert "zap" in answer.out
    assert "cannot run the pager" in answer.err
    _nothing_unseen(answer.err)
    assert conversation == []


@pytest.mark.parametrize("format", EVERYWHERE)
def test_nothing_in_a_title_acts_in_the_list_of_what_is_kept(
    ask: Ask,
    files: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    format: Format,  # noqa: A002
) -> None:
    """Nor in the name of the folder where it is kept."""
    home = tmp_path / "[red]\x1b[31m\u202e<zap>`zap`|{{zap}}"
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    open_dataset(files["DATASET"], snapshots=home / "emvote")
    answer = ask("cache", "--format", format.value)
    assert answer.code == 0
    assert "zap" in answer.out
    CHECKS[format](answer.out)
    if format is Format.TABLE:
        _nothing_unseen(COLOUR.sub("", ask("cache", terminal=True).out))


def test_nothing_in_a_title_acts_beside_the_version(
    ask: Ask, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which names the dataset as well."""
    monkeypatch.setattr("emvote.store.open_dataset", open_dataset)
    monkeypatch.setenv("EMVOTE_DATA", files["DATASET"])
    for terminal in (False, True):
        shown = ask("--version", terminal=terminal).out
        assert "zap" in shown
        _nothing_unseen(shown)


def test_nothing_acts_in_the_name_of_a_file_beside_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read is told on a terminal while it is read."""
    err = _Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with progress.shown() as told:
        for done in range(3):
            told(nasty("leap.csv"), done, 3)
    moves = re.compile(r"\x1b\[(\?25[lh]|\d*[AK])|\r")
    assert "zap" in err.text
    _nothing_unseen(moves.sub("", COLOUR.sub("", err.text)))


def test_nothing_in_the_data_acts_in_browse(files: dict[str, str]) -> None:
    """Neither in the list, nor in answers, nor in the commands below; no part of a screen is a link or an action."""
    pytest.importorskip("textual", reason="Textual is not installed: pip install 'emvote[browse]'")
    from textual.widgets import OptionList, Static

    from emvote.cli import browser

    dataset = open_dataset(files["DATASET"])

    def opened(request: Request, *, wards: bool, people: bool = False) -> Dataset:  # noqa: ARG001 (as an opener is called)
        return dataset

    found = places(dataset)
    setting = browser.Setting(dataset.record.title, found, Asker(Request(), opened), explain=True, sources=True)

    async def walk() -> list[str]:
        shown = []
        app = browser.Browser(setting)
        async with app.run_test(size=(120, 40)) as pilot:

            async def look() -> None:
                await pilot.pause()
                for line in pilot.app.screen._compositor.render_strips():  # noqa: SLF001 (what is drawn)
                    shown.append(line.text)
                    for segment in line:
                        assert segment.style is None or segment.style.link is None
                        assert segment.style is None or "zap" not in str(segment.style.meta)
                shown.extend(str(each.render()) for each in pilot.app.screen.query(Static))

            await look()
            names = pilot.app.screen.query_one(OptionList)
            shown.extend(str(names.get_option_at_index(index).prompt) for index in range(names.option_count))
            await pilot.press("enter")
            for _ in found:
                await look()
                await pilot.press("n")
        return shown

    shown = asyncio.run(walk())
    assert sum("zap" in each for each in shown) > len(found)
    for text in shown:
        _nothing_unseen(text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_in_the_data_acts_on_a_terminal(ask: Ask, question: str) -> None:
    """Every escape that is written is a colour of ours, and without colour there is none, not in rows for programs."""
    _nothing_unseen(COLOUR.sub("", ask(*QUESTIONS[question], *MORE, terminal=True).out))
    for words in (("--no-color",), ("--format", "tsv")):
        _nothing_unseen(ask(*QUESTIONS[question], *words, terminal=True).out.replace("\t", " "))


@pytest.mark.parametrize(
    "words",
    [
        ("seat", nasty("Aldermere") + "x"),
        ("council", nasty("Cold Hollow") + "x"),
        ("seats", "--held-by", nasty("nobody")),
        ("councils", "--county", nasty("nowhere")),
        ("seats", "--columns", nasty("seat")),
        ("seats", "--data", "DATASET", "--overlay", "CLAIMS"),
        ("seats", "-o", "EXPORTED"),
        ("export", "EXPORTED"),
        ("import", "CLAIMS", "--dry-run"),
        (nasty("seats"),),
        ("seats", nasty("--option")),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_acts_in_a_message(ask: Ask, words: tuple[str, ...], *, as_json: bool) -> None:
    """What was typed, near names, and the names of files; standard output stays empty."""
    answer = ask(*words, *(("--json",) if as_json else ()))
    assert answer.code in {2, 3, 4, 6}
    assert answer.out == ""
    _nothing_unseen(answer.err)
    if as_json:
        assert json.loads(answer.err)["error"]["code"] == answer.code


@pytest.mark.parametrize(
    "words",
    [
        *(("seat",), ("council",), ("seats", "--held-by"), ("seats", "--county"), ("mayor",), ("candidate",)),
        *(("compare",), ("sources",), ("wards", COUNCIL), ("councils", "--election")),
    ],
)
def test_nothing_that_a_terminal_obeys_is_offered_by_completion(
    files: dict[str, str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Nor as the explanation beside a candidate; the scripts quote what is left (`tests/test_completion_shells.py`)."""
    monkeypatch.setenv("EMVOTE_DATA", files["DATASET"])
    for begun in ("", "a", "=", "g"):
        _, found = complete.complete(list(words), begun)
        for value, what in complete._safe(found):  # noqa: SLF001
            _nothing_unseen(value + what)
            assert "\n" not in value + what


@pytest.mark.parametrize("name", ["out.sqlite", "out"])
def test_an_export_holds_every_name_as_it_is_and_is_read_again(ask: Ask, files: dict[str, str], name: str) -> None:
    """A database's NUL and all; SQL takes names as values, so that none is a statement."""
    path = str(Path(files["DATASET"]).parent / name)
    assert ask("export", path, "--force").code == 0
    again = open_dataset(f"{path}/" if name == "out" else path, wards=True)
    assert again.record.seats == open_dataset(files["DATASET"]).record.seats


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_cell_is_a_formula_under_excel(ask: Ask, question: str, format: str) -> None:  # noqa: A002
    """Whatever a text begins with; numbers stay numbers."""
    text = ask(*QUESTIONS[question], "--excel", "--format", format).out.removeprefix("\ufeff")
    for cell in (cell for row in _rows(text, "," if format == "csv" else "\t") for cell in row):
        assert re.fullmatch(r"-?[0-9.e+-]*", cell) or not re.match(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell)
