"""Writes what the wheel holds beside the files of the project: `python -m tools.wheel.contents FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.wheel.manual import manual

from emvote.store.read import keep_shipped


def main(folder: Path) -> None:
    """Snapshots of the datasets, with and without wards, and the man page."""
    keep_shipped(folder / "snapshots")
    (folder / "emvote.1").write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
