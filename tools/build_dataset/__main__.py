"""The command: `python -m tools.build_dataset RAW OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.build_dataset.build import build, build_people, build_wards
from tools.build_dataset.report import report, report_people, report_wards
from tools.build_dataset.uk import build_uk

USAGE = "usage: python -m tools.build_dataset RAW OUT (the folder of raw files, the TOML file to write)"
UK = "uk.toml"
"""Name of the dataset of the whole country, beside the region's."""


def main(arguments: list[str]) -> int:
    """Build the dataset, what is beside it, and that of the whole country; print what was read and flagged."""
    if len(arguments) != len(("RAW", "OUT")):
        print(USAGE, file=sys.stderr)
        return 2
    from emvote.store.files import COMPANION, PEOPLE
    from emvote.store.write import dump_people, dump_record, dump_wards

    raw, record = build(Path(arguments[0]))
    text = dump_record(record)
    Path(arguments[1]).write_text(text, encoding="utf-8", newline="\n")
    print(report(raw, record, text))
    raw, wards = build_wards(Path(arguments[0]))
    text = dump_wards(wards)
    Path(arguments[1]).with_suffix(COMPANION).write_text(text, encoding="utf-8", newline="\n")
    print(report_wards(raw, wards, text))
    raw, people = build_people(Path(arguments[0]), wards)
    text = dump_people(people.lists, people.administrations)
    Path(arguments[1]).with_suffix(PEOPLE).write_text(text, encoding="utf-8", newline="\n")
    print(report_people(raw, people, text))
    raw, record = build_uk(Path(arguments[0]))
    text = dump_record(record)
    Path(arguments[1]).with_name(UK).write_text(text, encoding="utf-8", newline="\n")
    print(report(raw, record, text))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
