"""Makes a valid dataset of any size: the same seed, seats and elections give the same bytes.

    python bench/generate.py FILE [--seats 650] [--elections 7] [--seed 1]

Seats keep their boundaries, each election is a general one of its own year, and every seat has a candidate of each
party with an invented name and number of votes, no two the same. The real dataset of the country has 650 seats at 7
elections.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

PARTIES = ("con", "lab", "ld", "green", "reform", "snp")
FIRST_YEAR = 1900
HEADER = """\
schema = 1
title = "{seats} seats at {elections} elections"
version = "{seed}"
licence = "CC0-1.0"
attribution = "Invented"
region = "Everywhere"

[[sources]]
id = "invented"
title = "Invented"
publisher = "Nobody"
licence = "CC0-1.0"
"""


def write(file: TextIO, *, seats: int, elections: int, seed: int) -> None:
    """Write the dataset."""
    file.write(HEADER.format(seats=seats, elections=elections, seed=seed))
    for party in PARTIES:
        name = party.title()
        file.write(
            f'\n[[parties]]\nid = "{party}"\nname = "{name} Party"\nabbreviation = "{name}"\n'
            f'kind = "national"\nsource = "invented"\n'
        )
    days = [f"{FIRST_YEAR + 4 * number}-05-06" for number in range(elections)]
    for number, day in enumerate(days):
        previous = f'previous = "parl.{days[number - 1]}"\n' if number else ""
        file.write(
            f'\n[[elections]]\nid = "parl.{day}"\nname = "General election, {day}"\nkind = "general"\ndate = {day}\n'
            f'boundaries = "{FIRST_YEAR}"\n{previous}source = "invented"\n'
        )
    file.writelines(map(_seat, range(seats)))
    numbers = random.Random(seed)  # noqa: S311 (no secret depends on it)
    for day in days:
        for seat in range(seats):
            file.writelines(_contest(numbers, day, seat))


def _seat(seat: int) -> str:
    return (
        f'\n[[seats]]\nid = "{seat_id(seat)}"\nname = "{seat_name(seat)}"\nregion = "Everywhere"\n'
        f'counties = ["County {seat % 50}"]\nboundaries = "{FIRST_YEAR}"\nsince = {FIRST_YEAR}-01-01\n'
        f'source = "invented"\n'
    )


def _contest(numbers: random.Random, day: str, seat: int) -> Iterator[str]:
    votes = numbers.sample(range(500, 30_000), len(PARTIES))
    valid = sum(votes)
    yield f'\n[[contests]]\nelection = "parl.{day}"\nseat = "{seat_id(seat)}"\nelectorate = {2 * valid}\n'
    yield f"valid_votes = {valid}\ncandidates = [\n"
    best = max(votes)
    for party, number in zip(PARTIES, votes, strict=True):
        elected = ", elected = true" if number == best else ""
        yield f'  {{ name = "Candidate {number}", party = "{party}", votes = {number}{elected} }},\n'
    yield "]\n"


def seat_id(seat: int) -> str:
    """As of a seat of today: a letter and eight digits."""
    return f"E{seat:08d}"


def seat_name(seat: int) -> str:
    """No two seats share one."""
    return f"Seat {seat}"


def main() -> None:
    """Write the dataset that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seats", type=int, default=650)
    parser.add_argument("--elections", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.file.open("w", encoding="utf-8") as file:
        write(file, seats=given.seats, elections=given.elections, seed=given.seed)


if __name__ == "__main__":
    main()
