# ruff: noqa: E501 (whole lines of output)
"""The nine formats, each compared as a whole on one view with names that are nasty for all of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from emvote.render import EVERYWHERE, Format, Options, render
from emvote.render.json import ACTIVE, PRINTED, QUIET
from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind, PartyLabel, SeatsChange, Value
from emvote.views.view import Layout, View, Working

CON = PartyLabel("con", "Con", "#0087dc")
FIELDS = (
    Field("seat", Kind.NAME, "name"),
    Field("party", Kind.PARTY, "winner"),
    Field("votes", Kind.COUNT, "votes", null=True),
    Field("majority_pct", Kind.PCT, "majority"),
    Field("net", Kind.CHANGES, "change of seats"),
    Field("swing", Kind.RECORD, "swing", null=True, fields=(Field("butler_pp", Kind.PP, "swing"),)),
    Field("gain", Kind.BOOL, "whether gained"),
    Field("flags", Kind.TEXTS, "codes"),
    Field("note", Kind.TEXT, "remark", null=True),
    Field("candidates", Kind.RECORDS, "who stood", fields=(Field("candidate", Kind.NAME, "name"),)),
)
ROWS: tuple[dict[str, Any], ...] = (
    {
        "seat": "[red]x[/red]",
        "party": "con",
        "votes": 21259,
        "majority_pct": 5.35,
        "net": {"con": 1, "lab": -7},
        "swing": {"butler_pp": -0.55},
        "gain": True,
        "flags": ["new-seat", "=cmd"],
        "note": "*bold* & <b>x</b>, `code` and 5% of a_b, told at some length",
        "candidates": [{"candidate": '@Ann, "A"'}, {"candidate": "Zoë"}],
    },
    {
        "seat": "a|b",
        "party": "lab",
        "votes": None,
        "majority_pct": 0.04,
        "net": {"ld": 2},
        "swing": None,
        "gain": False,
        "flags": [],
        "note": None,
        "candidates": [],
    },
    {
        "seat": "1e5",
        "party": "ind:adam",
        "votes": 7,
        "majority_pct": 100,
        "net": {},
        "swing": {"butler_pp": 0.04},
        "gain": False,
        "flags": [],
        "note": "=1+1\x1b[31m\u202e\x9b",
        "candidates": [],
    },
)
TABLE = Table(
    title="Seats [bold]",
    columns=(
        Column("Seat", Kind.NAME),
        Column("Won by", Kind.PARTY),
        Column("Votes", Kind.COUNT, priority=1),
        Column("Majority", Kind.PCT, priority=2),
        Column("Seats", Kind.SEATS, priority=4),
        Column("Remark", Kind.TEXT, priority=3),
    ),
    rows=(
        ("[red]x[/red]", CON, 21259, 5.35, SeatsChange(20, -7), ROWS[0]["note"]),
        ("a|b", PartyLabel("lab", "Lab"), None, 0.04, SeatsChange(20, None), None),
        ("1e5", None, 7, 100, SeatsChange(None, None), ROWS[2]["note"]),
    ),
    rules=frozenset({1}),
)
VIEW = View(
    command="seats",
    query={"election": "parl.2019-12-12"},
    fields=FIELDS,
    rows=ROWS,
    laid_out=lambda: Layout(
        headline=(
            (CON, " won ", Value(1234, Kind.COUNT), " votes in [three] seats."),
            ("The swing was ", Value(-0.55, Kind.PP), "."),
        ),
        table=TABLE,
        more=(Table((Column("Sum", Kind.COUNT),), ((3,),), "Totals"),),
        closing=(("Quote *me*.",),),
    ),
    notes=("One & only.",),
    sources=({"id": "hoc", "title": "T", "publisher": "P", "licence": "L", "url": "https://example.org/a_b?c&d"},),
    workings=(
        Working(
            "majority",
            "first \N{MINUS SIGN} second",
            (("first", Value(21259, Kind.COUNT)), ("second", Value(18719, Kind.COUNT))),
            Value(2540, Kind.COUNT),
            "Order 1983",
        ),
    ),
    dataset={"title": "Test", "version": "1", "sha256": "00"},
)


def lines(*text: str) -> str:
    """Lines of expected output."""
    return "".join(f"{line}\n" for line in text)


PIPED = lines(
    "Con won 1,234 votes in [three] seats.",
    "The swing was -0.6.",
    "",
    "Seats [bold]",
    "Seat          Won by   Votes  Majority    Seats  Remark",
    "─────────────────────────────────────────────────────────────────────────────────────────────────────────────",
    "[red]x[/red]  Con     21,259      5.4%  20 (-7)  *bold* & <b>x</b>, `code` and 5% of a_b, told at some length",
    "─────────────────────────────────────────────────────────────────────────────────────────────────────────────",
    "a|b           Lab          –      0.0%   20 (–)  –",
    r"1e5           –            7    100.0%        –  =1+1\x1b[31m\u202e\x9b",
    "",
    "Quote *me*.",
    "",
    "Totals",
    "Sum",
    "───",
    "  3",
    "",
    "Note:",
    "  One & only.",
    "",
    "Sources:",
    "  hoc: T, P, L",
    "    https://example.org/a_b?c&d",
    "",
    "How majority is worked out:",
    "  first − second",
    "  first = 21,259",
    "  second = 18,719",
    "  result: 2,540",
    "  rule: Order 1983",
)

AT_140 = lines(
    "Con won 1,234 votes in [three] seats.",
    "The swing was -0.6.",
    "",
    "Seats [bold]",
    "Seat          Won by   Votes  Majority    Seats  Remark",
    "─────────────────────────────────────────────────────────────────────────────────────────────────────────────",
    "[red]x[/red]  Con     21,259      5.4%  20 (-7)  *bold* & <b>x</b>, `code` and 5% of a_b, told at some length",
    "─────────────────────────────────────────────────────────────────────────────────────────────────────────────",
    "a|b           Lab          –      0.0%   20 (–)  –",
    r"1e5           –            7    100.0%        –  =1+1\x1b[31m\u202e\x9b",
    "",
    "Quote *me*.",
    "",
    "Totals",
    "Sum",
    "───",
    "  3",
    "",
    "Note:",
    "  One & only.",
)

AT_80 = lines(
    "Con won 1,234 votes in [three] seats.",
    "The swing was -0.6.",
    "",
    "Seats [bold]",
    "Seat          Won by   Votes  Majority    Seats  Remark",
    "────────────────────────────────────────────────────────────────────────────────",
    "[red]x[/red]  Con     21,259      5.4%  20 (-7)  *bold* & <b>x</b>, `code` and",
    "                                                 5% of a_b, told at some length",
    "────────────────────────────────────────────────────────────────────────────────",
    "a|b           Lab          –      0.0%   20 (–)  –",
    r"1e5           –            7    100.0%        –  =1+1\x1b[31m\u202e\x9b",
    "",
    "Quote *me*.",
    "",
    "Totals",
    "Sum",
    "───",
    "  3",
    "",
    "Note:",
    "  One & only.",
)

AT_60 = lines(
    "Con won 1,234 votes in [three] seats.",
    "The swing was -0.6.",
    "",
    "Seats [bold]",
    "Seat          Won by   Votes  Majority",
    "──────────────────────────────────────",
    "[red]x[/red]  Con     21,259      5.4%",
    "──────────────────────────────────────",
    "a|b           Lab          –      0.0%",
    "1e5           –            7    100.0%",
    "Hidden at this width: Seats, Remark",
    "",
    "Quote *me*.",
    "",
    "Totals",
    "Sum",
    "───",
    "  3",
    "",
    "Note:",
    "  One & only.",
)

MARKDOWN = lines(
    r"Con won 1,234 votes in \[three\] seats.",
    "",
    "The swing was -0.6.",
    "",
    r"**Seats \[bold\]**",
    "",
    "| Seat             | Won by   |   Votes |   Majority |   Seats | Remark                                                                |",
    "|------------------|----------|---------|------------|---------|-----------------------------------------------------------------------|",
    r"| \[red\]x\[/red\] | Con      |  21,259 |       5.4% | 20 (-7) | \*bold\* & \<b\>x\</b\>, \`code\` and 5% of a\_b, told at some length |",
    r"| a\|b             | Lab      |       – |       0.0% |  20 (–) | –                                                                     |",
    r"| 1e5              | –        |       7 |     100.0% |       – | =1+1\\x1b\[31m\\u202e\\x9b                                            |",
    "",
    r"Quote \*me\*.",
    "",
    "**Totals**",
    "",
    "|   Sum |",
    "|-------|",
    "|     3 |",
    "",
    "**Note:**",
    "",
    "- One & only.",
    "",
    "**Sources:**",
    "",
    "- hoc: T, P, L <https://example.org/a_b?c&d>",
    "",
    "**How majority is worked out:**",
    "",
    "- first − second",
    "- first = 21,259",
    "- second = 18,719",
    "- result: 2,540",
    "- rule: Order 1983",
)

HTML = lines(
    "<p>Con won 1,234 votes in [three] seats.</p>",
    "",
    "<p>The swing was -0.6.</p>",
    "",
    "<p><strong>Seats [bold]</strong></p>",
    "<table>",
    "<thead>",
    '<tr><th>Seat</th><th>Won by</th><th style="text-align: right;">Votes</th><th style="text-align: right;">Majority</th><th style="text-align: right;">Seats</th><th>Remark</th></tr>',
    "</thead>",
    "<tbody>",
    '<tr><td>[red]x[/red]</td><td>Con</td><td style="text-align: right;">21,259</td><td style="text-align: right;">5.4%</td><td style="text-align: right;">20 (-7)</td><td>*bold* &amp; &lt;b&gt;x&lt;/b&gt;, `code` and 5% of a_b, told at some length</td></tr>',
    '<tr><td>a|b</td><td>Lab</td><td style="text-align: right;">–</td><td style="text-align: right;">0.0%</td><td style="text-align: right;">20 (–)</td><td>–</td></tr>',
    r'<tr><td>1e5</td><td>–</td><td style="text-align: right;">7</td><td style="text-align: right;">100.0%</td><td style="text-align: right;">–</td><td>=1+1\x1b[31m\u202e\x9b</td></tr>',
    "</tbody>",
    "</table>",
    "",
    "<p>Quote *me*.</p>",
    "",
    "<p><strong>Totals</strong></p>",
    "<table>",
    "<thead>",
    '<tr><th style="text-align: right;">Sum</th></tr>',
    "</thead>",
    "<tbody>",
    '<tr><td style="text-align: right;">3</td></tr>',
    "</tbody>",
    "</table>",
    "",
    "<p><strong>Note:</strong></p>",
    "<ul>",
    "<li>One &amp; only.</li>",
    "</ul>",
    "",
    "<p><strong>Sources:</strong></p>",
    "<ul>",
    '<li>hoc: T, P, L <a href="https://example.org/a_b?c&amp;d">https://example.org/a_b?c&amp;d</a></li>',
    "</ul>",
    "",
    "<p><strong>How majority is worked out:</strong></p>",
    "<ul>",
    "<li>first − second</li>",
    "<li>first = 21,259</li>",
    "<li>second = 18,719</li>",
    "<li>result: 2,540</li>",
    "<li>rule: Order 1983</li>",
    "</ul>",
)

LATEX = lines(
    "Con won 1,234 votes in {[}three] seats.",
    "",
    "The swing was -0.6.",
    "",
    r"\textbf{Seats {[}bold]}",
    "",
    r"\begin{tabular}{llrrrl}",
    r"\hline",
    r" Seat             & Won by   &   Votes &   Majority &   Seats & Remark                                                                                                                  \\",
    r"\hline",
    r" {[}red]x{[}/red] & Con      &  21,259 &      5.4\% & 20 (-7) & {*}bold{*} \& \ensuremath{<}b\ensuremath{>}x\ensuremath{<}/b\ensuremath{>}, `code` and 5\% of a\_b, told at some length \\",
    r" a\ensuremath{|}b & Lab      &       – &      0.0\% &  20 (–) & –                                                                                                                       \\",
    r" 1e5              & –        &       7 &    100.0\% &       – & =1+1\textbackslash{}x1b{[}31m\textbackslash{}u202e\textbackslash{}x9b                                                   \\",
    r"\hline",
    r"\end{tabular}",
    "",
    "Quote {*}me{*}.",
    "",
    r"\textbf{Totals}",
    "",
    r"\begin{tabular}{r}",
    r"\hline",
    r"   Sum \\",
    r"\hline",
    r"     3 \\",
    r"\hline",
    r"\end{tabular}",
    "",
    r"\textbf{Note:}",
    "",
    r"\begin{itemize}",
    r"\item One \& only.",
    r"\end{itemize}",
    "",
    r"\textbf{Sources:}",
    "",
    r"\begin{itemize}",
    r"\item hoc: T, P, L \texttt{https://example.org/a\_b?c\&d}",
    r"\end{itemize}",
    "",
    r"\textbf{How majority is worked out:}",
    "",
    r"\begin{itemize}",
    r"\item first \ensuremath{-} second",
    r"\item first = 21,259",
    r"\item second = 18,719",
    r"\item result: 2,540",
    r"\item rule: Order 1983",
    r"\end{itemize}",
)

PLAIN = lines(
    "Con won 1,234 votes in [three] seats.",
    "",
    "The swing was -0.6.",
    "",
    "Seats [bold]",
    "Seat          Won by      Votes    Majority    Seats  Remark",
    "[red]x[/red]  Con        21,259        5.4%  20 (-7)  *bold* & <b>x</b>, `code` and 5% of a_b, told at some length",
    "a|b           Lab             –        0.0%   20 (–)  –",
    r"1e5           –               7      100.0%        –  =1+1\x1b[31m\u202e\x9b",
    "",
    "Quote *me*.",
    "",
    "Totals",
    "  Sum",
    "    3",
    "",
    "Note:",
    "  One & only.",
    "",
    "Sources:",
    "  hoc: T, P, L https://example.org/a_b?c&d",
    "",
    "How majority is worked out:",
    "  first − second",
    "  first = 21,259",
    "  second = 18,719",
    "  result: 2,540",
    "  rule: Order 1983",
)

CSV = lines(
    "seat,party,votes,majority_pct,net.con,net.lab,net.ld,swing.butler_pp,gain,flags,note",
    '[red]x[/red],con,21259,5.35,1,-7,,-0.55,true,new-seat; =cmd,"*bold* & <b>x</b>, `code` and 5% of a_b, told at some length"',
    "a|b,lab,,0.04,,,2,,false,,",
    "1e5,ind:adam,7,100,,,,0.04,false,,=1+1\x1b[31m\u202e\x9b",
)

TSV = lines(
    "seat\tparty\tvotes\tmajority_pct\tnet.con\tnet.lab\tnet.ld\tswing.butler_pp\tgain\tflags\tnote",
    "[red]x[/red]\tcon\t21259\t5.35\t1\t-7\t\t-0.55\ttrue\tnew-seat; =cmd\t*bold* & <b>x</b>, `code` and 5% of a_b, told at some length",
    "a|b\tlab\t\t0.04\t\t\t2\t\tfalse\t\t",
    "1e5\tind:adam\t7\t100\t\t\t\t0.04\tfalse\t\t=1+1\x1b[31m\u202e\x9b",
)

LONG_FOR_EXCEL = lines(
    "\ufeffseat,party,votes,majority_pct,net.con,net.lab,net.ld,swing.butler_pp,gain,flags,note,candidates.candidate",
    '[red]x[/red],con,21259,5.35,1,-7,,-0.55,true,new-seat;\' =cmd,"*bold* & <b>x</b>, `code` and 5% of a_b, told at some length","\'@Ann, ""A"""',
    '[red]x[/red],con,21259,5.35,1,-7,,-0.55,true,new-seat;\' =cmd,"*bold* & <b>x</b>, `code` and 5% of a_b, told at some length",Zoë',
    "a|b,lab,,0.04,,,2,,false,,,",
    "1e5,ind:adam,7,100,,,,0.04,false,,'=1+1\x1b[31m\u202e\x9b,",
)

