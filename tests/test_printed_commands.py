"""Every command that emvote prints can be pasted: it runs emvote, with the names as they are, and nothing else."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emvote.cli.streams import _encoded
from emvote.command_line import printed, question, with_options, words
from emvote.dataset import Dataset
from emvote.model import Election, ElectionKind, Mayoralty, MayorCandidacy, MayorContest, Tally, WardContest
from emvote.model.record import Record
from emvote.queries.places import Place, PlaceKind
from emvote.queries.report import parts
from emvote.queries.seat import seat
from emvote.render.text import literal
from emvote.store import open_dataset
from emvote.store.write import dump_record

Emvote = Callable[..., CompletedProcess[str]]
SMALL = Path(__file__).parent / "data" / "small.toml"
PACKAGE = Path(__file__).parents[1] / "src" / "emvote"
SHELL = shutil.which("sh")
HOSTILE = (
    "x'; touch PWNED; echo '",
    '"; touch PWNED; "',
    "$(touch PWNED)",
    "`touch PWNED`",
    "two\nlines; touch PWNED",
    "’; touch PWNED; echo ’",
    "‘; touch PWNED; echo ‘",
    "--help",
    "-o PWNED",
    "back\\slash; touch PWNED",
    "a && touch PWNED || b",
    "> PWNED",
    "#comment",
    "*",
    "Queen's Park",
)
"""Names that a shell would obey, or emvote take for an option."""


def shell_words(line: str, folder: Path) -> list[str]:
    """What a shell gives to emvote when a line is pasted into it; it may do nothing else."""
    assert SHELL
    script = f'emvote() {{ for word in "$@"; do printf "%s\\0" "$word"; done; }}\n{line}\n'
    done = subprocess.run([SHELL, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert (done.stderr, list(folder.iterdir())) == ("", []), line
    return done.stdout.split("\0")[:-1]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder in which whatever a line does beside its command is seen."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def assert_is_one_command(line: str, folder: Path, name: str) -> None:
    """A printed line runs emvote alone, and names the thing by exactly its name."""
    assert words(line).count(name) == 1, line
    if SHELL:
        assert shell_words(line, folder) == words(line)
        plain = _encoded(line, "ascii").decode()
        assert len(shell_words(plain, folder)) == len(words(line)), plain


@given(st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1))
def test_a_printed_command_reads_as_it_was_meant(given_words: list[str]) -> None:
    """Word by word, whatever they are made of, in an encoding that lacks their quotes too."""
    line = printed(["seat", *given_words])
    assert words(line) == shlex.split(line)[1:] == ["seat", *given_words]
    plain = line.translate({0x2018: "'", 0x2019: "'"})
    assert [each.replace("‘", "'").replace("’", "'") for each in given_words] == words(plain)[1:]


def test_options_never_land_among_names() -> None:
    """Whatever begins with a dash stands after the sign that ends options."""
    asked = question("seat", "-x", options=("--explain",))
    assert with_options(asked, ("--data", "uk")) == ("seat", "--explain", "--data", "uk", "--", "-x")


# --- each place that prints one -----------------------------------------------------------------------------------


def hostile_region(name: str) -> Record:
    """The invented region with one seat, council, office and two elections that are called so."""
    record = open_dataset(str(SMALL)).record
    later, mayor = f"local.{name}", f"mayor.{name}"
    seats = tuple(replace(each, name=name) if each.id == "S10000002" else each for each in record.seats)
    councils = tuple(replace(each, name=name) if each.id == "C01" else each for each in record.councils)
    elections = (
        Election(id=later, name="Later", kind=ElectionKind.LOCAL, date=date(2021, 5, 6), source="gazette"),
        Election(id=mayor, name="Mayor", kind=ElectionKind.MAYOR, date=date(2022, 5, 5), source="gazette"),
    )
    wards = tuple(
        WardContest(election=election, council="C01", ward="East", seats_up=1, tallies=(Tally(party="blu", votes=1),))
        for election in ("local.2019-05-02", "local.2019-06-13", later)
    )
    office = Mayoralty(id=name, name="Mayor", area="Fenmark", source="gazette")
    elected = (MayorCandidacy(name="A", party="blu", votes=1, elected=True),)
    return replace(
        record,
        seats=seats,
        councils=councils,
        elections=(*record.elections, *elections),
        wards=wards,
        mayoralties=(office,),
        mayor_contests=(MayorContest(election=mayor, mayoralty=name, candidates=elected),),
    )


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Writes that region to a file."""

    def write(name: str) -> Path:
        path = tmp_path / "region.toml"
        path.write_text(dump_record(hostile_region(name)), encoding="utf-8")
        return path

    return write


