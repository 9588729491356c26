"""The frame around every command: options, formats, where answers go, and how errors are told."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pytest
import typer

from emvote.cli import asking
from emvote.cli import main as program
from emvote.cli.command import command
from emvote.cli.declare import Option
from emvote.cli.exit_codes import ExitCode
from emvote.cli.messages import wants_json
from emvote.cli.options import NameWords, Request, join_words
from emvote.cli.output import Raw
from emvote.cli.parser import for_typer
from emvote.cli.question import Failing, Question
from emvote.cli.registry import Group, command_names, grouped, module_of
from emvote.errors import BadData, CheckFailed, EmvoteError, Problem, UnknownName, UsageProblem
from emvote.render import Format
from emvote.views.columns import Column, Field, Table
from emvote.views.values import Kind, Value
from emvote.views.view import Layout, View, Working

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = (Field("seat", Kind.NAME, "name"), Field("votes", Kind.COUNT, "votes", null=True))
ROWS = ({"seat": "Derby\x1b[31m", "votes": None}, {"seat": "Corby", "votes": 12000})
SOURCES = ({"id": "hoc", "title": "T", "publisher": "P", "licence": "L", "url": None},)
WORKING = Working("sum", "a + b", (("a", Value(1, Kind.COUNT)),), Value(3, Kind.COUNT))
VIEW = View(
    command="fake",
    query={},
    fields=FIELDS,
    rows=ROWS,
    laid_out=lambda: Layout(
        table=Table(
            (Column("Seat", Kind.NAME), Column("Votes", Kind.COUNT)), tuple(tuple(row.values()) for row in ROWS)
        )
    ),
    sources=SOURCES,
    workings=(WORKING,),
)
PROBLEM = Problem("bad.toml", "seats[0]", "name", '"X\x1b"', "a name")


class FakeDataset:
    """Stands in for a dataset; remembers what was asked for."""

    def __init__(self, where: str | None, **_: Any) -> None:
        self.where = where
        self.overlay = ""

    def meta(self) -> dict[str, str]:
        """Which dataset answered."""
        return {"title": f"Fake {self.where}", "version": "7", "sha256": "00"}


@command(Group.DATA, listing=True)
def fake(
    dataset: Any,  # noqa: ARG001
    *,
    name: NameWords,
    party: Annotated[str | None, Option("--party", help="A party.")] = None,
) -> View:
    """A command for tests.

    Examples:
        emvote fake derby north
    """
    return VIEW.__class__(
        command="fake",
        query={"name": join_words(name), "party": party},
        fields=FIELDS,
        rows=ROWS,
        laid_out=VIEW.laid_out,
        sources=SOURCES,
        workings=VIEW.workings,
    )


@pytest.fixture
def emvote(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Run]:
    """Runs `emvote` with one made-up command in this process."""
    monkeypatch.setattr("emvote.store.open_dataset", FakeDataset)
    monkeypatch.delenv("EMVOTE_DATA", raising=False)

    def run(*arguments: str, function: Callable[..., Question] = fake) -> Run:
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command("fake")(for_typer(function))
        monkeypatch.setattr(program, "load", lambda _: typer.main.get_command(single))
        code = program.run(list(arguments))
        out, err = capfdbinary.readouterr()
        return Run(code, out.decode(), err.decode())

    return run


class Run:
    """What a run left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


def answering(answer: View | Raw | Failing | EmvoteError | Exception) -> Callable[..., Question]:
    """A command that gives this answer, or ends in this error."""

    @command(Group.DATA, dataset=False)
    def given() -> Any:
        """A command for tests."""
        if isinstance(answer, Exception):
            raise answer
        return answer

    return given


# --- the question -------------------------------------------------------------------------------------------------


