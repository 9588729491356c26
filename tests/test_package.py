"""What emvote exports, it reads again: the same record, whatever its texts hold, and what was damaged since is told."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.model import Flag
from emvote.model.record import Record
from emvote.relations import RELATIONS, Column, Relation, Tables, Type, header, plain
from emvote.store.export import Target, export
from emvote.store.read import open_dataset
from emvote.store.together import marked
from emvote.store.write import dump_people, dump_record, dump_wards

Emvote = Callable[..., CompletedProcess[str]]
AWKWARD = (
    "two\nlines",
    "back\\slash",
    'a "quoted", name',
    "Léonie – ‘x’",
    "=1+1",
    " around ",
    "true",
    "12",
    "\ttab",
    "\r",
)
texts = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))


def again(record: Record, target: Target) -> Record:
    """A record exported and read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("data.sqlite" if target is Target.SQLITE else "data")
        export(Dataset(record), path, target)
        return open_dataset(f"{path}/" if path.is_dir() else str(path)).record


@pytest.mark.parametrize("target", [Target.CSV, Target.SQLITE])
@pytest.mark.parametrize("name", ["results", "uk", "small"])
def test_a_whole_dataset_is_the_same_after_an_export(name: str, target: Target) -> None:
    """Every candidacy, seat, composition, baseline, flag and source of the shipped datasets and of the invented one."""
    where = str(Path(__file__).parent / "data" / "small.toml") if name == "small" else name
    record = open_dataset(where, wards=True, people=True).record
    assert again(record, target) == record


@settings(max_examples=20, deadline=None)
@given(st.lists(texts, min_size=4, max_size=4), st.sampled_from([Target.CSV, Target.SQLITE]))
def test_awkward_texts_are_the_same_after_an_export(small: Dataset, awkward: list[str], target: Target) -> None:
    """In names, labels, notes and titles: line breaks, quotation marks, spaces around, what looks like a number."""
    name, label, note, title = awkward
    first, *others = small.record.contests
    candidates = (replace(first.candidates[0], name=name, label=label), *first.candidates[1:])
    changed = replace(first, candidates=candidates, flags=(Flag(code=label, note=note),))
    labels = {party.ballot_label for party in small.record.parties}
    record = replace(small.record, title=title, contests=(changed, *others))
    if label not in labels:
        assert again(record, target) == record


