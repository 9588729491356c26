"""Where emvote may keep files of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

CONFIG = "EMVOTE_CONFIG"
"""Environment variable that names the configuration file; empty: none is read."""
NO_CACHE = "EMVOTE_NO_CACHE"
"""Environment variable that, set to anything, keeps emvote from keeping anything."""


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """The user's cache folder for emvote; `None`: switched off, or no home.

    Our own lines instead of platformdirs, whose import costs 5 ms: a quarter of what a command may add to Typer's.
    """
    variables = os.environ if environment is None else environment
    if variables.get(NO_CACHE):
        return None
    return _folder(variables, windows="LOCALAPPDATA", mac="Library/Caches", xdg="XDG_CACHE_HOME", usual=".cache")


def config_path(environment: Mapping[str, str] | None = None) -> Path | None:
    """Path of the user's configuration file; `None`: switched off, or no home.

    >>> str(config_path({CONFIG: "mine.toml"})), config_path({CONFIG: ""})
    ('mine.toml', None)
    """
    variables = os.environ if environment is None else environment
    named = variables.get(CONFIG)
    if named is not None:
        return Path(named) if named else None
    mac = "Library/Application Support"
    folder = _folder(variables, windows="APPDATA", mac=mac, xdg="XDG_CONFIG_HOME", usual=".config")
    return folder / "config.toml" if folder else None


def config_file() -> Path | None:
    """The configuration file, if it exists or `EMVOTE_CONFIG` names it."""
    path = config_path()
    return path if path and (os.environ.get(CONFIG) or path.exists()) else None


def _folder(variables: Mapping[str, str], *, windows: str, mac: str, xdg: str, usual: str) -> Path | None:
    home = variables.get("HOME") or variables.get("USERPROFILE")
    if sys.platform == "win32":
        base = variables.get(windows)
    elif sys.platform == "darwin":
        base = f"{home}/{mac}" if home else None
    else:
        base = variables.get(xdg) or (f"{home}/{usual}" if home else None)
    # A relative path would make a cache wherever emvote happens to be started; the XDG specification says to ignore it.
    return Path(base) / "emvote" if base and Path(base).is_absolute() else None
