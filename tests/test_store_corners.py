"""Corners of the store: each test holds a line whose change went unnoticed before (docs/reliability.md, Figures)."""

from __future__ import annotations

import csv
import dataclasses
import errno
import itertools
import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from emvote.dataset import Dataset
from emvote.errors import BadData, Problem, UsageProblem
from emvote.model import NOC
from emvote.model.record import Record
from emvote.relations import RELATIONS
from emvote.store import files, open_dataset, read, snapshot, whole
from emvote.store.export import Target, export, target_of
from emvote.store.lines import key_lines
from emvote.store.rules import RULES

HEAD = 'schema = 1\ntitle = "t"\nversion = "1"\nlicence = "l"\nattribution = "a"\nregion = "r"\n'


def refused(where: Path | str) -> tuple[Problem, ...]:
    """The problems for which a dataset is refused."""
    with pytest.raises(BadData) as error:
        open_dataset(str(where))
    return error.value.problems


# --- reading --------------------------------------------------------------------------------------------------------


def test_keys_in_quotes_are_on_the_lines_where_they_stand() -> None:
    """Under their names without the quotes, whichever those are."""
    text = "'a' = 1\n[\"b c\"]\nd.'e f' = 2\n[['g']]\n\"h\" = 3\n"
    assert key_lines(text) == {"a": 1, "b c": 2, "b c.d.e f": 3, "g[0]": 4, "g[0].h": 5}


def test_a_key_may_be_indented_and_one_in_a_comment_is_none() -> None:
    """Whatever the comment looks like."""
    assert key_lines("# x = 9\n  a = 1 # y = 2\n\t[b]\n#[c]\n") == {"a": 2, "b": 3}


