"""Words before the command: options that all commands share, and help; colour and quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("--json seat derby north", "seat derby north --json"),
        ("--csv --limit 2 seats 2019", "seats 2019 --csv --limit 2"),
        (
            "--sort majority --desc --columns=seat,majority seats",
            "seats --sort majority --desc --columns seat,majority",
        ),
        ("--format jsonl councils --limit 3", "councils --limit 3 --format jsonl"),
        ("-q seats", "seats --quiet"),
        ("-o - seats", "seats"),
        ("-o- seats", "seats"),
        ("--data uk --limit 1 seats", "seats --data uk --limit 1"),
    ],
)
def test_a_shared_option_may_stand_before_the_command(before: str, after: str, emvote: Run) -> None:
    """It says the same there."""
    one, other = emvote(*before.split()), emvote(*after.split())
    assert one.returncode == 0
    assert (one.stdout, one.stderr) == (other.stdout, other.stderr)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--json", "--json goes with a command"),
        ("--data", "--data goes with a command"),
        ("--county notts seats", "no such option: --county"),
        ("--json nonsense", "no command called 'nonsense'"),
        ("--csv seats --json", "several formats asked for"),
        ("--limit 1 seats --limit 2", "--limit is given once, not 2 times"),
        ("help nonsense", "no command called 'nonsense'"),
    ],
)
def test_what_makes_no_sense_there_is_told(line: str, said: str, emvote: Run) -> None:
    """With exit code 2."""
    done = emvote(*line.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize("command", ["seat", "councils", "import", "config"])
def test_help_is_a_command_too(command: str, emvote: Run) -> None:
    """As git has it."""
    assert emvote("help", command).stdout == emvote(command, "--help").stdout != ""


def test_help_alone_lists_the_commands(emvote: Run) -> None:
    """As --help does."""
    assert emvote("help").stdout == emvote("--help").stdout != ""


def test_the_version_has_a_short_option(emvote: Run) -> None:
    """The program's and the dataset's."""
    assert emvote("-V").stdout == emvote("--version").stdout
    assert emvote("--json", "-V").stdout == emvote("--version").stdout


@pytest.mark.parametrize(
    ("words", "coloured"), [((), False), (("--color", "always"), True), (("--color", "never"), False)]
)
def test_colour_in_a_pipe_is_asked_for(words: tuple[str, ...], *, coloured: bool, emvote: Run) -> None:
    """Unasked there is none."""
    assert ("\x1b[" in emvote("seats", *words).stdout) is coloured


def test_colour_goes_to_no_file_and_contradicts_itself_nowhere(emvote: Run, tmp_path: Path) -> None:
    """A file is read later, by whatever."""
    file = tmp_path / "seats.txt"
    assert emvote("seats", "--format", "table", "--color", "always", "-o", file).returncode == 0
    assert "\x1b[" not in file.read_text(encoding="utf-8")
    assert emvote("seats", "--no-color", "--color", "always").returncode == 2
    assert emvote("seats", "--no-color", "--color", "never").returncode == 0


@pytest.mark.parametrize(
    ("set_", "coloured"),
    [({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": ""}, False), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_the_environment_may_ask_for_colour(
    set_: dict[str, str], *, coloured: bool, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """NO_COLOR outdoes FORCE_COLOR; a terminal that is not known has the usual colours."""
    from emvote.cli.main import run

    for name in ("FORCE_COLOR", "NO_COLOR", "EMVOTE_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    assert run(["elections", "--limit", "1"]) == 0
    assert (b"\x1b[" in capsysbinary.readouterr().out) is coloured


def test_quiet_leaves_the_notes_out(emvote: Run) -> None:
    """Of what people read; an empty answer says nothing, an error still does, and JSON has its notes."""
    loud, quiet = emvote("seats", "--limit", "2"), emvote("seats", "--limit", "2", "--quiet")
    assert "Note" in loud.stdout
    assert loud.stdout.startswith(quiet.stdout.rstrip())
    assert "Note" not in quiet.stdout
    assert json.loads(emvote("seats", "--limit", "2", "-q", "--json").stdout)["notes"]
    assert emvote("seats", "--majority-under", "0", "-q", "--csv").stderr == ""
    assert "no seat called" in emvote("seat", "nowhere at all", "-q").stderr
