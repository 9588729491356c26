"""`emvote browse`: the screens by their keys, through Textual's own pilot, and once on a real terminal."""

from __future__ import annotations

import asyncio
import base64
import importlib
import os
import re
import select
import shlex
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.cli.asking import Asker
from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import run
from emvote.cli.options import Request
from emvote.dataset import Dataset
from emvote.queries.places import PlaceKind, matching, places
from emvote.store import open_dataset

pytest.importorskip("textual", reason="Textual is not installed: pip install 'emvote[browse]'")

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from emvote.cli import browser, streams

SMALL = Path(__file__).parent / "data" / "small.toml"
PATIENCE = 20.0
Emvote = Callable[..., CompletedProcess[str]]
Steps = Callable[[Pilot[None]], Awaitable[None]]


def setting(record: Dataset, **changes: Any) -> browser.Setting:
    """What a browser of a record shows."""

    def opened(request: Request, *, wards: bool, people: bool = False) -> Dataset:  # noqa: ARG001 (as an opener is called)
        return record

    ask = Asker(Request(), opened)
    return browser.Setting("Fenmark", places(record), ask, **{"color": False, **changes})


def walk(shown: browser.Setting, steps: Steps, width: int = 100) -> browser.Browser:
    """Use a browser without a terminal."""
    app = browser.Browser(shown)

    async def through() -> None:
        async with app.run_test(size=(width, 30)) as pilot:
            await pilot.pause()
            await steps(pilot)

    asyncio.run(through())
    return app


def listed(pilot: Pilot[None]) -> list[str]:
    """The lines of the list."""
    names = pilot.app.screen.query_one(OptionList)
    return [str(names.get_option_at_index(index).prompt) for index in range(names.option_count)]