def test_a_file_that_is_too_large_has_no_place_and_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty texts, which is what scripts read where there is none."""
    monkeypatch.setenv("EMVOTE_MAX_MB", "1")
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(BadData) as error:
        open_dataset(str(file))
    expected = "expected at most 1 MB; EMVOTE_MAX_MB allows more"
    assert error.value.problems == (Problem(str(file), "", "readable", "", expected),)
    file.write_bytes(b"#" * (1024 * 1024))
    with pytest.raises(BadData, match="missing"):
        open_dataset(str(file))


@pytest.mark.parametrize("ending", ["sqlite", "sqlite3", "db", "DB", "SQLite3"])
def test_every_usual_ending_of_a_database_asks_for_one(ending: str) -> None:
    """In capitals too."""
    assert target_of(Path(f"results.{ending}")) is Target.SQLITE


def test_a_key_of_a_folder_is_told_in_the_file_that_has_it(tmp_path: Path) -> None:
    """A key of the whole dataset stands in no table, and still in one file only."""
    (tmp_path / "1.toml").write_text('[[sources]]\nid = "s"\ntitle = "t"\npublisher = "p"\nlicence = "l"\n')
    (tmp_path / "2.toml").write_text(HEAD + 'default_local = "local.1066"\n')
    place = f"{tmp_path}/2.toml"
    expected = Problem(place, "default_local", "reference", "'local.1066'", "no election of that id in this dataset")
    assert refused(f"{tmp_path}/") == (expected,)


def test_a_file_of_any_name_is_told_by_it(tmp_path: Path) -> None:
    """TOML is expected whatever its ending."""
    file = tmp_path / "results.txt"
    file.write_text(HEAD, encoding="utf-8")
    assert open_dataset(str(file)).record.title == "t"
    file.write_text("title = \n", encoding="utf-8")
    (problem,) = refused(file)
    assert (problem.file, problem.rule) == (str(file), "toml")


def test_what_is_missing_has_no_value(tmp_path: Path) -> None:
    """An empty text, as everywhere."""
    file = tmp_path / "d.toml"
    file.write_text(HEAD + '[[sources]]\nid = "s"\ntitle = "t"\nlicence = "l"\n')
    assert refused(file) == (Problem(str(file), "sources[0].publisher", "structure", "", "missing; it is required"),)


def test_a_ward_may_fill_a_vacancy_on_the_day_of_its_ordinary_election(tmp_path: Path) -> None:
    """Two polls of one ward on one day are two results, as for an overlay and an export; the same twice is not."""
    text = (Path(__file__).parent / "data" / "valid" / "wards.toml").read_text(encoding="utf-8")
    ordinary = text[text.index("[[wards]]") : text.index("[[wards]]", text.index("[[wards]]") + 1)]
    vacancy = ordinary.replace("seats_up", "by_election = true\nseats_up")
    file = tmp_path / "d.toml"
    file.write_text(f"{text}\n{vacancy}", encoding="utf-8")
    wards = open_dataset(str(file)).record.wards
    assert [(each.ward, each.by_election) for each in (wards[0], wards[-1])] == [
        ("Aldermere East", False),
        ("Aldermere East", True),
    ]
    file.write_text(f"{text}\n{vacancy}\n{vacancy}", encoding="utf-8")
    (problem,) = refused(file)
    assert (problem.place, problem.rule) == (f"wards[{len(wards)}]", "unique")
    assert problem.value == "'local.2019-05-02, C1, Aldermere East, by-election'"


@pytest.mark.parametrize(("said", "largest"), [("", 32), ("1", 1), ("999999", 999_999)])
def test_the_largest_file_is_as_large_as_was_said(monkeypatch: pytest.MonkeyPatch, said: str, largest: int) -> None:
    """In megabytes; unsaid, 32."""
    monkeypatch.setenv("EMVOTE_MAX_MB", said)
    assert files.largest_file() == largest * 1024 * 1024


@pytest.mark.parametrize("said", ["many", "-1", "1.5", "²", "1000000", " 5"])
def test_a_largest_file_that_is_no_number_of_megabytes_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """It is told as it was said."""
    monkeypatch.setenv("EMVOTE_MAX_MB", said)
    with pytest.raises(UsageProblem) as error:
        files.largest_file()
    assert str(error.value) == f"EMVOTE_MAX_MB is a whole number of megabytes (32), not '{said}'"


def test_a_dataset_that_is_replaced_whenever_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of two versions would make an answer of neither."""
    versions = itertools.count()
    monkeypatch.setattr(files, "_versions", lambda _: (next(versions),))
    file = dataset_in(tmp_path)
    with pytest.raises(BadData) as error:
        open_dataset(str(file), wards=True)
    expected = f"it was replaced each of {files.TRIES} times that it was read: try again"
    assert error.value.problems == (Problem(str(file), "", "readable", "", expected),)


def test_what_came_with_emvote_is_opened_without_being_read_and_the_same_bytes_elsewhere_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dataset of the user's is held against every rule, whatever came with emvote."""
    ours = tmp_path / "data"
    ours.mkdir()
    monkeypatch.setattr(read, "shipped_folder", lambda: ours)
    dataset_in(ours)
    read.keep_shipped(ours / "snapshots")
    digest = open_dataset("d").sha256

    def unread(*_: object, **__: object) -> None:
        raise AssertionError("it is read")

    monkeypatch.setattr(read, "_record", unread)
    assert open_dataset("d").sha256 == digest
    with pytest.raises(AssertionError, match="it is read"):
        open_dataset(str(dataset_in(tmp_path)))


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [
        (f'"{"x" * 10_000}"', "", ""),
        (f'"{"x" * 10_001}"', "'" + "x" * 58 + "…", "expected at most 10,000 characters"),
        ("[" + '"y", ' * 3 + f'"{"x" * 10_001}"]', "'" + "x" * 58 + "…", "expected at most 10,000 characters"),
    ],
    ids=["the longest", "longer", "longer in a list"],
)
def test_a_text_beyond_all_measure_is_refused_at_its_place(
    tmp_path: Path, value: str, shown: str, expected: str
) -> None:
    """The longest that is allowed is read."""
    file, key = tmp_path / "d.toml", "aliases" if value.startswith("[") else "note"
    party = '[[parties]]\nid = "red"\nname = "Red"\nabbreviation = "R"\nkind = "national"\nsource = "s"\n'
    source = '[[sources]]\nid = "s"\ntitle = "t"\npublisher = "p"\nlicence = "l"\n'
    file.write_text(f"{HEAD}{source}{party}{key} = {value}\n", encoding="utf-8")
    if not expected:
        assert open_dataset(str(file)).record.parties[0].note == value.strip('"')
        return
    place = "parties[0].aliases[3]" if key == "aliases" else "parties[0].note"
    assert refused(file) == (Problem(str(file), place, "structure", shown, expected),)


