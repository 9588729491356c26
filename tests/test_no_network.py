"""emvote opens no connection: every command answers where there is none to be had."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Never

import pytest

from emvote.cli import complete
from emvote.cli.registry import COMMANDS

Emvote = Callable[..., CompletedProcess[str]]
ROWS = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1
Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0
"""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "councils": (),
    "council": ("Ashfield",),
    "seat": ("Derby North", "--explain", "--sources"),
    "seats": ("--changed",),
    "swing": ("Rushcliffe", "--from", "2017", "--to", "2019"),
    "compare": ("2017", "2019"),
    "results": ("--format", "html"),
    "targets": ("lab",),
    "project": ("--swing", "con:lab:1"),
    "wards": ("Ashfield",),
    "map": (),
    "mayor": ("Mansfield",),
    "candidate": ("Solloway",),
    "bellwethers": (),
    "explain": ("swing",),
    "report": ("-o", "{folder}/report.html"),
    "browse": (),
    "elections": (),
    "parties": (),
    "sources": (),
    "check": (),
    "claims": (),
    "import": ("{folder}/rows.csv", "--new", "{folder}/new.toml", "--election", "local.2027-05-06"),
    "diff": ("results", "results"),
    "export": ("{folder}/data.sqlite",),
    "schema": ("seat",),
    "cache": (),
    "completion": ("bash",),
}
"""Arguments with which each command is asked."""


class Connected(BaseException):
    """A connection was asked for; no command catches this."""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be looked up, and no socket be made."""

    def denied(*_: Any, **__: Any) -> Never:
        raise Connected

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "create_server"):
        monkeypatch.setattr(socket, name, denied)
    monkeypatch.setattr("_socket.socket", denied)


def test_a_connection_would_be_noticed(no_network: None) -> None:  # noqa: ARG001 (it denies)
    """The fixture denies what it says it denies."""
    with pytest.raises(Connected):
        socket.create_connection(("localhost", 1))
    with pytest.raises(Connected):
        socket.socket()


def test_every_command_is_asked() -> None:
    """A new one has to be."""
    assert set(QUESTIONS) == set(COMMANDS)


@pytest.mark.parametrize("command", QUESTIONS)
def test_no_command_opens_a_connection(
    emvote: Emvote,
    no_network: None,  # noqa: ARG001 (it denies)
    tmp_path: Path,
    command: str,
) -> None:
    """Reports, exports and imports included."""
    (tmp_path / "rows.csv").write_text(ROWS, encoding="utf-8")
    done = emvote(command, *(word.format(folder=tmp_path) for word in QUESTIONS[command]))
    expected = (2,) if command == "browse" else (0, 3)  # which needs a terminal
    assert done.returncode in expected, done.stderr
    assert "Connected" not in done.stderr


@pytest.mark.parametrize("words", [["bash", "2", "emvote", "seat", "Der"], ["zsh", "seat", "Der"], ["fish", "co"]])
def test_completion_opens_no_connection(
    no_network: None,  # noqa: ARG001 (it denies)
    capsys: pytest.CaptureFixture[str],
    words: list[str],
) -> None:
    """Each Tab reads a dataset, and nothing else."""
    complete.answer(words)
    assert "Connected" not in capsys.readouterr().err
