"""How long emvote takes, beside what it cannot be faster than and beside other tools that answer the same question.

    python dev.py bench                print the tables
    python dev.py bench --quick        few repetitions, no table of growth: what CI prints
    python dev.py bench --write        put them into docs/performance.md

Every time is the least of many runs of a whole process, interleaved, over that of `python -c "import typer"`: CPU time,
which other work on the machine disturbs less than time on the clock. Answers are compared before anything is timed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
PYTHON = sys.executable
EMVOTE = str(Path(PYTHON).with_name("emvote"))
FLOOR = (PYTHON, "-c", "import typer")
OTHERS = ("DuckDB on CSV", "sqlite-utils on SQLite", "pandas on CSV")
SCRIPTS = {"DuckDB on CSV": "duckdb_csv", "sqlite-utils on SQLite": "sqlite_utils_db", "pandas on CSV": "pandas_csv"}
GROWTH = ((1, 650), (10, 6_500), (100, 65_000))
"""Times the country, and seats."""

QUESTIONS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("--help",), 1.6),
    (("seat", "Derby North", "--json"), 1.35),
    (("seats", "--json"), 1.35),
    (("results", "--json"), 1.35),
    (("compare", "2017", "2019", "--json"), 1.35),
    (("bellwethers", "--json"), 1.35),
    (("councils", "--json"), 1.35),
    (("candidate", "Kenneth Clarke", "--json"), 1.35),
    (("council", "Derby", "--json"), 1.35),
    (("swing", "--json"), 1.35),
    (("results", "local-2019", "--json"), 1.35),
    (("seat", "Derby North"), 1.9),
    (("councils", "--lost-control"), 1.9),
    (("seat", "Hexham", "--data", "uk", "--json"), 1.6),
    (("targets", "lab", "--scope", "uk"), 2.0),
)
"""What is asked, and the most that it may take in times the floor."""


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    """Of CPU, its own and the system's for it."""
    megabytes: float
    """Most memory that it had at one time."""