JSONL = lines(
    r'{"seat":"[red]x[/red]","party":"con","votes":21259,"majority_pct":5.35,"net":{"con":1,"lab":-7},"swing":{"butler_pp":-0.55},"gain":true,"flags":["new-seat","=cmd"],"note":"*bold* & <b>x</b>, `code` and 5% of a_b, told at some length","candidates":[{"candidate":"@Ann, \"A\""},{"candidate":"Zoë"}]}',
    '{"seat":"a|b","party":"lab","votes":null,"majority_pct":0.04,"net":{"ld":2},"swing":null,"gain":false,"flags":[],"note":null,"candidates":[]}',
    r'{"seat":"1e5","party":"ind:adam","votes":7,"majority_pct":100,"net":{},"swing":{"butler_pp":0.04},"gain":false,"flags":[],"note":"=1+1\u001b[31m\u202e\u009b","candidates":[]}',
)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(Options(sources=True, explain=True), PIPED, id="piped"),
        pytest.param(Options(width=140), AT_140, id="140"),
        pytest.param(Options(width=80), AT_80, id="80"),
        pytest.param(Options(width=60), AT_60, id="60"),
        pytest.param(Options(format=Format.MARKDOWN, sources=True, explain=True), MARKDOWN, id="markdown"),
        pytest.param(Options(format=Format.HTML, sources=True, explain=True), HTML, id="html"),
        pytest.param(Options(format=Format.LATEX, sources=True, explain=True), LATEX, id="latex"),
        pytest.param(Options(format=Format.PLAIN, sources=True, explain=True), PLAIN, id="plain"),
        pytest.param(Options(format=Format.CSV), CSV, id="csv"),
        pytest.param(Options(format=Format.TSV), TSV, id="tsv"),
        pytest.param(Options(format=Format.CSV, long=True, excel=True), LONG_FOR_EXCEL, id="csv, long, for Excel"),
        pytest.param(Options(format=Format.JSONL), JSONL, id="jsonl"),
    ],
)
def test_a_format_shows_the_whole_answer_and_no_name_is_markup_in_it(options: Options, expected: str) -> None:
    """Headline, tables, closing, notes and what was asked for below; brackets, bars and signs as they are."""
    assert render(VIEW, options) == expected


