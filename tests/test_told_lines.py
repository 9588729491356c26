"""A line that a message tells is the line of the file, whatever stands above it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final

import pytest

from emvote.dataset import Dataset
from emvote.store.export import Target, export

Emvote = Callable[..., CompletedProcess[str]]
SMALL: Final = Path(__file__).parent / "data" / "small.toml"
MARK: Final = "zzz"
"""What is wrong; it stands on one line only, and the line told must be that one."""
LINE: Final = re.compile(r"\bline (\d+)")

ABOVE_TOML: Final = {
    "nothing": "",
    "blank lines": "\n\n\n",
    "a comment with brackets": "# [[x]] = '''\n",
    "a text over several lines": 'note = """\n[a]\nb = 1\n"""\n',
    "a list over several lines": "note = [\n 1,\n 2,\n]\n",
}
CLAIMS: Final = """[article]
id = "a"
title = "A"
publisher = "P"

[[claims]]
id = "c"
subject = "S"
claim = "C"
query = "seats"
take = "rows[0].seat"
stated = "Derby North"
"""
OVERLAY: Final = """[[contests]]
election = "parl.2019-12-12"
seat = "E14000662"
electorate = 73199
valid_votes = 47000
candidates = []
"""
ENDINGS: Final = {"unix": "\n", "windows": "\r\n"}
HEADER: Final = "council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag"
BOSTON: Final = "Boston,E07000136,Coastal,E05005682"
ABOVE_ROWS: Final = {
    "nothing": (),
    "blank lines": ("", ""),
    "a ward": (
        "Boston,E07000136,Fenside,E05005683,Clare Cedar,Lab,300,1",
        "Boston,E07000136,Fenside,E05005683,Dan D,C,2,0",
    ),
    "a name over two lines": (
        'Boston,E07000136,Fenside,E05005683,"Clare\nCedar",Lab,300,1',
        "Boston,E07000136,Fenside,E05005683,Dan D,C,2,0",
    ),
}


def lines_of(said: str) -> set[int]:
    """The lines that a message tells."""
    return set(map(int, LINE.findall(said)))


def where(text: str) -> int:
    """The line on which the mark stands, as an editor counts."""
    (number,) = (i for i, line in enumerate(text.split("\n"), start=1) if MARK in line)
    return number


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("above", ABOVE_TOML)
@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("check",), SMALL.read_text(encoding="utf-8").split("\n\n", 1)[0] + "\n"),
        (("claims",), CLAIMS),
        (("seats", "--overlay"), OVERLAY),
    ],
    ids=["dataset", "claims", "overlay"],
)
def test_what_is_no_toml_is_told_on_its_line(
    given: tuple[str, ...], text: str, above: str, mark: str, ending: str, emvote: Emvote, tmp_path: Path
) -> None:
    """In each kind of file, below whatever TOML allows."""
    whole = f"{ABOVE_TOML[above]}{text}{MARK} = = 1\n"
    file = tmp_path / "x.toml"
    file.write_bytes(f"{mark}{whole}".replace("\n", ENDINGS[ending]).encode())
    done = emvote(*given, str(file))
    assert done.returncode, done.stdout
    assert lines_of(done.stdout + done.stderr) == {where(whole)}, done.stdout + done.stderr


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("above", ABOVE_TOML)
@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("claims",), f"{CLAIMS}{MARK} = 1\n"),
        (("claims",), CLAIMS.replace('"seats"', f'"seats --{MARK}"')),
        (("claims",), CLAIMS.replace("rows[0].seat", MARK)),
        (("seats", "--overlay"), f"{MARK} = 1\n{OVERLAY}"),
        (("seats", "--overlay"), f"{OVERLAY}\n[[{MARK}]]\nid = 1\n"),
    ],
    ids=["claims: key", "claims: question", "claims: path", "overlay: key", "overlay: table"],
)
def test_a_wrong_key_is_told_on_its_line(
    given: tuple[str, ...], text: str, above: str, ending: str, emvote: Emvote, tmp_path: Path
) -> None:
    """And what else is wrong on a line of its own."""
    comment = "\n".join(f"# {line}" for line in ABOVE_TOML[above].split("\n"))
    whole = f"{comment}\n{text}"
    file = tmp_path / "x.toml"
    file.write_bytes(whole.replace("\n", ENDINGS[ending]).encode())
    done = emvote(*given, str(file))
    assert done.returncode, done.stdout
    assert where(whole) in lines_of(done.stderr), done.stderr


@pytest.mark.parametrize("over", [False, True], ids=["lines", "a cell over two lines"])
def test_every_row_of_an_export_is_told_on_its_line(over: bool, small: Dataset, emvote: Emvote, tmp_path: Path) -> None:
    """Where a row has a cell too many, whatever row of whatever file it is, cells over several lines above it."""
    folder = tmp_path / "made"
    export(small, folder, Target.CSV)
    tried = 0
    for file in sorted(folder.glob("*.csv")):
        whole = file.read_text(encoding="utf-8")
        header, *rows = whole.splitlines()
        if len(rows) < 2 or '"' in whole:
            continue
        first = '"' + rows[0].replace(",", '\n",', 1) if over else rows[0]
        text = "\n".join((header, first, *rows[1:-1], f"{rows[-1]},{MARK}", ""))
        file.write_bytes(text.encode())
        done = emvote("check", str(folder))
        file.write_text(whole, encoding="utf-8")
        told = lines_of(
            "\n".join(line for line in done.stderr.split("\n") + done.stdout.split("\n") if "cells" in line)
        )
        assert where(text) in told, (file.name, where(text), done.stdout)
        tried += 1
    assert tried


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("above", ABOVE_ROWS)
@pytest.mark.parametrize("title", [(), ("Local elections in Boston", "")], ids=["header first", "title first"])
def test_a_row_of_a_published_file_is_told_on_its_line(
    title: tuple[str, ...], above: str, ending: str, emvote: Emvote, tmp_path: Path
) -> None:
    """Below a title, blank lines, and names that go over two lines."""
    rows = (*title, HEADER, *ABOVE_ROWS[above], f"{BOSTON},Anne Ash,C,12,1", f"{BOSTON},Ben Birch,Lab,{MARK},0", "")
    text = "\n".join(rows)
    file = tmp_path / "leap.csv"
    file.write_bytes(text.replace("\n", ENDINGS[ending]).encode())
    done = emvote("import", str(file), "--election", "local.2027-05-06", "--dry-run", "--json")
    assert f"leap.csv:{where(text)}:" in done.stdout, done.stdout
