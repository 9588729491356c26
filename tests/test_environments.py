"""Wherever it is started, every command answers as ever: locales and encodings that lack signs, no home, odd terminals.

Every command runs in this process on streams of each encoding; processes in each environment answer one question. With
`EMVOTE_ENVIRONMENTS=all` every command runs as a process in each of them, in a pipe, on a terminal and into a file: the
run that `docs/reliability.md` tells of.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tomli_w
from tests.examples import named_of_others

from emvote.cli import progress, streams
from emvote.cli.main import run
from emvote.cli.registry import command_names
from emvote.dataset import Dataset
from emvote.store import open_dataset

DATA = Path(__file__).parent / "data"
ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "PYTHONUTF8=0": {"PYTHONUTF8": "0"},
    "LANG=C LC_ALL=C": {"LANG": "C", "LC_ALL": "C"},
    "LC_ALL=C and nothing but ASCII": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "LC_ALL=POSIX and ASCII, strictly": {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii:strict"},
    "code page 1252": {"PYTHONIOENCODING": "cp1252"},
    "code page 437": {"PYTHONIOENCODING": "cp437"},
    "code page 850": {"PYTHONIOENCODING": "cp850"},
    "TERM=dumb": {"TERM": "dumb"},
    "no TERM": {"TERM": None},
    "no HOME": {"HOME": None, "XDG_CACHE_HOME": None, "USERPROFILE": None, "LOCALAPPDATA": None},
    "a HOME that is no folder": {"HOME": os.devnull, "XDG_CACHE_HOME": None, "LOCALAPPDATA": os.devnull},
    "a cache that is no folder": {"XDG_CACHE_HOME": os.devnull, "LOCALAPPDATA": os.devnull},
    "COLUMNS=1": {"COLUMNS": "1"},
    "COLUMNS=0": {"COLUMNS": "0"},
    "COLUMNS=-7": {"COLUMNS": "-7"},
    "COLUMNS=many": {"COLUMNS": "many"},
    "COLUMNS=99999999": {"COLUMNS": "99999999"},
    "PYTHONOPTIMIZE=2": {"PYTHONOPTIMIZE": "2"},
    "PYTHONWARNINGS=error": {"PYTHONWARNINGS": "error"},
    "PYTHONDEVMODE=1": {"PYTHONDEVMODE": "1"},
}
"""Variables to set, or to take away."""
ASCII = {"LC_ALL=C and nothing but ASCII", "LC_ALL=POSIX and ASCII, strictly"}
ENCODING = {
    name for name, changes in ENVIRONMENTS.items() if changes.keys() & {"PYTHONUTF8", "LC_ALL", "PYTHONIOENCODING"}
}
"""Those that say how texts are written."""
CODE_PAGES = ("ascii", "cp437", "cp850", "cp1252")
EVERY = os.environ.get("EMVOTE_ENVIRONMENTS") == "all"
FOREIGN = "Môn – Łódź − 東京 “€5”"
"""Signs that each of the encodings lacks in part, and ASCII all of them."""
NAMED = frozenset({"name", "full_name", "abbreviation", "label", "title", "note", "publisher", "county", "region"})
QUESTIONS: dict[str, str] = {
    "councils": "councils --explain --sources",
    "council": f"council 'Aldermere {FOREIGN}'",
    "seat": f"seat 'Aldermere {FOREIGN}' --explain",
    "seats": "seats --election 2017",
    "swing": "swing --from 2015 --to 2017 --explain",
    "compare": f"compare 'seat:Aldermere {FOREIGN}' 'seat:Brackwater {FOREIGN}' --election 2017",
    "results": "results 2017 --explain",
    "targets": f"targets 'Blue Party {FOREIGN}' --election 2017",
    "project": "project --swing red:blu:3 --baseline 2017",
    "wards": f"wards 'Aldermere {FOREIGN}'",
    "map": "map 2017",
    "mayor": f"mayor 'Mayor of Fenmark {FOREIGN}'",
    "candidate": f"candidate 'Ada Birch {FOREIGN}'",
    "bellwethers": "bellwethers",
    "explain": "explain least squares index",
    "report": f"report 2017 --title '{FOREIGN}'",
    "browse": "browse",
    "mcp": "mcp --json",
    "elections": "elections",
    "parties": "parties",
    "sources": "sources",
    "check": "check '{dataset}'",
    "claims": "claims '{claims}'",
    "import": "import '{rows}' --new '{folder}/new.toml' --election local.2027-05-06 --dry-run",
    "diff": "diff '{small}' '{dataset}'",
    "export": "export '{folder}/export' --force",
    "proof": f"proof {shlex.quote(str(Path(__file__).parent / 'data' / 'article.txt'))}",
    "schema": "schema seat",
    "cache": "cache",
    "completion": "completion bash",
}
"""What each command is asked."""
NAMES = {
    "SEAT": "Aldermere",
    "COUNCIL": "Aldermere",
    "PARTY": "Blue Party",
    "MAYOR": "Mayor of Fenmark",
    "NAME": "Ada Birch",
}
FOREIGN_NAMES = {metavar: f"{name} {FOREIGN}" for metavar, name in NAMES.items()}
QUESTIONS |= {name: shlex.join(words) for name, words in named_of_others(QUESTIONS, FOREIGN_NAMES).items()}
WITHOUT_DATA = {"check", "claims", "import", "diff", "schema", "cache", "completion", "browse", "mcp"}
"""Those that take no dataset, or name their own."""
CODES = {"browse": 2, "mcp": 2, "check": 4}
"""Of those that do not end with 0: no terminal, no format, and labels that are not what the names would make them."""
NO_JSON = {"report", "completion", "browse", "mcp"}
OF_THE_MOMENT = {"cache"}
"""Those that answer otherwise from one process to the next."""
ROWS = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal Môn – 東京,E05005682,Anne Łódź,C,1012,1
Boston,E07000136,Coastal Môn – 東京,E05005682,Ben Birch,Lab,400,0
"""
CLAIM = {
    "id": "held",
    "subject": f"Aldermere {FOREIGN}",
    "claim": FOREIGN,
    "query": "seats",
    "take": "rows[0].majority_votes",
    "stated": 1,
}


