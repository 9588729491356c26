"""Where emvote may keep files of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NO_CACHE = "EMVOTE_NO_CACHE"
"""Environment variable that, set to anything, keeps emvote from keeping anything."""


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The user's cache folder for emvote; `None` where it has been switched off or there is no home.

    Our own lines instead of platformdirs, whose import costs 5 ms: a quarter of what a command may add to Typer's.
    """
    variables = os.environ if environment is None else environment
    if variables.get(NO_CACHE):
        return None
    home = variables.get("HOME") or variables.get("USERPROFILE")
    if sys.platform == "win32":
        base = variables.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = f"{home}/Library/Caches" if home else None
    else:
        base = variables.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    # A relative path would make a cache wherever emvote happens to be started; the XDG specification says to ignore it.
    return Path(base) / "emvote" if base and Path(base).is_absolute() else None