def test_json_is_the_envelope_in_its_order_with_every_figure_in_full() -> None:
    """Also with its workings, where they are asked for."""
    answer = json.loads(render(VIEW, Options(format=Format.JSON, explain=True)))
    assert list(answer.items()) == [
        ("schema_version", 1),
        ("command", "seats"),
        ("query", {"election": "parl.2019-12-12"}),
        ("dataset", {"title": "Test", "version": "1", "sha256": "00"}),
        ("baseline", None),
        ("rows", [dict(row) for row in ROWS]),
        ("summary", {}),
        ("notes", ["One & only."]),
        ("sources", [dict(VIEW.sources[0])]),
        (
            "explain",
            [
                {
                    "name": "majority",
                    "formula": "first \N{MINUS SIGN} second",
                    "inputs": [{"name": "first", "value": 21259}, {"name": "second", "value": 18719}],
                    "result": 2540,
                    "rule": "Order 1983",
                }
            ],
        ),
    ]


def test_json_is_indented_text_without_escapes_for_accents() -> None:
    """It reads well, and ends in one newline."""
    text = render(VIEW, Options(format=Format.JSON))
    assert text.startswith('{\n  "schema_version": 1,\n')
    assert '"candidate": "Zoë"' in text
    assert text.endswith("\n}\n")


