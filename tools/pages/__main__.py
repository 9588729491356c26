"""Write the files of the package that are made from the commands; with `--check`, say which are stale."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools.pages import grammar, manual
from tools.pages.shell import ROOT

MADE: Final[Mapping[Path, Callable[[], str]]] = {
    grammar.FILE: grammar.grammar,
    manual.FILE: manual.manual,
}
"""File to what should be in it."""


def stale() -> list[str]:
    """The files that are not as the commands are."""
    return [
        str(path.relative_to(ROOT))
        for path, text in MADE.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text()
    ]


def main(arguments: list[str]) -> int:
    """Do it; the exit code."""
    if arguments == ["--check"]:
        found = stale()
        for name in found:
            print(f"{name} is stale: python dev.py docs", file=sys.stderr)
        return 1 if found else 0
    for path, text in MADE.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
