"""An election is typed where it comes to mind: as the last word, as an option, by its year alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def asked(emvote: Run, line: str) -> dict[str, object]:
    """The answer of a line that must succeed, without its query."""
    done = emvote(*line.split(), "--json")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("seat derby north 2019", "seat derby north --election 2019"),
        ("seat derby north february 1974", "seat derby north --election feb1974"),
        ("seat newark 2014", "seat newark --election 2014"),
        ("seats 1997", "seats --election 1997"),
        ("seats 2019-notional", "seats --election 2019-notional"),
        ("councils 2023", "councils --election local-2023"),
        ("council ashfield 2023", "council ashfield --election 2023"),
        ("wards ashfield 2023", "wards ashfield --election local.2023-05-04"),
        ("mayor leicester 2011", "mayor leicester --election 2011"),
        ("targets lib dem 2019", "targets ld --election 2019"),
        ("map 2024", "map --election 2024"),
        ("map 2023", "map --election local-2023"),
        ("results 2019", "results --election ge2019"),
        ("results 2023", "results --election local-2023"),
        ("results 2019 --election 2019", "results 2019"),
        ("swing 2017 2019", "swing --from 2017 --to 2019"),
        ("swing derby north 2019", "swing derby north --to 2019"),
        ("swing derby north 2017 2019", "swing derby north --from 2017 --to 2019"),
    ],
)
def test_the_last_word_says_the_same_as_the_option(words: str, option: str, emvote: Run) -> None:
    """The rows, the summary and the dataset are those of the option."""
    one, other = asked(emvote, words), asked(emvote, option)
    assert one["rows"]
    for part in ("rows", "summary", "baseline", "dataset", "notes"):
        assert one[part] == other[part]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("seat derby north 2019 --election 2017", "two elections: '2019' as last word, and --election 2017; give one"),
        ("map 2019 --election 2024", "two elections: '2019' as last word, and --election 2024; give one"),
        ("swing 2017 2019 --to 2024", "two elections: '2019' as last word, and --to 2024; give one"),
        ("swing 2017 2019 --from 2015", "two elections: '2017' as last word, and --from 2015; give one"),
    ],
)
def test_two_that_differ_are_refused(line: str, said: str, emvote: Run) -> None:
    """With exit code 2, and nothing is answered."""
    done = emvote(*line.split())
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"emvote: {said}\n")


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("results 1974", "'feb1974', 'oct1974'"),
        ("seats derby", "no election called 'derby'"),
        ("seat 2019", "no seat called '2019'"),
        ("results 1999", "the nearest:"),
        ("map nonsense", "no election called 'nonsense'"),
    ],
)
def test_what_is_no_election_on_record_is_told(line: str, near: str, emvote: Run) -> None:
    """With exit code 3; the name of a seat alone is never taken for an election."""
    done = emvote(*line.split())
    assert (done.returncode, done.stdout) == (3, "")
    assert near in done.stderr
