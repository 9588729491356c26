"""`emvote proof`: an article as it is written, held against the record."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.proof_texts import TEXTS

from emvote.prose.figures import figures
from emvote.prose.text import read, sentences

Run = Callable[..., CompletedProcess[str]]
ARTICLES = Path(__file__).parents[2] / "shared" / "articles"


@pytest.fixture
def proofed(emvote: Run, tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Proof-reads a text, with the options of the command."""

    def rows(text: str, *options: str, name: str = "article.txt") -> list[dict[str, Any]]:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        found = emvote("proof", str(file), "--json", *options)
        assert found.returncode == 0, found.stderr
        answer: list[dict[str, Any]] = json.loads(found.stdout)["rows"]
        for row in answer:
            assert 0 <= row["start"] < row["end"] <= len(text)
        return answer

    return rows


def verdicts(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Verdict by the words that were read; years alone left out."""
    return {row["text"]: row["verdict"] for row in rows if row["kind"] != "year"}


TRUE = [
    ("Amanda Solloway won Derby North in 2019 with 21,259 votes and a majority of 2,540.", ["21,259", "2,540"]),
    ("Turnout in Derby South was 58.1% in 2019.", ["58.1%"]),
    ("In 2019 Jane Hunt held Loughborough with a majority of 7,169.", ["7,169"]),
    ("Nigel Mills won Amber Valley in 2019 with a share of 63.9%.", ["63.9%"]),
    ("Bolsover council\n\nIn May 2019 Labour lost 14 councillors on Bolsover council.", ["14"]),
    ("Labour lost ten seats on Chesterfield council in the local elections of May 2019.", ["ten"]),
    ("In May 2019 the Conservatives lost control of North Kesteven.", ["lost control"]),
    ("In the local elections of May 2019 Labour gained High Peak from the Conservatives.", []),
]
FALSE = [
    ("Amanda Solloway won Derby North in 2019 with 21,295 votes.", "21,295"),
    ("Amanda Solloway won Derby North in 2019 with a majority of 3,540.", "3,540"),
    ("Lee Anderson took Ashfield in 2019 with a majority of 19,231.", "19,231"),
    ("Turnout in Derby South was 68.1% in 2019.", "68.1%"),
    ("In May 2019 Labour lost four seats on Bolsover council.", "four"),
    ("In May 2019 Labour lost control of Chesterfield council.", "lost control"),
]


@pytest.mark.parametrize(("text", "found"), TRUE)
def test_what_is_right_is_confirmed(proofed: Callable[..., list[dict[str, Any]]], text: str, found: list[str]) -> None:
    """Nothing of it is contradicted, and the command beside it shows the figure."""
    told = verdicts(proofed(text))
    assert {told[words] for words in found} <= {"confirmed"}
    assert "contradicted" not in told.values()
    assert "confirmed" in told.values()


@pytest.mark.parametrize(("text", "figure"), FALSE)
def test_what_is_wrong_is_contradicted(proofed: Callable[..., list[dict[str, Any]]], text: str, figure: str) -> None:
    """With a command that shows the right figure."""
    row = next(row for row in proofed(text) if row["text"] == figure)
    assert row["verdict"] == "contradicted"
    assert row["command"].startswith("emvote ")


def test_votes_called_a_majority_are_contradicted_with_that_said(
    proofed: Callable[..., list[dict[str, Any]]],
) -> None:
    """A figure that is right for another thing than the sentence says."""
    row = next(row for row in proofed("Lee Anderson won Ashfield in 2019 by 19,231 votes.") if row["text"] == "19,231")
    assert (row["verdict"], row["computed"]) == ("contradicted", 5733)
    assert "votes" in row["note"]
    assert "not as a majority" in row["note"]


def test_a_net_on_new_wards_is_approximate(proofed: Callable[..., list[dict[str, Any]]]) -> None:
    """Nottingham's wards were redrawn: three and two are both in use."""
    row = next(
        row
        for row in proofed("In May 2019 Nottingham City Council saw Labour lose three seats.")
        if row["text"] == "three"
    )
    assert (row["verdict"], row["stated"], row["computed"]) == ("approximate", -3, -2)


@pytest.mark.parametrize(
    "text",
    [
        "Labour needs 5,000 votes to win Derby North.",
        "Polls say that Labour could take Derby North in 2019 with a majority of 9,000.",
        "The council spent 2,540 pounds and Derby North has 12 pubs.",
        "Chris Williamson did not win Derby North in 2019 with 4,000 votes.",
        "The majority of the 300 people in Derby South were happy in 2019.",
        "The ward of Derby North had 1,500 votes in the council by-election of 2019.",
    ],
)
def test_what_is_not_understood_is_not_read(proofed: Callable[..., list[dict[str, Any]]], text: str) -> None:
    """Forecasts, denials and other things are listed, and never judged."""
    rows = proofed(text)
    assert rows
    assert {row["verdict"] for row in rows} == {"not read"}


def test_every_number_is_listed_once(proofed: Callable[..., list[dict[str, Any]]]) -> None:
    """As digits and as words, in the order of the text."""
    rows = proofed("Thirteen of 47 pubs, 5.9%, 61st and \u00a340,000 in 2011.")
    assert [row["text"] for row in rows] == ["Thirteen", "47", "5.9%", "61st", "\u00a340,000", "2011"]
    assert [row["n"] for row in rows] == [1, 2, 3, 4, 5, 6]


def test_places_are_those_of_the_file(proofed: Callable[..., list[dict[str, Any]]]) -> None:
    """In HTML, its entities and tags are counted."""
    told = "<p>At &pound;5, <b>Derby North</b> had<br>a turnout of <i>64.2%</i> in 2019.</p>"
    text = f"<!doctype html><html><body>{told}</body></html>"
    rows = {row["text"]: row for row in proofed(text, name="article.html")}
    row = rows["64.2%"]
    assert text[row["start"] : row["end"]] == "64.2%"


def test_an_article_is_shown_with_its_marks(emvote: Run, tmp_path: Path) -> None:
    """On a terminal, in Markdown and in HTML."""
    file = tmp_path / "article.txt"
    file.write_text("Jane Hunt held Loughborough in 2019 with a majority of 7,169.", encoding="utf-8")
    for form in ("table", "markdown", "html"):
        text = emvote("proof", str(file), "--format", form).stdout
        assert "7,169" in text
        assert "\u2713" in text


def test_the_claims_file_that_is_written_can_be_read(emvote: Run, tmp_path: Path) -> None:
    """And its claims have the verdicts that the proof gave."""
    file, claims = tmp_path / "article.txt", tmp_path / "claims.toml"
    file.write_text("\n\n".join(text for text, _ in TRUE), encoding="utf-8")
    assert emvote("proof", str(file), "--claims", str(claims)).returncode == 0
    found = emvote("claims", str(claims), "--csv", "--columns", "verdict")
    assert found.returncode == 0, found.stderr
    told = [row["verdict"] for row in csv.DictReader(io.StringIO(found.stdout))]
    assert len(told) > len(TRUE)
    assert set(told) == {"confirmed"}


def test_strict_ends_with_the_code_of_a_failed_check(emvote: Run, tmp_path: Path) -> None:
    """Where something that was read is not right; not for what was not read."""
    right, wrong = tmp_path / "right.txt", tmp_path / "wrong.txt"
    right.write_text(TRUE[0][0], encoding="utf-8")
    wrong.write_text(FALSE[0][0], encoding="utf-8")
    assert emvote("proof", str(right), "--strict").returncode == 0
    assert emvote("proof", str(wrong), "--strict").returncode == 5


@pytest.mark.parametrize(
    "text",
    [
        "a " * 500_000,
        "<html>" + "<div>" * 50_000 + "Derby North had 5 votes",
        "\u202eDerby North\u202c 21,259 " * 2_000,
        " ".join(str(number) for number in range(10_000)),
        "Derby North " * 20_000,
        "1," * 100_000,
        "<!--" * 50_000 + "<html>",
    ],
    ids=["no full stop", "nested", "right to left", "numbers", "names", "commas", "comments"],
)
def test_hostile_text_is_bounded(emvote: Run, tmp_path: Path, text: str) -> None:
    """It is answered within seconds, or refused."""
    file = tmp_path / "article.html"
    file.write_text(text, encoding="utf-8")
    began = time.process_time()
    assert emvote("proof", str(file), "--csv").returncode == 0
    assert time.process_time() - began < 30


def test_figures_are_read_as_digits_and_words() -> None:
    """With what they are."""
    text = "nearly 2,500 votes, twenty-one seats, 5.9 per cent"
    found = list(figures(text, 0, len(text)))
    assert [(each.value, each.percent, each.wording.value) for each in found] == [
        (2500, False, "nearly"),
        (21, False, "exactly"),
        (5.9, True, "exactly"),
    ]


def test_sentences_end_at_full_stops_and_paragraphs() -> None:
    """Not at the stop of an abbreviation."""
    text = read("Cllr. Smith won. He is from\nthe north! A heading\n\nLast").plain
    assert [text[span.start : span.end].split()[0] for span in sentences(text)] == ["Cllr.", "He", "A", "Last"]


@pytest.mark.parametrize(("text", "wrong"), TEXTS)
def test_a_short_text_is_judged_without_a_mistake(
    proofed: Callable[..., list[dict[str, Any]]], text: str, wrong: list[str]
) -> None:
    """What is wrong in it is contradicted, and nothing else; what is wrong is never confirmed."""
    told = verdicts(proofed(text))
    contradicted = [words for words, verdict in told.items() if verdict == "contradicted"]
    assert set(contradicted) <= set(wrong)
    assert not [words for words in wrong if told.get(words) == "confirmed"]


def test_most_of_the_short_texts_is_read(proofed: Callable[..., list[dict[str, Any]]]) -> None:
    """Four fifths of their statements and numbers; docs/reliability.md tells the figure."""
    told = [row["verdict"] for text, _ in TEXTS for row in proofed(text) if row["kind"] != "year"]
    assert sum(verdict != "not read" for verdict in told) >= 0.8 * len(told)


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the two articles of the shipped claims are not here")
def test_no_verdict_on_the_two_articles_differs_from_the_claim(emvote: Run) -> None:
    """Of numbers that both state of one place; the articles themselves are not part of the project."""
    asked = {"conservative-home-2019": ("000", "--about", "local-2019"), "itv-2024": ("004",)}
    same = 0
    for name, (number, *options) in asked.items():
        file = next(ARTICLES.glob(f"{number}_*.txt"))
        claims = json.loads(emvote("claims", name, "--json").stdout)["rows"]
        for row in json.loads(emvote("proof", str(file), "--json", *options).stdout)["rows"]:
            key = (row["subject"], row["stated"])
            truth = {claim["verdict"] for claim in claims if (claim["subject"], claim["stated"]) == key}
            if row["verdict"] != "not read" and row["stated"] is not True and truth:
                assert row["verdict"] in truth, row
                same += 1
    assert same >= 60
