"""What a command loads: start-up time is spent on imports, so heavy ones stay where they are needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from emvote.cli.asking import parse
from emvote.cli.deferred import DEFERRED

HEAVY = ("rich", "tabulate", "tomli_w", "pydantic", "importlib.metadata", "jsonschema")
"""What no answer for programs may load. Typer itself loads difflib, so its absence cannot be asked for."""


def loaded(*arguments: str) -> set[str]:
    """The modules in memory after a run."""
    script = "import sys; from emvote.cli.main import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("elections", "--json"), ("elections", "--csv"), ("--help",)])
def test_an_answer_for_programs_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Neither does the help."""
    assert not loaded(*arguments) & set(HEAVY)


def test_json_is_written_without_the_renderers_for_people() -> None:
    """Nor does anything round for them; asked once, so that there is a snapshot."""
    loaded("elections", "--json")
    modules = loaded("elections", "--json")
    assert not {"emvote.render.text", "emvote.render.terminal", "emvote.render.tabular", "csv"} & modules


def test_the_help_loads_no_command() -> None:
    """And no dataset, query, view or renderer."""
    answering = (
        "cli.command",
        "cli.commands",
        "cli.options",
        "dataset",
        "model",
        "queries",
        "render",
        "store",
        "views",
    )
    prefixes = tuple(f"emvote.{name}" for name in answering)
    assert not {name for name in loaded("--help") if name.startswith(prefixes)}


def test_a_command_loads_itself_only() -> None:
    """Its neighbours in the folder stay on disk."""
    prefix = "emvote.cli.commands."
    assert {name for name in loaded("elections", "--csv") if name.startswith(prefix)} == {f"{prefix}elections"}


WARM = [
    ("seat", "Derby North", "--json"),
    ("seat", "Hexham", "--data", "uk", "--json"),
    ("seats", "--csv"),
    ("councils", "--lost-control"),
    ("seat", "Derby North"),
    ("targets", "lab", "--scope", "uk"),
    ("results", "--json"),
    ("compare", "2017", "2019", "--json"),
    ("bellwethers", "--json"),
    ("candidate", "Kenneth Clarke", "--json"),
]
"""The questions of `docs/performance.md`."""
SLOW = {"rich", "tabulate", "rtoml", "tomli_w", "_hashlib", "sqlite3", "tempfile", "duckdb", "pyarrow"}
"""What takes longer to load than any of these answers to make; `_hashlib` is OpenSSL."""


@pytest.mark.parametrize("question", WARM, ids=" ".join)
def test_a_question_that_was_asked_before_loads_no_parser_and_no_renderer_of_others(question: tuple[str, ...]) -> None:
    """Also a table, where it goes into a pipe; asked once, so that there is a snapshot."""
    loaded(*question)
    modules = loaded(*question)
    assert not modules & SLOW
    assert not {"emvote.store.structure", "emvote.store.rules", "emvote.relations"} & modules


@pytest.mark.parametrize(
    ("line", "wanted"),
    [(("results", "feb1974"), False), (("results", "2019"), None), (("results", "local-2019"), True)],
)
def test_a_scoreboard_reads_ward_results_where_they_can_count(line: tuple[str, ...], *, wanted: bool | None) -> None:
    """Only at a local election; of a bare year the dataset says whether that means one, and is read without them."""
    assert parse(line).wards is wanted