def test_a_party_in_a_working_is_its_id_in_json() -> None:
    """As in rows: what people see of it, colour too, is for people."""
    control = Value(PartyLabel("con", "Con", "#0087dc"), Kind.PARTY)
    working = Working("control", "more than half", (("before", control),), control)
    view = VIEW.__class__(command="councils", query={}, fields=FIELDS, rows=(), workings=(working,))
    (told,) = json.loads(render(view, Options(format=Format.JSON, explain=True)))["explain"]
    assert (told["inputs"], told["result"]) == ([{"name": "before", "value": "con"}], "con")


def test_no_character_that_json_lets_pass_unseen_can_act_on_a_terminal() -> None:
    """The short list of harmless ones is only there to spare a search: it may hold none that the search would find."""
    assert not [char for char in (*QUIET, *PRINTED.decode()) if re.match(ACTIVE, char)]


@pytest.mark.parametrize("char", ["\x7f", "\x9b", "\xad", "\u200b", "\u202e", "\ufeff", "\U000e0041"])
def test_json_escapes_what_hides_behind_harmless_letters(char: str) -> None:
    """One in a text of accents and dashes is enough."""
    view = VIEW.__class__(command="seats", query={}, fields=FIELDS, rows=(), notes=(f"Zoë – {char}",))
    text = render(view, Options(format=Format.JSON))
    assert char not in text
    assert json.loads(text)["notes"] == [f"Zoë – {char}"]


