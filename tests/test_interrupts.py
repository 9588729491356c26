"""Ctrl-C ends a run with exit code 130 and prints nothing else, whatever was going on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("signals are others there", allow_module_level=True)
import signal

SMALL = Path(__file__).parent / "data" / "small.toml"
ROUNDS = int(os.environ.get("EMVOTE_INTERRUPTS", "3"))
"""More of them make the long run that `docs/reliability.md` tells of."""
BEGIN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""Where the tests run in the background of a shell, processes ignore interrupts."""
QUIET = (130, "", "")
Told = tuple[int, str, str]


def started(script: str, *words: str) -> subprocess.Popen[str]:
    """A process that runs some lines and then the program with some words."""
    lines = f"{BEGIN}import os, sys\n{script}\nfrom emvote.cli import entry\nentry.main()\n"
    return subprocess.Popen(
        [sys.executable, "-c", lines, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> Told:
    """The exit code of a process, and what it printed."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


FAULTS = {
    "rtoml tells of a faulty file": (
        "import rtoml\n"
        "def loads(text):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n"
        "        raise rtoml.TomlParsingError('ImportError at line 3 column 1')\n"
        "rtoml.loads = loads"
    ),
    "a library fails on it": (
        "import rtoml\n"
        "def loads(text):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except KeyboardInterrupt:\n"
        "        raise SystemError('returned a result with an exception set')\n"
        "rtoml.loads = loads"
    ),
    "a library goes on": (
        "import rtoml\n"
        "read = rtoml.loads\n"
        "def loads(text):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    except BaseException:\n"
        "        pass\n"
        "    return read(text)\n"
        "rtoml.loads = loads"
    ),
    "a finalizer is interrupted": (
        "import rtoml\n"
        "read = rtoml.loads\n"
        "class Last:\n"
        "    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "def loads(text):\n"
        "    Last()\n"
        "    return read(text)\n"
        "rtoml.loads = loads"
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", ["seats", "check", "export", "output", "json"])
def test_an_interrupt_is_one_whatever_a_library_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str, command: str
) -> None:
    """No error is told, nothing is answered, and no file is written."""
    monkeypatch.setenv("EMVOTE_NO_CACHE", "1")
    words = {
        "seats": ("seats", "--data", str(SMALL)),
        "check": ("check", str(SMALL)),
        "export": ("export", str(tmp_path / "out.sqlite"), "--data", str(SMALL)),
        "output": ("seats", "--data", str(SMALL), "-o", str(tmp_path / "out.csv")),
        "json": ("seats", "--data", str(SMALL), "--json"),
    }
    assert told(started(FAULTS[fault], *words[command])) == QUIET
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["gc", "typing", "typer", "emvote.cli.main", "emvote.cli.commands.seat", "rich"])
def test_an_interrupt_while_modules_load_is_not_swallowed(module: str) -> None:
    """Even where whoever loads the module would do without it."""
    script = (
        "class Interrupted:\n"
        "    @staticmethod\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            try:\n"
        "                os.kill(os.getpid(), signal.SIGINT)\n"
        "            except KeyboardInterrupt:\n"
        "                raise ImportError(name)\n"
        f"for name in [each for each in sys.modules if each.partition('.')[0] == {module!r}]:\n"
        "    del sys.modules[name]\n"
        "from emvote.cli import interrupts\n"
        "interrupts.leave_at_once()\n"
        "sys.meta_path.insert(0, Interrupted)\n"
    )
    # importing gc again does nothing: it is asked for by name
    extra = f"import {module}" if module in ("gc", "rich") else ""
    assert told(started(script + extra, "seat", "Aldham", "--data", str(SMALL))) == QUIET


def test_who_ignores_interrupts_is_not_interrupted() -> None:
    """As under nohup, or in the background of a shell."""
    script = "signal.signal(signal.SIGINT, signal.SIG_IGN)\nos.kill(os.getpid(), signal.SIGINT)"
    code, out, err = told(started(script, "seats", "--data", str(SMALL), "--csv"))
    assert (code, err) == (0, "")
    assert out


QUESTIONS: dict[str, Callable[[Path], tuple[str, ...]]] = {
    "seats": lambda _: ("seats", "--json"),
    "check": lambda _: ("check", str(SMALL)),
    "export": lambda folder: ("export", str(folder / "out.sqlite"), "--data", str(SMALL)),
    "completion": lambda _: ("__complete", "words", "seat", "--data", str(SMALL), "A"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_interrupt_at_any_moment_ends_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """From the first line of emvote on: Python's own start is out of its hands. What is unfinished is removed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ready = "from emvote.cli import entry; os.write(2, b'.')"
    words = QUESTIONS[question](tmp_path)
    begun = time.monotonic()
    code, wanted, said = told(started(ready, *words))
    length = time.monotonic() - begun
    assert (code, said[:1]) == (0, ".")
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    for _ in range(ROUNDS):
        for each in tmp_path.glob("out.*"):
            each.unlink()
        process = started(ready, *words)
        assert process.stderr is not None
        assert process.stderr.read(1) == "."
        time.sleep(chance.random() * length)
        process.send_signal(signal.SIGINT)
        code, out, err = told(process)
        assert (code, out, err) in (QUIET, (0, wanted, said[1:])) or (code, out) == (130, wanted)
    assert [each.name for each in tmp_path.rglob("*.part")] == []
