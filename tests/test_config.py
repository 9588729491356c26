"""The configuration file: what it sets, what outdoes it, and what is said where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from emvote.cli.folders import config_path
from emvote.cli.main import run

Run = Callable[..., tuple[int, str, str]]

SMALL = str(Path(__file__).parent / "data" / "small.toml")


@pytest.fixture
def configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., tuple[int, str, str]]:
    """Runs emvote with a configuration file: `configured("[defaults]", "seats")`; code, output, errors."""
    file = tmp_path / "config.toml"
    monkeypatch.setenv("EMVOTE_CONFIG", str(file))
    for name in ("EMVOTE_DATA", "NO_COLOR", "FORCE_COLOR", "EMVOTE_PAGER", "PAGER"):
        monkeypatch.delenv(name, raising=False)

    def answer(text: str, *words: str) -> tuple[int, str, str]:
        file.write_text(text, encoding="utf-8")
        code = int(run(list(words)))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return answer


SEATS = f"""
[defaults]
data = '{SMALL}'
format = "csv"
[defaults.seats]
columns = "seat,majority"
election = "2017"
limit = 1
"""


def test_it_sets_options_of_all_commands_and_of_one(configured: Run) -> None:
    """A command's own come before those of all."""
    assert configured(SEATS, "seats") == (0, "seat,majority_votes\nAldermere,2100\n", "")
    code, out, _ = configured(f"{SEATS}format = 'json'", "seats")
    assert (code, json.loads(out)["query"]["election"]) == (0, "parl.2017-06-08")


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        (("--json",), "{"),
        (("--format", "tsv"), "seat\tmajority_votes\n"),
        (("--sentence",), None),
        (("--limit", "2"), "seat,majority_votes\nAldermere,2100\nBrackwater,"),
        (("--columns", "county"), "county\n"),
    ],
)
def test_an_option_outdoes_it(words: tuple[str, ...], begin: str | None, configured: Run) -> None:
    """A format yields to any option of format; where defaults do not go with it, that is told."""
    code, out, err = configured(SEATS, "seats", *words)
    if begin is None:
        assert (code, out) == (2, "")
        assert "a sentence is about the whole answer" in err
    else:
        assert (code, err) == (0, "")
        assert out.startswith(begin)


def test_the_ending_of_a_file_outdoes_a_format(tmp_path: Path, configured: Run) -> None:
    """The file is what its name says."""
    file = tmp_path / "answer.json"
    assert configured(SEATS, "seats", "-o", str(file)) == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8"))["command"] == "seats"


@pytest.mark.parametrize("words", [("2015",), ("--election", "2015")])
def test_an_election_on_the_line_outdoes_it(words: tuple[str, ...], configured: Run) -> None:
    """As last word, or as the option."""
    _, out, _ = configured(SEATS, "seats", *words, "--json")
    assert json.loads(out)["query"]["election"] == "parl.2015-05-07"


