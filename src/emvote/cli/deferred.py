"""Modules that are imported by others on the way of every command and used by none: loaded if somebody does use them.

Python's own lazy loader stands in for each until an attribute of it is asked for. Only `import name` can wait so, which
decides what is worth a line here, besides what it takes to load; `docs/performance.md` has the sum.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

DEFERRED: Final = frozenset(
    {
        # urllib.parse, for hosts in brackets
        "ipaddress",
        # subprocess, which Typer loads to open a browser
        "locale",
        "signal",
        # shutil, for archives
        "bz2",
        "lzma",
        # msgspec, for what it can do beside MessagePack and JSON
        "msgspec.inspect",
        "msgspec.toml",
        "msgspec.yaml",
    }
)


class Deferring:
    """Finds the modules above as others are found, and has them loaded later."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's description, with a loader that waits; `None` for every other module."""
        if name not in DEFERRED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def install() -> None:
    """Have them wait from now on; for the process of one command, before Typer is loaded."""
    sys.meta_path.insert(0, Deferring)


def settle() -> None:
    """Load what still waits, and have nothing wait from now on; for a program that begins threads.

    Where two threads are the first to use a module at once, Python before 3.11.9 and 3.12.3 gives one of them a module
    without its attributes.
    """
    with suppress(ValueError):  # it was never installed
        sys.meta_path.remove(Deferring)
    for name in DEFERRED & sys.modules.keys():
        with suppress(ImportError):  # this Python was built without it, which whoever uses it is to learn
            _ = sys.modules[name].__doc__