def test_a_name_needs_no_quotes(emvote: Callable[..., Run]) -> None:
    """Several words are one name, and the answer says which dataset gave it."""
    answer = json.loads(emvote("fake", "derby", "north", "--party", "con", "--json").out)
    assert answer["query"] == {"name": "derby north", "party": "con"}
    assert answer["dataset"] == {"title": "Fake None", "version": "7", "sha256": "00"}


def test_the_dataset_is_named_by_option_or_environment(
    emvote: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option wins."""
    monkeypatch.setenv("EMVOTE_DATA", "uk")
    assert json.loads(emvote("fake", "x", "--json").out)["dataset"]["title"] == "Fake uk"
    assert json.loads(emvote("fake", "x", "--json", "--data", "a.toml").out)["dataset"]["title"] == "Fake a.toml"


def test_a_command_may_see_how_it_was_asked(emvote: Callable[..., Run]) -> None:
    """A parameter called `request` is no option."""
    seen: list[Request] = []

    @command(Group.DATA, dataset=False)
    def curious(*, request: Request) -> View:
        """A command for tests."""
        seen.append(request)
        return VIEW

    assert emvote("fake", "--data", "x/", "--csv", function=curious).code == 0
    assert (seen[0].data, seen[0].format) == ("x/", Format.CSV)
    assert "request" not in emvote("fake", "--help", function=curious).out


def test_the_help_keeps_the_lines_of_examples(emvote: Callable[..., Run]) -> None:
    """And shows the command's own options before the shared ones."""
    text = emvote("fake", "--help").out
    assert "  Examples:\n      emvote fake derby north\n" in text
    assert text.index("--party") < text.index("--json") < text.index("--sort")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--csv"),
        ("--json", "--format", "csv"),
        ("--format", "xml"),
        ("--limit", "-1"),
        ("--limit", "many"),
        ("--sort", "vote"),
        ("--columns", "seat,vote"),
        ("--columns", ""),
        ("--excel",),
        ("--excel", "--json"),
        ("--nonsense",),
    ],
)
def test_a_question_that_makes_no_sense_is_exit_2(emvote: Callable[..., Run], arguments: tuple[str, ...]) -> None:
    """One line on standard error says what is wrong; nothing is answered."""
    run = emvote("fake", "x", *arguments)
    assert (run.code, run.out) == (ExitCode.USAGE, "")
    assert "error" in json.loads(run.err) if "--json" in arguments else run.err.startswith("emvote: ")
    assert run.err.count("\n") == 1


def test_the_same_format_twice_is_one_format(emvote: Callable[..., Run]) -> None:
    """`--json --format json` says the same thing twice."""
    assert emvote("fake", "x", "--json", "--format", "json").code == 0


# --- the answer ---------------------------------------------------------------------------------------------------


def test_a_pipe_gets_the_plain_table(emvote: Callable[..., Run]) -> None:
    """Without colour, and with what is in the data made visible."""
    assert emvote("fake", "x").out == (
        "Seat            Votes\n─────────────────────\nDerby\\x1b[31m       –\nCorby          12,000\n"
    )


def test_listing_options_shape_the_rows(emvote: Callable[..., Run]) -> None:
    """Sorted, limited and with the chosen fields, in every format."""
    assert emvote("fake", "x", "--sort", "votes", "--limit", "1", "--columns", "votes,seat", "--csv").out == (
        "votes,seat\n12000,Corby\n"
    )
    rows = json.loads(emvote("fake", "x", "--desc", "--columns", "seat", "--json").out)["rows"]
    assert rows == [{"seat": "Corby"}, {"seat": "Derby\x1b[31m"}]


def test_rows_only_formats_tell_the_rest_on_standard_error(emvote: Callable[..., Run]) -> None:
    """Citations and workings never mix with the lines of CSV."""
    run = emvote("fake", "x", "--csv", "--sources", "--explain", "--limit", "0")
    assert run.out == "seat,votes\n"
    assert run.err == "Sources:\n  hoc: T, P, L\nHow sum is worked out:\n  a + b\n  a = 1\n  result: 3\n"


