"""An option with a value is given once: of two values the last would count, and nobody be told."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.cli.main import load
from emvote.cli.registry import command_names
from emvote.errors import UsageProblem

Run = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "small.toml"


def options(command: Any) -> list[Any]:
    """Those of a command."""
    return [each for each in command.params if each.param_type_name == "option"]


def given(option: Any) -> list[str]:
    """The option on a command line, with a value of its kind."""
    choices = getattr(option.type, "choices", None) or ["1"]
    value = str(getattr(choices[0], "value", choices[0]))
    return [option.opts[0], *([] if option.is_flag else [value] * option.nargs)]


def parsed(command: Any, words: Sequence[str]) -> dict[str, Any]:
    """What the command makes of the words, without what it may miss beside them."""
    found: dict[str, Any] = command.make_context(command.name, [*words], resilient_parsing=True).params
    return found


@pytest.mark.parametrize("name", command_names())
def test_each_option_with_one_value_is_refused_when_it_is_given_again(name: str) -> None:
    """By its name, on every command, whether the values differ or not."""
    command = load(name)
    single = [each for each in options(command) if not (each.is_flag or each.multiple)]
    assert {"--data", "--format", "--output", "--overlay"} <= {each.opts[0] for each in single}
    for option in single:
        names = " or ".join(option.opts)
        with pytest.raises(UsageProblem, match=f"^{names} is given once, not 3 times$"):
            command.make_context(command.name, given(option) * 3)
        assert parsed(command, given(option))[option.name] is not None


@pytest.mark.parametrize("name", command_names())
def test_a_list_keeps_every_value_and_a_flag_says_the_same_again(name: str) -> None:
    """Nothing that was typed is lost with either."""
    command = load(name)
    for option in options(command):
        if option.is_flag:
            assert parsed(command, given(option) * 2) == parsed(command, given(option))
        elif option.multiple:
            assert len(parsed(command, given(option) * 2)[option.name]) == 2


def test_the_options_that_may_be_repeated_are_these() -> None:
    """One that becomes a list, or stops being one, is a change that readers must be told of."""
    found = {(name, each.opts[0]) for name in command_names() for each in options(load(name)) if each.multiple}
    assert found == {
        ("project", "--swing"),
        ("project", "--copy"),
        ("project", "--transfer"),
        ("check", "--ignore"),
        ("import", "--ignore"),
        ("claims", "--verdict"),
    }


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("seats", "--election", "2017", "--election", "2019"), "--election"),
        (("seats", "--election=2017", "--election", "2019"), "--election"),
        (("seats", "--election", "2019", "--csv", "--election=2019"), "--election"),
        (("seats", "--format", "csv", "--format", "tsv"), "--format"),
        (("seats", "--limit", "3", "--limit", "many"), "--limit"),
        (("seats", "-o", "a.csv", "--output", "b.csv"), "--output or -o"),
        (("seats", "-oa.csv", "-o", "b.csv"), "--output or -o"),
        (("swing", "--between", "lab", "con", "--between", "lab", "ld"), "--between"),
        (("seat", "derby", "--data", "uk", "north", "--data", "uk"), "--data"),
        (("seats", "--overlay", "one.toml", "--overlay", "two.toml"), "--overlay"),
    ],
)
def test_however_it_is_written_it_is_told_on_one_line(words: tuple[str, ...], names: str, emvote: Run) -> None:
    """With exit code 2, and nothing is answered or written."""
    done = emvote(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"emvote: {names} is given once, not 2 times\n"


def test_who_asks_for_json_is_told_in_json(emvote: Run) -> None:
    """The error with its exit code; standard output stays empty."""
    done = emvote("seats", "--election", "2017", "--json", "--election", "2019")
    assert (done.returncode, done.stdout) == (2, "")
    message = "--election is given once, not 2 times"
    assert json.loads(done.stderr) == {"error": {"code": 2, "message": message, "suggestions": []}}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("seat", "--election", "--election", "Newark"), "no election called '--election'"),
        (("seat", "Newark", "--election", "2019", "--", "--election"), "no seat called 'Newark --election'"),
        (
            ("seat", "--data", "--election", "Newark", "--election", "2019"),
            "--election: no shipped dataset of that name",
        ),
    ],
)
def test_a_value_or_a_name_that_looks_like_an_option_is_none(words: tuple[str, ...], message: str, emvote: Run) -> None:
    """It is read as what it stands for."""
    done = emvote(*words)
    assert done.returncode != 2
    assert message in done.stderr


def test_an_option_beside_its_variable_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`EMVOTE_DATA` holds without `--data`, which wins."""
    monkeypatch.setenv("EMVOTE_DATA", "mine.toml")
    assert load("seats").make_context("seats", []).params["data"] == "mine.toml"
    assert load("seats").make_context("seats", ["--data", "uk"]).params["data"] == "uk"


def test_formats_that_agree_are_one(emvote: Run) -> None:
    """Flags may stand there twice, and beside `--format`."""
    done = emvote("seats", "--json", "--data", SMALL, "--json", "--format", "json", "--desc", "--desc")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_that_another_command_asks_keeps_the_rule(emvote: Run, tmp_path: Path) -> None:
    """A claim whose command names two elections is not checked against the last of them."""
    claims = tmp_path / "claims.toml"
    claims.write_text(
        '[article]\nid = "mine"\ntitle = "Seats"\npublisher = "Me"\n\n'
        '[[claims]]\nid = "one"\nsubject = "seats"\nclaim = "46 seats"\n'
        'query = "seats --election 2017 --election 2019"\ntake = "length(rows)"\nstated = 46\n',
        encoding="utf-8",
    )
    done = emvote("claims", claims)
    assert done.returncode != 0
    assert "--election is given once, not 2 times" in done.stderr