def test_nothing_is_collected_from_the_first_line_on() -> None:
    """Loading Typer alone would set the collector off a dozen times."""
    script = (
        "import gc, sys\n"
        "from emvote.cli import entry, streams\n"
        "sys.argv[1:] = ['elections', '--json']\n"
        "before, collected = 'typer' in sys.modules, []\n"
        "gc.callbacks.append(lambda phase, _: collected.append(phase))\n"
        "streams.leave = lambda code: print(before, int(code), collected, file=sys.stderr)\n"
        "entry.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["False", "0", "[]"]


USES = {
    "ipaddress": "ipaddress.ip_address('::1')",
    "locale": "locale.localeconv()",
    "signal": "signal.SIGINT",
    "subprocess": "subprocess.run([sys.executable, '-c', ''], check=True)",
    "shellingham": "shellingham.ShellDetectionFailure",
    "linecache": "linecache.getline('nowhere', 1)",
    "tokenize": "tokenize.COMMENT",
    "textwrap": "textwrap.dedent(' a')",
    "ast": "ast.parse('1')",
    "platform": "platform.system()",
    "ntpath": "ntpath.join('a', 'b')",
    "bz2": "bz2.decompress(bz2.compress(b'a'))",
    "lzma": "lzma.decompress(lzma.compress(b'a'))",
    "msgspec.inspect": "msgspec.inspect.type_info(int)",
    "msgspec.toml": "msgspec.toml.encode",
    "msgspec.yaml": "msgspec.yaml.encode",
}
"""Deferred module to something that needs it."""


def after_an_answer(then: str = "pass") -> dict[str, bool]:
    """Which deferred modules were imported, after an answer and a statement: whether each still waits.

    Those that the environment itself loads, before emvote begins, are left out.
    """
    script = (
        "import json, sys\n"
        "before = set(sys.modules)\n"
        "from emvote.cli import deferred\n"
        "deferred.install()\n"
        "from emvote.cli import entry, streams\n"
        "def end(code):\n"
        "    assert code == 0\n"
        f"    {then}\n"
        "    found = {name: sys.modules[name] for name in deferred.DEFERRED & sys.modules.keys() - before}\n"
        "    waiting = {name: type(module) is deferred.Waiting for name, module in found.items()}\n"
        "    print(json.dumps(waiting), file=sys.stderr)\n"
        "streams.leave = end\n"
        "sys.argv[1:] = ['seat', 'Derby North', '--json']\n"
        "entry.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found: dict[str, bool] = json.loads(done.stderr)
    return found


def test_what_is_deferred_is_imported_by_others_and_not_loaded_by_an_answer() -> None:
    """One that something begins to use on the way would only cost; asked once, so that there is a snapshot."""
    loaded("seat", "Derby North", "--json")
    waiting = after_an_answer()
    assert all(waiting.values())
    assert "msgspec.inspect" in waiting
    assert not {name for name in DEFERRED if find_spec(name) is None}


@pytest.mark.parametrize("name", sorted(DEFERRED))
def test_what_is_deferred_works_for_whoever_uses_it(name: str) -> None:
    """It is loaded by the first use, and is then a module like any other."""
    assert after_an_answer(f"import {name}; {USES[name]}").get(name) is not True


def test_nothing_waits_any_more_where_threads_begin() -> None:
    """Neither what others have imported nor what is imported later."""
    waiting = after_an_answer("deferred.settle(); deferred.settle(); sys.modules.pop('bz2'); import bz2")
    assert "msgspec.inspect" in waiting
    assert not any(waiting.values())


@pytest.mark.parametrize("moment", ["typer", "emvote.cli.main", "emvote.cli.commands.seat", "emvote.render.json"])
def test_an_interrupt_while_modules_load_ends_quietly(moment: str) -> None:
    """With the exit code of an interrupt and nothing else, whichever module is being loaded."""
    script = (
        "import sys\n"
        "from emvote.cli import entry\n"
        "class Interrupted:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        if name == {moment!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted)\n"
        "sys.argv[1:] = ['seat', 'Derby North', '--json']\n"
        "entry.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (("seat", "Derby North"), ()),
        (("seats", "--data", "uk"), ()),
        (("results",), ()),
        (("compare", "2017", "2019"), ("councils",)),
        (("councils",), ("councils",)),
        (("results", "local-2019"), ("councils", "wards")),
    ],
    ids=" ".join,
)
def test_a_question_defines_the_classes_of_the_subjects_that_it_is_about(
    question: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    """Each dataclass takes 0.4 ms; asked before, so that there is a snapshot."""
    loaded(*question, "--json")
    modules = {name.removeprefix("emvote.model.") for name in loaded(*question, "--json") if "emvote.model." in name}
    assert modules == {"common", "parliament", "record", "rows", *parts}


def test_a_first_run_keeps_what_the_second_opens(tmp_path: Path) -> None:
    """One snapshot, whichever question is asked, and none where none is wanted."""
    for variables, kept in (({}, 1), ({"EMVOTE_NO_CACHE": "1"}, 0)):
        folder = tmp_path / str(kept)
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "LOCALAPPDATA": str(folder), **variables}
        for question in (("seats", "--json"), ("elections", "--json")):
            subprocess.run(
                [sys.executable, "-m", "emvote", *question], env=environment, check=True, capture_output=True
            )
        assert len([path for path in folder.rglob("*") if path.is_file()]) == kept
