"""What leaves emvote is whole, says the same as emvote, and opens in the tools that it is for."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import OutputProblem
from emvote.model import ElectionKind
from emvote.queries.contest import seat_result
from emvote.queries.control import control
from emvote.queries.councils import CouncilRow, council_row
from emvote.relations import RELATIONS
from emvote.store.export import Target, export, target_of
from emvote.store.export.sqlite import VIEWS

Emvote = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def database(shipped_wards: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped dataset as SQLite."""
    path = tmp_path_factory.mktemp("export") / "results.sqlite"
    export(shipped_wards, path, Target.SQLITE)
    return path


@pytest.fixture(scope="module")
def package(shipped_wards: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped dataset as a folder of CSV files."""
    path = tmp_path_factory.mktemp("export") / "results"
    export(shipped_wards, path, Target.CSV)
    return path


def ask(database: Path, query: str, *values: Any) -> list[Any]:
    """Rows of a query."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query, values).fetchall()


def test_every_reference_of_the_database_resolves(database: Path) -> None:
    """SQLite's own checks find nothing."""
    assert ask(database, "PRAGMA foreign_key_check") == []
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]


def test_every_relation_keeps_its_rows(shipped_wards: Dataset, database: Path, package: Path) -> None:
    """As many in the database and in the CSV files as in the record."""
    for relation in RELATIONS:
        expected = sum(1 for _ in relation.rows(shipped_wards))
        assert ask(database, f"SELECT COUNT(*) FROM {relation.name}") == [(expected,)], relation.name  # noqa: S608
        with (package / f"{relation.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [column.name for column in relation.columns]
        assert len(rows) - 1 == expected, relation.name


def test_rows_have_a_value_for_each_column_and_unique_keys(shipped_wards: Dataset) -> None:
    """A relation's tuples are as long as its columns, and its key tells its rows apart."""
    for relation in RELATIONS:
        names = [column.name for column in relation.columns]
        rows = list(relation.rows(shipped_wards))
        assert {len(row) for row in rows} <= {len(names)}, relation.name
        keys = [tuple(row[names.index(part)] for part in relation.key) for row in rows]
        assert len(set(keys)) == len(keys), relation.name


def test_the_view_of_seats_says_what_emvote_says(shipped_wards: Dataset, database: Path) -> None:
    """Winner, runner-up's party, majority and turnout of every contest with candidates, computed twice."""
    computed = {
        (row[0], row[1]): row[2:]
        for row in ask(
            database,
            "SELECT election, seat_id, winner, winner_party, runner_up_party, majority_votes, majority_pct, turnout_pct"
            " FROM seat_results",
        )
    }
    looked = 0
    for contest in shipped_wards.record.contests:
        if not contest.candidates:
            continue
        result = seat_result(shipped_wards, contest)
        assert result.winner is not None
        runner_up = result.runner_up.party if result.runner_up else None
        winner, party, second, majority, majority_pct, turnout = computed[contest.election, contest.seat]
        assert (winner, party, second) == (result.winner.candidate, result.winner.party, runner_up)
        assert majority == result.majority_votes
        assert majority_pct == pytest.approx(result.majority_pct, rel=1e-12)
        assert turnout == pytest.approx(result.turnout_pct, rel=1e-12)
        looked += 1
    assert looked > 200


def test_the_view_of_control_says_what_emvote_says(shipped_wards: Dataset, database: Path) -> None:
    """Every council in every year, computed twice."""
    rows = ask(database, "SELECT council_id, year, control FROM council_control")
    computed = {(council, year): found for council, year, found in rows}
    assert len(computed) > 2000
    for council in shipped_wards.record.councils:
        for each in council.compositions:
            assert computed[council.id, each.year] == control(shipped_wards, each.seats, each.size), (
                council.name,
                each.year,
            )


def test_the_view_of_changes_says_what_emvote_says(shipped_wards: Dataset, database: Path) -> None:
    """Control on the eve and after, and net seats, of every council that voted."""
    rows = ask(database, "SELECT election, council_id, control_on_the_eve, control_after FROM council_changes")
    changes = {(election, council): found for election, council, *found in rows}
    nets = {
        (election, council, party): net
        for election, council, party, net in ask(
            database, "SELECT election, council, party, seats_net FROM council_seats_net"
        )
    }
    for poll in shipped_wards.record.council_polls:
        row = council_row(shipped_wards, poll)
        assert changes[poll.election, poll.council] == [row.control_before, row.control_after], row.council.name
        for party, net in (row.seats_net or {}).items():
            assert nets.get((poll.election, row.council.name, party)) == net, (row.council.name, party)
        if row.seats_net is None:
            found = {party: net for (election, name, party), net in nets.items() if (election, name) == place(row)}
            assert set(found.values()) == {None}, row.council.name


def place(row: CouncilRow) -> tuple[str, str]:
    """What the view calls a council's poll."""
    return row.election.id, row.council.name


def test_the_metadata_describes_every_table_and_view(database: Path) -> None:
    """Datasette shows the licence, and what each table and column means."""
    described = json.loads(database.with_suffix(".metadata.json").read_text(encoding="utf-8"))
    assert described["license"] == "CC-BY-SA-4.0"
    tables = described["databases"]["results"]["tables"]
    names = {name for (name,) in ask(database, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert names == set(tables)
    for name, each in tables.items():
        assert set(each.get("facets", ())) <= columns(database, name), name
    for relation in RELATIONS:
        assert set(tables[relation.name]["columns"]) == {column.name for column in relation.columns}


def columns(database: Path, table: str) -> set[str]:
    """The columns of a table or view."""
    return {name for _, name, *_ in ask(database, f"PRAGMA table_info({table})")}


def test_datasette_shows_every_table_and_view(database: Path) -> None:
    """The real tool: title and licence on its front page, descriptions, labels in place of ids, answers as JSON."""
    datasette = shutil.which("datasette")
    if datasette is None:
        pytest.skip("Datasette is not installed: put it on the PATH to try the database in it")

    def get(path: str) -> str:
        metadata = database.with_suffix(".metadata.json")
        line = [datasette, str(database), "--metadata", str(metadata), "--get", path]
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    front = get("/")
    assert "Elections in the East Midlands" in front
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in front
    results = get("/results/seat_results?election=parl.2019-12-12&seat=Derby+North")
    assert "Winner, runner-up, majority and turnout" in results
    assert "Amanda Solloway" in results
    candidacies = get("/results/candidacies?election=parl.2019-12-12&_size=1")
    assert ">Conservative" in candidacies
    (row,) = json.loads(get("/results/seat_results.json?_shape=array&election=parl.2019-12-12&seat=Derby+North"))
    assert (row["majority_votes"], row["winner_party"]) == (2540, "con")
    for name in VIEWS:
        assert json.loads(get(f"/results/{name}.json?_size=1&_shape=array")), name


def test_the_data_package_is_valid_for_frictionless(package: Path) -> None:
    """The real tool checks types, keys and references of every row."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "type", "note"])[:5]
    assert len(report.tasks) == len(RELATIONS)


def test_a_relation_without_rows_is_an_empty_parquet_file(small: Dataset, tmp_path: Path) -> None:
    """A query over every relation finds its columns, those that divide it too."""
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    record = replace(small.record, contests=(), mayoralties=(), mayor_contests=())
    export(Dataset(record), tmp_path / "lake", Target.PARQUET)
    for relation in RELATIONS:
        columns = duckdb.execute(
            "SELECT * FROM read_parquet(?, hive_partitioning = true)", [f"{tmp_path}/lake/{relation.name}/**/*.parquet"]
        ).description
        named = {each[0] for each in columns or ()}
        assert named >= {column.name for column in relation.columns} | set(relation.partition), relation.name


def test_the_parquet_folder_answers_in_duckdb(shipped_wards: Dataset, tmp_path: Path) -> None:
    """DuckDB reads the partitioned folder as it stands and counts the seats of 2019."""
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    export(shipped_wards, tmp_path / "lake", Target.PARQUET)
    candidacies = f"{tmp_path}/lake/candidacies/**/*.parquet"
    query = (
        "SELECT party, COUNT(*) FROM read_parquet(?, hive_partitioning = true)"
        " WHERE kind = 'general' AND year = 2019 AND elected GROUP BY party ORDER BY 2 DESC"
    )
    assert duckdb.execute(query, [candidacies]).fetchall() == [("con", 38), ("lab", 8)]
    years = duckdb.execute("SELECT COUNT(*) FROM read_parquet(?)", [candidacies]).fetchone()
    assert years == (sum(len(contest.candidates) for contest in shipped_wards.record.contests),)


def test_all_formats_hold_the_same_rows(shipped_wards: Dataset, database: Path, tmp_path: Path) -> None:
    """The relation with the most kinds of values is the same in SQLite and in Parquet."""
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    export(shipped_wards, tmp_path / "lake", Target.PARQUET)
    columns = "election, seat, position, candidate, party, votes, CAST(elected AS INTEGER)"
    order = "ORDER BY election, seat, position"
    parquet = duckdb.execute(
        f"SELECT {columns} FROM read_parquet(?) {order}",  # noqa: S608 (literals above)
        [f"{tmp_path}/lake/candidacies/**/*.parquet"],
    ).fetchall()
    assert parquet == ask(database, f"SELECT {columns} FROM candidacies {order}")  # noqa: S608 (likewise)


def test_nothing_is_replaced_without_force(shipped_wards: Dataset, tmp_path: Path) -> None:
    """What is there stays as it is, and the message names the way."""
    path = tmp_path / "mine"
    path.mkdir()
    (path / "notes.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(OutputProblem, match="--force"):
        export(shipped_wards, path, Target.CSV)
    assert (path / "notes.txt").read_text(encoding="utf-8") == "precious"
    with pytest.raises(OutputProblem, match=r"notes\.txt"):
        export(shipped_wards, path, Target.CSV, force=True)
    assert [each.name for each in path.iterdir()] == ["notes.txt"]
    (path / "notes.txt").unlink()
    for _ in range(2):
        export(shipped_wards, path, Target.CSV, force=True)
        assert (path / "datapackage.json").exists()
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_force_replaces_like_by_like(shipped_wards: Dataset, tmp_path: Path) -> None:
    """No folder by a database, and no file by a folder; what a link leads to is replaced, and the link stays."""
    folder, file = tmp_path / "folder.db", tmp_path / "file"
    folder.mkdir()
    file.write_text("precious", encoding="utf-8")
    for path, target in ((folder, Target.SQLITE), (file, Target.CSV)):
        with pytest.raises(OutputProblem, match="is no "):
            export(shipped_wards, path, target, force=True)
    assert file.read_text(encoding="utf-8") == "precious"
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    export(shipped_wards, tmp_path / "link", Target.CSV, force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "datapackage.json").exists()


def test_a_failure_leaves_nothing_behind(
    shipped_wards: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full half-way leaves neither half a folder nor a changed one."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("emvote.store.export.csv_package.package", full)
    with pytest.raises(OutputProblem, match="no space left"):
        export(shipped_wards, tmp_path / "out", Target.CSV)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "target"), [("a.sqlite", Target.SQLITE), ("a.db", Target.SQLITE), ("a", Target.CSV), ("a.b/", Target.CSV)]
)
def test_the_name_tells_the_format(name: str, target: Target) -> None:
    """A database by its ending, else a folder."""
    assert target_of(Path(name)) is target


def test_the_command_tells_what_it_wrote(emvote: Emvote, tmp_path: Path) -> None:
    """A row a relation, and where to; a second time it is refused with the code for output."""
    done = emvote("export", tmp_path / "r.db", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["summary"]["format"] == "sqlite"
    assert {row["relation"] for row in answer["rows"]} == {relation.name for relation in RELATIONS}
    again = emvote("export", tmp_path / "r.db")
    assert (again.returncode, again.stdout) == (6, "")
    assert "--force" in again.stderr
    assert emvote("export", tmp_path / "none" / "r.db").returncode == 6
    assert emvote("export", tmp_path / "x", "--to", "excel").returncode == 2


def test_elections_of_the_export_know_their_kind(database: Path) -> None:
    """Kinds are the words of the schema."""
    kinds = {kind for (kind,) in ask(database, "SELECT DISTINCT kind FROM elections")}
    assert kinds <= set(ElectionKind)


def test_the_schema_of_an_export_is_as_it_was() -> None:
    """Tools rely on it: names, types, keys and order of columns, and what each is said to mean."""
    lines = []
    for relation in RELATIONS:
        lines += [f"{relation.name}: {relation.doc}", f"  key {', '.join(relation.key)}"]
        lines += [f"  {', '.join(each.columns)} -> {each.relation}" for each in relation.references]
        lines += [f"  {column.name} {column.type}: {column.doc}" for column in relation.columns]
    expected = Path(__file__).parent / "data" / "export.txt"
    assert "\n".join(lines) == expected.read_text(encoding="utf-8").rstrip()