def told(pilot: Pilot[None], part: str) -> str:
    """The text of a part of the screen."""
    return str(pilot.app.screen.query_one(part, Static).render())


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until they have been answered."""
    await pilot.press(*keys)
    await pilot.pause()


def test_the_list_has_every_name_once_those_of_the_past_last(shipped: Dataset) -> None:
    """Seats of one name on several boundaries are one place, as in `emvote seat`."""
    found = places(shipped)
    names = [(place.kind, place.name) for place in found]
    assert len(set(names)) == len(names)
    assert {name for kind, name in names if kind is PlaceKind.SEAT} == {seat.name for seat in shipped.record.seats}
    assert len([kind for kind, _ in names if kind is PlaceKind.COUNCIL]) == len(shipped.record.councils)
    past = [place.ended is not None for place in found]
    assert past == sorted(past)
    assert ("Corby", 2021) in {(place.name, place.ended) for place in found if place.kind is PlaceKind.COUNCIL}


@pytest.mark.parametrize("name", ["results", "uk"])
def test_what_is_typed_for_a_place_finds_it_and_no_other(name: str) -> None:
    """Its id stands where the name would find another: Derby was a seat until 1950."""
    dataset = open_dataset(name)
    for place in places(dataset):
        found = (
            dataset.find_seats(place.typed)[0] if place.kind is PlaceKind.SEAT else dataset.find_council(place.typed)
        )
        assert found.name == place.name


def test_letters_narrow_the_list_by_the_beginnings_of_words(shipped: Dataset) -> None:
    """In any order: name, county, seat or council."""
    found = places(shipped)
    assert [place.name for place in matching(found, "north der")] == [
        "Derby North", "North East Derbyshire", "North East Derbyshire",
    ]  # fmt: skip
    assert [place.kind for place in matching(found, "amb coun")] == [PlaceKind.COUNCIL]
    assert {place.counties for place in matching(found, "rutland county")} <= {("Rutland",), ("Leicestershire",)}
    assert matching(found, "atlantis") == ()


def test_the_filter_narrows_the_screen_and_escape_clears_it_then_leaves(shipped: Dataset) -> None:
    """The line below says how many are left."""
    every = len(places(shipped))

    async def steps(pilot: Pilot[None]) -> None:
        assert len(listed(pilot)) == every
        await pressed(pilot, *"derby n")
        assert [line.split("  ")[0] for line in listed(pilot)] == [
            "Derby North", "North East Derbyshire", "North East Derbyshire",
        ]  # fmt: skip
        assert told(pilot, "#count") == f"3 of {every} seats and councils"
        await pressed(pilot, *"zzz", "enter")
        assert listed(pilot) == []
        await pressed(pilot, "escape")
        assert len(listed(pilot)) == every
        await pressed(pilot, "escape")

    assert walk(setting(shipped), steps).return_code == ExitCode.ANSWERED


def test_a_place_is_shown_as_its_command_shows_it(shipped: Dataset, emvote: Emvote) -> None:
    """The very lines that a terminal without colour would have, and the command below them."""

    async def steps(pilot: Pilot[None]) -> None:
        await pressed(pilot, *"derby n", "enter")
        assert told(pilot, "#command") == "$ emvote seat 'Derby North'"
        lines = told(pilot, "#answer").splitlines()
        assert lines[0].startswith("Derby North, 4 July 2024: Labour gain")
        shown = [re.split(r"\s{2,}", line.strip())[:4] for line in lines if re.match(r"(19|20)\d\d\b", line.strip())]
        answer = emvote("seat", "Derby North").stdout.splitlines()
        asked = [re.split(r"\s{2,}", line.strip())[:4] for line in answer if re.match(r"\s*(19|20)\d\d\b", line)]
        assert shown == asked
        assert len(shown) == 10

    walk(setting(shipped), steps, width=120)


def test_arrows_enter_and_the_keys_of_an_answer(small: Dataset) -> None:
    """The next place, the one before, the working, the sources, and back to the list as it was."""
    found = places(small)

    def line(index: int, *flags: str) -> str:
        return "$ emvote " + " ".join(map(shlex.quote, browser.asking(found[index % len(found)], *flags)))

    async def steps(pilot: Pilot[None]) -> None:
        await pressed(pilot, "down", "down", "up", "enter")
        assert told(pilot, "#command") == line(1)
        await pressed(pilot, "n")
        assert told(pilot, "#command") == line(2)
        await pressed(pilot, "p", "p", "p")
        assert told(pilot, "#command") == line(-1)
        await pressed(pilot, "n", "s")
        assert told(pilot, "#command") == line(0, "--sources")
        assert "Sources:" in told(pilot, "#answer")
        await pressed(pilot, "e")
        assert told(pilot, "#command") == line(0, "--explain", "--sources")
        await pressed(pilot, "escape")
        assert len(listed(pilot)) == len(found)

    walk(setting(small), steps)


def test_the_command_is_copied_with_the_dataset_that_it_needs(small: Dataset) -> None:
    """So that it can be pasted in another folder's terminal, quoted as a shell needs it."""
    named = ("--data", "my results.toml", "--overlay", "night.toml")

    async def steps(pilot: Pilot[None]) -> None:
        await pressed(pilot, "enter", "c")
        first = places(small)[0]
        end = "--data 'my results.toml' --overlay night.toml"
        assert pilot.app.clipboard == f"emvote {first.kind.value} {shlex.quote(first.typed)} {end}"
        assert told(pilot, "#command") == f"$ {pilot.app.clipboard}"

    walk(setting(small, dataset=named), steps)


def test_names_are_shown_literally_whatever_they_hold(altered: Callable[..., Dataset]) -> None:
    """Neither as markup nor as an option of the command."""
    dataset = altered(('\nname = "Cold Hollow"\n', '\nname = "--[red]Cold[/red]"\n'))

    async def steps(pilot: Pilot[None]) -> None:
        await pressed(pilot, *"red")
        assert [line.split("  ")[0] for line in listed(pilot)] == ["--[red]Cold[/red]"]
        await pressed(pilot, "enter")
        assert told(pilot, "#command") == "$ emvote council -- '--[red]Cold[/red]'"
        assert "--[red]Cold[/red]" in told(pilot, "#answer")

    walk(setting(dataset), steps)


