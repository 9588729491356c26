"""Completion in real shells: a line is typed at a terminal with Tab, and the words that emvote gets are looked at."""

from __future__ import annotations

import os
import select
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from emvote.cli.shells import SCRIPTS

if sys.platform == "win32":
    pytest.skip("these shells run on a pseudo-terminal", allow_module_level=True)
import pty

SMALL = Path(__file__).parent / "data" / "small.toml"
PATIENCE = 20.0
"""Seconds to wait for a shell on a busy machine."""
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SET_UP = {
    "bash": "source '{script}'",
    "zsh": "autoload -Uz compinit; compinit -u -D; source '{script}'",
    "fish": "source '{script}'",
}
STAND_IN = """#!/bin/sh
if [ "$1" = __complete ]; then exec '{python}' -m emvote "$@"; fi
printf '%s\\n' "$@" > "$HOME/words.part"
mv "$HOME/words.part" "$HOME/words"
"""
"""Answers completion as emvote does, and else writes down the words that it is given, one a line."""
HOSTILE = {
    "Farshore": "Farshore $(touch one) `touch two` $HOME",
    "Nether Vale": "Nether 'Vale' \"and\" \\ more; touch three & * ? ~ #",
    "Westmarsh and Thornley": "Thornley {a,b} | touch four > five < six (seven) [eight] ^ = %",
}
"""Names that a shell would act on if it ever evaluated them."""


class Terminal:
    """A shell at a terminal, with emvote's completion."""

    def __init__(self, shell: str, home: Path) -> None:
        self.words = home / "words"
        environment = {
            "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "TERM": "xterm",
            "LANG": "C.UTF-8",
            "PS1": "> ",
            "EMVOTE_DATA": str(home / "dataset.toml"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }
        self.process, self.screen = pty.fork()
        if not self.process:
            os.chdir(home)
            os.execvpe(START[shell][0], START[shell], environment)  # noqa: S606 (the shell under test)
        ending = "zsh" if shell == "zsh" else shell
        self.type(SET_UP[shell].format(script=SCRIPTS / f"emvote.{ending}") + "\n")
        self.entered("emvote ready")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.screen, keys.encode())

    def entered(self, keys: str) -> list[str]:
        """The words that emvote is given after these keys and Enter."""
        self.words.unlink(missing_ok=True)
        self.type(f"{keys}\n")
        deadline = time.monotonic() + PATIENCE
        seen = b""
        while not self.words.exists() and time.monotonic() < deadline:
            ready, _, _ = select.select([self.screen], [], [], 0.02)
            if ready:
                seen += os.read(self.screen, 65536)
        assert self.words.exists(), f"the shell ran nothing after {keys!r}; it shows {seen.decode(errors='replace')!r}"
        return self.words.read_text(encoding="utf-8").splitlines()

    def close(self) -> None:
        """End the shell."""
        os.close(self.screen)
        with suppress(ProcessLookupError):
            os.kill(self.process, 9)
        os.waitpid(self.process, 0)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the stand-in for emvote, and a dataset in which some names are hostile."""
    home = tmp_path_factory.mktemp("home")
    stand_in = home / "bin" / "emvote"
    stand_in.parent.mkdir()
    stand_in.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    stand_in.chmod(0o755)
    text = SMALL.read_text(encoding="utf-8")
    for name, hostile in HOSTILE.items():
        assert text.count(f'name = "{name}"') == 1
        quoted = hostile.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace(f'name = "{name}"', f'name = "{quoted}"')
    (home / "dataset.toml").write_text(text, encoding="utf-8")
    (home / "driver.txt").touch()
    return home


@pytest.fixture(scope="module", params=START)
def typed(request: pytest.FixtureRequest, home: Path) -> Iterator[Callable[[str], list[str]]]:
    """Types keys into one of the shells and gives the words that emvote gets."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed here")
    terminal = Terminal(request.param, home)
    yield terminal.entered
    terminal.close()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("emvote sea\ts\t", ["seats"]),
        ("emvote seats --cha\t", ["seats", "--changed"]),
        ("emvote seats --county b\t", ["seats", "--county", "Brackshire"]),
        ("emvote seats --held-by gr\t", ["seats", "--held-by", "grn"]),
        ("emvote seats --held-by=gr\t", ["seats", "--held-by=grn"]),
        ("emvote councils --format mark\t", ["councils", "--format", "markdown"]),
        ("emvote seats --columns seat,majority_v\t", ["seats", "--columns", "seat,majority_votes"]),
        ("emvote seat brack\t", ["seat", "Brackwater"]),
        ("emvote council Cold\\ h\t", ["council", "Cold Hollow"]),
        ("emvote council 'cold h\t", ["council", "Cold Hollow"]),
        ('emvote council "cold h\t', ["council", "Cold Hollow"]),
        ("emvote council cold h\t", ["council", "cold", "Hollow"]),
        ("emvote compare council:al\t", ["compare", "council:Aldermere"]),
        ('emvote compare "seat:al\t', ["compare", "seat:Aldermere"]),
        ("emvote seat brackwater --election 2017-\t", ["seat", "brackwater", "--election", "2017-notional"]),
        ("emvote seats -o dri\t", ["seats", "-o", "driver.txt"]),
        ("emvote project --swing bl\tgr\t5", ["project", "--swing", "blu:grn:5"]),
        ("emvote schema cand\t", ["schema", "candidate"]),
    ],
)
def test_tab_completes(typed: Callable[[str], list[str]], keys: str, words: list[str]) -> None:
    """Commands, options, their values, names in the dataset however they are quoted, fields, and files."""
    assert typed(keys) == words


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("name", HOSTILE.values())
def test_a_hostile_name_is_only_a_name(typed: Callable[[str], list[str]], home: Path, name: str, quote: str) -> None:
    """It arrives as it is in the dataset, and nothing in it is run, expanded or redirected."""
    before = sorted(path.name for path in home.iterdir() if not path.name.startswith(("words", ".")))
    assert typed(f"emvote seat {quote}{name[:4].lower()}\t") == ["seat", name]
    after = sorted(path.name for path in home.iterdir() if not path.name.startswith(("words", ".")))
    assert after == before
