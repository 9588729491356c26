"""Thousands of command lines: examples of the pages, and random ones."""

from __future__ import annotations

import random
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FORMATS: Final = (
    *("", "--json", "--csv", "--csv --long", "--excel --csv", "--sentence", "--explain", "--sources", "--no-color"),
    *("--explain --json", "--sources --format markdown", "--explain --format plain"),
    *(f"--format {name}" for name in ("jsonl", "tsv", "markdown", "html", "latex", "plain")),
)
WIDTHS: Final = ("", "COLUMNS=60 ", "COLUMNS=140 ")
PARTIES: Final = ("con", "Lab", "ld", "reform", "green", "ukip", "ind", "ashind", "snp", "Tory", "zzz")
YEARS: Final = (
    "1918",
    "1945",
    "feb1974",
    "1974",
    "1983",
    "1997",
    "2010",
    "2015",
    "2017",
    "2019",
    "2019-notional",
    "2024",
    "1999",
)
LOCAL: Final = tuple(f"local-{year}" for year in range(2015, 2027))
COUNTIES: Final = ("Derbyshire", "Nottinghamshire", "Leicestershire", "Lincolnshire", "Rutland", "Northamptonshire")
TEMPLATES: Final = Path(__file__).with_name("lines.txt").read_text(encoding="utf-8").splitlines()
"""Command lines with places for names in braces."""
COLOURED_BY: Final = ("winner", "change", "swing", "majority", "share")
QUESTIONS: Final = ("seats", "councils", "results", "elections", "parties", "sources", "bellwethers", "map", "swing")
ODD: Final = (
    "Derby",
    "derby nroth",
    "''",
    "💩",
    "'[red]x'",
    "Ashfield",
    "'a;b'",
    "xyz",
    "council:Ashfield",
    "seat:Derby",
)


def documented() -> Iterator[str]:
    """The command lines in the blocks of code of README and docs, without pipes and redirections."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for line in re.findall(r"^\$ (emvote .+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
            if not re.search(r"[|<>`$;&]|emvote (browse|cache|completion)", line):
                yield line


def random_lines(number: int, inputs: Path, seed: int = 1) -> Iterator[str]:
    """Templates filled with names of the record, in random formats and widths."""
    from emvote.cli.registry import command_names
    from emvote.store import open_dataset
    from emvote.views.terms import TERMS

    dice = random.Random(seed)  # noqa: S311 (no secret)
    record = open_dataset(wards=True).record
    names = {
        "seat": [seat.name for seat in record.seats],
        "council": [council.name for council in record.councils],
        "mayor": [mayoralty.area for mayoralty in record.mayoralties],
        "name": [candidacy.name for contest in record.contests for candidacy in contest.candidates],
    }
    commands = [name for name in command_names() if name not in {"browse", "completion", "cache"}]
    fixed = {
        "year": YEARS, "year2": YEARS, "local": LOCAL, "local2": LOCAL, "party": PARTIES, "party2": PARTIES,
        "county": COUNTIES, "term": [term.term for term in TERMS], "by": COLOURED_BY,
        "command": commands, "number": ("1", "2.5", "5.9", "10", "-3", "x"), "question": QUESTIONS,
        "file": sorted(path.relative_to(inputs).as_posix() for path in inputs.rglob("*.toml")), "odd": ODD,
    }  # fmt: skip

    def fill(match: re.Match[str]) -> str:
        word = match[1]
        if word in fixed:
            return shlex.quote(dice.choice(fixed[word])) if word != "odd" else dice.choice(ODD)
        name = dice.choice(names[re.sub(r"\d|_.$", "", word)])
        if word.endswith("_w"):
            return shlex.quote(name.split()[0])
        return shlex.quote(name)

    for count in range(number):
        template = TEMPLATES[count % len(TEMPLATES)]
        line = re.sub(r"\{(\w+)\}", fill, template)
        width, form = dice.choice(WIDTHS), dice.choice(FORMATS)
        yield f"{width}emvote {line} {form}".rstrip()
