"""The Python interface answers as the command line does, and is declared nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import emvote
from emvote.cli.arguments import command_of, question_names, signature_of
from emvote.cli.asking import parse
from emvote.render import Format, Options, render


@pytest.fixture(scope="module")
def elections() -> emvote.Emvote:
    """The shipped dataset."""
    return emvote.open()


def asked(elections: emvote.Emvote, line: str) -> dict[str, Any]:
    """What the command line answers in JSON."""
    question = parse(tuple(line.split()))
    with_ours: Any = question.answer(elections._opened.dataset)  # noqa: SLF001 (the same dataset, read once)
    answer: dict[str, Any] = json.loads(render(with_ours, Options(format=Format.JSON)))
    return answer


def test_a_row_is_a_typed_record(elections: emvote.Emvote) -> None:
    """Mypy knows its fields, and so does an editor."""
    row = elections.seat("Derby North", election="2019").rows[0]
    votes: int | None = row.majority_votes
    assert votes == row["majority_votes"] == 2540
    assert row.candidates[0].candidate == "Amanda Solloway"
    assert row.swing is not None
    assert row.swing["from_party"] == "lab"
    assert row.to_dict()["candidates"][0]["votes"] == 21_259
    with pytest.raises(KeyError):
        row["majority"]
    with pytest.raises(AttributeError):
        row.majority_votes = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("seat derby north", lambda e: e.seat("derby", "north")),
        ("seat derby north --election 2019", lambda e: e.seat("derby north", election=2019)),
        ("seats 2019", lambda e: e.seats(2019)),
        ("seats --changed --county derbyshire", lambda e: e.seats(changed=True, county="derbyshire")),
        ("councils --lost-control --party con", lambda e: e.councils(lost_control=True, party="con")),
        (
            "swing --from 2017 --to 2019 --between lab con",
            lambda e: e.swing(from_="2017", to=2019, between=("lab", "con")),
        ),
        ("swing rushcliffe 2017 2019 --method steed", lambda e: e.swing("rushcliffe", 2017, 2019, method="steed")),
        ("compare 2017 2019", lambda e: e.compare(2017, 2019)),
        ("results local-2019", lambda e: e.results("local-2019")),
        ("targets lab", lambda e: e.targets("lab")),
        ("sources", lambda e: e.sources()),
    ],
)
def test_an_answer_is_that_of_the_command_line(elections: emvote.Emvote, line: str, answer: Any) -> None:
    """Field for field."""
    assert answer(elections).to_dict() == asked(elections, line)


def test_each_name_is_one_word_of_the_command_line(elections: emvote.Emvote) -> None:
    """So several seats need no quotes of their own."""
    rows = elections.swing("derby north", "amber valley", from_=2017, to=2019).rows
    assert {row.seat for row in rows} == {"Derby North", "Amber Valley"}


def test_rows_are_sorted_and_cut_as_asked(elections: emvote.Emvote) -> None:
    """By one field or several."""
    rows = elections.seats(2019, sort=["county", "majority_votes"], desc=True, limit=2).rows
    assert len(rows) == 2
    assert rows[0].majority_votes > rows[1].majority_votes  # type: ignore[operator]


def test_every_command_that_lists_something_from_a_dataset_is_a_method(elections: emvote.Emvote) -> None:
    """With its help, and the options that are its own."""
    assert {"seat", "seats", "councils", "council", "swing", "compare", "results", "targets"} <= set(question_names())
    assert not {"browse", "completion", "export", "import_", "cache"} & set(question_names())
    assert set(question_names()) <= set(dir(elections))
    for name in question_names():
        assert getattr(elections, name).__doc__
        assert not {"json", "as_json", "output", "data", "columns"} & set(signature_of(command_of(name)).parameters)
    with pytest.raises(AttributeError, match="no question called 'browse'"):
        elections.browse  # type: ignore[attr-defined]  # noqa: B018


def test_what_editors_know_is_fresh() -> None:
    """`questions.pyi` is what the commands say: write it again with `python dev.py docs`."""
    from tools.stub import STUB, text

    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(STUB), "-"],
        input=text(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == STUB.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda e: e.seat("Broxstowe"), emvote.errors.UnknownName, "did you mean 'Broxtowe'"),
        (lambda e: e.seat("Derby"), emvote.errors.AmbiguousName, "Derby"),
        (lambda e: e.councils(party="zzz"), emvote.errors.UnknownName, "zzz"),
        (lambda e: e.swing(method="other"), emvote.errors.UsageProblem, "method"),
        (lambda e: e.seats(limit=-1), emvote.errors.UsageProblem, "limit is at least 0"),
        (lambda e: e.seats(changed="perhaps"), emvote.errors.UsageProblem, "changed"),
        (lambda e: e.seats(sort="zzz"), emvote.errors.UsageProblem, "zzz"),
        (lambda e: e.swing(between=("lab", "--to")), emvote.errors.UsageProblem, "takes two parties"),
        (lambda e: e.seats(colour=True), TypeError, "colour"),
        (lambda e: e.targets(), TypeError, "party"),
    ],
)
def test_errors_are_those_of_the_field(
    elections: emvote.Emvote, ask: Any, error: type[Exception], message: str
) -> None:
    """And Python's own where a method is called wrongly."""
    with pytest.raises(error, match=message):
        ask(elections)