def test_an_empty_answer_is_an_answer(emvote: Callable[..., Run]) -> None:
    """Exit 0, with a remark on standard error."""
    view = View(command="fake", query={}, fields=FIELDS, rows=(), empty="no council voted\x1b")
    run = emvote("fake", "--json", function=answering(view))
    assert (run.code, json.loads(run.out)["rows"]) == (0, [])
    assert run.err == "emvote: no council voted\\x1b\n"


def test_text_that_is_its_own_format_goes_out_as_it_is(emvote: Callable[..., Run]) -> None:
    """Asking for another format is wrong usage."""
    raw = answering(Raw("<svg/>\n", Format.HTML))
    assert emvote("fake", function=raw).out == "<svg/>\n"
    assert emvote("fake", "--csv", function=raw).code == ExitCode.USAGE


def test_an_answer_can_fail(emvote: Callable[..., Run]) -> None:
    """It is given in full; the exit code alone tells of the failure."""
    run = emvote("fake", "--csv", function=answering(Failing(VIEW, CheckFailed("sums differ"))))
    assert (run.code, run.err) == (ExitCode.CHECK, "")
    assert run.out.startswith("seat,votes\n")


# --- errors -------------------------------------------------------------------------------------------------------

UNKNOWN = UnknownName("no seat called 'Derbi'", kind="seat", given="Derbi", suggestions=("Derby North", "Derby South"))


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (UsageProblem("cannot compare\x1b"), 2, "emvote: cannot compare\\x1b\n"),
        (UNKNOWN, 3, "emvote: no seat called 'Derbi'; did you mean Derby North or Derby South?\n"),
        (BadData((PROBLEM,)), 4, 'emvote: bad.toml: seats[0]: a name, got "X\\x1b" [name]\n'),
        (
            BadData((PROBLEM, PROBLEM)),
            4,
            "emvote: the data has 2 problems:\n" + 2 * '  bad.toml: seats[0]: a name, got "X\\x1b" [name]\n',
        ),
        (CheckFailed("sums differ"), 5, "emvote: sums differ\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_each_error_has_its_code_and_a_message(
    emvote: Callable[..., Run], error: Exception, code: int, text: str
) -> None:
    """On standard error, with standard output left empty."""

    @command(Group.DATA, dataset=False)
    def failing() -> View:
        """A command for tests."""
        raise error

    run = emvote("fake", function=failing)
    assert (run.code, run.out, run.err) == (code, "", text)


def test_an_interrupt_while_a_line_is_parsed_is_an_interrupt_and_no_fault_of_the_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Typer makes a code of it; a claims file was told to be wrong."""

    class Interrupted:
        """A parser that is stopped, as Typer's answers then."""

        def main(self, *_: object, **__: object) -> int:
            return 130

    monkeypatch.setattr(asking, "_parser", lambda _: Interrupted())
    with pytest.raises(KeyboardInterrupt):
        asking.parse(("councils",))


def test_an_error_is_json_where_the_answer_would_have_been(emvote: Callable[..., Run]) -> None:
    """With its code, its message and what would have worked."""
    run = emvote("fake", "--json", function=answering(UNKNOWN))
    assert run.out == ""
    assert json.loads(run.err) == {
        "error": {
            "code": 3,
            "message": "no seat called 'Derbi'",
            "suggestions": ["Derby North", "Derby South"],
        }
    }


def test_typers_own_errors_are_told_in_the_same_way(emvote: Callable[..., Run]) -> None:
    """Lower case, no full stop, and where to read on."""
    assert emvote("fake").err == "emvote: missing argument 'NAME' (see emvote fake --help)\n"
    error = json.loads(emvote("fake", "x", "--limt", "3", "--json").err)["error"]
    assert (error["code"], error["suggestions"][0]) == (2, "--limit")


