"""Claims: what an article states held against the record, and everything that can be wrong with a claims file."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jmespath
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from emvote.claims import Claim, Verdict, Wording
from emvote.cli.exit_codes import ExitCode
from emvote.queries.claims import weigh
from emvote.queries.paths import Shape, take
from emvote.render.numbers import rounded
from emvote.store.claims import read_claims, shipped_claims
from emvote.store.lines import key_lines

Emvote = Callable[..., CompletedProcess[str]]

HERE = Path(__file__).parent
SMALL = HERE / "data" / "small.toml"
CLAIMS = HERE / "data" / "claims.toml"
ARTICLES = HERE.parents[1] / "shared" / "articles"
"""The texts that the shipped claims are about; the repository does not hold them."""
EVE = "--baseline eve-of-poll"
LONGEST_QUOTE = 6
"""Words in a row that a claims file may share with an article."""


def claim(**keys: Any) -> Claim:
    """A claim with what matters here."""
    return Claim(id="a", subject="b", claim="c", query="seats", take="x", **keys)


def answer(emvote: Emvote, *words: Any) -> Any:
    """The JSON answer of `emvote claims`."""
    done = emvote("claims", *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def replayed(emvote: Emvote) -> Any:
    """The two shipped articles, replayed."""
    return answer(emvote)


@pytest.fixture
def told(emvote: Emvote, tmp_path: Path) -> Callable[..., list[str]]:
    """What is wrong with a claims file: its problems, without the name of the file."""

    def problems(text: str) -> list[str]:
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        done = emvote("claims", file, "--data", SMALL)
        assert (done.returncode, done.stdout) == (ExitCode.DATA, ""), done.stdout + done.stderr
        lines = [line for line in done.stderr.splitlines() if str(file) in line]
        return [line.partition(f"{file}: ")[2] for line in lines]

    return problems


# --- the answer ---------------------------------------------------------------------------------------------------


def test_a_claims_file_is_answered_claim_by_claim(emvote: Emvote) -> None:
    """In its order, with the value computed in the type of the one stated, and the command that shows it."""
    rows = answer(emvote, CLAIMS, "--data", SMALL)["rows"]
    keys = ("id", "stated", "computed", "verdict", "command", "note")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("aldermere-red", 3, 3, "confirmed", "emvote councils --columns council,seats_net.red", None),
        (
            "eastholm-blue",
            2,
            1,
            "contradicted",
            "emvote councils --columns council,seats_net.blu",
            f"With {EVE}: right (emvote councils {EVE} --columns council,seats_net.blu). One seat is vacant.",
        ),
        (
            "lost",
            ["brackwater", "Dunwick"],
            ["Aldermere", "Brackwater"],
            "contradicted",
            "emvote councils --lost-control --party Azures",
            "Left out: Aldermere. Not there: Dunwick.",
        ),
        (
            "eastholm-independents",
            -1,
            None,
            "not checkable",
            "emvote councils --columns council,seats_net.ind",
            "The record does not know this.",
        ),
        ("brackwater-seat", 1000, 1001, "approximate", "emvote seats --columns seat,majority_votes", None),
        ("aldermere-turnout", 63, 62.5, "confirmed", "emvote seat Aldermere --election 2024", None),
        ("mood", None, None, "not checkable", None, "Moods are not on record."),
    ]
    assert {row["article"] for row in rows} == {"claims"}


def test_verdicts_are_counted_for_all_claims_and_for_each_article(emvote: Emvote) -> None:
    """Whichever of them are shown."""
    summary = answer(emvote, CLAIMS, "--data", SMALL, "--verdict", "approximate")["summary"]
    counts = {"claims": 7, "confirmed": 2, "approximate": 1, "contradicted": 2, "not_checkable": 2}
    assert summary == {
        **counts,
        "shown": 1,
        "articles": [
            {
                "id": "claims",
                "title": "Fenmark votes",
                "publisher": "The Fenmark Gazette",
                "date": "2019-05-03",
                "url": "https://example.org/fenmark-votes",
                "file": str(CLAIMS),
                **counts,
            }
        ],
    }


def test_an_answer_cites_the_sources_of_the_figures_that_it_used(emvote: Emvote) -> None:
    """Those of the answers behind the claims shown, each once."""
    one = answer(emvote, CLAIMS, "--data", SMALL, "--subject", "Brackwater")["sources"]
    asked = json.loads(emvote("seats", "--data", SMALL, "--json").stdout)["sources"]
    assert one == asked


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--verdict", "confirmed"), ["aldermere-red", "aldermere-turnout"]),
        (
            ("--verdict", "approximate", "--verdict", "not checkable"),
            ["eastholm-independents", "brackwater-seat", "mood"],
        ),
        (("--subject", "eastholm"), ["eastholm-blue", "eastholm-independents"]),
        (("--subject", "Eastholm", "--verdict", "contradicted"), ["eastholm-blue"]),
        (("--article", "fenmark votes", "--subject", "Brackwater"), ["brackwater-seat"]),
        (("--article", "claims", "--limit", "1"), ["aldermere-red"]),
        (("--sort", "subject", "--limit", "2"), ["aldermere-red", "aldermere-turnout"]),
        (("--subject", "Brackwater", "--verdict", "confirmed"), []),
    ],
)
def test_conditions_choose_claims_and_add_up(emvote: Emvote, words: tuple[str, ...], ids: list[str]) -> None:
    """By verdict, article and subject; names are matched as everywhere."""
    assert [row["id"] for row in answer(emvote, CLAIMS, "--data", SMALL, *words)["rows"]] == ids


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), ExitCode.CHECK),
        (("--subject", "Aldermere"), ExitCode.ANSWERED),
        (("--subject", "Brackwater"), ExitCode.ANSWERED),
        (("--subject", "Eastholm"), ExitCode.CHECK),
        (("--verdict", "confirmed"), ExitCode.CHECK),
    ],
)
def test_strict_fails_unless_every_claim_asked_about_is_right(
    emvote: Emvote, words: tuple[str, ...], code: ExitCode
) -> None:
    """Confirmed and approximate are right; showing only some verdicts hides none of the others."""
    assert emvote("claims", CLAIMS, "--data", SMALL, *words).returncode == ExitCode.ANSWERED
    done = emvote("claims", CLAIMS, "--data", SMALL, "--strict", *words)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout


@pytest.mark.parametrize(
    ("words", "near"), [(("--subject", "Easthome"), "Eastholm"), (("--article", "Fenmark voted"), "Fenmark votes")]
)
def test_an_unknown_article_or_subject_is_an_unknown_name(emvote: Emvote, words: tuple[str, ...], near: str) -> None:
    """With near ones suggested."""
    done = emvote("claims", CLAIMS, "--data", SMALL, *words)
    assert (done.returncode, done.stdout) == (ExitCode.NAME, "")
    assert f"'{near}'" in done.stderr


def test_people_see_verdicts_in_words_and_findings_that_can_be_quoted(emvote: Emvote) -> None:
    """A table, then a sentence for each contradicted claim with what is right and how to see it."""
    text = emvote("claims", CLAIMS, "--data", SMALL, "--subject", "Eastholm").stdout
    assert text.startswith(
        "The Fenmark Gazette, Fenmark votes, 3 May 2019: 2 claims, 1 contradicted, 1 not checkable.\n"
    )
    assert re.search(r"^contradicted +Eastholm: Blue gained two +\+2 +\+1 ", text, re.MULTILINE)
    assert "Eastholm. Blue gained two: +2 stated, +1 on record. With --baseline eve-of-poll: right (" in text
    assert "See: emvote councils --columns council,seats_net.blu\n" in text


def test_markdown_is_an_appendix_with_a_row_a_claim(emvote: Emvote) -> None:
    """Claim, value stated, value computed, note and command; the words of the claim with it."""
    text = emvote("claims", CLAIMS, "--data", SMALL, "--format", "markdown").stdout
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    assert lines[0] == ["Verdict", "Claim", "Stated", "Computed", "Note", "Command", "Id"]
    assert len(lines) == 2 + 7
    assert lines[6] == [
        "approximate",
        "Brackwater: A majority of about a thousand",
        "about 1,000",
        "1,001",
        "",
        "emvote seats --columns seat,majority\\_votes",
        "brackwater-seat",
    ]


def test_each_dataset_is_opened_once_and_each_question_asked_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """However many claims ask the same; a claim may name a dataset of its own."""
    from emvote import store
    from emvote.cli import asking
    from emvote.cli.main import run
    from emvote.store.read import open_dataset

    opened: list[str] = []
    parsed: list[tuple[str, ...]] = []
    parse = asking.parse

    def remembering(line: tuple[str, ...]) -> Any:
        parsed.append(line)
        return parse(line)

    monkeypatch.setattr(asking, "parse", remembering)
    own = "\n".join(
        f"[[claims]]\nid = '{number}'\nsubject = 's'\nclaim = 'c'\nquery = '{query}'\ntake = 'length(rows)'\nstated = 3"
        for number, query in enumerate(
            ("seats", "seats", f"seats --data {SMALL} --election 2024", "councils", "councils")
        )
    )
    file = tmp_path / "mine.toml"
    file.write_text(f"[article]\ntitle = 't'\n{own}\n")

    def counting(where: str | None = None, **options: Any) -> Any:
        opened.append(str(where))
        return open_dataset(where, **options)

    monkeypatch.setattr(store, "open_dataset", counting)
    assert run(["claims", str(file), "--data", str(SMALL), "-o", str(tmp_path / "a.json")]) == 0
    assert opened == [str(SMALL)]
    assert [line[0] for line in parsed] == ["seats", "seats", "councils"]


def test_what_the_asking_command_is_given_goes_for_every_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its dataset, whatever the environment says, and what is laid over it; not for a question with its own."""
    from emvote.cli.main import run

    file, overlay, out = tmp_path / "mine.toml", tmp_path / "overlay.toml", tmp_path / "out.json"
    own = GOOD.replace("'a'", "'own'").replace("'seats'", "'seats --data results --election 2024'").replace("3", "47")
    file.write_text(START + GOOD + own, encoding="utf-8")
    blocks = SMALL.read_text(encoding="utf-8").split("\n\n")
    overlay.write_text(next(block for block in blocks if block.startswith("[[sources]]")), encoding="utf-8")
    monkeypatch.setenv("EMVOTE_DATA", "uk")
    assert run(["claims", str(file), "--data", str(SMALL), "--overlay", str(overlay), "-o", str(out)]) == 0
    verdicts = [row["verdict"] for row in json.loads(out.read_text(encoding="utf-8"))["rows"]]
    assert verdicts == ["confirmed", "confirmed"]