def test_an_overlay_is_refused_by_its_own_name(tmp_path: Path) -> None:
    """Where it is not there, and where it says what belongs to the dataset alone."""
    file, overlay = dataset_in(tmp_path), tmp_path / "night.toml"

    def problem() -> Problem:
        with pytest.raises(BadData) as error:
            open_dataset(str(file), overlay=str(overlay))
        (found,) = error.value.problems
        return found

    expected = "cannot be read: no such file or directory"
    assert problem() == Problem(str(overlay), "", "readable", "", expected)
    overlay.write_text('title = "Mine"\n', encoding="utf-8")
    expected = "an overlay holds tables only; leave it out"
    assert problem() == Problem(str(overlay), "line 1, title", "overlay", "'Mine'", expected)


# --- rules ----------------------------------------------------------------------------------------------------------


def changed(thing: Any, **fields: Any) -> Any:
    """The same with other values in fields whose names are not known here."""
    return replace(thing, **fields)


def found_by(rule: str, record: Record) -> list[tuple[str, str, str]]:
    """Every breach of one rule: place, value and what was expected."""
    return list(next(each.find for each in RULES if each.id == rule)(record))


def cited(thing: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every source that something names, in it or below it, with its place."""
    for field in dataclasses.fields(thing):
        value, here = getattr(thing, field.name), f"{place}.{field.name}" if place else field.name
        if field.name in {"source", "compositions_source", "winners_source"} and value is not None:
            yield here, value
        elif field.name == "sources" and place:
            yield from ((f"{here}[{i}]", each) for i, each in enumerate(value))
        elif dataclasses.is_dataclass(value):
            yield from cited(value, here)
        elif isinstance(value, tuple):
            for i, each in enumerate(value):
                if dataclasses.is_dataclass(each):
                    yield from cited(each, f"{here}[{i}]")


def test_every_source_that_is_named_must_be_there(shipped_wards: Dataset) -> None:
    """Without any, each place in the whole record that names one is told, and no other."""
    bare = replace(shipped_wards.record, sources=())
    expected = "no source of that id in this dataset"
    assert sorted(found_by("reference", bare)) == sorted(
        (place, repr(value), expected) for place, value in cited(bare, "")
    )


def test_every_party_that_is_named_must_be_there(shipped_wards: Dataset) -> None:
    """That of a candidate, a tally, a council's seats, a baseline, an administration, a predecessor or a government."""
    record = shipped_wards.record
    bare = replace(record, parties=(), governments=())
    named: list[tuple[str, str]] = []
    for table in ("contests", "wards", "mayor_contests"):
        for i, contest in enumerate(getattr(record, table)):
            for key in ("candidates", "tallies"):
                entries = getattr(contest, key, ())
                named += [(f"{table}[{i}].{key}[{j}].party", each.party) for j, each in enumerate(entries)]
            returned = getattr(contest, "returned", ())
            named += [(f"{table}[{i}].returned[{j}]", party) for j, party in enumerate(returned)]
    for i, council in enumerate(record.councils):
        for j, one in enumerate(council.compositions):
            named += [(f"councils[{i}].compositions[{j}].seats.{party}", party) for party in one.seats]
    for i, poll in enumerate(record.council_polls):
        place = f"council_polls[{i}]"
        named += [(f"{place}.{key}.{party}", party) for key in ("won", "after") for party in getattr(poll, key) or {}]
        for key in ("last_election", "last_council", "eve", "eve_up"):
            held = getattr(poll, key)
            if held is not None:
                named += [(f"{place}.{key}.seats.{party}", party) for party in held.seats]
                named += [(f"{place}.{key}.unknown[{j}]", party) for j, party in enumerate(held.unknown)]
                named += [(f"{place}.{key}.control", held.control)] if held.control not in {None, NOC} else []
        who = poll.administration
        if who is not None:
            named += [(f"{place}.administration.parties[{j}]", party) for j, party in enumerate(who.parties)]
            named += [(f"{place}.administration.leader_party", who.leader_party)] if who.leader_party else []
    expected = "no party of that id in this dataset"
    assert sorted(found_by("reference", bare)) == sorted((place, repr(party), expected) for place, party in named)


def test_a_rule_names_what_it_cannot_look_up_by_its_id(small: Dataset) -> None:
    """A seat or a council that is not in the record is another rule's problem, and still has to be told."""
    record = small.record
    contest = replace(
        record.contests[0], seat="nowhere", candidates=(), unopposed=True, valid_votes=None, majority=None
    )
    where = f"(nowhere, {contest.election})"
    lost = replace(record, contests=(contest,))
    assert found_by("unopposed", lost) == [
        ("contests[0].returned", "[]", f"expected who was returned, or why that is not known {where}")
    ]
    unknown = replace(contest, electorate=None, unopposed=False)
    assert found_by("known", replace(record, contests=(unknown,))) == [
        (f"contests[0].{key}", "", f"missing: expected a number, or a flag that says why there is none {where}")
        for key in ("electorate", "valid_votes")
    ]
    assert found_by("counts", replace(record, contests=(unknown,))) == [
        ("contests[0]", "", f"expected either candidates or tallies {where}")
    ]
    early = replace(record.contests[0], seat="nowhere", declared=False)
    assert found_by("declared", replace(record, contests=(early,))) == [
        ("contests[0].valid_votes", str(early.valid_votes), f"expected nothing before the declaration {where}"),
        ("contests[0].candidates", "3 of them", f"expected nothing before the declaration {where}"),
    ]
    poll = replace(record.council_polls[0], council="nowhere", size=0)
    words = [each[2] for each in found_by("poll", replace(record, council_polls=(poll,)))]
    assert f"expected a positive number of seats (nowhere, {poll.election})" in words


def test_problems_of_a_ward_with_tallies_are_told_at_them() -> None:
    """And not at candidates that it does not have."""
    record = open_dataset(str(Path(__file__).parent / "data" / "valid" / "wards.toml")).record
    ward = next(each for each in record.wards if each.tallies)
    where = f"({ward.ward}, {ward.election})"
    bad = replace(ward, tallies=(replace(ward.tallies[0], votes=-1), replace(ward.tallies[1], votes=11)), electorate=10)
    assert found_by("ward-counts", replace(record, wards=(bad,))) == [
        ("wards[0].tallies[0].votes", "-1", f"expected a number that is not negative {where}"),
        ("wards[0].tallies[1].votes", "11", f"expected at most the 10 electors {where}"),
    ]


@pytest.mark.parametrize(
    ("table", "key"),
    [("parties", "predecessor"), ("elections", "previous"), ("seats", "predecessor"), ("seats", "successor")],
)
def test_a_chain_that_leads_back_to_itself_is_told_at_each_of_its_links(small: Dataset, table: str, key: str) -> None:
    """Two that follow each other, and one that leads into them; a chain that ends is none."""
    first, second, third = (changed(each, **{key: None}) for each in getattr(small.record, table)[:3])
    ends = (changed(first, **{key: second.id}), second, changed(third, **{key: first.id}))
    assert found_by("chain", changed(small.record, **{table: ends})) == []
    loop = (changed(first, **{key: second.id}), changed(second, **{key: first.id}), changed(third, **{key: first.id}))
    assert found_by("chain", changed(small.record, **{table: loop})) == [
        (f"{table}[{i}].{key}", repr(each.id), "leads back to itself") for i, each in enumerate(loop[:2])
    ]


@pytest.mark.parametrize("key", ["predecessors", "successors"])
def test_no_council_succeeds_itself(small: Dataset, key: str) -> None:
    """In either direction."""
    first, *rest = small.record.councils
    councils = (changed(first, **{key: (first.id,)}), *rest)
    assert found_by("chain", replace(small.record, councils=councils)) == [
        ("councils[0]", repr(first.id), "cannot succeed itself")
    ]


def test_what_ends_does_so_after_the_day_on_which_it_began(small: Dataset) -> None:
    """A day later will do; an election may be compared with one of the same day, and with none that is later."""
    record, day = small.record, date(2010, 5, 6)
    council = replace(record.councils[0], created=day, abolished=day)
    seat = replace(record.seats[0], since=day, until=day)
    expected = "expected a day after 2010-05-06"
    bad = replace(record, councils=(council,), seats=(seat,), elections=())
    assert found_by("dates", bad) == [
        ("councils[0].abolished", "2010-05-06", expected),
        ("seats[0].until", "2010-05-06", expected),
    ]
    later = date(2010, 5, 7)
    good = replace(bad, councils=(replace(council, abolished=later),), seats=(replace(seat, until=later),))
    assert found_by("dates", good) == []
    first, second = (replace(each, date=day, previous=None) for each in record.elections[:2])
    pair = (first, replace(second, previous=first.id))
    assert found_by("dates", replace(good, elections=pair)) == []
    early = (replace(first, date=later), pair[1])
    assert found_by("dates", replace(good, elections=early)) == [
        ("elections[1].previous", repr(first.id), "expected an election that is not later")
    ]


def test_every_ward_is_held_against_its_winners() -> None:
    """After one that is not declared and one that has only tallies; with as many votes either may have won."""
    record = open_dataset(str(Path(__file__).parent / "data" / "valid" / "wards.toml")).record
    tallied = next(each for each in record.wards if each.tallies)
    first, second, third = record.wards[0].candidates
    early = replace(record.wards[0], declared=False)
    beaten = replace(record.wards[0], candidates=(first, second, replace(third, votes=251)))
    short = replace(beaten, candidates=(first, replace(second, elected=False), third))
    where = f"({beaten.ward}, {beaten.election})"
    expected = [
        ("wards[2].candidates", "250", f"a candidate with 251 votes is not elected {where}"),
        ("wards[3].candidates", "1 elected", f"expected 2, as many as seats {where}"),
    ]
    wards = (tallied, early, beaten, short, record.wards[0])
    assert found_by("ward-winners", replace(record, wards=wards)) == expected
    all_in = next(each for each in record.wards if each.uncontested)
    one = (all_in.candidates[0],)
    assert found_by("ward-winners", replace(record, wards=(replace(all_in, candidates=one),))) == []
    lost = replace(all_in, candidates=(*one, replace(all_in.candidates[0], name="Ann Lost", elected=False)))
    where = f"({all_in.ward}, {all_in.election})"
    assert found_by("ward-winners", replace(record, wards=(lost,))) == [
        ("wards[0].candidates", "1 elected", f"expected 2, as many as seats {where}"),
        ("wards[0].candidates", "1 not elected", f"expected all elected where nobody voted {where}"),
    ]


# --- exported datasets ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(small: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a folder that emvote exported."""
    folder = tmp_path_factory.mktemp("exported") / "small"
    export(small, folder, Target.CSV)
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def problems_of(folder: Path, files: dict[str, bytes]) -> list[tuple[str, str, str, str, str]]:
    """For what a folder of these files is refused; files as they are called in it."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [
        (each.file.rpartition("/")[2], each.place, each.rule, each.value, each.expected)
        for each in refused(f"{folder}/")
    ]


def test_every_file_that_is_missing_from_an_export_is_told(exported: dict[str, bytes], tmp_path: Path) -> None:
    """And nothing else, as the others are sound."""
    missing = ("parties", "wards")
    kept = {name: content for name, content in exported.items() if name.removesuffix(".csv") not in missing}
    assert problems_of(tmp_path, kept) == [
        ("datapackage.json", name, "exists", "", f"expected {name}.csv in the folder") for name in missing
    ]


def test_every_row_of_an_export_that_cannot_be_read_is_told_with_its_line(
    exported: dict[str, bytes], tmp_path: Path
) -> None:
    """A row of another width, a cell of another type, and a file that is no text from some line on."""
    header, *rows = exported["contests.csv"].decode().splitlines()
    columns = header.split(",")
    cells = rows[2].split(",")
    cells[columns.index("electorate")] = "many"
    rows[0], rows[1], rows[2] = "a,b", f"{rows[1]},", ",".join(cells)
    parties = exported["parties.csv"].splitlines(keepends=True)
    parties[2] = b"\xff" + parties[2]
    width = f"expected {len(columns)} cells, as there are columns"
    files = {
        "contests.csv": "\n".join((header, *rows, "")).encode(),
        "parties.csv": b"".join(parties),
        "sources.csv": exported["sources.csv"].replace(b"id,", b"no,", 1),
    }
    assert sorted(problems_of(tmp_path, {**exported, **files})) == [
        ("contests.csv", "line 2", "structure", "2", width),
        ("contests.csv", "line 3", "structure", str(len(columns) + 1), width),
        ("contests.csv", "line 4, column electorate", "structure", "'many'", "expected a whole number (70000)"),
        ("parties.csv", "line 3", "utf-8", "", "expected UTF-8 text"),
        ("sources.csv", "line 1", "structure", "", "no column id"),
    ]


def test_a_cell_of_an_export_that_is_too_long_is_told_with_its_line(exported: dict[str, bytes], tmp_path: Path) -> None:
    """It is no table then."""
    lines = exported["governments.csv"].splitlines(keepends=True)
    lines[1:] = [b'"' + b"x" * 200_000 + b'"' + b"," * lines[0].count(b",") + b"\n"]
    before = csv.field_size_limit(100_000)
    try:
        (problem,) = problems_of(tmp_path, {**exported, "governments.csv": b"".join(lines)})
    finally:
        csv.field_size_limit(before)
    assert problem == (
        "governments.csv", "line 2", "structure", "", "not a table of cells: field larger than field limit (100000)",
    )  # fmt: skip


def test_every_cell_of_a_database_that_cannot_be_read_is_told_with_its_row(small: Dataset, tmp_path: Path) -> None:
    """By the table, the number of the row and the column; the file by its name."""
    file = tmp_path / "d.sqlite"
    export(small, file, Target.SQLITE)
    with closing(sqlite3.connect(file)) as database:
        for change in (
            "UPDATE contests SET electorate = 'many' WHERE rowid = 2",
            "UPDATE contests SET unopposed = 'no' WHERE rowid = 3",
            "UPDATE elections SET date = '2019-15-02' WHERE rowid = 1",
            "UPDATE parties SET name = 5.5 WHERE rowid = 1",
        ):
            database.execute("PRAGMA foreign_keys = OFF")
            database.execute("PRAGMA ignore_check_constraints = ON")
            database.execute(change)
        database.commit()
    assert refused(file) == (
        Problem(
            str(file), "elections, row 1, column date", "structure", "'2019-15-02'", "expected a date (2019-12-12)"
        ),
        Problem(
            str(file), "contests, row 2, column electorate", "structure", "'many'", "expected a whole number (70000)"
        ),
        Problem(str(file), "contests, row 3, column unopposed", "structure", "'no'", "expected true or false"),
    )
    file.write_bytes(b"SQLite format 3\x00" + b"rest")
    (problem,) = refused(file)
    assert (problem.file, problem.place, problem.rule, problem.value) == (str(file), "", "readable", "")
    assert problem.expected.startswith("expected a database that emvote exported: ")


def test_every_reference_of_an_exported_database_has_an_index(small: Dataset, tmp_path: Path) -> None:
    """One of its own, unless the key of the table begins with it: then that will do."""
    file = tmp_path / "d.sqlite"
    export(small, file, Target.SQLITE)
    with closing(sqlite3.connect(file)) as database:
        for relation in RELATIONS:
            named = database.execute(f"PRAGMA index_list({relation.name})").fetchall()
            own = {
                tuple(column for *_, column in database.execute(f"PRAGMA index_info({name})"))
                for _, name, _, origin, _ in named
                if origin == "c"
            }
            wanted = {each.columns for each in relation.references}
            assert own == {columns for columns in wanted if relation.key[: len(columns)] != columns}


def test_the_data_package_says_what_its_files_are(exported: dict[str, bytes]) -> None:
    """By the profiles of Frictionless, each with its columns, its key and what it refers to."""
    package = json.loads(exported["datapackage.json"])
    assert package["profile"] == "tabular-data-package"
    for relation, resource in zip(RELATIONS, package["resources"], strict=True):
        schema = resource.pop("schema")
        assert resource == {
            "profile": "tabular-data-resource", "name": relation.name, "path": f"{relation.name}.csv",
            "description": relation.doc, "encoding": "utf-8",
        }  # fmt: skip
        assert [each["name"] for each in schema["fields"]] == [column.name for column in relation.columns]
        assert (schema["primaryKey"], schema["missingValues"]) == (list(relation.key), [""])
        assert [(each["fields"], each["reference"]["fields"]) for each in schema["foreignKeys"]] == [
            (list(each.columns), list(each.keys)) for each in relation.references
        ]


def test_a_folder_that_is_exported_again_holds_the_new_export_alone(small: Dataset, tmp_path: Path) -> None:
    """It takes the place of the old one, of which nothing is left."""
    folder = tmp_path / "small"
    export(small, folder, Target.CSV)
    other = Dataset(replace(small.record, title="Another"))
    export(other, folder, Target.CSV, force=True)
    assert open_dataset(f"{folder}/").record.title == "Another"
    assert inside(tmp_path) == ["small"]


# --- snapshots ------------------------------------------------------------------------------------------------------


def dataset_in(folder: Path) -> Path:
    """A small dataset."""
    file = folder / "d.toml"
    file.write_text(HEAD, encoding="utf-8")
    return file


def test_a_record_that_is_too_large_to_be_kept_answers_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is left in the folder."""
    monkeypatch.setattr(snapshot, "MOST_BYTES", -1)
    assert open_dataset(str(dataset_in(tmp_path)), snapshots=tmp_path / "kept").record.title == "t"
    assert not (tmp_path / "kept").exists()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere permissions say something else")
def test_a_snapshot_that_others_may_write_is_listed_without_what_it_says(tmp_path: Path) -> None:
    """It might hold anything; a link that leads nowhere is not listed at all."""
    kept = tmp_path / "kept"
    digest = open_dataset(str(dataset_in(tmp_path)), snapshots=kept).sha256
    (kept / snapshot.name_of([b"gone"])).symlink_to(tmp_path / "nowhere")
    (entry,) = snapshot.entries(kept)
    about = (kept / entry.file).stat()
    assert (entry.title, entry.version, entry.sha256) == ("t", "1", digest)
    assert (entry.size, entry.used) == (about.st_size, about.st_mtime)
    (kept / entry.file).chmod(0o622)
    (entry,) = snapshot.entries(kept)
    assert (entry.title, entry.version, entry.sha256, entry.size) == (None, None, None, about.st_size)


def test_a_snapshot_is_kept_where_there_is_no_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written in its own folder, so that it takes its place in one step."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    open_dataset(str(dataset_in(tmp_path)), snapshots=tmp_path / "kept")
    assert len(snapshot.entries(tmp_path / "kept")) == 1


def test_what_another_process_removed_first_keeps_nothing_else_from_being_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two may clean up at once."""
    listed: dict[str, list[tuple[Path, os.stat_result]]] = {}
    for pattern in (snapshot.KEPT, snapshot.UNFINISHED):
        gone, old = tmp_path / f"gone{len(listed)}", tmp_path / f"old{len(listed)}"
        old.write_bytes(b"")
        os.utime(old, (1, 1))
        listed[pattern] = [(gone, old.stat()), (old, old.stat())]
    monkeypatch.setattr(snapshot, "_files", lambda _, pattern=snapshot.KEPT: listed[pattern])
    monkeypatch.setattr(snapshot, "MOST_KEPT", 0)
    snapshot._prune(tmp_path)  # noqa: SLF001 (as `save` does, which tells of no failure)
    assert inside(tmp_path) == []


# --- writing --------------------------------------------------------------------------------------------------------


def two_folders(place: Path) -> tuple[Path, Path]:
    """A new and an old folder, each with a file of its name."""
    for name in ("new", "old"):
        (place / name).mkdir()
        (place / name / name).write_text(name)
    return place / "new", place / "old"


def inside(folder: Path) -> list[str]:
    """What a folder holds."""
    return [each.name for each in folder.iterdir()]


@pytest.mark.parametrize("at_once", [True, False])
def test_folders_change_places_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    """In one step where the system has one, else in three; nothing is left beside them."""
    new, old = two_folders(tmp_path)
    if not at_once:
        monkeypatch.setattr(whole, "_renamed", lambda *_: False)
    whole.exchange(new, old)
    assert (inside(new), inside(old)) == (["old"], ["new"])
    assert sorted(inside(tmp_path)) == ["new", "old"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
def test_on_linux_there_is_a_whole_folder_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The exchange is one step, and nothing is moved aside."""
    new, old = two_folders(tmp_path)

    def moved(_: Path, to: Path) -> None:
        pytest.fail(f"moved to {to}")

    monkeypatch.setattr(Path, "rename", moved)
    whole.exchange(new, old)
    assert (inside(new), inside(old)) == (["old"], ["new"])


def test_a_folder_that_cannot_be_put_in_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says why."""
    _, old = two_folders(tmp_path)
    monkeypatch.setattr(whole, "_renamed", lambda *_: False)
    with pytest.raises(FileNotFoundError):
        whole.exchange(tmp_path / "none", old)
    assert inside(old) == ["old"]
    assert sorted(inside(tmp_path)) == ["new", "old"]


def test_a_file_beside_which_every_name_is_taken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words that a message can show; a folder alike."""
    taken = tmp_path / "taken"
    taken.mkdir()
    monkeypatch.setattr(whole, "_beside", lambda _: taken)
    with pytest.raises(FileExistsError) as file:
        whole.write_whole(tmp_path / "f", b"")
    with pytest.raises(FileExistsError) as folder, whole.folder_beside(tmp_path / "f"):
        pytest.fail("there is a folder")
    assert (file.value.errno, file.value.strerror) == (errno.EEXIST, "no free name for a file beside it")
    assert (folder.value.errno, folder.value.strerror) == (errno.EEXIST, "no free name for a folder beside it")


@pytest.mark.parametrize(
    ("eve", "expected"),
    [
        ('seats = { ind = 7, blu = 5 }, control = "blu"', "expected 'noc', as the seats of that moment say"),
        ('seats = { ind = 5, blu = 7 }, control = "noc"', "expected 'blu', as the seats of that moment say"),
        ('seats = { blu = 7 }, unknown = ["ind"], control = "red"', "expected 'blu', as the seats of that moment say"),
        ('seats = { ind = 7, blu = 5 }, control = "ind"', "expected one party or 'noc'"),
        ('seats = { ind = 7, blu = 5 }, control = "whig"', "no party of that id"),
    ],
)
def test_a_published_control_must_fit_the_seats_of_its_moment(tmp_path: Path, eve: str, expected: str) -> None:
    """It is a party's or nobody's, and nothing else than the seats say where they say it."""
    text = (Path(__file__).parent / "data" / "small.toml").read_text(encoding="utf-8")
    before = 'eve = { date = "2018-05", size = 12, seats = { ind = 7, blu = 5 }, source = "almanac" }'
    assert text.count(before) == 1
    file = tmp_path / "small.toml"
    file.write_text(
        text.replace(before, f'eve = {{ date = "2019-05-01", size = 12, {eve}, source = "almanac" }}'), encoding="utf-8"
    )
    (problem,) = {each for each in refused(file) if each.place == "council_polls[2].eve.control"}
    assert expected in problem.expected
