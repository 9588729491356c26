"""What each command looks like on a terminal of 60, 80 and 140 columns, with and without colour.

A file a question in `__snapshots__/test_look`, made with `python dev.py test tests/test_look.py --snapshot-update` and
read before it is committed: `cat` shows the colours. A line in `QUESTIONS` has a command looked at.
"""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from tests.examples import of_others

from emvote.cli.asking import parse
from emvote.cli.output import arranged
from emvote.cli.question import Failing
from emvote.dataset import Dataset
from emvote.render import Options, render
from emvote.store import open_dataset
from emvote.views.view import View

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from emvote.cli.options import Request

DATA = Path(__file__).parent / "data"
SMALL = DATA / "small.toml"
WARDS = DATA / "valid" / "wards.toml"
WIDTHS = (60, 80, 140)
COLOUR = re.compile("\x1b\\[[0-9;]*m")
QUESTIONS: dict[str, tuple[str, Path | str]] = {
    "councils": ("councils", SMALL),
    "councils-explain": ("councils --lost-control --explain --sources", SMALL),
    "council": ("council aldermere", SMALL),
    "seat": ("seat brackwater", SMALL),
    "seat-explain": ("seat aldermere --election 2024 --explain --sources", SMALL),
    "seats": ("seats --election 2017", SMALL),
    "seats-columns": ("seats --columns seat,outcome,majority_votes,flags --sort majority_votes", SMALL),
    "swing": ("swing --from 2015 --to 2017", SMALL),
    "compare-elections": ("compare 2015 2017", SMALL),
    "compare-seats": ("compare seat:aldermere seat:brackwater --election 2017", SMALL),
    "compare-councils": ("compare council:aldermere council:brackwater", SMALL),
    "wards": ("wards aldermere", WARDS),
    "mayor": ("mayor fenmark", WARDS),
    "candidate": ("candidate Ada Birch", WARDS),
    "elections": ("elections", SMALL),
    "parties": ("parties", SMALL),
    "sources": ("sources", SMALL),
    "results": ("results 2017", SMALL),
    "results-local": ("results local-2019", SMALL),
    "targets": ("targets blue", SMALL),
    "bellwethers": ("bellwethers", SMALL),
    "map": ("map 2017", SMALL),
    "claims": (f"claims {DATA / 'claims.toml'}", SMALL),
    "project": ("project --swing red:blue:3", SMALL),
    "explain": ("explain butler", SMALL),
    "proof": (f"proof {DATA / 'article.txt'}", "results"),
    "check": (f"check {SMALL}", SMALL),
}
"""Name of the snapshot to the question, and the dataset that answers."""
OF_THEIR_OWN = {"export", "import", "schema", "completion", "diff", "report", "cache", "config", "browse", "mcp"}
"""Commands whose answers are no screens, or are other ones elsewhere."""
SEEN = {line.split()[0] for line, _ in QUESTIONS.values()} | OF_THEIR_OWN
OTHERS = {name: (shlex.join(words[0]), "results") for name, words in of_others(SEEN).items()}
"""Commands that nobody has looked at yet: what holds of every screen holds of theirs."""
EVERY = {**QUESTIONS, **OTHERS}


class Screens(SingleFileSnapshotExtension):
    """A text file a question."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@cache
def opened(path: str, *, wards: bool, people: bool) -> Dataset:
    """A dataset, read once."""
    return open_dataset(path, wards=wards, people=people)


def answered(name: str) -> tuple[View, Request]:
    """The answer to one of the questions, and how it was asked for."""
    line, dataset = EVERY[name]
    question = parse(tuple(shlex.split(line)))
    answer = question.answer(
        lambda request, *, wards, people=False: opened(request.data or str(dataset), wards=wards, people=people)
    )
    view = answer.answer if isinstance(answer, Failing) else answer
    assert isinstance(view, View)
    return arranged(view, question.request), question.request


def screen(name: str, width: int, *, color: bool) -> str:
    """The answer on a terminal."""
    view, asked = answered(name)
    options = Options(
        columns=asked.listing.columns, sources=asked.sources, explain=asked.explain, width=width, color=color
    )
    return render(view, options)


def _titled(name: str, width: int, *, color: bool) -> str:
    line = QUESTIONS[name][0].replace(f"{DATA}/", "")
    title = f" {line}, {width} columns{', colour' if color else ''} "
    return f"{title:=^{width}}\n\n{screen(name, width, color=color)}"


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has every colour, wherever the tests run."""
    for variable in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_looks_as_it_did(name: str, snapshot: SnapshotAssertion) -> None:
    """At each width, first without colour, then with it."""
    screens = [_titled(name, width, color=color) for color in (False, True) for width in WIDTHS]
    assert "\n".join(screens) == snapshot(extension_class=Screens)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EVERY)
def test_colour_adds_nothing_but_colour(name: str, width: int) -> None:
    """Every word is there without it; the marks of parties stand before their names and take room."""
    plain, coloured = (COLOUR.sub("", screen(name, width, color=color)) for color in (False, True))
    assert [word for word in plain.split() if set(word) != {"─"}] == [
        word for word in coloured.replace("▌", " ").split() if set(word) != {"─"}
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", EVERY)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    """But an address, which could not be followed if it were cut, and a table whose names alone are wider."""
    lines = screen(name, width, color=False).splitlines()
    assert [line for line in lines if cell_len(line) > width and "://" not in line] == []