def test_import_export_and_import_again_write_the_same_bytes(
    emvote: Emvote, shipped_whole: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the commands, from the shipped dataset and back to its files."""
    monkeypatch.chdir(tmp_path)
    for path in ("folder", "data.sqlite"):
        assert emvote("export", path).returncode == 0
        done = emvote("import", path, "--new", "back.toml", "--force", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["summary"]["files"][0]["kind"] == "emvote"
        record = shipped_whole.record
        texts = (
            dump_record(replace(record, wards=(), ward_councillors=(), council_administrations=())),
            dump_wards(record.wards),
            dump_people(record.ward_councillors, record.council_administrations),
        )
        files = (tmp_path / f"back.{ending}" for ending in ("toml", "wards.toml", "people.toml"))
        assert tuple(file.read_bytes() for file in files) == marked(*(text.encode() for text in texts))
    assert emvote("import", "folder", "data.sqlite", "--new", "x.toml").returncode == 2


@pytest.fixture
def folder(small: Dataset, tmp_path: Path) -> Path:
    """The invented region as a folder of CSV files."""
    path = tmp_path / "small"
    export(small, path, Target.CSV)
    return path


def test_an_exported_dataset_is_checked_and_answers_like_any_other(
    emvote: Emvote, small: Dataset, folder: Path, tmp_path: Path
) -> None:
    """As a folder and as a database: the same answer as from the file."""
    export(small, tmp_path / "small.db", Target.SQLITE)
    for where in (f"{folder}/", str(tmp_path / "small.db")):
        done = emvote("check", where, "--json")
        assert (done.returncode, json.loads(done.stdout)["summary"]["sound"]) == (0, True)
        answer = json.loads(emvote("elections", "--data", where, "--json").stdout)
        assert {row["id"] for row in answer["rows"]} == {election.id for election in small.record.elections}


DAMAGES = {
    "a word for a number": (
        "candidacies.csv",
        ",500,",
        ",many,",
        "column votes: expected a whole number (70000), got 'many'",
    ),
    "a column that is gone": ("candidacies.csv", ",votes,", ",vote,", "no column votes"),
    "a cell too few": ("parties.csv", "other,Others,", "other,", "cells, as there are columns"),
    "a date that is none": ("elections.csv", "-05-", "-15-", "expected a date"),
    "no data package of ours": ("datapackage.json", '"emvote":', '"other":', "a data package that emvote exported"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_export_is_refused_with_file_and_line(folder: Path, damage: str) -> None:
    """Nothing is answered from it."""
    name, old, new, words = DAMAGES[damage]
    path = folder / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(BadData, match=name) as refused:
        open_dataset(f"{folder}/")
    assert words in str(refused.value)


UNWRITTEN = {
    Type.INTEGER: ("70_000", " 70000 ", "70000 ", "+70000", "070000", "70000.0", "7e4", "٧٠٠٠٠", "７", "-0"),
    Type.NUMBER: ("6_2.5", " 62.5", "62.50", "62,5", "+62.5", "6.25e1", "٦٢", "nan", "inf", "-inf", "1e999"),
    Type.BOOLEAN: ("TRUE", "True", "FALSE", "1", "0", "yes", " true"),
    Type.DATE: ("2019-W50-4", "20191212", "2019-12-12 ", "2019-12-12T00:00", "٢٠١٩-12-12", "12/12/2019"),
}
"""Forms that a spreadsheet or a person may write, and an export never does."""
TYPED = [(relation, column) for relation in RELATIONS for column in relation.columns if column.type is not Type.TEXT]


@pytest.mark.parametrize(("relation", "column"), TYPED, ids=lambda each: each.name)
def test_a_cell_in_another_form_than_an_export_writes_is_refused(
    folder: Path, relation: Relation, column: Column
) -> None:
    """In every column of figures, dates and booleans: a form that is read by half is a wrong figure."""
    file = folder / f"{relation.name}.csv"
    at = [each.name for each in relation.columns].index(column.name)
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    row = rows[0] if rows else [""] * len(header)
    forms = UNWRITTEN[column.type]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *([*row[:at], form, *row[at + 1 :]] for form in forms)])
    with pytest.raises(BadData) as refused:
        open_dataset(f"{folder}/")
    told = [problem for problem in refused.value.problems if problem.place.endswith(f", column {column.name}")]
    assert [problem.value for problem in told] == [repr(form) for form in forms]


def test_a_column_that_is_there_twice_is_refused(folder: Path) -> None:
    """Which of the two would count is not for emvote to say."""
    path = folder / "governments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line},{line.split(',')[0]}\n" for line in lines), encoding="utf-8")
    with pytest.raises(BadData, match=r"governments\.csv: line 1: column election is there twice"):
        open_dataset(f"{folder}/")


def test_a_changed_export_is_held_against_every_rule(folder: Path) -> None:
    """A vote more in a cell, and the sum is wrong."""
    path = folder / "contests.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("valid_votes")
    cells = lines[1].split(",")
    cells[at] = str(int(cells[at]) + 1)
    path.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    with pytest.raises(BadData, match="votes-sum"):
        open_dataset(f"{folder}/")


def test_a_folder_without_one_of_its_files_is_refused(folder: Path) -> None:
    """It is named."""
    (folder / "wards.csv").unlink()
    with pytest.raises(BadData, match=r"expected wards\.csv in the folder"):
        open_dataset(f"{folder}/")


def test_another_database_is_refused(tmp_path: Path) -> None:
    """It says what was expected."""
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE dataset (key TEXT, value TEXT)")
        database.commit()
    with pytest.raises(BadData, match="expected a database that emvote exported: no such table: sources"):
        open_dataset(str(path))


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS key, x AS value FROM n"
ASIDE = "ALTER TABLE contests RENAME TO kept"
IN_ITS_PLACE = "AS SELECT *, 1 AS rowid FROM kept"
ANY_ENTRY = "PRAGMA writable_schema = ON"
PROGRAMS = {
    "a view": (ASIDE, f"CREATE VIEW contests {IN_ITS_PLACE}"),
    "a view in capitals": (ASIDE, f"CREATE VIEW CONTESTS {IN_ITS_PLACE}"),
    "a view that reads no table": ("DROP TABLE dataset", "CREATE VIEW Dataset AS SELECT 'schema' AS key, '1' AS value"),
    "a view that never ends": ("DROP TABLE dataset", f"CREATE VIEW DataSet AS {ENDLESS}"),
    "a view that is listed as a table of another name": (
        *(ASIDE, ANY_ENTRY),
        "INSERT INTO sqlite_master VALUES ('table', 'x', 'x', 0, 'CREATE VIEW contests AS SELECT * FROM kept')",
    ),
    "a virtual table that is listed as an index": (
        *("DROP TABLE dataset", ANY_ENTRY),
        "INSERT INTO sqlite_master VALUES ('index', 'x', 'x', 0, 'CREATE/**/VIRTUAL TABLE dataset USING fts5(key)')",
    ),
    "a virtual table": ("DROP TABLE dataset", "CREATE VIRTUAL TABLE DATASET USING fts5(key, value)"),
    "a computed column": (
        "ALTER TABLE parties RENAME COLUMN colour TO painted",
        "ALTER TABLE parties ADD COLUMN COLOUR TEXT AS (painted || id)",
    ),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_computes_in_place_of_a_table_is_refused(small: Dataset, tmp_path: Path, program: str) -> None:
    """By SQLite's own idea of a name, whatever the list of tables says, and before any of it runs."""
    path = tmp_path / "small.db"
    export(small, path, Target.SQLITE)
    with closing(sqlite3.connect(path)) as database:
        try:
            for statement in PROGRAMS[program]:
                database.execute(statement)
        except sqlite3.OperationalError as error:
            pytest.skip(f"this SQLite cannot make one: {error}")
        database.commit()
    with pytest.raises(BadData, match=r"expected a database that emvote exported: .*(plain table|computed|malformed)"):
        open_dataset(str(path))


def test_what_computes_elsewhere_in_a_database_is_not_looked_at(small: Dataset, tmp_path: Path) -> None:
    """Views of one's own, also those that never end, and triggers, which only a change sets off."""
    path = tmp_path / "small.db"
    export(small, path, Target.SQLITE)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE VIEW mine AS {ENDLESS}")
        database.execute("CREATE TRIGGER too AFTER INSERT ON parties BEGIN DELETE FROM parties; END")
        database.commit()
    assert open_dataset(str(path)).record == small.record


def grown_without_end(content: bytes, root: int, levels: int) -> bytes:
    """A database whose table is a tree of pages that each lead to the next a hundred times over."""
    size = int.from_bytes(content[16:18], "big")
    count = len(content) // size
    pages = [content[start : start + size] for start in range(0, len(content), size)]
    pages.append(pages[root - 1])
    for child in range(count + 1, count + 1 + levels):
        cells = b"".join(child.to_bytes(4, "big") + bytes([number]) for number in range(1, 101))
        places = b"".join((size - len(cells) + 5 * number).to_bytes(2, "big") for number in range(100))
        head = b"\x05\0\0" + (100).to_bytes(2, "big") + (size - len(cells)).to_bytes(2, "big") + b"\0"
        page = head + child.to_bytes(4, "big") + places
        pages.append(page + bytes(size - len(page) - len(cells)) + cells)
    pages[root - 1] = pages.pop()
    pages[0] = pages[0][:28] + len(pages).to_bytes(4, "big") + pages[0][32:]
    return b"".join(pages)


@pytest.mark.parametrize("table", ["sources", "parties"])
def test_a_database_that_gives_more_rows_than_it_holds_is_refused(small: Dataset, tmp_path: Path, table: str) -> None:
    """Its pages lead to themselves: a hundred to the tenth of each row, from a small file."""
    path = tmp_path / "small.db"
    export(small, path, Target.SQLITE)
    with closing(sqlite3.connect(path)) as database:
        ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table])
    path.write_bytes(grown_without_end(path.read_bytes(), root, 10))
    with pytest.raises(BadData, match="it gives more rows than it holds"):
        open_dataset(str(path))


def first_rows(dataset: Dataset) -> Tables:
    """The first rows of every relation."""
    names = {relation.name: [column.name for column in relation.columns] for relation in RELATIONS}
    return {
        relation.name: [
            dict(zip(names[relation.name], row, strict=True)) for row in islice(relation.rows(dataset), 3000)
        ]
        for relation in RELATIONS
    }


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
def test_no_row_of_an_export_is_read_in_vain(small: Dataset, shipped_whole: Dataset, relation: Relation) -> None:
    """Without one, the data is other data: a relation that is added is read again too."""
    dataset = small if any(relation.rows(small)) else shipped_whole
    head, tables = header(dataset.record), first_rows(dataset)
    assert plain(head, {**tables, relation.name: tables[relation.name][1:]}) != plain(head, tables)
