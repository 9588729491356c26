"""Writes what the wheel holds beside the files of the project: `python -m tools.wheel.contents FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.wheel.manual import manual

from emvote.store.read import open_dataset, shipped_names


def main(folder: Path) -> None:
    """Snapshots of the datasets without their ward results and with them, as commands open them; and the man page."""
    for name in shipped_names():
        for wards in (False, True):
            open_dataset(name, snapshots=folder / "snapshots", wards=wards)
    (folder / "emvote.1").write_text(manual(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
