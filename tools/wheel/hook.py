"""Puts snapshots of the shipped datasets into the wheel; called by hatchling, see pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Snapshots(BuildHookInterface[Any]):
    """An installed emvote opens what came with it without parsing, from its first run on."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them; an editable installation has none, as its datasets may be edited."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.made = tempfile.TemporaryDirectory()
        # in a process of its own: emvote may be loaded here already, from elsewhere
        script = Path(self.root) / "tools" / "wheel" / "snapshots.py"
        subprocess.run([sys.executable, str(script), self.made.name], check=True)  # noqa: S603 (our own)
        build_data["force_include"][self.made.name] = "emvote/data/snapshots"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        if hasattr(self, "made"):
            self.made.cleanup()
