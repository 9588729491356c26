"""The questions of `bench/run.py` to other tools, on the files that `emvote export` makes.

    python bench/others.py TOOL QUESTION FOLDER [SEAT]

Winner and majority of a seat at each general election, or of every seat in 2024, as JSON: election, seat, party, votes.
Each question is written as one would write it for that tool.
"""

from __future__ import annotations

import json
import sys
from typing import Any

QUERY = """
with ranked as (
    select c.election, s.name as seat, c.party, c.votes,
           row_number() over (partition by c.election, c.seat order by c.votes desc) as place
    from {candidacies} c
    join {seats} s on s.id = c.seat
    join {elections} e on e.id = c.election
    where e.kind = 'general' and {condition}
)
select a.election, a.seat, a.party, a.votes - b.votes as majority
from ranked a join ranked b on a.election = b.election and a.seat = b.seat and a.place = 1 and b.place = 2
"""
CONDITIONS = {"seat": "s.name = '{seat}'", "seats": "c.election = 'parl.2024-07-04'"}
TABLES = ("candidacies", "seats", "elections")


def _sql(question: str, seat: str, tables: dict[str, str]) -> str:
    return QUERY.format(condition=CONDITIONS[question].format(seat=seat), **tables)


def duckdb_csv(question: str, folder: str, seat: str) -> list[Any]:
    """DuckDB reads the CSV files in place."""
    import duckdb

    tables = {name: f"read_csv('{folder}/uk/{name}.csv')" for name in TABLES}
    return duckdb.execute(_sql(question, seat, tables)).fetchall()


def duckdb_parquet(question: str, folder: str, seat: str) -> list[Any]:
    """DuckDB reads the Parquet files in place."""
    import duckdb

    tables = {name: f"read_parquet('{folder}/{name}/**/*.parquet', hive_partitioning = true)" for name in TABLES}
    return duckdb.execute(_sql(question, seat, tables)).fetchall()


def sqlite_utils_db(question: str, folder: str, seat: str) -> list[Any]:
    """sqlite-utils on the database."""
    import sqlite_utils

    database = sqlite_utils.Database(f"{folder}/uk.sqlite")
    return [tuple(row.values()) for row in database.query(_sql(question, seat, {name: name for name in TABLES}))]


def pandas_csv(question: str, folder: str, seat: str) -> list[Any]:
    """Pandas on the CSV files."""
    import pandas as pd

    votes, seats, elections = (pd.read_csv(f"{folder}/uk/{name}.csv", low_memory=False) for name in TABLES)
    seats = seats[seats["name"] == seat] if question == "seat" else seats
    general = elections[elections["kind"] == "general"]["id"]
    chosen = general if question == "seat" else ["parl.2024-07-04"]
    here = votes[votes["election"].isin(chosen)].merge(seats[["id", "name"]], left_on="seat", right_on="id")
    here = here.sort_values("votes", ascending=False)
    found = []
    for (election, _), group in here.groupby(["election", "seat"]):
        first, second = group.iloc[0], group.iloc[1]
        found.append((election, first["name"], first["party"], int(first["votes"] - second["votes"])))
    return found


def main() -> None:
    """Answer."""
    tool, question, folder, *seat = sys.argv[1:]
    tools = {each.__name__: each for each in (duckdb_csv, duckdb_parquet, sqlite_utils_db, pandas_csv)}
    rows = tools[tool](question, folder, seat[0] if seat else "Hexham")
    print(json.dumps(sorted([str(a), str(b), str(c), int(d)] for a, b, c, d in rows)))


if __name__ == "__main__":
    main()
