"""A file laid over the dataset changes one run's answers, says so, and is trusted no more than any other file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import rtoml

from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.schema import TABLES, key
from emvote.store import open_dataset
from emvote.store.overlay import laid

SMALL = Path(__file__).parent / "data" / "small.toml"
Emvote = Callable[..., CompletedProcess[str]]

TONIGHT = """
[[sources]]
id = "tonight"
title = "The count, tonight"
publisher = "Our own reporter"
licence = "none"

[[elections]]
id = "parl.newark.by.2026-11-19"
name = "Newark by-election, 19 November 2026"
kind = "by-election"
date = 2026-11-19
boundaries = "2024"
previous = "parl.2024-07-04"
source = "tonight"

[[contests]]
election = "parl.newark.by.2026-11-19"
seat = "{seat}"
electorate = 80000
valid_votes = 30000
majority = 1000
candidates = [
  {{ name = "Ann Example", party = "lab", votes = 15500, elected = true }},
  {{ name = "Bob Example", party = "con", votes = 14500 }},
]
"""


@pytest.fixture
def tonight(shipped: Dataset, tmp_path: Path) -> Path:
    """A by-election that nobody has published yet."""
    path = tmp_path / "tonight.toml"
    path.write_text(TONIGHT.format(seat=shipped.find_seats("Newark")[0].id), encoding="utf-8")
    return path


def test_tonights_result_is_answered_and_marked(emvote: Emvote, tonight: Path) -> None:
    """The new result stands with the others, compared with its baseline; the answer says where it comes from."""
    done = emvote("seat", "Newark", "--overlay", tonight, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["rows"][0]["outcome"] == "Lab gain from Con"
    assert answer["rows"][0]["previous_election"] == "parl.2024-07-04"
    assert str(tonight) in answer["dataset"]["title"]
    assert str(tonight) in answer["notes"][0]
    assert "tonight" in [source["id"] for source in answer["sources"]]
    without = json.loads(emvote("seat", "Newark", "--json").stdout)
    assert without["rows"] == answer["rows"][1:]
    assert without["dataset"]["sha256"] != answer["dataset"]["sha256"]


def test_a_correction_takes_the_place_of_what_it_corrects(shipped: Dataset, tmp_path: Path) -> None:
    """One record of the same identity, in the same place; everything else is as it was."""
    contest = shipped.record.contests[-1]
    path = tmp_path / "correction.toml"
    path.write_text(
        f'[[contests]]\nelection = "{contest.election}"\nseat = "{contest.seat}"\nelectorate = 10\nvalid_votes = 3\n'
        'candidates = [{ name = "A", party = "con", votes = 3, elected = true }]\n',
        encoding="utf-8",
    )
    corrected = open_dataset(overlay=str(path))
    assert corrected.record.contests[-1].valid_votes == 3
    assert corrected.record.contests[:-1] == shipped.record.contests[:-1]
    assert corrected.record.councils == shipped.record.councils


def test_an_empty_overlay_changes_nothing(shipped: Dataset) -> None:
    """Laying a record over itself gives the record."""
    assert laid(shipped.record, shipped.record) == shipped.record


def test_every_table_of_the_record_can_be_laid_over(shipped: Dataset) -> None:
    """The identity of each is known, and tells its records apart."""
    for table, cls in TABLES.items():
        rows = getattr(shipped.record, table)
        assert len({tuple(getattr(row, name) for name in key(cls)) for row in rows}) == len(rows), table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\ntitle = "Mine"\n', "bad.toml: line 2, title: an overlay holds tables only"),
        ('[[contest]]\nseat = "x"\n', "contest: unknown key; did you mean contests?"),
        ('[[contests]]\nelection = "parl.2019-12-12"\nseat = "nowhere"\n', "no seat of that id"),
        ("[[contests]\n", "line 1"),
    ],
    ids=["header", "unknown table", "unknown seat", "no TOML"],
)
def test_a_bad_overlay_is_refused_with_its_name(emvote: Emvote, tmp_path: Path, text: str, expected: str) -> None:
    """It is held against every rule, together with what it is laid over."""
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    done = emvote("seats", "--overlay", path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "bad.toml" in done.stderr
    assert expected in done.stderr
    assert emvote("check", "--overlay", path).returncode == 4


def test_an_overlay_that_is_not_there_is_exit_4(emvote: Emvote, tmp_path: Path) -> None:
    """As any dataset that cannot be read; and a command without a dataset takes none."""
    with pytest.raises(BadData, match="cannot be read"):
        open_dataset(overlay=str(tmp_path / "none.toml"))
    assert emvote("seats", "--overlay", tmp_path / "none.toml").returncode == 4
    assert emvote("schema", "seats", "--overlay", tmp_path / "none.toml").returncode == 2


def overlaid(tmp_path: Path, text: str, data: Path = SMALL) -> Dataset:
    """The invented region with a file of this text laid over it."""
    path = tmp_path / "tonight.toml"
    path.write_text(text, encoding="utf-8")
    return open_dataset(str(data), overlay=str(path))


def test_a_councils_poll_need_not_repeat_what_was_settled_before_it(small: Dataset, tmp_path: Path) -> None:
    """Undeclared, it is its council and election alone; declared, also who won. Results are never those of below."""
    head = '[[council_polls]]\nelection = "local.2019-05-02"\ncouncil = "C01"\n'
    below = small.polls["local.2019-05-02", "C01"]
    (waiting,) = overlaid(tmp_path, f"{head}declared = false\n").undeclared_polls_at("local.2019-05-02")
    assert waiting == replace(below, won={}, declared=False, published_after=None, administration=None)
    declared = overlaid(tmp_path, f"{head}won = {{ red = 9, blu = 11 }}\n").polls["local.2019-05-02", "C01"]
    assert declared == replace(waiting, declared=True, won={"red": 9, "blu": 11})
    with pytest.raises(BadData, match=r"council_polls\[0\]\.size: missing"):
        overlaid(tmp_path, head.replace("C01", "C99") + "declared = false\n")


def test_what_an_overlay_says_of_a_poll_stands(small: Dataset, tmp_path: Path) -> None:
    """Another eve of the poll takes the place of that below."""
    head = '[[council_polls]]\nelection = "local.2019-05-02"\ncouncil = "C01"\ndeclared = false\n'
    eve = 'eve = { date = "2019-04", size = 20, seats = { blu = 20 }, source = "almanac" }\n'
    (waiting,) = overlaid(tmp_path, head + eve).undeclared_polls_at("local.2019-05-02")
    assert waiting.eve is not None
    assert (waiting.eve.date, waiting.eve.seats) == ("2019-04", {"blu": 20})
    assert waiting.last_election == small.polls["local.2019-05-02", "C01"].last_election


def test_what_is_wrong_in_an_overlay_is_told_with_its_own_line_and_number(tmp_path: Path) -> None:
    """Not with the place that the record has in the whole, which nobody can look up."""
    head = '[[contests]]\nelection = "parl.2017-06-08"\n'
    rest = 'electorate = 10\nvalid_votes = 4\ncandidates = [{ name = "A", party = "blu", votes = 3, elected = true }]\n'
    replaced = f'seat = "{open_dataset(str(SMALL)).contests_at("parl.2017-06-08")[0].seat}"\n'
    with pytest.raises(BadData) as error:
        overlaid(tmp_path, f'{head}seat = "nowhere"\n{rest}\n{head}{replaced}{rest}')
    assert {(problem.file, problem.place) for problem in error.value.problems} == {
        (str(tmp_path / "tonight.toml"), "line 3, contests[0].seat"),
        (str(tmp_path / "tonight.toml"), "line 5, contests[0].valid_votes"),
        (str(tmp_path / "tonight.toml"), "line 12, contests[1].valid_votes"),
    }


def test_an_overlay_that_gives_a_record_twice_is_refused(tmp_path: Path) -> None:
    """Neither of them could take the place of the one below without the other being lost."""
    record = '[[contests]]\nelection = "parl.2017-06-08"\nseat = "S10000001"\ndeclared = false\n\n'
    with pytest.raises(BadData) as error:
        overlaid(tmp_path, record * 2)
    (problem,) = error.value.problems
    assert (problem.file, problem.place, problem.rule) == (
        str(tmp_path / "tonight.toml"),
        "line 6, contests[1]",
        "unique",
    )
    assert problem.expected == "already given at contests[0]; each needs its own"


def test_what_an_overlay_breaks_below_is_told_at_its_place_in_the_dataset(emvote: Emvote, tmp_path: Path) -> None:
    """With the name of the dataset's own file, of several that of the record, and what was laid over it."""
    head, *rest = re.split(r"(?=^\[\[contests\]\])", SMALL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "1.toml").write_text(head + "".join(rest[:2]), encoding="utf-8")
    (folder / "2.toml").write_text("".join(rest[2:]), encoding="utf-8")
    overlay = '[[parties]]\nid = "blu"\nname = "Blues"\nabbreviation = "Blue"\nkind = "aggregate"\nsource = "gazette"\n'
    for data in (SMALL, folder):
        with pytest.raises(BadData) as error:
            overlaid(tmp_path, overlay, data)
        found = [each for each in error.value.problems if each.rule == "no-lump"]
        assert found
        for problem in found:
            below = rtoml.load(Path(problem.file))
            number, candidate = map(int, re.findall(r"\d+", problem.place))
            assert below["contests"][number]["candidates"][candidate]["party"] == "blu"
            assert problem.expected == f"expected a party or ind (with '{tmp_path / 'tonight.toml'}' laid over it)"
    (tmp_path / "tonight.toml").write_text(overlay, encoding="utf-8")
    assert emvote("check", folder, "--overlay", tmp_path / "tonight.toml").returncode == 4