def commands_in(text: str) -> list[str]:
    """The commands at the ends of notes."""
    return re.findall(r": (emvote .*)\Z", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", HOSTILE)
def test_notes_on_what_a_seat_was_called_can_be_pasted(name: str, empty: Path) -> None:
    """The seat before it and the seat after it."""
    dataset = Dataset(hostile_region(name))
    other = next(each for each in dataset.record.seats if each.id == "S24000002")
    found = [line for note in seat(dataset, other.name).notes for line in commands_in(note)]
    assert found
    for line in found:
        assert_is_one_command(line, empty, name)


@pytest.mark.parametrize("name", HOSTILE)
def test_every_part_of_a_report_can_be_pasted(name: str, empty: Path) -> None:
    """Councils, seats and elections."""
    dataset = Dataset(hostile_region(name))
    about = (dataset.councils["C01"], dataset.seats["S10000002"], dataset.elections[f"local.{name}"])
    found = [part.line for part in parts(dataset, about)]
    assert [words(line)[0] for line in found] == ["results", "council", "seat"]
    assert_is_one_command(f"emvote {found[0]}", empty, f"local.{name}")
    for line in found[1:]:
        assert_is_one_command(f"emvote {line}", empty, name)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    ("asked", "command", "named", "options"),
    [
        (("wards", "C01", "--election", "local.2019-05-02"), "wards", "{}", ("--election", "local.2019-06-13")),
        (("councils", "--election", "local.{}"), "wards", "COUNCIL", ("--election", "local.{}")),
        (("results", "local.{}"), "wards", "COUNCIL", ("--election", "local.{}")),
        (("results", "2022"), "mayor", "{}", ()),
    ],
    ids=["polled later", "councils", "results", "mayor"],
)
def test_what_an_answer_says_to_type_can_be_pasted(
    name: str,
    asked: tuple[str, ...],
    command: str,
    named: str,
    options: tuple[str, ...],
    emvote: Emvote,
    file: Callable[[str], Path],
    empty: Path,
) -> None:
    """In notes and in messages of what has no answer; people see signs that a terminal would obey as escapes."""
    line = printed(question(command, named.format(name), options=[word.format(name) for word in options]))
    done = emvote(*(word.format(name) for word in asked), "--data", file(name), "--format", "plain")
    assert f": {literal(line)}" in done.stdout + done.stderr
    hostile = next(word for word in (named, *options) if "{}" in word).format(name)
    assert_is_one_command(line, empty, hostile)
    assert_is_one_command(literal(line), empty, literal(hostile))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_commands_beside_claims_can_be_pasted(
    name: str, emvote: Emvote, file: Callable[[str], Path], tmp_path: Path, empty: Path
) -> None:
    """With the columns that they show, for a result that is still out, and in what is wrong with a claim."""
    asked = shlex.join(question("wards", "C01", options=("--election", f"local.{name}")))
    seats = shlex.join(("seats", "--election", "2017", "--sort", "seat"))
    claims = tmp_path / "claims.toml"
    claims.write_text(
        "[article]\ntitle = 't'\n"
        + "".join(
            f"[[claims]]\nid = 'c{number}'\nsubject = 's'\nclaim = 'c'\nquery = {json.dumps(query)}\n"
            f"where = {{ {key} = {json.dumps(value)} }}\ntake = '{key}'\nstated = 'else'\n"
            for number, (query, key, value) in enumerate([(seats, "seat", name), (asked, "ward", "East")])
        ),
        encoding="utf-8",
    )
    done = emvote("claims", claims, "--data", file(name), "--json")
    assert done.stdout, done.stderr
    first, second = [row["command"] for row in json.loads(done.stdout)["rows"]]
    assert "--columns" in words(first)
    assert_is_one_command(first, empty, "seat")
    assert_is_one_command(second, empty, f"local.{name}")


@pytest.mark.parametrize("name", HOSTILE)
def test_the_dataset_that_a_command_takes_over_can_be_pasted(
    name: str, emvote: Emvote, tmp_path: Path, empty: Path
) -> None:
    """A file may be called anything."""
    path = tmp_path / f"{name}.toml"
    path.write_bytes(SMALL.read_bytes())
    done = emvote("explain", "butler", "swing", "--data", path, "--json")
    for row in json.loads(done.stdout)["rows"]:
        if row["command"] and "--data" in words(row["command"]):
            assert_is_one_command(row["command"], empty, str(path))
    report = emvote("report", "2017", "--data", path, "--json")
    lines = [row["command"] for row in json.loads(report.stdout)["rows"]]
    assert lines
    for line in lines:
        assert_is_one_command(line, empty, str(path))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_command_below_a_browsed_place_can_be_pasted(name: str, empty: Path) -> None:
    """It is copied to the clipboard as it stands."""
    browser = pytest.importorskip("emvote.cli.browser")
    place = Place(PlaceKind.SEAT, name, name, (), None)
    line = printed(browser.asking(place, "--explain", "--data", "x.toml"))
    assert_is_one_command(line, empty, name)


# --- nothing prints one in another way ----------------------------------------------------------------------------

CONSTANT: Mapping[str, str] = {
    "render/workbook.py": "emvote \0",
    "store/export/csv_package.py": "emvote \0",
    "views/explain.py": "emvote \0",
    "views/schema.py": "emvote \0 --json",
}
"""Texts with a part filled in that is ours: a version, the question of a term, the name of a command."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text in the code with parts filled in, these as NUL."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                words_ = (part.value if isinstance(part, ast.Constant) else "\0" for part in node.values)
                yield path.relative_to(PACKAGE).as_posix(), "".join(map(str, words_))


def test_no_command_is_put_together_from_text() -> None:
    """A text with a name filled in after `emvote` would be read by a shell as the name pleases."""
    found = {(path, text) for path, text in texts() if re.search("emvote [^:;,()]*\0", text)}
    assert found == set(CONSTANT.items())