def test_a_bug_shows_its_traceback_and_is_exit_1(emvote: Callable[..., Run]) -> None:
    """In the message of the JSON error too."""
    run = emvote("fake", function=answering(ZeroDivisionError("oh")))
    assert (run.code, run.out) == (ExitCode.BUG, "")
    assert run.err.startswith("Traceback")
    assert "report it" in run.err
    message = json.loads(emvote("fake", "--json", function=answering(ZeroDivisionError("oh"))).err)["error"]["message"]
    assert "ZeroDivisionError: oh" in message


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["seat", "--json"], True),
        (["seat", "--format", "json"], True),
        (["seat", "--format=jsonl"], True),
        (["seat", "--format", "csv"], False),
        (["seat", "--", "--json"], False),
        ([], False),
    ],
)
def test_json_is_recognised_before_anything_is_parsed(arguments: list[str], *, wanted: bool) -> None:
    """What is wrong may be the very command line."""
    assert wants_json(arguments) is wanted


# --- where answers go ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", "{\n"),
        ("a.jsonl", '{"seat"'),
        ("a.CSV", "seat,"),
        ("a.tsv", "seat\t"),
        ("a.md", "| Seat"),
        ("a.html", "<table>"),
        ("a.tex", "\\begin{tabular}"),
        ("a.txt", "Seat  "),
        ("a", "Seat  "),
    ],
)
def test_the_ending_of_the_file_chooses_the_format(
    emvote: Callable[..., Run], tmp_path: Path, name: str, start: str
) -> None:
    """Unless one is asked for; nothing goes to standard output."""
    path = tmp_path / name
    run = emvote("fake", "x", "-o", str(path))
    assert (run.code, run.out, run.err) == (0, "", "")
    text = path.read_bytes().decode()
    assert text.startswith(start)
    assert text.endswith("\n")
    assert emvote("fake", "x", "--csv", "-o", str(path)).code == 0
    assert path.read_text(encoding="utf-8").startswith("seat,votes\n")
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_file_is_replaced_whole_and_keeps_its_permissions(emvote: Callable[..., Run], tmp_path: Path) -> None:
    """A link to it stays a link."""
    path, link = tmp_path / "real.csv", tmp_path / "link.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    assert emvote("fake", "x", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_text(encoding="utf-8").startswith("seat")


@pytest.mark.parametrize("name", ["", "missing/a.csv", "a-file/a.csv"])
def test_what_cannot_be_written_is_exit_6(emvote: Callable[..., Run], tmp_path: Path, name: str) -> None:
    """A folder, a file in a folder that does not exist, or in what is no folder."""
    (tmp_path / "a-file").touch()
    run = emvote("fake", "x", "-o", str(tmp_path / name))
    assert (run.code, run.out) == (ExitCode.OUTPUT, "")
    assert run.err.startswith("emvote: cannot write to ")