class Answer(NamedTuple):
    """How a run ended."""

    code: int
    out: bytes
    err: bytes


Files = dict[str, Path]
Ask = Callable[..., Answer]


def _foreign(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {each: _foreign(inside, each) for each, inside in value.items()}
    if isinstance(value, list):
        return [_foreign(each, key) for each in value]
    return f"{value} {FOREIGN}" if key in NAMED and isinstance(value, str) else value


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """A dataset whose names have such signs, claims about it and results to import."""
    folder = tmp_path_factory.mktemp("foreign")
    data = tomllib.loads((DATA / "small.toml").read_text(encoding="utf-8"))
    text = (DATA / "valid" / "wards.toml").read_text(encoding="utf-8")
    wards = tomllib.loads(text.replace('"blue"', '"blu"').replace('"C1"', '"C01"'))
    data["elections"] += [each for each in wards["elections"] if each["kind"] == "mayor"]
    data |= {key: wards[key] for key in ("wards", "mayoralties", "mayor_contests")}
    article = {"title": FOREIGN, "publisher": FOREIGN, "date": "2019-05-03"}
    written = {
        "dataset": tomli_w.dumps(_foreign(data)),
        "claims": tomli_w.dumps({"article": article, "claims": [CLAIM]}),
        "rows": ROWS,
    }
    endings = {"rows": "csv"}
    found = {name: folder / f"{name} Môn – 東京.{endings.get(name, 'toml')}" for name in written}
    for name, path in found.items():
        path.write_text(written[name], encoding="utf-8")
    return {**found, "small": DATA / "small.toml", "folder": folder}


def words(command: str, files: Files) -> list[str]:
    """The question that a command is asked."""
    asked = shlex.split(QUESTIONS[command].format(**files))
    data = ["--data", str(files["dataset"])]
    return [*asked, *([] if command in WITHOUT_DATA - {"claims"} else data)]


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Runs emvote in this process: `ask(words, "cp437", terminal=True)`."""
    opened = cache(open_dataset)

    def once(where: str | None = None, **options: Any) -> Dataset:
        options.pop("snapshots", None)
        return opened(where, **options)

    monkeypatch.setattr("emvote.store.open_dataset", once)
    # Rich keeps the codes of a style as it first wrote it: every test has to ask for the same colours
    for name, value in (("COLUMNS", "100"), ("TERM", "xterm-256color"), ("COLORTERM", "truecolor")):
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(progress, "PATIENCE", math.inf)  # a slow machine shows a bar

    def answer(asked: list[str], encoding: str, *, terminal: bool = False) -> Answer:
        kind = _Terminal if terminal else io.TextIOWrapper
        with monkeypatch.context() as patch:
            buffers = [io.BytesIO(), io.BytesIO()]
            out = kind(buffers[0], encoding, newline="")
            err = kind(buffers[1], encoding, "backslashreplace", newline="", write_through=True)  # as Python's own
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = int(run(asked))
            out.flush()
            err.flush()
            return Answer(code, *(each.getvalue() for each in buffers))

    yield answer
    opened.cache_clear()


def started(asked: list[str], changes: dict[str, str | None], *, terminal: bool = False) -> Answer:
    """The same as a process in an environment; on a terminal both outputs are `out`."""
    changed = {**os.environ, "PYTHONHASHSEED": "0", **changes}
    environment = {name: value for name, value in changed.items() if value is not None}
    command = [sys.executable, "-m", "emvote", *asked]
    if not terminal:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        return Answer(done.returncode, done.stdout, done.stderr)
    import pty

    screen, line = pty.openpty()
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=line, stderr=line) as process:
        os.close(line)
        shown = b""
        try:
            while more := os.read(screen, 65536):
                shown += more
        except OSError:  # how Linux tells that nobody writes there any more
            pass
        os.close(screen)
    return Answer(process.returncode, shown.replace(b"\r\n", b"\n"), b"")


def gist(text: str) -> list[str]:
    """The figures and words of ASCII in a text: what no encoding may change."""
    text = re.sub(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}", " ", text)
    text = text.translate(streams.SIGNS | streams.DRAWN)
    return re.findall(r"[A-Za-z]{3,}|[0-9][0-9,.]*[0-9]|[0-9]", "".join(c if c.isascii() else " " for c in text))


def judge(answer: Answer, usual: Answer, encoding: str, command: str) -> None:
    """It ended as usual, said the same, and wrote what its streams can carry."""
    out, err = answer.out.decode(encoding), answer.err.decode(encoding)
    assert "Traceback" not in out + err
    assert "Warning" not in out + err
    assert answer.code == usual.code == CODES.get(command, 0), err
    if command not in OF_THE_MOMENT:
        assert gist(out) == gist(usual.out.decode())
        assert gist(err) == gist(usual.err.decode())


@pytest.mark.parametrize("command", QUESTIONS)
def test_what_an_encoding_lacks_is_written_in_other_words(ask: Ask, files: Files, command: str) -> None:
    """In a pipe and on a terminal nothing fails and no figure or name is lost; JSON is UTF-8, byte by byte as ever."""
    asked = words(command, files)
    asked_json = [*asked, "--json"]
    for terminal in (False, True):
        usual = ask(asked, "utf-8", terminal=terminal)
        for encoding in CODE_PAGES[:2] if terminal else CODE_PAGES:
            judge(ask(asked, encoding, terminal=terminal), usual, encoding, command)
    if command not in NO_JSON:
        found = {ask(asked_json, encoding).out for encoding in ("utf-8", "ascii")}
        assert len(found) == 1
        json.loads(found.pop().decode("utf-8"))


@pytest.mark.parametrize("command", ["", *command_names()])
@pytest.mark.parametrize("encoding", ["ascii", "cp437"])
def test_the_help_is_written_in_any_encoding(ask: Ask, command: str, encoding: str) -> None:
    """Typer writes it itself."""
    asked = [command, "--help"] if command else ["--help"]
    told = ask(asked, encoding)
    assert (told.code, told.err) == (0, b"")
    assert gist(told.out.decode(encoding)) == gist(ask(asked, "utf-8").out.decode())
    assert b"\\u" not in told.out


@pytest.mark.parametrize("command", ["councils", "seat", "swing", "results", "map", "explain"])
def test_each_of_our_own_signs_has_a_plainer_one(ask: Ask, command: str) -> None:
    """Where the names are in ASCII no escape is written: dashes, formulas and drawings are."""
    asked = shlex.split(QUESTIONS[command].replace(f" {FOREIGN}", ""))
    told = ask([*asked, "--data", str(DATA / "small.toml")], "ascii", terminal=command == "map")
    assert told.code == 0
    assert b"\\u" not in told.out + told.err
    assert b"\\x" not in told.out + told.err


def test_each_term_can_be_read_in_ascii(ask: Ask) -> None:
    """With its formula and source."""
    names = [each["term"] for each in json.loads(ask(["explain", "--json"], "utf-8").out)["rows"]]
    assert len(names) > 50
    for name in names:
        told = ask(["explain", *shlex.split(name)], "ascii")
        assert told.code == 0
        assert not re.search(rb"\\[xu][0-9a-f]", told.out), told.out


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_an_error_names_what_was_asked_in_any_encoding(ask: Ask, encoding: str) -> None:
    """As a line, and as JSON in ASCII."""
    told = ask(["seat", f"Nowhere {FOREIGN}"], encoding)
    assert told.code == 3
    assert gist(told.err.decode(encoding))[:3] == ["emvote", "seat", "called"]
    assert "Nowhere" in told.err.decode(encoding)
    told = ask(["seat", f"Nowhere {FOREIGN}", "--json"], encoding)
    assert FOREIGN in json.loads(told.err.decode(encoding))["error"]["message"]


def test_a_bar_of_progress_can_be_drawn_on_any_terminal(
    ask: Ask, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the name of a file that its code page lacks."""
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    told = ask(words("import", files), "cp437", terminal=True)
    assert (told.code, b"Traceback" in told.err) == (0, False)
    assert b"0%" in told.err


def test_all_of_a_drawing_is_plain_where_a_part_of_it_has_to_be(ask: Ask) -> None:
    """Code page 437 has lines but no slopes; signs that it has are kept."""
    told = ask(["map", "2017", "--data", str(DATA / "small.toml")], "cp437", terminal=True).out.decode("cp437")
    assert "/" in told
    assert not set("─│▌█") & set(told)
    assert "½" in ask(["explain", "least squares index"], "cp437").out.decode("cp437")


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_process_answers_in_any_environment(files: Files, tmp_path: Path, name: str) -> None:
    """The same words and figures in a pipe; the same bytes in a file, whose name has such signs too."""
    changes = ENVIRONMENTS[name]
    encoding = (changes.get("PYTHONIOENCODING") or "utf-8").partition(":")[0]
    for command in QUESTIONS if EVERY else ("seat",):
        asked = words(command, files)
        judge(started(asked, changes), _usual(command, files), encoding, command)
        if command in NO_JSON | OF_THE_MOMENT or name not in (ENCODING if EVERY else ASCII):
            continue
        written = tmp_path / "Môn – 東京.json"
        told = started([*asked, "-o", str(written)], changes)
        assert (told.code, told.out) == (CODES.get(command, 0), b"")
        assert json.loads(written.read_bytes().decode("utf-8")) == json.loads(_usual_json(command, files))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_terminal_is_answered_in_any_environment(files: Files, name: str) -> None:
    """However wide it says to be: without a traceback, a warning or a byte that it cannot show."""
    changes = ENVIRONMENTS[name]
    encoding = (changes.get("PYTHONIOENCODING") or "utf-8").partition(":")[0]
    for command in QUESTIONS if EVERY else ("councils",):
        told = started(words(command, files), changes, terminal=True)
        shown = told.out.decode(encoding)
        assert told.code == CODES.get(command, 0), shown
        assert "Traceback" not in shown
        assert "Warning" not in shown
        if "COLUMNS" not in changes and command not in CODES:
            assert shown.strip()


@cache
def _usual_of(*asked: str) -> Answer:
    return started(list(asked), {})


def _usual(command: str, files: Files) -> Answer:
    return _usual_of(*words(command, files))


def _usual_json(command: str, files: Files) -> bytes:
    return _usual_of(*words(command, files), "--json").out


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_working_folder_that_has_gone_is_no_bug(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What needs none is answered; what would be written there is said not to be."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for line, code, said in (
        ("elections", 0, b""),
        ("seats -o x.json", 6, b"cannot write to 'x.json'"),
        ("export x.sqlite", 6, b"cannot write to 'x.sqlite'"),
        ("seats --data x.toml", 4, b"x.toml: no such file"),
    ):
        told = ask(line.split(), "utf-8")
        assert told.code == code, told.err
        assert said in told.err