@pytest.mark.parametrize("format", EVERYWHERE)
def test_every_format_renders_an_empty_answer(format: Format) -> None:  # noqa: A002
    """Rows only, or a document without its table: never an error, and every line is finished."""
    empty = VIEW.__class__(
        command="seats", query={}, fields=FIELDS, rows=(), laid_out=lambda: Layout(table=Table(TABLE.columns, ()))
    )
    text = render(empty, Options(format=format))
    assert text in {"", "seat,party,votes,majority_pct,swing.butler_pp,gain,flags,note\n"} or text.endswith("\n")


@pytest.mark.parametrize("format", [each for each in EVERYWHERE if each not in {Format.CSV, Format.TSV}])
def test_no_control_character_of_the_data_leaves_raw(format: Format) -> None:  # noqa: A002
    """Neither ESC nor C1 nor a bidirectional override; CSV and TSV alone are literal."""
    assert not {"\x1b", "\x9b", "\u202e"} & set(render(VIEW, Options(format=format)))


def test_asked_for_columns_replace_the_arranged_table() -> None:
    """Formatted by their kinds; a part of a map or a record is a column like any other."""
    view = VIEW.__class__(command="seats", query={}, fields=FIELDS, rows=ROWS, laid_out=lambda: Layout(table=TABLE))
    assert render(view, Options(columns=("seat", "swing.butler_pp", "net", "gain"))) == lines(
        "seat          swing.butler_pp  net.con  net.lab  net.ld  gain",
        "─────────────────────────────────────────────────────────────",
        "[red]x[/red]             -0.6       +1       -7       –  yes",
        "a|b                         –        –        –      +2  no",
        "1e5                       0.0        –        –       –  no",
    )