def cost(command: Sequence[str], output: Path | None = None) -> Cost:
    """Run a command once."""
    target = str(output) if output else os.devnull
    actions = [(os.POSIX_SPAWN_OPEN, 1, target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def best(commands: Sequence[Sequence[str]], times: int) -> list[Cost]:
    """The least that each took, interleaved."""
    found = [cost(each) for each in commands]
    for _ in range(times - 1):
        for i, command in enumerate(commands):
            again = cost(command)
            found[i] = Cost(min(found[i].seconds, again.seconds), max(found[i].megabytes, again.megabytes))
    return found


def answered(command: Sequence[str]) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 (our own)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown."""
    lines = [head, [":--" if i == 0 else "--:" for i in range(len(head))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def emvote_table(times: int) -> str:
    """Every question beside its limit; the first run ever beside four times the floor."""
    commands = [FLOOR, *((EMVOTE, *question) for question, _ in QUESTIONS)]
    floor, *found = best(commands, times)
    rows = [["`python -c 'import typer'`", f"{floor.seconds * 1000:.0f}", "1.00", "", f"{floor.megabytes:.0f}"]]
    for (question, limit), each in zip(QUESTIONS, found, strict=True):
        words = " ".join(f'"{word}"' if " " in word else word for word in question)
        ratio = f"{each.seconds / floor.seconds:.2f}"
        rows.append([f"`emvote {words}`", f"{each.seconds * 1000:.0f}", ratio, f"{limit}", f"{each.megabytes:.0f}"])
    for question in (("seat", "Derby North", "--json"), ("seat", "Hexham", "--data", "uk", "--json")):
        first = min((_first(question) for _ in range(max(3, times // 4))), key=lambda each: each.seconds)
        name = f"the first run ever, {'region' if len(question) < 4 else 'country'}"  # noqa: PLR2004
        ratio = f"{first.seconds / floor.seconds:.2f}"
        rows.append([name, f"{first.seconds * 1000:.0f}", ratio, "4", f"{first.megabytes:.0f}"])
    return table(("question", "CPU ms", "times the floor", "at most", "MB"), rows)


def _first(question: Sequence[str]) -> Cost:
    subprocess.run([EMVOTE, "cache", "--clear"], check=True, capture_output=True)  # noqa: S603
    return cost((EMVOTE, *question))


def others_table(times: int, folder: Path) -> str:
    """The same questions put to other tools, on what `emvote export` made."""
    for name in ("uk.sqlite", "uk"):
        subprocess.run([EMVOTE, "export", str(folder / name), "--data", "uk"], check=True, capture_output=True)  # noqa: S603
    rows = []
    for name, question, words in (
        ("one seat: winner and majority at each general election", "seat", ("seat", "Hexham", "--json")),
        ("every seat in 2024: winner and majority", "seats", ("seats", "--election", "2024", "--json")),
    ):
        ours = (EMVOTE, *words, "--data", "uk")
        theirs = [(PYTHON, str(HERE / "others.py"), SCRIPTS[tool], question, str(folder)) for tool in OTHERS]
        expected = sorted(
            [row["election"], row["seat"], row["winner_party"], row["majority_votes"]]
            for row in json.loads(answered(ours))["rows"]
            if row["kind"] == "general"
        )
        for tool, command in zip(OTHERS, theirs, strict=True):
            if json.loads(answered(command)) != expected:
                raise SystemExit(f"{tool} has another answer: {name}")
        mine, *found = best([ours, *theirs], times)
        ratios = [f"{each.seconds / mine.seconds:.1f}" for each in found]
        rows.append([name, str(len(expected)), f"{mine.seconds * 1000:.0f}", *ratios])
    return table(("question", "rows, equal in all", "emvote, CPU ms", *(f"{tool}, times" for tool in OTHERS)), rows)


def growth_table(times: int, folder: Path, growth: Sequence[tuple[int, int]]) -> str:
    """What a larger dataset costs; the exponent is that of the last step: 1 is linear, 0 no growth."""
    steps = ("the first opening", "one seat", "every seat of an election")
    found: dict[str, list[Cost]] = {step: [] for step in steps}
    sizes = []
    for factor, seats in growth:
        file = folder / f"{factor}.toml"
        subprocess.run(  # noqa: S603
            [PYTHON, str(HERE / "generate.py"), str(file), "--seats", str(seats)], check=True
        )
        sizes.append(file.stat().st_size / 1_000_000)
        one = (EMVOTE, "seat", "Seat 7", "--data", str(file), "--json")
        many = (EMVOTE, "seats", "--data", str(file), "--json")
        found["the first opening"].append(cost(one))
        few = times if factor == 1 else 3
        for step, each in zip(steps[1:], best([one, many], few), strict=True):
            found[step].append(each)
    head = [
        "CPU seconds (MB of memory)",
        *(f"{factor}× ({size:.0f} MB)" for (factor, _), size in zip(growth, sizes, strict=True)),
    ]
    rows = []
    for step, costs in found.items():
        cells = [f"{each.seconds:.2f} ({each.megabytes:.0f})" for each in costs]
        exponent = math.log10(costs[-1].seconds / costs[-2].seconds) / math.log10(growth[-1][0] / growth[-2][0])
        rows.append([step, *cells, f"{exponent:.2f}"])
    return table((*head, "exponent"), rows) + _parquet(folder, growth[-1][0])


def _parquet(folder: Path, factor: int) -> str:
    """The same question to DuckDB on the exported Parquet of the largest."""
    lake = folder / "lake"
    export = (EMVOTE, "export", str(lake), "--to", "parquet", "--data", str(folder / f"{factor}.toml"))
    made = cost(export)
    ours = json.loads(answered((EMVOTE, "seat", "Seat 7", "--data", str(folder / f"{factor}.toml"), "--json")))["rows"]
    expected = sorted([row["election"], row["seat"], row["winner_party"], row["majority_votes"]] for row in ours)
    command = (PYTHON, str(HERE / "others.py"), "duckdb_parquet", "seat", str(lake), "Seat 7")
    if json.loads(answered(command)) != expected:
        raise SystemExit("DuckDB on Parquet has another answer")
    asked = best([command], 3)[0]
    return (
        f"\nAt {factor}× the same question to DuckDB on the exported Parquet, with the same answer, takes "
        f"{asked.seconds:.2f} s of CPU and {asked.megabytes:.0f} MB; the export takes {made.seconds:.0f} s.\n"
    )


def main() -> None:
    """Print the tables, or write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--largest", type=int, default=100, help="times the country, at most")
    parser.add_argument("--times", type=int, default=20, help="repetitions")
    given = parser.parse_args()
    times = 3 if given.quick else given.times
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # a cache of its own, and byte code written, as in an ordinary installation
        os.environ.update(XDG_CACHE_HOME=str(folder / "cache"), LOCALAPPDATA=str(folder / "cache"))
        os.environ["EMVOTE_MAX_MB"] = "1000"  # a hundred times the country is more than emvote reads unasked
        for variable in ("EMVOTE_NO_CACHE", "EMVOTE_DATA", "PYTHONDONTWRITEBYTECODE", "COLUMNS"):
            os.environ.pop(variable, None)
        _show("questions", emvote_table(times), given)
        _show("others", others_table(max(3, times // 3), folder), given)
        if not given.quick:
            growth = [each for each in GROWTH if each[0] <= given.largest]
            _show("growth", growth_table(times, folder, growth), given)


def _show(title: str, text: str, given: argparse.Namespace) -> None:
    print(f"{title}\n\n{text}", flush=True)
    if given.write:
        _write(title, text)


def _write(title: str, text: str) -> None:
    """Put a table between its marks in the page."""
    page = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- bench: {title} -->\n", "<!-- end of bench -->"
    before, _, rest = page.partition(start)
    PAGE.write_text(f"{before}{start}{text}{end}{rest.partition(end)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
