"""Datasets are read whole or refused whole, with every problem, its place and its remedy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.errors import BadData, Problem
from emvote.model import Administration, SeatsHeld
from emvote.model.record import Record
from emvote.store import examine, open_dataset
from emvote.store.read import parse, shipped_names
from emvote.store.rules import RULES, STRUCTURE, problems
from emvote.store.structure import convert

DATA = Path(__file__).parent / "data"
VALID = sorted((DATA / "valid").iterdir())
INVALID = sorted(path for path in (DATA / "invalid").iterdir() if path.suffix != ".txt")
HEAD = 'schema = 1\ntitle = "t"\nversion = "1"\nlicence = "l"\nattribution = "a"\nregion = "r"\n'


def told(path: Path) -> list[str]:
    """What is wrong with a dataset, with paths as seen from its folder."""
    return [str(problem).replace(str(path), path.name) for problem in refused(path)]


def refused(path: Path) -> tuple[Problem, ...]:
    """The problems for which a dataset is refused."""
    with pytest.raises(BadData) as error:
        open_dataset(str(path))
    return error.value.problems


def test_there_are_examples() -> None:
    """An empty folder would pass every test of its examples."""
    assert len(VALID) > 5
    assert len(INVALID) > 20


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_dataset_opens_without_problems(path: Path) -> None:
    """And `examine`, which tells all that is wrong with a dataset, has nothing to tell."""
    dataset, found = examine(str(path))
    assert found == ()
    assert dataset is not None
    assert dataset.record == open_dataset(str(path)).record


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_dataset_is_refused_with_every_problem(path: Path) -> None:
    """All at once, as in the file beside it; `examine` finds the same."""
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert expected
    assert told(path) == expected
    assert examine(str(path))[1] == refused(path)


def test_every_rule_has_an_example_that_breaks_it() -> None:
    """Of the rules and of what is checked before them; no other id is ever reported."""
    broken = {problem.rule for path in INVALID for problem in refused(path)}
    assert broken == {rule.id for rule in RULES} | {name for name, _ in STRUCTURE}


def test_every_message_is_there_for_an_example() -> None:
    """A `.txt` without its dataset is a leftover."""
    expected = {path.stem for path in (DATA / "invalid").glob("*.txt")}
    assert expected == {path.stem for path in INVALID}


def test_the_shipped_dataset_is_sound_and_has_a_name() -> None:
    """Unnamed it is the default; opening it by its path holds it against every rule."""
    assert "results" in shipped_names()
    by_name = open_dataset("results")
    assert (open_dataset().sha256, by_name.file) == (by_name.sha256, "results")
    assert examine()[1] == ()


def test_the_files_of_a_folder_are_one_dataset() -> None:
    """Lists are joined in the order of the names, and a key may be said twice alike."""
    dataset = open_dataset(str(DATA / "valid" / "folder"))
    assert (dataset.record.title, len(dataset.record.parties)) == ("A small place", 4)
    assert [election.id for election in dataset.record.elections] == ["parl.2017-06-08", "local.2019-05-02"]
    assert {name: number for name, number in dataset.counts().items() if number} == {"contests": 1, "polls": 1}


def test_a_problem_of_a_folder_names_the_file_of_its_record(tmp_path: Path) -> None:
    """With the number that the record has there, and not among those of all the files; a type and a rule alike."""
    (tmp_path / "4-more.toml").write_text(
        '[[parties]]\nid = "pink"\nname = "Pink Party"\nabbreviation = "P"\nkind = "national"\nsource = "nobody"\n',
        encoding="utf-8",
    )
    for file in (DATA / "valid" / "folder").glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    where = f"{tmp_path}/"
    with pytest.raises(BadData) as error:
        open_dataset(where)
    found = examine(where)[1]
    assert error.value.problems == found
    assert [(each.file, each.place, each.rule) for each in found] == [
        (f"{where}4-more.toml", "parties[0].source", "reference")
    ]
    two = tmp_path / "2-parliament.toml"
    two.write_text(two.read_text(encoding="utf-8").replace("votes = 300", 'votes = "many"'), encoding="utf-8")
    (problem,) = examine(where)[1]
    assert (problem.file, problem.rule) == (str(two), "structure")
    assert problem.place.startswith("contests[0].candidates[0].votes")


@pytest.mark.parametrize("where", ["nowhere.toml", "./nowhere", "no/where", "x" * 300 + ".toml", "a\0b.toml"])
def test_a_path_that_does_not_exist_is_told_as_such(where: str) -> None:
    """However long or odd."""
    with pytest.raises(BadData) as error:
        open_dataset(where)
    assert error.value.problems == (Problem(where, "", "exists", "", "no such file or folder"),)


@pytest.mark.parametrize("where", ["nowhere", "Results2", "."])
def test_a_name_that_is_not_shipped_lists_those_that_are(where: str) -> None:
    """And says how a path differs from a name."""
    with pytest.raises(BadData) as error:
        open_dataset(where)
    (problem,) = error.value.problems
    assert problem.expected.startswith("no shipped dataset of that name; there are: ")
    assert "results" in problem.expected
    assert problem.expected.endswith("(a path needs a slash or an ending)")


@pytest.mark.parametrize(
    "words",
    [
        ["seats", "--data", "-"],
        ["seats", "--overlay", "-"],
        ["diff", "results", "-"],
        ["claims", "-"],
        ["import", "-", "--dry-run"],
    ],
)
def test_a_dash_is_not_taken_for_standard_input(
    emvote: Callable[..., CompletedProcess[str]],
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who writes one means the stream, and reads by which name it comes in, in place of a list of datasets."""
    monkeypatch.chdir(tmp_path)
    done = emvote(*words)
    assert (done.returncode, done.stdout) == (4, "")
    assert "-: standard input is not read by that name: name a file (on Unix /dev/stdin)" in done.stderr


