"""What the shells are offered at the cursor: the answers behind completion, without a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import tree_sitter
import tree_sitter_powershell

from emvote.cli import complete
from emvote.cli.main import load
from emvote.cli.registry import command_names, help_lines
from emvote.cli.shells import SCRIPTS, Shell

SMALL = Path(__file__).parent / "data" / "small.toml"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMVOTE_DATA", str(SMALL))


def offered(*words: str) -> list[str]:
    """The candidates for the last word."""
    return [value for value, _ in complete.complete(words[:-1], words[-1])[1]]


def test_the_first_word_is_a_command() -> None:
    """With its line of help; or an option of the program itself."""
    assert complete.complete([], "sea")[1] == [(name, help_lines()[name]) for name in ("seat", "seats")]
    assert offered("--")[:3] == ["--help", "--version", "--json"]


def test_an_option_is_offered_once_unless_it_may_be_repeated() -> None:
    """Its own and the shared ones, none after a double dash."""
    assert offered("councils", "--c") == [
        "--changed-control",
        "--control",
        "--county",
        "--cycle",
        "--csv",
        "--color",
        "--columns",
    ]
    assert offered("seats", "--changed", "--csv", "--c") == ["--county", "--color", "--columns"]
    assert offered("check", "--ignore", "sums", "--ig") == ["--ignore"]
    assert offered("seats", "--", "--c") == []


@pytest.mark.parametrize(
    "given",
    [
        ("--overlay", "one.toml"),
        ("--overlay=one.toml",),
        ("--overlay=",),
        ("--output", "out.csv"),
        ("-o", "out.csv"),
        ("-oout.csv",),
        ("-o=out.csv",),
    ],
)
def test_an_option_that_is_refused_when_it_is_given_again_is_not_offered_again(given: tuple[str, ...]) -> None:
    """However it was written, and under each of its names."""
    before = {"--overlay", "--output"} - {given[0].partition("=")[0]}
    assert set(offered("seats", *given, "--o")) == before - ({"--output"} if given[0].startswith("-o") else set())
    assert offered("seats", *given, "--elec") == ["--election"]


def test_every_option_is_offered_again_where_the_program_takes_it_again() -> None:
    """As the parser of each command reads it; flags, which may stand there twice, are said once."""
    for name in command_names():
        for option in (each for each in load(name).params if each.param_type_name == "option" and not each.hidden):
            long = max(option.opts, key=len)
            words = [long, *([] if option.is_flag else ["x"] * option.nargs)]
            assert (long in offered(name, *words, "--")) == option.multiple, (name, long)


def test_what_an_overlay_adds_is_offered_too(tmp_path: Path) -> None:
    """As it would answer; one that is not sound yet changes nothing."""
    path = tmp_path / "tonight.toml"
    election = '[[elections]]\nid = "parl.2029-05-03"\nname = "Tonight"\nkind = "general"\ndate = 2029-05-03\n'
    path.write_text(f'{election}boundaries = "2024"\nsource = "gazette"\n', encoding="utf-8")
    assert offered("seats", "--overlay", str(path), "--election", "parl.202") == ["parl.2029-05-03", "parl.2024-07-04"]
    path.write_text(election, encoding="utf-8")
    assert offered("seats", "--overlay", str(path), "--election", "parl.202") == ["parl.2024-07-04"]


def test_a_value_follows_its_option_or_its_equals_sign() -> None:
    """Of an option with two values both are completed."""
    assert offered("seats", "--held-by", "gr") == ["grn"]
    assert offered("seats", "--held-by=gr") == ["--held-by=grn"]
    assert offered("swing", "--between", "blu", "gr") == ["grn"]
    assert offered("swing", "--between", "blu", "red", "brack") == ["Brackwater"]


def test_a_party_is_offered_by_id_and_found_by_any_of_its_names() -> None:
    """Its names only where no id begins so."""
    assert offered("councils", "--party", "b") == ["blu"]
    assert offered("councils", "--party", "grove p") == ["Grove Party"]
    assert offered("councils", "--control", "no") == ["noc"]


def test_a_name_of_several_words_is_completed_word_by_word_or_whole() -> None:
    """What stands before the cursor is not repeated; where several names may follow, whole ones are offered too."""
    assert offered("seat", "west") == ["Westmarsh", "Westmarsh and Thornley"]
    assert offered("seat", "westmarsh", "") == ["and Thornley"]
    assert offered("seat", "Westmarsh a") == ["Westmarsh and Thornley"]
    assert offered("swing", "westmarsh", "a") == ["Aldermere", "and Thornley"]


def test_case_and_accents_make_no_difference() -> None:
    """In what is typed; offered is the name as it is."""
    assert complete._folded("Ynys MÔN") == "ynys mon"  # noqa: SLF001 (the rule itself)
    assert offered("seat", "WESTMARSH A") == ["Westmarsh and Thornley"]


def test_elections_are_those_that_the_command_can_be_asked_about() -> None:
    """Of a seat its own, of councils the local ones; two in a year are told apart; ids where an id was begun."""
    assert offered("councils", "--election", "") == ["2023", "local.2019-06-13", "2019"]
    assert {"feb1974", "oct1974"} <= set(offered("seats", "--election", ""))
    assert offered("seats", "--election", "parl.2024") == ["parl.2024-07-04"]
    assert "parl.westmarsh.by.2016-11-10" in offered("seat", "westmarsh", "--election", "")


@pytest.mark.parametrize("command", ["seats", "councils"])
def test_every_election_that_is_offered_is_answered(command: str, emvote: Callable[..., CompletedProcess[str]]) -> None:
    """By the command that it is offered for."""
    for election in offered(command, "--election", ""):
        answered = emvote(command, "--election", election, "--data", SMALL, "--json")
        assert answered.returncode == 0, answered.stderr


def test_every_election_that_is_offered_to_compare_is_known_to_it(
    emvote: Callable[..., CompletedProcess[str]],
) -> None:
    """Of parliament for seats, of councils for councils."""
    places = (("seat:Aldermere", "seat:Brackwater"), ("council:Aldermere", "council:Brackwater"))
    for election in offered("compare", "--election", ""):
        asked = [emvote("compare", *each, "--election", election, "--data", SMALL, "--json") for each in places]
        assert {answered.returncode for answered in asked} - {3}, asked[0].stderr


def test_a_name_that_seat_and_council_share_is_told_apart() -> None:
    """As the command wants it."""
    assert offered("compare", "Alderm") == ["Aldermere"]
    assert offered("compare", "seat:al") == ["seat:Aldermere"]


def test_fields_complete_what_sorts_and_chooses_columns() -> None:
    """Of several fields the last."""
    assert offered("seats", "--sort", "majority_p") == ["majority_pct"]
    assert offered("seats", "--columns", "seat,swing.b") == ["seat,swing.butler_pp"]


def test_wards_are_those_of_the_council_that_was_named() -> None:
    """From the ward results beside the dataset, or in it."""
    assert "East" not in offered("wards", "nowhere", "--ward", "")
    assert offered("wards", "ashfield", "--data", "results", "--ward", "sel") == ["Selston"]


def test_the_parts_of_a_value_are_completed_one_by_one() -> None:
    """With the mark that follows, which is not completed away; numbers are left to the reader."""
    assert offered("project", "--swing", "bl") == ["blu:"]
    assert offered("project", "--swing", "blu:gr") == ["blu:grn:"]
    assert offered("project", "--swing", "blu:grn:") == []
    assert offered("project", "--shares", "blu=40,gr") == ["blu=40,grn="]
    assert offered("project", "--swing=blu:gr") == ["--swing=blu:grn:"]
    assert offered("project", "--equal-votes", "bl") == ["blu:"]
    assert offered("project", "--equal-votes", "blu:gr") == ["blu:grn"]


def test_what_a_report_is_about_is_an_election_or_a_place_that_says_what_it_is() -> None:
    """Places once their sort is begun."""
    assert offered("report", "2017") == ["2017", "2017-notional"]
    assert offered("report", "seat:brack") == ["seat:Brackwater"]
    assert offered("report", "seat:Brackwater", "council:cold") == ["council:Cold Hollow"]


def test_files_are_left_to_the_shell() -> None:
    """Beside the names of shipped datasets."""
    assert complete.complete(["seats", "-o"], "x") == (complete.FILES, [])
    assert complete.complete(["seats", "--data"], "u") == (complete.FILES, [("uk", "shipped dataset")])


def test_what_a_terminal_would_obey_is_not_offered() -> None:
    """Nor what would be read as an option of another line, or is empty."""
    names = ["Derby", "a\nb", "\x1b[31mred", "\u202eback", "", " x", "tab\there"]
    assert [value for value, _ in complete._safe([(name, "a\tb\n") for name in names])] == ["Derby"]  # noqa: SLF001
    assert [what for _, what in complete._safe([("Derby", "a\tb\x1b")])] == ["a b "]  # noqa: SLF001


@pytest.mark.parametrize(
    "arguments", [(), ("words",), ("bash",), ("words", "nonsense", ""), ("words", "seat", "--data", "/nowhere", "x")]
)
def test_nothing_is_said_where_nothing_can_be_offered(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """A shell shows no traceback at its prompt."""
    assert complete.answer(arguments) == 0
    printed = capfd.readouterr()
    assert (printed.out in ("", "names\n"), printed.err) == (True, "")


def metavars() -> list[tuple[str, str]]:
    """Every command with each word of the metavars of what it takes."""
    return [
        (f"{name} {parameter.opts[0]}", word)
        for name in command_names()
        for parameter in load(name).params
        if not getattr(parameter, "is_flag", False) and not getattr(parameter.type, "choices", None)
        for index in range(max(1, parameter.nargs))
        for word in complete._kinds(parameter.metavar, index) or [""]  # noqa: SLF001
    ]


def test_every_metavar_says_what_completes_it() -> None:
    """A new one is added to the kinds of `emvote.cli.complete`, or to what is free text there."""
    unknown = {
        (where, word)
        for where, word in metavars()
        if word not in complete.KINDS and not word.islower()
        for piece in complete._pieces(word)[0] or [""]  # noqa: SLF001
        if piece not in complete.KINDS and piece not in complete.FREE and word not in complete.FREE
    }
    assert unknown == set()


def loaded_for(*words: str) -> set[str]:
    """The modules that a process has loaded once it has answered a Tab."""
    script = (
        f"import sys; sys.argv[1:] = ['__complete', 'words', *{words!r}]; from emvote.cli import entry, streams;"
        "streams.leave = lambda code: sys.exit(print(*sys.modules, file=sys.stderr)); entry.main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert len(ran.stdout.splitlines()) > 1, ran
    return set(ran.stderr.split())


def test_a_tab_loads_no_more_than_the_command_that_is_typed() -> None:
    """The names of commands need no Typer; what a command takes needs that command, and nothing that draws answers."""
    started = loaded_for("se")
    assert not {name for name in started if name.startswith(("typer", "rich", "emvote.cli.commands", "emvote.store"))}
    known = loaded_for("seat", "al")
    assert {name for name in known if name.startswith("emvote.cli.commands.")} == {"emvote.cli.commands.seat"}
    assert not {name for name in known if name.startswith(("rich", "tabulate", "jinja2", "pygal", "emvote.cli.rules"))}


@pytest.mark.parametrize("shell", Shell)
def test_the_script_of_each_shell_is_printed_as_it_is(shell: Shell, emvote: Callable[..., Any]) -> None:
    """Also where it would not fit the encoding of the terminal: it is plain ASCII."""
    ending = "ps1" if shell is Shell.POWERSHELL else shell.value
    script = (SCRIPTS / f"emvote.{ending}").read_text(encoding="utf-8")
    assert script.isascii()
    assert emvote("completion", shell.value).stdout == script


def test_the_script_for_powershell_is_powershell() -> None:
    """By a grammar of the language, which is not the shell itself but finds what is not closed or not a statement."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    assert not parser.parse((SCRIPTS / "emvote.ps1").read_bytes()).root_node.has_error
    assert parser.parse(b"foreach ($line in @(1) { }").root_node.has_error