COUNTRY = """
[[claims]]
id = "country"
subject = "United Kingdom"
claim = "Labour won 411 seats"
query = "results 2024 --scope uk"
where = { party = "lab" }
take = "seats"
stated = 411
"""


def test_claims_on_the_country_say_that_another_dataset_answers_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was named is of one region: the shipped dataset of the country is asked, and the answer says so."""
    from emvote.cli.main import run

    file, out = tmp_path / "mine.toml", tmp_path / "out.json"
    file.write_text(START + GOOD + COUNTRY, encoding="utf-8")
    for words in (["--data", str(SMALL)], []):
        if not words:
            monkeypatch.setenv("EMVOTE_DATA", str(SMALL))
        assert run(["claims", str(file), *words, "-o", str(out)]) == 0
        told = json.loads(out.read_text(encoding="utf-8"))
        own, country = told["rows"]
        assert (own["verdict"], own["note"]) == ("confirmed", None)
        assert (country["computed"], country["note"]) == (411, f"Answered from the dataset uk, not {SMALL}.")
        assert f"answered from the dataset uk, not {SMALL}: country" in told["notes"]


def test_claims_on_the_country_are_asked_of_a_dataset_of_the_country(emvote: Emvote, tmp_path: Path) -> None:
    """That `--data` names: nothing need be said."""
    text = (Path(__file__).parent.parent / "data" / "uk.toml").read_text(encoding="utf-8")
    mine, file = tmp_path / "country.toml", tmp_path / "mine.toml"
    mine.write_text(text.replace('version = "', 'version = "9', 1), encoding="utf-8")
    file.write_text(START + COUNTRY, encoding="utf-8")
    told = answer(emvote, file, "--data", mine)
    assert [(row["computed"], row["note"]) for row in told["rows"]] == [(411, None)]
    assert not [note for note in told["notes"] if "answered from" in note]


def test_an_overlay_that_does_not_reach_a_claim_is_named(emvote: Emvote, tmp_path: Path) -> None:
    """What is laid over one dataset does not fit another."""
    overlay, file = tmp_path / "over.toml", tmp_path / "mine.toml"
    overlay.write_text("", encoding="utf-8")
    file.write_text(START + COUNTRY, encoding="utf-8")
    (row,) = answer(emvote, file, "--overlay", overlay)["rows"]
    assert row["note"] == f"Answered from the dataset uk, not the shipped dataset with {overlay}."


def test_commands_of_another_dataset_can_be_asked_again(emvote: Emvote, tmp_path: Path) -> None:
    """Those of a report name it; beside claims they stand as the file has them, and a note says what to add."""
    note = answer(emvote, CLAIMS, "--data", SMALL)["notes"][0]
    assert note.endswith(f"the command beside a claim shows the right figure with --data {SMALL}")
    overlay = tmp_path / "an overlay.toml"
    overlay.write_text("", encoding="utf-8")
    done = emvote("report", "2024", "--data", SMALL, "--overlay", overlay, "--json")
    lines = [row["command"] for row in json.loads(done.stdout)["rows"]]
    assert lines
    assert all(line.endswith(f" --data {SMALL} --overlay '{overlay}'") for line in lines)


# --- the verdict --------------------------------------------------------------------------------------------------

numbers = st.one_of(
    st.integers(-(10**7), 10**7),
    st.floats(-1e7, 1e7, allow_nan=False).map(lambda value: float(f"{value:.6f}")),
)
tolerances = st.one_of(st.none(), st.just(0.0), st.floats(1e-3, 1e6, allow_nan=False))
INCLUSIVE = [wording for wording in Wording if wording not in (Wording.MORE_THAN, Wording.LESS_THAN)]


@given(numbers, st.sampled_from(INCLUSIVE), tolerances)
def test_a_number_stated_as_it_was_computed_is_confirmed(
    number: float, wording: Wording, tolerance: float | None
) -> None:
    """However it is worded, but as more or less than itself."""
    assert weigh(claim(stated=number, wording=wording, tolerance=tolerance), number) is Verdict.CONFIRMED


@given(numbers, tolerances)
def test_no_number_is_more_or_less_than_itself(number: float, tolerance: float | None) -> None:
    """At most, within a tolerance, approximately so."""
    for wording in (Wording.MORE_THAN, Wording.LESS_THAN):
        verdict = weigh(claim(stated=number, wording=wording, tolerance=tolerance), number)
        assert verdict is (Verdict.APPROXIMATE if tolerance else Verdict.CONTRADICTED)


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 4))
@example(62.5, 0)
@example(-0.05, 1)
@example(58.15, 1)
def test_what_emvote_prints_of_a_figure_is_confirmed_by_it(number: float, places: int) -> None:
    """To any number of decimals: the rounding of claims is the rounding of the renderers."""
    printed = rounded(number, places)
    stated = int(printed) if places == 0 else float(printed)
    assert weigh(claim(stated=stated, places=places), number) is Verdict.CONFIRMED
    step = Decimal(1).scaleb(-places)
    for other in (printed - step, printed + step):
        assert weigh(claim(stated=float(other), places=places), number) is Verdict.CONTRADICTED


@given(numbers, numbers, st.sampled_from(Wording), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_wider_tolerance_makes_no_claim_worse(
    stated: float, computed: float, wording: Wording, narrow: float, wide: float
) -> None:
    """Nor does any tolerance change what is confirmed."""
    assume(narrow <= wide)
    order = [Verdict.CONTRADICTED, Verdict.APPROXIMATE, Verdict.CONFIRMED]
    verdicts = [weigh(claim(stated=stated, wording=wording, tolerance=each), computed) for each in (0.0, narrow, wide)]
    assert [order.index(each) for each in verdicts] == sorted(order.index(each) for each in verdicts)
    assert len({each is Verdict.CONFIRMED for each in verdicts}) == 1


@pytest.mark.parametrize(
    ("wording", "tolerance", "verdicts"),
    [
        ("exactly", None, "contradicted contradicted confirmed contradicted contradicted"),
        ("exactly", 100, "contradicted approximate confirmed approximate contradicted"),
        ("about", None, "contradicted approximate confirmed approximate contradicted"),
        ("about", 500, "approximate approximate confirmed approximate approximate"),
        ("nearly", None, "contradicted approximate confirmed contradicted contradicted"),
        ("more than", None, "contradicted contradicted contradicted confirmed confirmed"),
        ("more than", 100, "contradicted approximate approximate confirmed confirmed"),
        ("at least", None, "contradicted contradicted confirmed confirmed confirmed"),
        ("less than", None, "confirmed confirmed contradicted contradicted contradicted"),
        ("at most", 100, "confirmed confirmed confirmed approximate contradicted"),
    ],
)
def test_each_wording_has_its_reach(wording: str, tolerance: float | None, verdicts: str) -> None:
    """Of 1,000 stated and 600, 950, 1,000, 1,050 and 1,400 on record."""
    stated = claim(stated=1000, wording=Wording(wording), tolerance=tolerance)
    assert " ".join(weigh(stated, number) for number in (600, 950, 1000, 1050, 1400)) == verdicts


@pytest.mark.parametrize(
    ("query", "take", "stated", "computed", "verdict"),
    [
        ("seats", "rows[0].winner_party", '"New Dawn"', "new", "confirmed"),
        ("seats", "rows[0].winner_party", '"Red"', "new", "contradicted"),
        ("seats", "rows[0].winner", '"cy dawes"', "Cy Dawes", "confirmed"),
        ("seats", "rows[0].polling_date", "2024", 2024, "confirmed"),
        ("seats", "rows[0].polling_date", "2019", 2024, "contradicted"),
        ("seats", "rows[0].polling_date", '"2024-07"', "2024-07-04", "confirmed"),
        ("seats", "rows[0].polling_date", "2024-07-04", "2024-07-04", "confirmed"),
        ("seats", "rows[0].polling_date", "2024-07-05", "2024-07-04", "contradicted"),
        ("seats", "rows[0].majority_votes > `1000`", "true", True, "confirmed"),
        ("seats", "rows[0].majority_votes > `1000`", "false", True, "contradicted"),
        ("seats", "rows[].seat", '["Westmarsh & Thornley", "brackwater", "ALDERMERE"]',
         ["Aldermere", "Brackwater", "Westmarsh and Thornley"], "confirmed"),
        ("seats --sort majority_votes --limit 1", "rows[].seat", '["Brackwater"]', ["Brackwater"], "confirmed"),
        ("seats", "rows[0].majority_pct", "5.0", 5.0, "confirmed"),
        ("seats", "rows[1].majority_pct", "5.01", 5.005, "confirmed"),
        ("councils", "rows[0].seats_net.mill", "0", 0, "confirmed"),
        ("seats", "sum(rows[].majority_votes)", "5001", 5001, "confirmed"),
        ("councils", "sum(rows[].seats_net.ind)", "3", None, "not checkable"),
        ("councils", "sum([rows[0].seats_net.ind, rows[4].seats_net.ind])", "0", None, "not checkable"),
        ("councils", "length(rows[?seats_net.ind > `0`])", "2", None, "not checkable"),
        ("councils", "length(rows[?seats_net.ind == `null`])", "1", 1, "confirmed"),
        ("councils", "rows[].control_before", "['blu', 'noc', 'red', 'old']", None, "not checkable"),
        ("councils", "rows[?control_before].control_before", "['blu', 'noc', 'red', 'old']",
         ["blu", "blu", "noc", "red", "old", "noc"], "confirmed"),
        ("councils", "sum(rows[].seats_net.old)", "0", 0, "confirmed"),
        ("councils --limit 0", "rows[0].council", "'Aldermere'", None, "not checkable"),
    ],
)  # fmt: skip
def test_values_of_each_type_are_compared_as_they_are_meant(
    emvote: Emvote, tmp_path: Path, query: str, take: str, stated: str, computed: Any, verdict: str
) -> None:
    """Parties by any name, names as typed anywhere, dates to the part stated, lists in any order."""
    file = tmp_path / "mine.toml"
    file.write_text(
        f"[article]\ntitle = 't'\n[[claims]]\nid = 'a'\nsubject = 's'\nclaim = 'c'\n"
        f'query = "{query}"\ntake = "{take}"\nstated = {stated}\n'
    )
    (row,) = answer(emvote, file, "--data", SMALL)["rows"]
    assert (row["computed"], row["verdict"]) == (computed, verdict)


ROW = Shape(
    fields={"name": Shape("text"), "votes": Shape("count"), "won": Shape("counts", each=Shape("count"), keys=())}
)
PATHS = (
    "sum(rows[].votes)", "rows[].name", "rows[?votes > `10`].name", "length(rows[?votes <= `10`])", "rows[-1].votes",
    "rows[*].won.red | [0]", "max(rows[].votes)", "rows[?name == 'a' || votes != `3`].votes", "rows[].[name, votes]",
    "length(rows)", "rows[:2].votes", "rows[].won.* | [0]", "sort(rows[].name)", "rows[?!(votes < `5`)] | [0].name",
)  # fmt: skip


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.sampled_from(["a", "b", "c"]),
                "votes": st.one_of(st.none(), st.integers(0, 20)),
                "won": st.fixed_dictionaries({"red": st.integers(0, 9)}),
            }
        ),
        max_size=4,
    ),
    st.sampled_from(PATHS),
)
def test_a_path_takes_what_jmespath_takes_where_everything_is_known(rows: list[dict[str, Any]], path: str) -> None:
    """And says that it is not known where JMESPath would have left out what is not."""
    data = {"rows": rows}
    taken = take(path, data, Shape(fields={"rows": Shape(each=ROW)}))
    if taken.known:
        assert taken.value == jmespath.search(path, data)
    else:
        assert taken.value is None
        assert any(row["votes"] is None for row in rows)
        assert "votes" in path
    if all(row["votes"] is not None for row in rows):
        assert taken.known


def test_a_list_within_its_tolerance_is_approximate(emvote: Emvote, tmp_path: Path) -> None:
    """It counts the names that are left out and those that are not there."""
    text = "[article]\ntitle = 't'\n"
    for tolerance in (1, 2, 3):
        text += (
            f"[[claims]]\nid = '{tolerance}'\nsubject = 's'\nclaim = 'c'\nquery = 'seats'\ntake = 'rows[].seat'\n"
            f"stated = ['Aldermere', 'Westmarsh and Thornley', 'Dunwick']\ntolerance = {tolerance}\n"
        )
    file = tmp_path / "mine.toml"
    file.write_text(text)
    verdicts = [row["verdict"] for row in answer(emvote, file, "--data", SMALL)["rows"]]
    assert verdicts == ["contradicted", "approximate", "approximate"]


# --- what is wrong with a file ------------------------------------------------------------------------------------

START = "[article]\ntitle = 't'\n\n"
VALUE = "expected a number, a text, true or false, a date, or a list of texts"
NUMBER = "only a number is stated"
NONE = "a claim that is not checkable has none: leave out one of the two"
KEYS = "a claim has query, take and stated, or says why it is not_checkable"
EITHER = "expected either options to add to the query, or another query"
WORDINGS = "'exactly', 'about', 'nearly', 'more than', 'at least', 'less than', 'at most'"
GOOD = "[[claims]]\nid = 'a'\nsubject = 's'\nclaim = 'c'\nquery = 'seats'\ntake = 'length(rows)'\nstated = 3\n"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["article: missing; it is required [structure]", "claims: missing; it is required [structure]"]),
        ("[article]\ntitle = 3\n", [
            "claims: missing; it is required [structure]",
            "line 2, article.title: expected a text in quotes, got 3 [structure]",
        ]),
        (START + GOOD.replace("subject", "subjekt"), [
            "line 4, claims[0].subject: missing; it is required [structure]",
            "line 6, claims[0].subjekt: unknown key; did you mean subject?, got 's' [structure]",
        ]),
        (START + GOOD + "tolerence = 1\n", [
            "line 11, claims[0].tolerence: unknown key; did you mean tolerance?, got 1 [structure]",
        ]),
        (START + GOOD + "\n\n# more\n" + GOOD.replace("'a'", '"""a"""'), [
            "line 15, claims[1].id (claim a): another claim has this id; each needs its own, got 'a' [claims]",
        ]),
        (START + GOOD.replace("claim = 'c'", "claim = ''"), [
            "line 7, claims[0].claim (claim a): expected a text, got '' [claims]",
        ]),
        (START + GOOD + "wording = 'roughly'\n", [
            f"line 11, claims[0].wording: expected {WORDINGS}, got 'roughly' [structure]",
        ]),
        (START + GOOD + "tolerance = -1\nplaces = 40\n", [
            "line 11, claims[0].tolerance (claim a): expected a number that is not negative, got -1.0 [claims]",
            "line 12, claims[0].places (claim a): expected 0 to 10, beside a number, got 40 [claims]",
        ]),
        (START + GOOD.replace("stated = 3", "stated = 'x'\nwording = 'about'\ntolerance = 2\nplaces = 1"), [
            f"line 11, claims[0].wording (claim a): {NUMBER} in other words than 'exactly', got 'about' [claims]",
            "line 12, claims[0].tolerance (claim a): only a number or a list has a tolerance, got 2.0 [claims]",
            "line 13, claims[0].places (claim a): expected 0 to 10, beside a number, got 1 [claims]",
        ]),
        (START + GOOD.replace("stated = 3", "stated = { a = 1 }"), [
            f"line 10, claims[0].stated (claim a): {VALUE}, got {{'a': 1}} [claims]",
        ]),
        (START + GOOD.replace("stated = 3", "stated = nan"), [
            "line 10, claims[0].stated: expected a number of at most 1,000,000,000,000, got nan [structure]",
        ]),
        (START + GOOD.replace("stated = 3\n", "").replace("query = 'seats'\n", ""), [
            f"line 4, claims[0].query (claim a): missing; {KEYS} [claims]",
            "line 4, claims[0].stated (claim a): missing; the value that the article states [claims]",
        ]),
        (START + GOOD + "not_checkable = 'no'\n", [
            f"line 8, claims[0].query (claim a): {NONE} [claims]",
            f"line 9, claims[0].take (claim a): {NONE} [claims]",
        ]),
        (START + GOOD + "alternatives = [{ means = 'x' }]\n", [
            f"line 11, claims[0].alternatives[0] (claim a): {EITHER} [claims]",
        ]),
        (START + GOOD.replace("3", "[1, 2]"), [
            f"line 10, claims[0].stated (claim a): {VALUE}, got [1, 2] [claims]",
        ]),
        (START + "[[claims]]\nid = \n", [
            "line 5, column 6: not TOML: invalid string; expected `\"`, `'` [toml]",
        ]),
    ],
)  # fmt: skip
def test_every_problem_of_a_file_is_told_with_line_and_key(
    told: Callable[..., list[str]], text: str, problems: list[str]
) -> None:
    """All of them at once, with the claim's id, the value, and what was expected."""
    found = told(text)
    if "[toml]" in problems[0]:  # the parser's own words may change
        assert found[0].startswith("line 5, column")
    else:
        assert found == problems


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("query", "seat Aldermeer", "no seat called 'Aldermeer'; did you mean 'Aldermere'?"),
        ("query", "seats --election 1066", "no general election in 1066 on record"),
        ("query", "seets", "no command called 'seets'; did you mean"),
        ("query", "seats --nonsense", "no such option: --nonsense"),
        ("query", "seats --marginaal", "no such option: --marginaal; did you mean --marginal?"),
        ("query", "seats --limit x", "invalid value for '--limit'"),
        ("query", "seats --sort nonsense", "no field called 'nonsense'"),
        ("query", "seats --columns nonsense", "no field called 'nonsense'"),
        ("query", "seats --json --csv", "several formats asked for"),
        ("query", "seats --help", "no such option: --help"),
        ("query", "seats 'Derby", "not a command line: no closing quotation"),
        ("query", "emvote", "expected a command line"),
        ("query", "--version", "no such option: --version"),
        ("query", "seats -o stolen.txt", "a command that is asked here writes no file: leave out -o"),
        ("query", "seats --output=stolen.txt", "a command that is asked here writes no file: leave out -o"),
        ("query", "export stolen.sqlite", "lists nothing from a dataset"),
        ("query", "check", "lists nothing from a dataset"),
        ("query", "schema seats", "lists nothing from a dataset"),
        ("query", "claims", "lists nothing from a dataset"),
        ("query", "seats --data missing.toml", "no such file or folder"),
        ("query", "seats --overlay missing.toml", "cannot be read"),
        ("query", "seats --data /dev/zero", "'/dev/zero' is neither a file nor a folder"),
        ("query", "seats --overlay /dev/null", "'/dev/null' is neither a file nor a folder"),
        ("take", "length(rows", "not a path"),
        ("take", "len(rows)", "not a path"),
        ("take", "rows[].seet", "no field 'seet' there; did you mean 'seat'"),
        ("take", "rows[].seats", "no field 'seats' there; did you mean 'seat'?"),
        ("take", "rows.seat", "'seat' is asked of a list: write [0].seat for its first element, [].seat for all"),
        ("take", "rows[?seet=='x'].seat", "no field 'seet' there; did you mean 'seat'"),
        ("take", "length(rows[?contains(winer, 'x')])", "no field 'winer' there; did you mean 'winner'"),
        ("take", "summary.parties[0].sets", "no field 'sets' there; did you mean 'seats'"),
        ("take", "length(rows[?winner == null])", "null is written `null`, in backquotes"),
        ("take", "row", "no field 'row' there; did you mean 'rows'?"),
        ("take", "rows[0].seat.name", "no field 'name' there"),
        ("take", "[rows[0].seat, rows[0].set] | [1]", "no field 'set' there; did you mean 'seat'"),
        ("take", "rows[?seat=='Aldermer'].majority_votes | [0]", "is 'Aldermer'; did you mean 'Aldermere'"),
        ("take", "(" * 900 + "rows" + ")" * 900, "not a path: too deeply nested"),
        ("take", "(" * 4000 + "rows", "not a path: expected at most 2,000 characters"),
        ("take", "[@,@]" + "|[@,@]" * 60, "takes more than 1,000,000 steps"),
        ("take", "to_string(rows)" + "|join('',[@,@])" * 60, "takes more than 1,000,000 steps"),
        ("take", "[rows, rows]" + "|[@,@][]" * 60, "takes more than 1,000,000 steps"),
        ("take", f"`{'9' * 1900}`", "leads to a number beyond 1,000,000,000,000,000"),
        ("take", "rows[::0]", "not a path: slice step cannot be zero"),
        ("stated", "two", "expected a number, which is what the record has: 3"),
    ],
)  # fmt: skip
def test_a_question_without_an_answer_is_a_problem_of_its_claim(
    told: Callable[..., list[str]], key: str, value: str, said: str
) -> None:
    """With the claim's id, its line and key, and the command's own words; nothing is written."""
    keys = {"query": "seats", "take": "length(rows)", "stated": 3, key: value}
    lines = "".join(f"{name} = {json.dumps(text)}\n" for name, text in keys.items())
    before = sorted(Path.cwd().iterdir())
    (problem,) = told(f"{START}[[claims]]\nid = 'a'\nsubject = 's'\nclaim = 'c'\n{lines}")
    line = 8 + list(keys).index(key)
    assert problem.startswith(f"line {line}, claims[0].{key} (claim a): ")
    assert said in problem
    assert sorted(Path.cwd().iterdir()) == before


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("{ seat = 'Aldermer' }", "no row of emvote seats has seat 'Aldermer'; did you mean 'Aldermere'?"),
        ("{ seet = 'Aldermere' }", "rows of emvote seats have no field 'seet'; did you mean 'seat'?"),
        ("{ election = 'parl.2024-07-04' }", "3 rows of emvote seats have these values"),
        ("{ seat = 'Aldermere', majority_votes = 1 }", "no row of emvote seats has majority_votes 1"),
    ],
)
def test_a_row_is_named_by_values_that_one_row_has(told: Callable[..., list[str]], where: str, said: str) -> None:
    """Else near names are suggested, and never taken."""
    (problem,) = told(START + GOOD.replace("take = 'length(rows)'", f"where = {where}\ntake = 'majority_votes'"))
    assert problem.startswith("line 9, claims[0].where (claim a): ")
    assert said in problem


