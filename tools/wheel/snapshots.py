"""Writes snapshots of the shipped datasets into a folder: `python tools/wheel/snapshots.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))

from emvote.store.read import open_dataset, shipped_names


def main(folder: Path) -> None:
    """Each dataset without its ward results and with them: what commands open."""
    for name in shipped_names():
        for wards in (False, True):
            open_dataset(name, snapshots=folder, wards=wards)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
