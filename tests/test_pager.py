"""Long answers on a terminal are shown by a pager; nothing else ever is."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from emvote.cli import pager, streams
from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import run
from emvote.cli.registry import command_names

if sys.platform == "win32":
    pytest.skip("these tests need a pseudo-terminal", allow_module_level=True)
import pty

SMALL = Path(__file__).parent / "data" / "small.toml"
PATIENCE = 20.0
STAND_IN = '#!/bin/sh\nprintf \'less=%s\\n\' "$LESS" > "$HOME/paged"\ncat >> "$HOME/paged"\n'


class Ran:
    """How emvote ended on a terminal of 80 columns and 10 lines."""

    def __init__(self, code: int, screen: str, paged: str | None) -> None:
        self.code = code
        self.screen = screen
        self.paged = paged


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a pager that writes down what it is given."""
    stand_in = tmp_path / "bin" / "less"
    stand_in.parent.mkdir()
    stand_in.write_text(STAND_IN, encoding="utf-8")
    stand_in.chmod(0o755)
    return tmp_path


def on_terminal(home: Path, *arguments: str, keys: str = "", **environment: str) -> Ran:
    """Run emvote on a pseudo-terminal."""
    process, screen = pty.fork()
    if not process:
        os.execvpe(  # noqa: S606 (our own program)
            sys.executable,
            [sys.executable, "-m", "emvote", *arguments, "--data", str(SMALL)],
            {
                "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(home),
                "TERM": "xterm-256color",
                "LANG": "C.UTF-8",
                "COLUMNS": "80",
                "LINES": "10",
                **environment,
            },
        )
    if keys:
        os.write(screen, keys.encode())
    seen = b""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([screen], [], [], 0.2)
        if ready:
            try:
                read = os.read(screen, 65536)
            except OSError:  # how Linux says that the other end is gone
                break
            if not read:
                break
            seen += read
    _, status = os.waitpid(process, 0)
    os.close(screen)
    paged = home / "paged"
    written = paged.read_text(encoding="utf-8") if paged.exists() else None
    return Ran(os.waitstatus_to_exitcode(status), seen.decode(errors="replace"), written)


def test_a_long_answer_is_paged_with_its_colour(home: Path) -> None:
    """By less unless another is named, which is told to keep colours and to end where all fits on the screen."""
    ran = on_terminal(home, "parties")
    assert (ran.code, ran.screen) == (0, "")
    assert ran.paged is not None
    assert ran.paged.startswith("less=FRX\n")
    assert "Millbrook Residents" in ran.paged
    assert "\x1b[" in ran.paged


def test_a_short_answer_is_not_paged(home: Path) -> None:
    """It fits on the screen."""
    ran = on_terminal(home, "parties", "--limit", "1", "--columns", "name")
    assert ran.paged is None
    assert "Blue Party" in ran.screen


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--no-pager",), {}),
        ((), {"EMVOTE_PAGER": ""}),
        ((), {"PAGER": "cat"}),
        ((), {"EMVOTE_PAGER": "cat", "PAGER": "less"}),
        ((), {"TERM": "dumb"}),
    ],
)
def test_a_reader_may_want_no_pager(home: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    """By an option, or by the environment; our own variable goes first."""
    ran = on_terminal(home, "parties", *arguments, **environment)
    assert (ran.code, ran.paged) == (0, None)
    assert "Millbrook Residents" in ran.screen


def test_a_pager_of_ones_own_is_used_with_its_options(home: Path) -> None:
    """LESS is left as it is where it is set."""
    script = home / "bin" / "mine"
    shutil.copy(home / "bin" / "less", script)
    ran = on_terminal(home, "parties", PAGER="mine --plain", LESS="S")
    assert ran.paged is not None
    assert ran.paged.startswith("less=S\n")


def test_a_pager_that_does_not_exist_costs_no_answer(home: Path) -> None:
    """It is printed, and said why."""
    ran = on_terminal(home, "parties", PAGER="no-such-pager")
    assert ran.code == 0
    assert "cannot run the pager 'no-such-pager'" in ran.screen
    assert "Millbrook Residents" in ran.screen


@pytest.mark.parametrize("script", ["exit 0", "head -c 1 > /dev/null", "exit 3"])
def test_leaving_the_pager_early_is_quiet(home: Path, script: str) -> None:
    """The reader has seen enough; that is no error, whatever the pager says of itself."""
    early = home / "bin" / "early"
    early.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    early.chmod(0o755)
    ran = on_terminal(home, "candidate", "x", "--format", "json", PAGER="early")
    assert "Traceback" not in ran.screen
    ran = on_terminal(home, "parties", "--json", PAGER="early")
    assert (ran.code, ran.screen) == (0, "")


def test_an_interrupt_in_the_pager_is_the_pagers_affair(home: Path) -> None:
    """It stops searching, say; emvote waits until the reader leaves, and the answer was given."""
    script = home / "bin" / "searching"
    script.write_text("#!/bin/sh\ntrap : INT\nkill -INT $PPID\nsleep 0.3\nkill -INT $PPID\ncat > $HOME/paged\n")
    script.chmod(0o755)
    ran = on_terminal(home, "parties", PAGER="searching")
    assert (ran.code, ran.screen) == (0, "")
    assert "Millbrook Residents" in (ran.paged or "")


def test_files_and_pipes_are_never_paged(home: Path) -> None:
    """Nor is an answer whose question comes from a pipe: no keys could turn its pages."""
    ran = on_terminal(home, "parties", "-o", str(home / "parties.txt"))
    assert ran.paged is None
    environment = {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "LINES": "5",
    }
    piped = subprocess.run(
        [sys.executable, "-m", "emvote", "parties", "--data", str(SMALL)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert "Millbrook Residents" in piped.stdout
    assert not (home / "paged").exists()


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed here")
def test_less_ends_by_itself_where_the_answer_fits_after_all(tmp_path: Path) -> None:
    """And by one key where it does not."""
    ran = on_terminal(tmp_path, "parties", keys="q")
    assert ran.code == 0
    assert "Blue Party" in ran.screen
    assert "\x1b[?1049h" not in ran.screen


def test_nothing_is_paged_in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Where no terminal is."""
    monkeypatch.setattr(pager, "show", lambda _content: pytest.fail("paged"))
    streams.write_stdout("line\n" * 1000, pager=True)
    assert capsysbinary.readouterr().out == b"line\n" * 1000


@pytest.mark.parametrize("arguments", [("--help",), ("seat", "-h"), ("-h",)])
def test_help_that_nobody_can_read_is_exit_6(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As any answer is, where standard output is closed."""
    monkeypatch.setattr(sys, "stdout", None)
    code = run(list(arguments))
    monkeypatch.undo()
    assert code == ExitCode.OUTPUT
    assert "cannot write the help: standard output is closed" in capsys.readouterr().err


@pytest.mark.parametrize("command", command_names())
def test_every_command_has_a_short_option_for_its_help(command: str, emvote: Callable[..., Any]) -> None:
    """It prints what the long one prints."""
    short, long = emvote(command, "-h"), emvote(command, "--help")
    assert (short.returncode, short.stdout) == (0, long.stdout)
    assert short.stdout.startswith(f"Usage: emvote {command} ")