@pytest.mark.parametrize("words", [["export", "-"], ["import", "x.csv", "--new", "-"]])
def test_a_dash_is_no_file_that_is_written(
    emvote: Callable[..., CompletedProcess[str]],
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No folder of that name comes to be where a stream was meant."""
    monkeypatch.chdir(tmp_path)
    done = emvote(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard output" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    """So a comment changes it, and the same bytes elsewhere do not."""
    file = tmp_path / "one.toml"
    file.write_bytes(HEAD.encode())
    other = tmp_path / "two.toml"
    other.write_bytes(b"# more\n" + HEAD.encode())
    assert open_dataset(str(file)).sha256 == hashlib.sha256(HEAD.encode()).hexdigest()
    assert open_dataset(str(file)).record == open_dataset(str(other)).record
    assert open_dataset(str(file)).sha256 != open_dataset(str(other)).sha256


@pytest.mark.parametrize(("number", "allowed"), [(10**12, True), (10**12 + 1, False), (10**30, False)])
def test_numbers_beyond_all_electors_are_refused_and_never_rounded(tmp_path: Path, number: int, allowed: bool) -> None:
    """Shares of them could not be exact, and databases have no room for them."""
    text = (DATA / "valid" / "parliament.toml").read_text(encoding="utf-8")
    assert text.count("= 1000") == 1
    file = tmp_path / "huge.toml"
    file.write_text(text.replace("= 1000", f"= {number}"), encoding="utf-8")
    if allowed:
        for _ in range(2):
            dataset = open_dataset(str(file), snapshots=tmp_path / "snapshots")
            assert dataset.record.contests[0].electorate == number
    else:
        (problem,) = refused(file)
        assert (problem.place, problem.value) == ("contests[0].electorate", str(number))
        assert problem.expected == "expected a number of at most 1,000,000,000,000"


def test_unknown_keys_are_told_in_the_order_of_the_file() -> None:
    """Whatever order a set of them would have."""
    keys = [f"key_{letter}" for letter in "qwertyuiop"]
    _, found = convert(parse((HEAD + "".join(f"{key} = 1\n" for key in keys)).encode(), "f"), "f")
    assert [problem.place for problem in found] == keys


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("schema", "title", "region", "parties", "elections", "seats", "contests", "councils", "council_polls", "extra")


@given(st.dictionaries(st.sampled_from(KEYS), plain))
def test_whatever_is_not_shaped_like_a_dataset_is_refused_with_a_place(data: dict[str, object]) -> None:
    """Never accepted as an empty one, never a traceback; every problem says where and what was expected."""
    record, found = convert(data, "f")
    assert found
    assert isinstance(record, Record)
    for problem in found:
        assert problem.rule == "structure"
        assert problem.place
        assert problem.expected


@given(st.binary(max_size=200))
def test_any_bytes_are_toml_or_told_not_to_be(content: bytes) -> None:
    """With the rule that they break."""
    try:
        parse(content, "f")
    except BadData as error:
        broken = {problem.rule for problem in error.problems}
    else:
        broken = {"toml"}
    assert broken in ({"utf-8"}, {"toml"})


def test_what_the_files_of_a_folder_contradict_is_told_in_brief(tmp_path: Path) -> None:
    """A table in one and no table in the other: a million signs of either help nobody."""
    (tmp_path / "1.toml").write_text(f"{HEAD}contests = '{'x' * 100_000}'\n", encoding="utf-8")
    (tmp_path / "2.toml").write_text(f"contests = [{'{ a = 1 },' * 10_000}]\n", encoding="utf-8")
    (problem,) = refused(tmp_path)
    assert (problem.rule, problem.place) == ("folder", "contests")
    assert len(str(problem)) < 500


votes = st.integers(-5, 50)


@given(st.lists(votes, min_size=1, max_size=4), st.integers(0, 3), votes, votes)
def test_a_contest_is_sound_exactly_where_its_numbers_agree(
    polled: list[int], elected: int, valid: int, electorate: int
) -> None:
    """Votes there are, they add up, are cast by no more than may, and one of those with most is elected."""
    candidates = [
        {"name": str(i), "party": "red", "votes": number, "elected": i == elected} for i, number in enumerate(polled)
    ]
    data = parse((DATA / "valid" / "parliament.toml").read_bytes(), "f")
    (contest,) = data["contests"]
    contest.update(valid_votes=valid, electorate=electorate, candidates=candidates)
    del contest["majority"]
    record, found = convert(data, "f")
    assert found == ()
    agree = (
        min(polled) >= 0
        and 0 < sum(polled) == valid <= electorate
        and elected < len(polled)
        and polled[elected] == max(polled)
    )
    assert (not list(problems(record, "f"))) == agree


@pytest.mark.parametrize("key", ["unknown", "parties", "leader_party", "seats"])
def test_a_party_that_is_not_there_is_told_where_the_file_names_it(key: str) -> None:
    """Each reference of a council's poll in turn: the place that is told is one of the file, with that very value."""
    record = open_dataset(str(DATA / "small.toml")).record
    held = SeatsHeld(date="2018", size=9, seats={"red": 1, "other": 1}, unknown=("ind", "mill"), source="gazette")
    run = Administration(type="minority", parties=("red", "blu"), leader_party="red", source="gazette")
    broken: dict[str, tuple[SeatsHeld, Administration, str]] = {
        "unknown": (replace(held, unknown=("ind", "zzz")), run, "eve.unknown[1]"),
        "seats": (replace(held, seats={**held.seats, "zzz": 1}), run, "eve.seats.zzz"),
        "parties": (held, replace(run, parties=("red", "zzz")), "administration.parties[1]"),
        "leader_party": (held, replace(run, leader_party="zzz"), "administration.leader_party"),
    }
    eve, administration, place = broken[key]
    poll = replace(record.council_polls[0], eve=eve, administration=administration)
    found = problems(replace(record, council_polls=(poll, *record.council_polls[1:])), "f.toml")
    assert [(each.place, each.value) for each in found if each.rule == "reference"] == [
        (f"council_polls[0].{place}", "'zzz'")
    ]
