"""A dataset as an SQLite database: tables with keys and indexes, and views that answer the common questions."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.relations import RELATIONS, Relation, Type, header
from emvote.store.export.ours import APPLICATION, said
from emvote.store.export.written import Written

TYPES: Final = {
    Type.TEXT: "TEXT",
    Type.INTEGER: "INTEGER",
    Type.NUMBER: "REAL",
    Type.BOOLEAN: "INTEGER",
    Type.DATE: "TEXT",
}
"""SQLite has no dates and no booleans: ISO text, and 0 or 1."""

VIEWS: Final = {
    "votes": """
        SELECT election, seat, position, candidate, party, key, party_label, votes, elected FROM candidacies
        UNION ALL
        SELECT election, seat, position, NULL, party, party, party_label, votes, NULL FROM tallies
    """,
    "shares": """
        SELECT v.*, 100.0 * v.votes / c.valid_votes AS share_pct
        FROM votes v JOIN contests c USING (election, seat)
    """,
    "seat_results": """
        WITH ranked AS (
          SELECT *, ROW_NUMBER() OVER (
            PARTITION BY election, seat ORDER BY COALESCE(elected, 0) DESC, votes DESC, position
          ) AS place FROM candidacies
        )
        SELECT c.election, e.kind, e.date AS polling_date, c.seat AS seat_id, s.name AS seat, s.region,
          c.declared, c.electorate, c.valid_votes, c.invalid_votes, 100.0 * c.valid_votes / c.electorate AS turnout_pct,
          w.candidate AS winner, w.party AS winner_party, r.candidate AS runner_up, r.party AS runner_up_party,
          w.votes - r.votes AS majority_votes, 100.0 * (w.votes - r.votes) / c.valid_votes AS majority_pct,
          c.outcome AS published_outcome
        FROM contests c
        JOIN elections e ON e.id = c.election
        JOIN seats s ON s.id = c.seat
        LEFT JOIN ranked w ON w.election = c.election AND w.seat = c.seat AND w.place = 1
        LEFT JOIN ranked r ON r.election = c.election AND r.seat = c.seat AND r.place = 2
    """,
    "party_totals": """
        SELECT v.election, s.region, v.party, SUM(v.votes) AS votes, COUNT(*) AS contested,
          SUM(v.elected) AS seats_won,
          100.0 * SUM(v.votes) / (
            SELECT SUM(c.valid_votes) FROM contests c JOIN seats t ON t.id = c.seat
            WHERE c.election = v.election AND t.region = s.region
          ) AS share_pct
        FROM votes v JOIN seats s ON s.id = v.seat
        GROUP BY v.election, s.region, v.party
    """,
    "council_control": """
        SELECT k.council AS council_id, c.name AS council, k.year, k.size,
          CASE
            WHEN MAX(p.kind IN ('national', 'local') AND 2 * s.seats > k.size)
              THEN MAX(CASE WHEN p.kind IN ('national', 'local') AND 2 * s.seats > k.size THEN s.party END)
            WHEN 2 * SUM(CASE WHEN p.kind = 'aggregate' AND 2 * s.seats > k.size THEN s.seats ELSE 0 END) > k.size
              THEN NULL
            ELSE 'noc'
          END AS control, k.published
        FROM compositions k
        JOIN councils c ON c.id = k.council
        LEFT JOIN composition_seats s USING (council, year)
        LEFT JOIN parties p ON p.id = s.party
        GROUP BY k.council, k.year
    """,
    "council_changes": """
        WITH whole AS (
          SELECT s.election, s.council, s.moment,
            COALESCE(
              MAX(b.control),
              MAX(CASE WHEN p.kind IN ('national', 'local') AND 2 * s.seats > COALESCE(b.size, q.size)
                THEN s.party END),
              CASE WHEN MAX(p.kind = 'aggregate' AND 2 * s.seats > COALESCE(b.size, q.size)) THEN NULL ELSE 'noc' END
            ) AS control
          FROM council_poll_seats s
          JOIN council_polls q USING (election, council)
          JOIN parties p ON p.id = s.party
          LEFT JOIN council_poll_baselines b USING (election, council, moment)
          WHERE s.moment IN ('eve', 'last_council', 'after')
          GROUP BY s.election, s.council, s.moment
        )
        SELECT q.election, c.id AS council_id, c.name AS council, c.region, q.declared, q.size AS seats_total,
          q.seats_up, q.vacancies, e.control AS control_on_the_eve, l.control AS control_at_last_election,
          a.control AS control_after
        FROM council_polls q
        JOIN councils c ON c.id = q.council
        LEFT JOIN whole e ON e.election = q.election AND e.council = q.council AND e.moment = 'eve'
        LEFT JOIN whole l ON l.election = q.election AND l.council = q.council AND l.moment = 'last_council'
        LEFT JOIN whole a ON a.election = q.election AND a.council = q.council AND a.moment = 'after'
    """,
    "council_seats_net": """
        WITH parties_of AS (
          SELECT DISTINCT s.election, s.council, s.party
          FROM council_poll_seats s JOIN council_polls q ON (q.election, q.council) = (s.election, s.council)
          WHERE q.declared AND moment IN ('won', 'last_election') AND party <> 'other'
        )
        SELECT x.election, c.name AS council, x.party,
          CASE WHEN w.party IS NULL AND o.party IS NOT NULL THEN NULL ELSE COALESCE(w.seats, 0) END AS seats_won,
          CASE WHEN k.size IS NULL THEN NULL WHEN b.party IS NULL THEN 0 ELSE b.seats END AS seats_last_election,
          CASE WHEN w.party IS NULL AND o.party IS NOT NULL THEN NULL ELSE COALESCE(w.seats, 0) END
            - CASE WHEN k.size IS NULL THEN NULL WHEN b.party IS NULL THEN 0 ELSE b.seats END AS seats_net
        FROM parties_of x
        JOIN councils c ON c.id = x.council
        LEFT JOIN council_poll_seats w ON (w.election, w.council, w.party) = (x.election, x.council, x.party)
          AND w.moment = 'won'
        LEFT JOIN council_poll_seats b ON (b.election, b.council, b.party) = (x.election, x.council, x.party)
          AND b.moment = 'last_election'
        LEFT JOIN council_poll_seats o ON (o.election, o.council) = (x.election, x.council)
          AND o.moment = 'won' AND o.party = 'other' AND o.seats > 0
        LEFT JOIN council_poll_baselines k ON (k.election, k.council) = (x.election, x.council)
          AND k.moment = 'last_election'
    """,
}
"""Name and query of every view. They compute with the formulas of `emvote.measures`; a test holds them to that."""

DESCRIPTIONS: Final = {
    "votes": "Candidates, and parties where candidates are not known, with their votes.",
    "shares": "The same with the share of valid votes, in per cent.",
    "seat_results": "Winner, runner-up, majority and turnout of every contest with candidates.",
    "party_totals": "Votes, share and seats of every party by election and region.",
    "council_control": "Control of every council in every year: more than half of all seats, or noc.",
    "council_changes": "Control of every council before and after its polls, on both baselines.",
    "council_seats_net": "Seats won and net against the last ordinary election.",
}


FACETS: Final = {
    "seat_results": ("kind", "winner_party"),
    "party_totals": ("region", "party"),
    "candidacies": ("party", "elected"),
    "council_changes": ("election", "control_after"),
    "council_seats_net": ("election", "party"),
    "ward_candidacies": ("election", "party"),
}
"""Table or view to the columns by which Datasette offers to narrow it."""
LICENCES: Final = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
"""Licence, by its SPDX id, to its text."""


def write(dataset: Dataset, path: Path) -> tuple[Written, ...]:
    """Write the database to a new file.

    Raises:
        OSError: it cannot be written.
    """
    path.touch(exist_ok=False)  # says why it cannot, which SQLite does not
    try:
        return _write(dataset, path)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _write(dataset: Dataset, path: Path) -> tuple[Written, ...]:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA foreign_keys = OFF")  # rows come table by table; the check below is of all of them
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        written = []
        with database:
            for relation in RELATIONS:
                database.execute(_create(relation))
                marks = ", ".join("?" * len(relation.columns))
                rows = [tuple(map(_plain, row)) for row in relation.rows(dataset)]
                database.executemany(f"INSERT INTO {relation.name} VALUES ({marks})", rows)  # noqa: S608 (our names)
                written.append(Written(relation.name, len(rows), relation.name))
            for statement in _indexes():
                database.execute(statement)
            for name, query in VIEWS.items():
                database.execute(f"CREATE VIEW {name} AS {query}")
            meta = {**{key: _text(value) for key, value in header(dataset.record).items()}, **dataset.meta()}
            database.execute("CREATE TABLE dataset (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
            database.executemany("INSERT INTO dataset VALUES (?, ?)", meta.items())
        database.execute("PRAGMA optimize")
    return tuple(written)


def metadata(dataset: Dataset, database: str) -> bytes:
    """What Datasette shows of the database: `datasette NAME.sqlite --metadata NAME.metadata.json`."""
    tables: dict[str, Any] = {
        relation.name: {
            "description": relation.doc,
            "columns": {column.name: column.doc for column in relation.columns},
        }
        for relation in RELATIONS
    }
    tables.update({name: {"description": doc} for name, doc in DESCRIPTIONS.items()})
    tables["dataset"] = {"description": "Which dataset this is, its licence and whom to attribute it to."}
    for name, columns in FACETS.items():
        tables[name]["facets"] = list(columns)
    described = {
        "title": dataset.record.title,
        "license": dataset.record.licence,
        **({"license_url": LICENCES[dataset.record.licence]} if dataset.record.licence in LICENCES else {}),
        "source": dataset.record.attribution,
        "about": said(),
        "databases": {database: {"tables": tables}},
    }
    text = json.dumps(described, ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def _create(relation: Relation) -> str:
    lines = [f"{column.name} {TYPES[column.type]}" for column in relation.columns]
    lines.append(f"PRIMARY KEY ({', '.join(relation.key)})")
    for reference in relation.references:
        columns, keys = ", ".join(reference.columns), ", ".join(reference.keys)
        lines.append(f"FOREIGN KEY ({columns}) REFERENCES {reference.relation} ({keys})")
    return f"CREATE TABLE {relation.name} ({', '.join(lines)})"


def _indexes() -> list[str]:
    """An index on the columns of every reference that does not begin the key."""
    statements = []
    for relation in RELATIONS:
        for reference in relation.references:
            if relation.key[: len(reference.columns)] != reference.columns:
                name = f"{relation.name}_by_{'_'.join(reference.columns)}"
                statements.append(f"CREATE INDEX {name} ON {relation.name} ({', '.join(reference.columns)})")
    return statements


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _plain(value: Any) -> Any:
    """A value as SQLite stores it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