def test_an_error_leaves_an_older_file_alone(emvote: Callable[..., Run], tmp_path: Path) -> None:
    """The answer is complete before a file is touched."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    assert emvote("fake", "-o", str(path), function=answering(UNKNOWN)).code == ExitCode.NAME
    assert path.read_text(encoding="utf-8") == "old"


def test_a_dash_is_standard_output(emvote: Callable[..., Run]) -> None:
    """As in other programs."""
    assert emvote("fake", "x", "--csv", "-o", "-").out.startswith("seat,votes\n")


class Stream(io.TextIOWrapper):
    """Standard output with a will of its own."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self.terminal = terminal

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self.terminal

    @property
    def written(self) -> bytes:
        """All that came."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


def test_an_encoding_that_lacks_a_sign_gets_a_plainer_one(
    emvote: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables in the terminal's encoding; JSON and CSV are UTF-8 whatever it is."""
    view = View(command="fake", query={}, fields=FIELDS, rows=({"seat": "Zoë ★", "votes": None},))
    stdout = Stream("latin-1")
    monkeypatch.setattr(sys, "stdout", stdout)
    emvote("fake", function=answering(view))
    assert stdout.written.decode("latin-1") == "seat   votes\n------------\nZoë \\u2605      -\n"
    stdout = Stream("latin-1")
    monkeypatch.setattr(sys, "stdout", stdout)
    emvote("fake", "--csv", function=answering(view))
    assert stdout.written.decode() == "seat,votes\nZoë ★,\n"


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": ""}, (), True),
        ({"TERM": "dumb"}, (), False),
        ({}, ("--no-color",), False),
        ({}, ("--format", "plain"), False),
        ({}, ("--csv",), False),
    ],
)
def test_only_a_terminal_gets_colour(
    emvote: Callable[..., Run],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    arguments: tuple[str, ...],
    *,
    coloured: bool,
) -> None:
    """And only where nobody has asked for none; even CSV cannot act there."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm-256color", "COLUMNS": "80"} | environment).items():
        monkeypatch.setenv(name, value)
    stdout = Stream(terminal=True)
    monkeypatch.setattr(sys, "stdout", stdout)
    assert emvote("fake", "x", *arguments).code == 0
    assert (b"\x1b[" in stdout.written) is coloured
    assert b"Derby\\x1b[31m" in stdout.written


def test_standard_output_that_is_closed_is_exit_6(emvote: Callable[..., Run], monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has none then."""
    monkeypatch.setattr(sys, "stdout", None)
    run = emvote("fake", "x")
    assert (run.code, run.err) == (6, "emvote: cannot write the answer: standard output is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["elections"], ["--help"], ["elections", "--help"], []])
def test_a_full_disk_is_exit_6(arguments: list[str]) -> None:
    """Whatever was to be written, and with one line only."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "emvote", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (6, "emvote: cannot write to standard output: No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise elsewhere")
@pytest.mark.parametrize("arguments", [["elections", "--json"], ["parties"], ["--help"]])
def test_a_reader_that_leaves_is_no_error(arguments: list[str]) -> None:
    """`| head -1` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "emvote", *arguments], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


# --- the program --------------------------------------------------------------------------------------------------


def test_bare_emvote_shows_its_help_with_examples_first(emvote: Callable[..., Run]) -> None:
    """So does `--help`; every command is listed."""
    bare, asked = emvote(), emvote("--help")
    assert bare.out == asked.out
    assert bare.out.index("emvote councils --lost-control") < bare.out.index("An election:")
    assert all(f"\n  {name} " in bare.out for name in command_names())


def test_the_version_is_the_programs_and_the_datas(emvote: Callable[..., Run]) -> None:
    """Both are needed to repeat an answer."""
    assert emvote("--version").out == "emvote 0.1.0\ndata: Fake None, version 7, sha256 00\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["elecions"], "no command called 'elecions'; did you mean elections?"),
        (["xyzzy"], "no command called 'xyzzy'; see emvote --help"),
        (["--jsn"], "no such option: --jsn (see emvote --help)"),
    ],
)
def test_an_unknown_command_is_told_with_near_ones(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Suggested, never run."""
    assert program.run(arguments) == ExitCode.USAGE
    assert capsys.readouterr().err == f"emvote: {message}\n"


def test_every_module_of_a_command_is_listed_once() -> None:
    """In one of the groups, with the first line of its help; the list is made without importing any."""
    listed = [(module_of(name), line) for group in grouped().values() for name, line in group.items()]
    folder = Path(importlib.import_module("emvote.cli.commands").__file__ or "").parent
    modules = {path.stem: importlib.import_module(f"emvote.cli.commands.{path.stem}") for path in folder.glob("*.py")}
    helped = {name: getattr(module, name).__doc__ for name, module in modules.items() if name != "__init__"}
    assert sorted(listed) == sorted((name, doc.splitlines()[0]) for name, doc in helped.items())