def test_a_dataset_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    """Not at the first question."""
    with pytest.raises(emvote.errors.BadData):
        emvote.open(tmp_path / "none.toml")


def test_nothing_in_the_environment_changes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A script gives the same on every machine."""
    monkeypatch.setenv("EMVOTE_DATA", "no-such-dataset")
    assert emvote.open().seats(2019).dataset["title"]


def test_an_empty_answer_has_no_rows(elections: emvote.Emvote) -> None:
    """In any form."""
    answer = elections.seats(2019, majority_under="0")
    assert (len(answer), answer.rows, list(answer)) == (0, (), [])
    assert answer.to_pandas().empty
    assert answer.to_polars().is_empty()
    assert "<table" in answer._repr_html_() or answer._repr_html_()


def test_frames_hold_every_figure_in_full(elections: emvote.Emvote) -> None:
    """Flat, unknown as missing, whole numbers as whole numbers; pandas keeps notes and sources."""
    answer = elections.seats(2019)
    frame = answer.to_pandas()
    assert list(frame.columns) == answer.to_csv().splitlines()[0].split(",")
    assert frame.set_index("seat").loc["Derby North", "majority_votes"] == 2540
    assert str(frame["majority_votes"].dtype) == "Int64"
    assert frame.attrs["sources"] == [dict(source) for source in answer.sources]
    assert frame.attrs["notes"] == list(answer.notes)
    other = answer.to_polars()
    assert other.columns == list(frame.columns)
    assert other["valid_votes"].sum() == frame["valid_votes"].sum()
    long = elections.seat("Derby North", election=2019).to_pandas(long=True)
    assert list(long["candidates.votes"])[:2] == [21_259, 18_719]


def test_a_frame_needs_its_extra(elections: emvote.Emvote, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    for library in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(emvote.errors.UsageProblem, match=rf"pip install 'emvote\[{library}\]'"):
            getattr(elections.sources(), f"to_{library}")()


def test_an_answer_shows_itself(elections: emvote.Emvote) -> None:
    """As a table in a notebook, as text when printed, in one line as a value."""
    answer = elections.seat("Derby North", election=2019)
    assert "Amanda Solloway" in answer._repr_html_()
    assert "Amanda Solloway" in str(answer)
    assert "| Amanda Solloway" in answer.to_markdown()
    assert repr(answer) == "<emvote: seat, 1 row>"
    assert repr(elections) == "<emvote: results>"


def test_importing_the_package_loads_nothing_else() -> None:
    """And a question loads neither the parser of the command line nor what draws tables."""
    script = (
        "import sys, emvote; before = {m for m in sys.modules if m.startswith('emvote')}\n"
        "emvote.open().seat('Derby North', election=2019).rows\n"
        "print(sorted(before), {'typer', 'rich', 'tabulate', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['emvote', 'emvote.version'] set()"
