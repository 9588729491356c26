"""Terms: each is defined once, and its example is the answer to the question that it names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.names import normalise
from emvote.views.explain import find_term
from emvote.views.terms import TERMS, Term

SMALL = Path(__file__).parent / "data" / "small.toml"
Emvote = Callable[..., CompletedProcess[str]]

every_term = pytest.mark.parametrize("term", TERMS, ids=[term.term for term in TERMS])
SHOWN = [term for term in TERMS if term.command]
LOCAL = {
    "Steed swing": ("Steed swing, Rushcliffe: Lab (A) to Con (B)", 0.0224),
    "Butler swing": ("Butler swing, Rushcliffe: Lab (A) to Con (B)", -0.5523),
    "Gallagher index": ("Gallagher's index", 22.91),
    "Loosemore-Hanby index": ("Loosemore and Hanby's index", 27.84),
    "effective number of parties": ("effective number of parties by votes", 2.45),
    "lost deposit": ("lost deposits", 89),
    "by-election swing": ("Butler swing, Wellingborough: Con (A) to Lab (B)", 28.5),
    "bellwether": ("run, Loughborough", 14),
    "turnout": ("turnout, Derby North, 2019", 64.2),
    "swing to win": ("swing to win Loughborough", 5.9025),
}
"""Examples with the values that are published, or that follow from the votes by hand."""


def row(emvote: Emvote, term: str, *options: str) -> Any:
    """The one row of a term."""
    (found,) = json.loads(emvote("explain", term, "--json", *options).stdout)["rows"]
    return found


def test_no_name_stands_for_two_terms() -> None:
    """Whatever may be typed leads to one term."""
    owners: dict[str, str] = {}
    for term in TERMS:
        for name in {normalise(each) for each in (term.term, *term.also)}:
            assert owners.setdefault(name, term.term) == term.term, name


@every_term
def test_a_term_is_defined_in_sentences_and_leads_to_others(term: Term) -> None:
    """Each of its names finds it, and what it refers to exists."""
    assert term.definition.endswith(".")
    assert term.definition[0].isupper()
    assert {find_term(name).term for name in (term.term, *term.also)} == {term.term}
    assert all(find_term(other).term == other for other in term.see)
    assert term.term not in term.see
    assert bool(term.command) == bool(term.working or term.take)


@pytest.mark.parametrize("term", SHOWN, ids=[term.term for term in SHOWN])
def test_every_example_is_worked_out_from_the_shipped_dataset(emvote: Emvote, term: Term) -> None:
    """With a result, the command that shows it, and no remark that there is none."""
    answer = json.loads(emvote("explain", term.term, "--json").stdout)
    (found,) = answer["rows"]
    example = found["example"]
    assert example is not None, answer["notes"]
    assert (example["value"] is None) != (example["text"] is None)
    assert found["command"] == f"emvote {term.command}"
    assert answer["notes"] == []
    assert answer["sources"]
    text = emvote("explain", term.term).stdout
    assert "\nShown by: emvote " in text


@pytest.mark.parametrize("options", [(), ("--desc",), ("--limit", "1")])
def test_the_working_of_an_example_is_that_of_the_term_however_its_row_is_arranged(
    emvote: Emvote, options: tuple[str, ...]
) -> None:
    """In its own answer it may belong to a row far down, as that of Loughborough among the targets does."""
    answer = json.loads(emvote("explain", "swing to win", "--json", "--explain", *options).stdout)
    assert [working["name"] for working in answer["explain"]] == ["swing to win Loughborough"]


@pytest.mark.parametrize(("term", "expected"), LOCAL.items(), ids=list(LOCAL))
def test_examples_have_the_published_figures(emvote: Emvote, term: str, expected: tuple[str, float]) -> None:
    """In the figures that their sources print."""
    name, value = expected
    example = row(emvote, term)["example"]
    assert example["name"] == name
    places = len(str(value).partition(".")[2])
    assert round(example["value"], places) == value


def test_an_example_is_the_working_of_the_command_that_it_names(emvote: Emvote) -> None:
    """The same formula, inputs and result as in that command's own answer."""
    found = row(emvote, "steed")
    words = ["swing", "Rushcliffe", "--from", "2017", "--to", "2019", "--between", "lab", "con", "--json", "--explain"]
    workings = json.loads(emvote(*words).stdout)["explain"]
    working = next(each for each in workings if each["name"] == found["example"]["name"])
    assert (working["formula"], working["result"]) == (found["example"]["formula"], found["example"]["value"])
    assert [(each["name"], each["value"]) for each in found["inputs"]] == [
        (each["name"], each["value"]) for each in working["inputs"]
    ]


def test_people_see_an_example_with_two_decimals(emvote: Emvote) -> None:
    """Where Steed's swing of Rushcliffe would round to nought."""
    text = emvote("explain", "steed", "swing").stdout
    assert "result" in text
    assert "+0.02" in text
    assert "Formula: 100 · (v_B2 / (v_A2 + v_B2) − v_B1 / (v_A1 + v_B1))." in text