def test_the_answer_is_laid_out_for_the_width_of_the_screen(shipped: Dataset) -> None:
    """A wider one shows more columns, and no line is wider than the screen."""
    widest = {}
    for width in (60, 140):

        async def steps(pilot: Pilot[None], width: int = width) -> None:
            await pressed(pilot, *"derby n", "enter")
            widest[width] = max(map(len, told(pilot, "#answer").splitlines()))

        walk(setting(shipped), steps, width=width)
    assert 40 < widest[60] <= 58
    assert 60 < widest[140] <= 138


@pytest.mark.parametrize(
    ("arguments", "told_so"),
    [((), "needs a terminal"), (("--json",), "no format"), (("-o", "x.txt"), "no file"), (("--excel",), "no format")],
)
def test_where_no_screen_can_be_drawn_browse_is_wrong_usage(
    emvote: Emvote, arguments: tuple[str, ...], told_so: str
) -> None:
    """In a pipe, and with options that ask for an answer in a file or a format."""
    done = emvote("browse", *arguments)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert told_so in done.stderr


def test_without_textual_the_command_that_installs_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is an extra, for those who want it."""
    monkeypatch.setattr(streams, "is_a_screen", lambda: True)
    monkeypatch.delitem(sys.modules, "emvote.cli.browser")
    monkeypatch.setattr(importlib.import_module("emvote.cli"), "browser", None)
    monkeypatch.setitem(sys.modules, "textual", None)
    monkeypatch.setitem(sys.modules, "textual.app", None)
    assert run(["browse"]) == ExitCode.USAGE
    assert capsys.readouterr().err == "emvote: browse needs Textual: pip install 'emvote[browse]'\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_the_command_goes_to_its_clipboard_and_the_screen_is_left_as_it_was() -> None:
    """By the sequence OSC 52; leaving it is exit code 0."""
    import pty

    process, screen = pty.fork()
    if not process:
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        words = [sys.executable, "-m", "emvote", "browse", "dunw", "--data", str(SMALL)]
        os.execvpe(sys.executable, words, environment)  # noqa: S606 (our own program)
    shown = wait_for(screen, "", "seats and councils")
    os.write(screen, b"\r")
    shown = wait_for(screen, shown, "$ emvote")
    os.write(screen, b"c")
    shown = wait_for(screen, shown, "\x1b]52;c;")
    os.write(screen, b"\x11")  # Ctrl+Q
    shown = wait_for(screen, shown, "\x1b[?1049l")
    copied = re.search(r"\x1b\]52;c;([\w+/=]+)", shown)
    assert copied
    assert base64.b64decode(copied[1]).decode() == f"emvote council Dunwick --data {SMALL}"
    _, status = os.waitpid(process, 0)
    os.close(screen)
    assert os.waitstatus_to_exitcode(status) == ExitCode.ANSWERED


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_an_interrupt_leaves_the_screen_as_it_was_and_is_told_by_the_code() -> None:
    """One that somebody sends, that is: Ctrl-C as a key copies what is marked."""
    import pty
    import signal

    process, screen = pty.fork()
    if not process:
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
        words = [sys.executable, "-m", "emvote", "browse", "--data", str(SMALL)]
        os.execvpe(sys.executable, words, environment)  # noqa: S606 (our own program)
    shown = wait_for(screen, "", "seats and councils")
    os.kill(process, signal.SIGINT)
    shown = wait_for(screen, shown, "\x1b[?1049l")
    _, status = os.waitpid(process, 0)
    os.close(screen)
    assert "Traceback" not in shown
    assert os.waitstatus_to_exitcode(status) == ExitCode.INTERRUPTED


def wait_for(screen: int, shown: str, wanted: str) -> str:
    """What a terminal was told, up to something or the end of patience."""
    until = time.monotonic() + PATIENCE
    while wanted not in shown and time.monotonic() < until:
        if select.select([screen], [], [], 0.2)[0]:
            shown += os.read(screen, 65536).decode("utf-8", "replace")
    assert wanted in shown, shown[-2000:]
    return shown