def test_what_is_hostile_in_a_file_is_shown_and_not_obeyed(emvote: Emvote, tmp_path: Path) -> None:
    """Escape sequences, markup and formulas are text; nesting without end is a message."""
    file = tmp_path / "mine.toml"
    text = START + GOOD.replace("'s'", r'"[red]\u001b[31m"').replace("'c'", '"=1+1|x"')
    file.write_text(text, encoding="utf-8")
    for form in ("table", "markdown", "html"):
        shown = emvote("claims", file, "--data", SMALL, "--format", form).stdout
        assert "\x1b" not in shown
        assert "red" in shown
    assert ",'=1+1|x," in emvote("claims", file, "--data", SMALL, "--csv", "--excel").stdout
    file.write_text(START + GOOD.replace("3", "[" * 3000 + "]" * 3000), encoding="utf-8")
    assert emvote("claims", file, "--data", SMALL).returncode == ExitCode.DATA


def test_problems_of_several_claims_are_told_at_once(told: Callable[..., list[str]]) -> None:
    """Also in an alternative, whose key says which."""
    first = GOOD.replace("'seats'", "'seat Atlantis'")
    second = (
        GOOD.replace("'a'", "'b'").replace("stated = 3", "stated = 4") + "alternatives = [{ options = '--nope' }]\n"
    )
    found = told(START + first + second)
    assert [each.partition(": ")[0] for each in found] == [
        "line 8, claims[0].query (claim a)",
        "line 18, claims[1].alternatives[0].options (claim b)",
    ]