def test_the_list_has_every_term_and_no_example(emvote: Emvote) -> None:
    """So that it is quick; the schema says what null means there."""
    rows = json.loads(emvote("explain", "--json").stdout)["rows"]
    assert [each["term"] for each in rows] == [term.term for term in TERMS]
    assert all(each["example"] is None for each in rows)


def test_a_dataset_without_the_place_of_an_example_gives_the_definition_and_says_so(emvote: Emvote) -> None:
    """No Rushcliffe in Fenmark."""
    answer = json.loads(emvote("explain", "butler", "swing", "--data", str(SMALL), "--json").stdout)
    (found,) = answer["rows"]
    assert found["definition"]
    assert (found["example"], found["inputs"]) == (None, [])
    (note,) = answer["notes"]
    assert note.startswith("no example in this dataset: ")


def test_a_near_name_is_suggested_and_not_used(emvote: Emvote) -> None:
    """With the way to the list."""
    done = emvote("explain", "galagher")
    assert (done.returncode, done.stdout) == (3, "")
    assert "did you mean" in done.stderr
    assert "emvote explain" in done.stderr


@pytest.mark.parametrize(
    "question",
    [
        "results 2019",
        "results local-2019 --county rutland",
        "targets lab --election 2019-notional",
        "targets lab --councils",
        "project --shares lab=39,con=24 --county derbyshire",
        "bellwethers --since feb1974",
        "compare 2017 2019",
        "compare 2010 2017 2019",
        "compare derby north region",
        "compare council:Ashfield council:Mansfield",
        "compare derby north derby south",
        "swing Rushcliffe",
        "seat Derby North",
        "seats --limit 3",
        "map 2024 --by swing",
        "map 2019 --by share --party ashind",
        "map local-2023 --by majority",
        "candidate Andrew Bridgen",
        "wards ashfield --election 2019",
        "council derby",
        "councils --lost-control",
        "mayor East Midlands",
        "claims --subject Loughborough",
    ],
)
def test_every_working_names_a_source_that_the_answer_cites(emvote: Emvote, question: str) -> None:
    """By its id, or by its title."""
    answer = json.loads(emvote(*question.split(), "--json", "--explain").stdout)
    cited = {name for source in answer["sources"] for name in (source["id"], source["title"])}
    assert answer["explain"]
    for working in answer["explain"]:
        words = [text for put in working["inputs"] for text in (put["name"], str(put["value"]))]
        assert any(name in text for name in cited for text in words), working["name"]


@pytest.mark.parametrize(
    ("question", "rows", "of_all"),
    [
        ("targets lab --sort seat --desc --limit 2", ["swing to win", "votes needed", "majority"] * 2, []),
        ("swing --limit 1", ["Butler swing", "Steed swing", *["change of"] * 2], ["Butler swing", "Steed swing"]),
        (
            "project --shares lab=30 --limit 1",
            ["projection of", *["share of"] * 5, "majority after"],
            ["new share of Lab"],
        ),
        ("bellwethers --limit 0", [], []),
    ],
)
def test_workings_are_of_the_rows_shown(emvote: Emvote, question: str, rows: list[str], of_all: list[str]) -> None:
    """In their order, and of the whole answer."""
    answer = json.loads(emvote(*question.split(), "--json", "--explain").stdout)
    names = [each["name"] for each in answer["explain"]]
    of_rows = [name for name in names if any(row["seat"] in name for row in answer["rows"])]
    assert [name for name, start in zip(of_rows, rows, strict=True) if name.startswith(start)] == of_rows
    rest = [name for name in names if name not in of_rows]
    assert [name for name, start in zip(rest, of_all, strict=True) if name.startswith(start)] == rest
    places = [next(at for at, row in enumerate(answer["rows"]) if row["seat"] in name) for name in of_rows]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("wards ashfield --election 2019 --limit 2", "ward"),
        ("wards ashfield --election 2019 --sort votes --limit 2", "ward"),
        ("mayor leicester --limit 1", "polling_date"),
        ("mayor leicester --sort share_pct --limit 2", "polling_date"),
    ],
)
def test_the_working_of_a_whole_contest_is_shown_with_any_of_its_candidates(
    emvote: Emvote, question: str, field: str
) -> None:
    """And not where all of them are cut off by --limit: the contests are those of the rows, no more."""
    answer = json.loads(emvote(*question.split(), "--json", "--explain").stdout)
    shown = {row[field][:4] if field == "polling_date" else row[field] for row in answer["rows"]}
    told = {each for each in shown if any(each in working["name"] for working in answer["explain"])}
    names = [working["name"] for working in answer["explain"]]
    of_contests = [name for name in names if not name.endswith(", Ashfield")]  # what is of the whole council is not
    assert of_contests
    assert all(any(each in name for each in told) for name in of_contests)
