"""emvote opens no connection: every command answers where there is none to be had."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Never

import pytest
from tests.examples import of_others

from emvote.cli import complete

Emvote = Callable[..., CompletedProcess[str]]
ROWS = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1
Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0
"""
QUESTIONS: dict[str, tuple[str, ...]] = {
    "seat": ("Derby North", "--explain", "--sources"),
    "mcp": ("--json",),
    "results": ("--format", "html"),
    "report": ("-o", "{folder}/report.html"),
    "check": (),
    "claims": (),
    "proof": ("{folder}/rows.csv",),
    "import": ("{folder}/rows.csv", "--new", "{folder}/new.toml", "--election", "local.2027-05-06"),
    "diff": ("results", "results"),
    "export": ("{folder}/data.sqlite",),
}
"""Arguments with which a command is asked whose examples name files, or print little."""
QUESTIONS |= {name: words[0][1:] for name, words in of_others(QUESTIONS).items()}


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
    expected = (2,) if command in ("browse", "mcp") else (0, 3)  # which need a terminal, and no format
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