def test_a_file_that_is_not_there_is_told_with_the_shipped_names(emvote: Emvote) -> None:
    """A name without an ending is that of a shipped file."""
    done = emvote("claims", "itv")
    assert done.returncode == ExitCode.DATA
    assert "there are: conservative-home-2019, itv-2024" in done.stderr
    assert emvote("claims", "missing.toml").returncode == ExitCode.DATA


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
values = st.recursive(
    st.one_of(texts, st.integers(-99, 99), st.booleans(), st.lists(texts, max_size=3)),
    lambda inner: st.one_of(
        st.dictionaries(keys, inner, max_size=3), st.lists(st.dictionaries(keys, inner), max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=4), st.booleans())
def test_a_key_is_on_the_line_that_it_is_said_to_be_on(data: dict[str, Any], multiline: bool) -> None:
    """Whatever stands in the texts around it: brackets, quotes, signs of comments."""
    import tomli_w

    text = tomli_w.dumps(data, multiline_strings=multiline)
    lines = text.split("\n")
    found = key_lines(text)
    assert {path for path in found if "." not in path and "[" not in path} <= set(data)
    for path, number in found.items():
        last = path.rpartition(".")[2].partition("[")[0]
        assert re.match(rf"\[?\[?([a-z0-9_]+\.)*{last}\b", lines[number - 1]), (path, number)
    scalars = [key for key, value in data.items() if not isinstance(value, (dict, list))]
    assert set(scalars) <= set(found)


# --- the articles that come with emvote ---------------------------------------------------------------------------

NOT_CONFIRMED = {
    # the article is wrong
    "milton-keynes-region": ("contradicted", "Milton Keynes is in the South East"),
    "districts-all-out": ("contradicted", "Boston, Oadby and Wigston are left out; East Staffordshire is not there"),
    "east-staffordshire-region": ("contradicted", "it is in the West Midlands"),
    "west-lindsey-name": ("contradicted", "spelt with an a"),
    "broxtowe-name": ("contradicted", "spelt with an s"),
    "districts-lab": ("contradicted", "in 8 of 29, and it gained in 13"),
    "derby-north-from": ("contradicted", "Labour won it at the last general election"),
    "ashfield-won-by": ("contradicted", "his votes, not his majority"),
    # the wording is loose, or the record knows a little more
    "ne-derbyshire-con": ("approximate", "18 to 30, on either baseline, with wards that were redrawn"),
    "nottingham-lab": ("approximate", "two by ward; BBC News counts three"),
    "cities-hold": ("approximate", "not Derby"),
    "north-kesteven-independents": ("approximate", "seven, and one seat vacant"),
    "derby-north-changes": ("approximate", "since 2015, nine years before"),
    "ukip-2015-votes": ("approximate", "3.9 million, stated as nearly 4"),
    "mayor-majority": ("approximate", "51,708, stated as 50,000"),
    # the record does not know
    "north-kesteven-leader": ("not checkable", "no administration on record"),
    "north-kesteven-coalition": ("not checkable", "no administration on record"),
    "derby-administration": ("not checkable", "no administration on record"),
    "leicester-south-2005-name": ("not checkable", "no names before 2010"),
}  # fmt: skip
"""Claims of the shipped articles with another verdict than confirmed, and why; every other one is confirmed."""


def test_every_shipped_claim_has_the_verdict_that_is_known(replayed: Any) -> None:
    """Worked out by hand from the raw data; those that say themselves why they cannot be checked need no pin."""
    given = {each.id for name in shipped_claims() for each in read_claims(name).claims if each.not_checkable}
    verdicts = {row["id"]: row["verdict"] for row in replayed["rows"]}
    assert {key: verdict for key, verdict in verdicts.items() if verdict != "confirmed" and key not in given} == {
        key: verdict for key, (verdict, _) in NOT_CONFIRMED.items()
    }
    assert {verdicts[key] for key in given} == {"not checkable"}


def test_the_shipped_articles_have_well_over_a_hundred_claims_that_can_be_checked(replayed: Any) -> None:
    """And each claim an id of its own."""
    rows = replayed["rows"]
    assert sum(row["verdict"] != "not checkable" for row in rows) > 200
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_net_is_not_read_as_a_transfer(replayed: Any) -> None:
    """From whom seats came is not checkable without the wards of before; what was gained is, in words that say so."""
    rows = {row["id"]: row for row in replayed["rows"]}
    flows = [row for key, row in rows.items() if key.endswith("-flow") or key in {"hinckley-ld", "hinckley-lab"}]
    assert len(flows) == 7
    assert all(row["verdict"] == "not checkable" and "from whom seats came" in row["note"] for row in flows)
    nets = [row for row in rows.values() if "seats_net" in (row["command"] or "")]
    assert not [row["id"] for row in nets if re.search(r"\b(went|transferred|passed)\b", row["claim"])]


def test_the_districts_of_a_new_council_are_told_from_its_county(replayed: Any) -> None:
    """The county council is a predecessor too, and no district."""
    rows = {row["id"]: row for row in replayed["rows"]}
    for key, number in (("north-northamptonshire-covers", 4), ("west-northamptonshire-covers", 3)):
        assert (rows[key]["verdict"], len(rows[key]["computed"])) == ("confirmed", number)


def test_a_baseline_explains_a_difference_where_it_does(replayed: Any) -> None:
    """What other readings give stands in the note."""
    notes = {row["id"]: row["note"] for row in replayed["rows"]}
    assert "as the votes that he won, not the lead: right" in notes["ashfield-won-by"].lower()
    assert "With --baseline eve-of-poll: -2 (" in notes["nottingham-lab"]


def test_the_command_beside_a_claim_runs_and_shows_the_right_figure(emvote: Emvote, replayed: Any) -> None:
    """As it is pasted; where it names one column beside the row, that holds the value computed."""
    lines = {row["command"] for row in replayed["rows"] if row["command"]}
    tables: dict[str, list[list[str]]] = {}
    for line in sorted(lines):
        done = emvote(*shlex.split(line)[1:], "--csv")
        assert done.returncode == 0, (line, done.stderr)
        tables[line] = list(csv.reader(io.StringIO(done.stdout, newline="")))
    seen = 0
    for row in replayed["rows"]:
        if " --columns " in (row["command"] or "") and not isinstance(row["computed"], (bool, float)):
            cells = [cells[-1] for cells in tables[row["command"]]]
            assert str("" if row["computed"] is None else row["computed"]) in cells, row["id"]
            seen += 1
    assert seen > 60


@pytest.mark.parametrize("name", shipped_claims())
def test_claims_are_stated_in_our_own_words(name: str) -> None:
    """No seven words in a row are an article's, but for its title, which is cited, and lists of names."""
    if not ARTICLES.is_dir():
        pytest.skip("the articles are not here")
    articles = [in_words(path.read_text(encoding="utf-8")) for path in sorted(ARTICLES.glob("*.txt"))]
    theirs = {tuple(words[i : i + LONGEST_QUOTE + 1]) for words in articles for i in range(len(words) - LONGEST_QUOTE)}
    assert len(theirs) > 1000
    file = read_claims(name)
    for each in file.claims:
        ours = in_words(f"{each.subject}. {each.claim} | {each.note} | {each.not_checkable}")
        for i in range(len(ours) - LONGEST_QUOTE):
            assert tuple(ours[i : i + LONGEST_QUOTE + 1]) not in theirs, each.id


def in_words(text: str) -> list[str]:
    """A text as its words."""
    return re.findall(r"[a-z0-9']+", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