def test_an_overlay_that_breaks_a_rule_is_checked_with_the_whole(emvote: Emvote, tmp_path: Path) -> None:
    """`check` lists what is wrong as of any dataset: it could be read."""
    path = tmp_path / "tonight.toml"
    path.write_text(
        '[[contests]]\nelection = "parl.2024-07-04"\nseat = "nowhere"\ndeclared = false\n', encoding="utf-8"
    )
    done = emvote("check", "--overlay", path, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 4
    assert [(row["file"], row["place"], row["rule"]) for row in answer["rows"]] == [
        (str(path), "line 3, contests[0].seat", "reference")
    ]
    assert answer["summary"]["contests"] > 1000


ASHFIELD_2027 = """
[[sources]]
id = "count"
title = "The count"
publisher = "Nobody"
licence = "none"

[[elections]]
id = "local.2027-05-06"
name = "Local elections, 6 May 2027"
kind = "local"
date = 2027-05-06
source = "count"

[[council_polls]]
election = "local.2027-05-06"
council = "E07000170"
cycle = "all"
size = 35
seats_up = 35
won = { reform = 18, ashind = 12, lab = 5 }
last_election = { date = "2023-05-04", size = 35, seats = { ashind = 32, lab = 2, con = 1 }, source = "count" }
eve = { date = "2026-05", size = 35, seats = { reform = 3, other = 31 }, unknown = ["ashind", "ind"], source = "count" }
sources = ["count"]
"""
"""Of the composition of 2026, which has the Ashfield Independents together with unaffiliated ones."""


def test_a_night_tells_a_majority_though_control_before_is_not_known(emvote: Emvote, tmp_path: Path) -> None:
    """Ashfield: the composition of 2026 does not tell who controlled it; 18 of 35 seats do."""
    tonight = tmp_path / "tonight.toml"
    tonight.write_text(ASHFIELD_2027, encoding="utf-8")
    asked = ("local-2027", "--overlay", str(tonight))
    found = json.loads(emvote("councils", "--election", *asked, "--json").stdout)
    (row,) = found["rows"]
    assert (row["control_before"], row["control_after"], row["control_change"]) == (None, "reform", None)
    assert row["outcome"] == "RUK win (before: not known)"
    reform = found["summary"]["parties"]["reform"]
    assert (reform["held"], reform["gained"], reform["won_before_unknown"]) == (0, 0, 1)
    assert (
        emvote("councils", "--election", *asked, "--sentence")
        .stdout.strip()
        .endswith("Ashfield (Reform UK win, control before not known).")
    )
    board = json.loads(emvote("results", *asked, "--json").stdout)
    assert next(row for row in board["rows"] if row["party"] == "reform")["councils_won_before_unknown"] == 1
