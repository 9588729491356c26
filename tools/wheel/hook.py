"""Puts snapshots and the man page into the wheel; called by hatchling."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Contents(BuildHookInterface[Any]):
    """What the wheel holds beside the files of the project."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them; an editable installation has none, as its datasets may be edited."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.made = tempfile.TemporaryDirectory()
        # in a process of its own: emvote may be loaded here already, from elsewhere
        program = [sys.executable, "-m", "tools.wheel.contents", self.made.name]
        environment = {**os.environ, "PYTHONPATH": str(Path(self.root) / "src")}
        subprocess.run(program, cwd=self.root, env=environment, check=True)  # noqa: S603 (our own)
        build_data["force_include"][f"{self.made.name}/snapshots"] = "emvote/data/snapshots"
        build_data["shared_data"][f"{self.made.name}/emvote.1"] = "share/man/man1/emvote.1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Leave nothing behind."""
        if hasattr(self, "made"):
            self.made.cleanup()
