"""Modules that are imported by others on the way of every command and used by none: loaded if somebody does use them.

Only `import name` can wait so, which decides what is worth a line here, besides what it takes to load;
`docs/performance.md` has the sum. Python's own lazy loader would load a module when it is imported for a second time.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader

DEFERRED: Final = frozenset(
    {
        # urllib.parse, for hosts in brackets
        "ipaddress",
        # Typer, to open a browser and to tell the shell
        "subprocess",
        "locale",
        "signal",
        "shellingham",
        # inspect and traceback, to show source
        "linecache",
        "tokenize",
        "textwrap",
        # inspect and uuid, which used them at once before Python 3.13
        *(("ast", "platform") if sys.version_info >= (3, 13) else ()),
        # pathlib, for paths of Windows
        "ntpath",
        # shutil, for archives
        "bz2",
        "lzma",
        # msgspec, for what it can do beside MessagePack and JSON
        "msgspec.inspect",
        "msgspec.toml",
        "msgspec.yaml",
    }
)


class Waiting(ModuleType):
    """A module that runs when something in it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name == "__path__":  # `from module import name` asks whether it is a package
            raise AttributeError(name)
        load(self)
        return getattr(self, name)


class Later:
    """Makes a module that waits, of one that another loader would run now."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The module, where the loader makes its own."""
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Have it wait."""
        module.__class__ = Waiting


class Deferring:
    """Finds the modules above as others are found, and has them loaded later."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module's description, with a loader that waits; `None` for every other module."""
        if name not in DEFERRED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = cast("Loader", Later(spec.loader))  # which needs no more than its two methods
        return spec


def load(module: ModuleType) -> None:
    """Run a module, if it still waits."""
    spec = module.__spec__
    if spec is not None and isinstance(spec.loader, Later):
        module.__class__ = ModuleType
        spec.loader = module.__loader__ = spec.loader.loader
        spec.loader.exec_module(module)


def install() -> None:
    """Defer these modules from now on; call it before loading Typer."""
    sys.meta_path.insert(0, Deferring)


def settle() -> None:
    """Load deferred modules and stop deferring, before threads begin.

    Where two threads are the first to use a module at once, one of them finds it without its attributes.
    """
    with suppress(ValueError):  # it was never installed
        sys.meta_path.remove(Deferring)
    for name in DEFERRED & sys.modules.keys():
        with suppress(ImportError):  # this Python was built without it, which whoever uses it is to learn
            load(sys.modules[name])