def test_the_environment_outdoes_it(configured: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """For the dataset and for colour."""
    text = "[defaults]\ndata = 'nowhere.toml'\ncolor = 'always'\n"
    monkeypatch.setenv("EMVOTE_DATA", SMALL)
    assert "\x1b[" in configured(text, "seats")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    code, out, _ = configured(text, "seats")
    assert code == 0
    assert "\x1b[" not in out


def test_an_option_outdoes_the_environment(configured: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour asked for is colour."""
    text = f"[defaults]\ndata = '{SMALL}'\ncolor = 'always'\n"
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in configured(text, "seats", "--color", "always")[1]
    monkeypatch.delenv("NO_COLOR")
    assert "\x1b[" not in configured(text, "seats", "--no-color")[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[defaults\n", ["line 1"]),
        ("formats = 1\n[defaults]\nformt = 'csv'\n", ["line 1, formats", "line 3, defaults.formt: no option"]),
        ("[defaults.saet]\nlimit = 1\n", ["line 2, defaults.saet.limit: no command called 'saet'; did you mean"]),
        ("[defaults]\njson = true\n", ['line 2, defaults.json: the file does not set json: write format = "json"']),
        ("[defaults]\nsort = 'seat'\n", ["line 2, defaults.sort: no option of every command called 'sort'"]),
        ("[defaults]\nformat = 'cvs'\n", ["line 2, defaults.format: expected what --format takes"]),
        (
            "[defaults.seats]\nlimit = 'a'\nmarginal = 3\nnothing = 1\ncounty = ['Notts']\nheld-by = true\n",
            [
                "line 2, defaults.seats.limit: expected what --limit takes",
                "line 3, defaults.seats.marginal: expected true or false",
                "line 4, defaults.seats.nothing: 'seats' has no option --nothing",
                "line 5, defaults.seats.county: expected one value",
                "line 6, defaults.seats.held-by: expected a text or a number",
            ],
        ),
        ("[defaults.swing]\nbetween = 'lab'\n", ["line 2, defaults.swing.between: expected a list"]),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_line(text: str, said: list[str], configured: Run) -> None:
    """All of it at once, with exit code 4; `config` looks at every command's."""
    code, out, err = configured(text, "config")
    assert (code, out) == (4, "")
    for each in said:
        assert each in err
    assert len(said) == max(err.count("config.toml: "), 1)


def test_another_commands_mistake_disturbs_nobody(configured: Run) -> None:
    """Only its own command, and `config`, stop at it."""
    text = f"[defaults]\ndata = '{SMALL}'\n[defaults.swing]\nbetween = 'lab'\n"
    assert configured(text, "seats")[0] == 0
    assert configured(text, "swing")[0] == 4


def test_a_list_sets_an_option_of_several_values(configured: Run) -> None:
    """Two parties, as on the command line."""
    text = f"[defaults]\ndata = '{SMALL}'\n[defaults.swing]\nbetween = ['red', 'blu']\n"
    _, out, _ = configured(text, "swing", "2015", "2017", "--json")
    assert json.loads(out)["summary"]["from_party"] == "red"


def test_one_that_is_named_must_be_there(configured: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistyped name is no file without defaults; an empty one reads none."""
    monkeypatch.setenv("EMVOTE_CONFIG", "/no/such/config.toml")
    code, _, err = configured("", "seats", "--data", SMALL)
    assert code == 4
    assert "/no/such/config.toml: cannot be read" in err
    monkeypatch.setenv("EMVOTE_CONFIG", "")
    assert configured("[defaults]\nformat = 'csv'\n", "seats", "--data", SMALL, "--limit", "1")[1].startswith("General")


def test_config_shows_what_holds_and_from_where(configured: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's before the file's before the program's."""
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = configured(f"{SEATS}held-by = 'red'\n[defaults.swing]\nbetween = ['red', 'blu']\n", "config", "--json")
    answer = json.loads(out)
    found = {(row["command"], row["option"]): (row["value"], row["source"], row["place"]) for row in answer["rows"]}
    assert found[None, "format"] == ("csv", "file", "line 4")
    assert found[None, "color"] == ("never", "environment", "NO_COLOR")
    assert found["seats", "held-by"] == ("red", "file", "line 9")
    assert found["swing", "between"] == ("red blu", "file", "line 11")
    assert found[None, "pager"] == ("less", "built in", None)
    assert answer["summary"] == {"file": answer["summary"]["file"], "exists": True}


@pytest.mark.parametrize(
    ("platform", "environment", "path"),
    [
        ("linux", {"HOME": "/home/ann"}, "/home/ann/.config/emvote/config.toml"),
        ("linux", {"HOME": "/home/ann", "XDG_CONFIG_HOME": "/etc/ann"}, "/etc/ann/emvote/config.toml"),
        ("linux", {"HOME": "/home/ann", "XDG_CONFIG_HOME": "relative"}, None),
        ("darwin", {"HOME": "/Users/ann"}, "/Users/ann/Library/Application Support/emvote/config.toml"),
        ("win32", {"APPDATA": "/c/ann"}, "/c/ann/emvote/config.toml"),
        ("linux", {}, None),
    ],
)
def test_each_system_has_its_place_for_it(
    platform: str, environment: dict[str, str], path: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the user's other programs have theirs."""
    monkeypatch.setattr("sys.platform", platform)
    found = config_path(environment)
    assert (found and found.as_posix()) == path