def test_a_long_table_has_a_line_for_each_element() -> None:
    """As CSV does, for people too."""
    view = VIEW.__class__(command="seats", query={}, fields=FIELDS, rows=ROWS, laid_out=lambda: Layout(table=TABLE))
    options = Options(columns=("seat", "candidates"), long=True, format=Format.PLAIN)
    assert render(view, options) == lines(
        "seat          candidates.candidate",
        '[red]x[/red]  @Ann, "A"',
        "[red]x[/red]  Zoë",
        "a|b           –",
        "1e5           –",
    )


def forget_styles() -> None:
    """Have Rich forget the codes of styles, which it keeps from the first terminal that they were written for."""
    from rich.style import Style

    for cached in (Style.parse, Style._add):  # noqa: SLF001 (they are the caches)
        cached.cache_clear()


def test_colour_marks_a_party_and_its_name_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The swatch has the colour; the name keeps the colour of the terminal's text, so that it can be read."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    forget_styles()
    text = render(VIEW, Options(width=80, color=True))
    assert "\x1b[38;2;0;135;220m▌\x1b[0mCon" in text
    assert "\x1b[31m" not in text
    assert "[red]x[/red]" in text


def test_names_and_numbers_stay_whole_where_the_terminal_is_too_narrow() -> None:
    """What always shows is never cut, folded or shortened."""
    text = render(VIEW, Options(width=10))
    assert "[red]x[/red]  Con" in text
    assert "…" not in text