@pytest.mark.skipif(shutil.which("pwsh") is None, reason="PowerShell is not installed here")
def test_powershell_completes_names_as_literals(tmp_path: Path) -> None:
    """Asked in the shell itself, as its own completion asks."""
    stand_in = tmp_path / "emvote"
    stand_in.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m emvote \"$@\"\n", encoding="utf-8")
    stand_in.chmod(0o755)
    line = "emvote seat westmarsh a"
    script = f". '{SCRIPTS / 'emvote.ps1'}'; (TabExpansion2 '{line}' {len(line)}).CompletionMatches.CompletionText"
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    asked = subprocess.run(
        ["pwsh", "-NoProfile", "-Command", script], capture_output=True, text=True, check=True, env=environment
    )
    assert asked.stdout.strip() == "'and Thornley'"


@pytest.mark.parametrize("ending", ["bash", "zsh", "fish", "ps1"])
def test_no_script_evaluates_what_emvote_prints(ending: str) -> None:
    """None of the shells' ways to run a text is in it."""
    code = [line for line in (SCRIPTS / f"emvote.{ending}").read_text().splitlines() if not line.startswith("#")]
    words = " ".join(code).replace("zsh_eval_context", "")
    assert not {"eval", "Invoke-Expression", "iex"} & set(words.split())
    assert "_arguments" not in words


def test_options_before_the_command_are_completed_too() -> None:
    """Their names and values, and the command behind them."""
    assert offered("--js") == ["--json"]
    assert "councils" in offered("--json", "coun")
    assert offered("--data", "u") == ["uk"]
    assert offered("--json", "seats", "--second", "re") == ["red"]
    assert offered("hel") == ["help"]
    assert offered("help", "coun") == ["council", "councils"]
    assert offered("help", "seat", "x") == []
