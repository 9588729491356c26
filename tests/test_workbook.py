"""Workbooks, opened by another library than the one that writes them, and `--query`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from emvote.cli.exit_codes import ExitCode
from emvote.render import Options
from emvote.render.workbook import LONGEST_TEXT, render_workbook
from emvote.views.columns import Field
from emvote.views.values import Kind
from emvote.views.view import View

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "http://example.org/x", "{=1}", "007", "\x1b[31mred", "x" * 40_000)


def emvote(*arguments: str, text: bool = True) -> subprocess.CompletedProcess[Any]:
    """Run a command as a user does."""
    return subprocess.run([sys.executable, "-m", "emvote", *arguments], capture_output=True, text=text, check=False)


def opened(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The values of each sheet, row by row; a formula would stand there as its text."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_a_workbook_holds_the_rows_of_csv(tmp_path: Path) -> None:
    """The same fields, figures in full, numbers as numbers, dates as dates; notes and sources beside."""
    path = tmp_path / "seats.xlsx"
    assert emvote("seats", "2019", "-o", str(path)).returncode == 0
    sheets = opened(path)
    answer = json.loads(emvote("seats", "2019", "--json").stdout)
    header, *rows = sheets["Answer"]
    assert header == tuple(emvote("seats", "2019", "--csv").stdout.splitlines()[0].split(","))
    by_field = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["seat"] for row in by_field] == [row["seat"] for row in answer["rows"]]
    exact = [row["majority_pct"] for row in answer["rows"]]
    assert [row["majority_pct"] for row in by_field] == pytest.approx(exact, rel=1e-15)
    assert by_field[0]["polling_date"].date() == date(2019, 12, 12)
    assert [row[0] for row in sheets["Notes"][1:]] == answer["notes"]
    assert [row[0] for row in sheets["Sources"][1:]] == [source["id"] for source in answer["sources"]]
    assert ("command", "seats") in sheets["About"]


def test_candidates_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    """A line for each, with the fields of their row."""
    path = tmp_path / "seat.xlsx"
    assert emvote("seat", "Derby North", "2019", "--explain", "-o", str(path)).returncode == 0
    sheets = opened(path)
    header, *rows = sheets["Candidates"]
    votes = {row[header.index("candidates.candidate")]: row[header.index("candidates.votes")] for row in rows}
    assert votes["Amanda Solloway"] == 21_259
    assert len(rows) == 6
    assert any("majority" in str(row[0]) for row in sheets["Workings"])


def test_a_workbook_is_dressed_for_its_reader(tmp_path: Path) -> None:
    """Its header stays, numbers have their formats, parties their colours."""
    path = tmp_path / "seats.xlsx"
    emvote("seats", "2019", "-o", str(path))
    sheet = openpyxl.load_workbook(path)["Answer"]
    heading = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.freeze_panes == "A2"
    assert sheet[f"{heading['majority_votes']}2"].number_format == "#,##0"
    assert sheet[f"{heading['majority_pct']}2"].number_format == "0.0"
    assert (
        sheet[f"{heading['winner_party']}2"].fill.bgColor.rgb or sheet[f"{heading['winner_party']}2"].fill.fgColor.rgb
    )
    assert sheet.column_dimensions[heading["seat"]].width > 10


def test_text_never_acts_in_a_workbook(tmp_path: Path) -> None:
    """No formula, no link, no number made of a text; what is too long for a cell is cut."""
    rows = tuple({"name": text, "votes": None} for text in HOSTILE)
    fields = (Field("name", Kind.NAME, "a name"), Field("votes", Kind.COUNT, "votes", null=True))
    view = View(command="test", query={"name": HOSTILE[0]}, fields=fields, rows=rows, notes=HOSTILE)
    path = tmp_path / "hostile.xlsx"
    path.write_bytes(render_workbook(view, Options()))
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert all(cell.data_type in ("s", "n") and not cell.hyperlink for row in sheet.iter_rows() for cell in row)
    found = [row[0] for row in opened(path)["Answer"][1:]]
    assert found[:6] == list(HOSTILE[:6])
    assert len(found[-1]) == LONGEST_TEXT
    assert opened(path)["Answer"][1][1] is None


def test_the_same_answer_gives_the_same_bytes() -> None:
    """Nothing in a workbook tells when it was made."""
    view = View(command="test", query={}, fields=(Field("a", Kind.COUNT, "a"),), rows=({"a": 1},))
    assert render_workbook(view, Options()) == render_workbook(view, Options())


def test_a_workbook_goes_into_a_file_or_a_pipe(tmp_path: Path) -> None:
    """An empty answer has its header; a text that is no answer has no workbook."""
    done = emvote("seats", "2019", "--format", "xlsx", text=False)
    assert done.stdout.startswith(b"PK")
    path = tmp_path / "none.xlsx"
    assert emvote("seats", "2019", "--majority-under", "0", "-o", str(path)).returncode == 0
    assert len(opened(path)["Answer"]) == 1
    assert emvote("schema", "seats", "-o", str(tmp_path / "schema.xlsx")).returncode == ExitCode.USAGE
    assert emvote("seats", "--json", "--format", "xlsx").returncode == ExitCode.USAGE


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_workbook_is_not_written_to_a_terminal() -> None:
    """It says what to do instead."""
    import pty

    master, terminal = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "emvote", "sources", "--format", "xlsx"],
        stdout=terminal,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(terminal)
    os.close(master)
    assert done.returncode == ExitCode.USAGE
    assert "-o answer.xlsx" in done.stderr


@pytest.mark.parametrize(
    ("expression", "out"),
    [
        ("rows[?seat=='Derby North'].majority_votes | [0]", "2540\n"),
        ("rows[?seat=='Derby North'].winner | [0]", "Amanda Solloway\n"),
        ("rows[:2].seat", '[\n  "Amber Valley",\n  "Ashfield"\n]\n'),
        ("no_such_field", "null\n"),
        ("rows[0].swing.from_party == 'x'", "false\n"),
        ("length(rows)", "46\n"),
    ],
)
def test_a_query_takes_a_part_of_the_answer(expression: str, out: str) -> None:
    """As JSON; a single text or number bare."""
    for form in ((), ("--json",)):
        done = emvote("seats", "2019", *form, "--query", expression)
        assert (done.returncode, done.stdout, done.stderr) == (0, out, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--query", "rows["),
        ("--query", ""),
        ("--query", "rows", "--csv"),
        ("--query", "rows", "--sentence"),
        ("--query", "rows", "-o", "answer.csv"),
        ("--query", "abs('x')"),
        ("--query", "rows[::0]"),
        ("--query", "a" * 3_000),
        ("--query", "[" * 1_500),
    ],
)
def test_a_query_that_cannot_be_answered_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    """And nothing is printed."""
    done = emvote("seats", "2019", *arguments)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert "Traceback" not in done.stderr


def test_a_query_is_written_to_a_file(tmp_path: Path) -> None:
    """As it is printed; a schema can be asked too."""
    path = tmp_path / "winner.json"
    assert emvote("seats", "2019", "--query", "rows[0].winner", "-o", str(path)).returncode == 0
    assert path.read_text(encoding="utf-8") == "Nigel Mills\n"
    assert emvote("schema", "seats", "--query", "title").stdout == "emvote seats --json\n"
