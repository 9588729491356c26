"""Whatever file it is given, emvote answers rightly or says what is wrong and where, in bounded time and memory."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import INPUTS, SOUND
from tests.targets import TARGETS

from emvote.errors import BadData
from emvote.store import bounds, files, open_dataset
from emvote.store.claims import read_claims
from emvote.store.files import read_bytes

ROOT = Path(__file__).parents[1]
DATA = Path(__file__).parent / "data"
CRASHES = sorted(path for path in (DATA / "crashes").glob("*/*") if path.is_file())
MOST_CPU = 20
"""Seconds: an input of the largest size that is read takes a third of that on a slow machine."""
MOST_MEMORY = 3 * 1024**3
"""Bytes of address space."""
EXAMPLES = int(os.environ.get("EMVOTE_EXAMPLES") or 12)
"""Damaged inputs of each target that the tests try; `python -m tools.fuzz` tries as many as it has time for."""

HEAD = 'schema = 1\ntitle = "t"\nversion = "1"\nlicence = "l"\nattribution = "a"\nregion = "r"\n'
SOURCE = '[[sources]]\nid = "s"\ntitle = "t"\npublisher = "p"\nlicence = "l"\n'
MILLION = 1_000_000


def parties(number: int, predecessor: Callable[[int], int | None]) -> str:
    """So many parties, each with another as its predecessor."""
    found = [HEAD, SOURCE]
    for i in range(number):
        before = predecessor(i)
        found.append(f'[[parties]]\nid = "p{i}"\nname = "n{i}"\nabbreviation = "a{i}"\nkind = "local"\nsource = "s"\n')
        found.append("" if before is None else f'predecessor = "p{before}"\n')
    return "".join(found)


def party(**changes: str) -> str:
    """A dataset of one party."""
    keys = {"id": '"p"', "name": '"n"', "abbreviation": '"a"', "kind": '"local"', "source": '"s"', **changes}
    return HEAD + SOURCE + "[[parties]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


FILES: Mapping[str, tuple[Callable[[], str | bytes], str]] = {
    "a line of 100 MB": (lambda: HEAD + 'note = "' + "x" * 100 * MILLION + '"\n', "expected at most 32 MB"),
    "30 MB of line ends": (lambda: b"\n" * 30 * MILLION, "schema: missing"),
    "30 MB without any": (lambda: b"x" * 30 * MILLION, "not TOML"),
    "a text of 30 MB": (lambda: HEAD.replace('"t"', f'"{"x" * 30 * MILLION}"'), "title: expected at most 10,000"),
    "a million keys": (lambda: HEAD + "".join(f"k{i} = 1\n" for i in range(MILLION)), "more problems than these 1,000"),
    "a million keys of one table": (
        lambda: HEAD + "[[parties]]\n" + "".join(f"k{i} = 1\n" for i in range(MILLION)),
        "more problems than these 1,000",
    ),
    "half a million tables": (lambda: HEAD + "[[parties]]\n" * (MILLION // 2), "more problems than these 1,000"),
    "the same id 100,000 times": (lambda: HEAD + SOURCE * 100_000, "more problems than these 1,000"),
    "a key of 1 MB": (lambda: HEAD + "k" * MILLION + " = 1\n", "unknown key"),
    "arrays 10,000 deep": (lambda: HEAD + "x = " + "[" * 10_000 + "]" * 10_000, "not TOML"),
    "arrays never closed": (lambda: HEAD + "x = " + "[" * MILLION, "not TOML"),
    "tables 10,000 deep": (lambda: HEAD + "x = " + "{a=" * 10_000 + "1" + "}" * 10_000, "not TOML"),
    "keys 10,000 deep": (lambda: HEAD + ".".join("a" * 10_000) + " = 1\n", "not TOML"),
    "headers 10,000 deep": (lambda: HEAD + "[" + ".".join("a" * 10_000) + "]\n", "not TOML"),
    "a number of 5,000 digits": (lambda: HEAD.replace("1", "1" + "0" * 5000, 1), "line 1, column 10"),
    "a number of 31 digits": (lambda: HEAD.replace("1", "1" + "0" * 30, 1), "schema: expected a number of at most"),
    "numbers that are none": (lambda: HEAD + "x = nan\ny = inf\nz = -inf\n", "z: expected a number of at most"),
    "a day in the year 0": (lambda: HEAD + "[[elections]]\ndate = 0000-01-01\n", "line 8, column 8"),
    "a name of 1 MB": (lambda: party(name=f'"{"Blu " * 250_000}"'), "parties[0].name: expected at most 10,000"),
    "a loop of 20,000 parties": (lambda: parties(20_000, lambda i: (i + 1) % 20_000), "leads back to itself"),
    "a chain into a loop": (lambda: parties(20_000, lambda i: min(i + 1, 19_998)), "leads back to itself"),
    "a loop of two parties": (lambda: parties(2, lambda i: 1 - i), "parties[1].predecessor: leads back to itself"),
    "UTF-16": (lambda: HEAD.encode("utf-16"), "line 1: expected UTF-8 text"),
    "NUL between the lines": (lambda: HEAD + "\0\n", "line 7, column 2"),
    "nothing": (lambda: "", "schema: missing"),
}
"""What a file holds, and what is said of it."""
READ: Mapping[str, Callable[[], str | bytes]] = {
    "a byte-order mark of UTF-8": lambda: b"\xef\xbb\xbf" + HEAD.encode(),
    "a day in the year 9999": lambda: (
        HEAD + SOURCE + '[[elections]]\nid = "parl.9999-12-31"\nname = "e"\nkind = "general"\nboundaries = "9999"\n'
        'date = 9999-12-31\nsource = "s"\n'
    ),
    "a chain of 20,000 parties": lambda: parties(20_000, lambda i: i + 1 if i < 19_999 else None),
    "names that are empty": lambda: party(name='""', abbreviation='""'),
    "300,000 other names of a party": lambda: party(aliases=str([f"x {i}" for i in range(300_000)])),
    "NUL in a text": lambda: party(name='"n\\u0000"'),
}
"""What is odd and still a dataset."""


def bounded(*words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process that is killed where it takes more time or memory than any answer needs."""
    return bounded_process([sys.executable, "-m", "emvote", *words], environment)


def bounded_process(
    line: list[str], environment: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """A process that is killed where it takes more."""
    resource = pytest.importorskip("resource", reason="this system cannot bound a process")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

    return subprocess.run(
        line,
        check=False,
        capture_output=True,
        input=given,
        preexec_fn=limit,
        env={**os.environ, **(environment or {})},
    )


def refused(done: subprocess.CompletedProcess[bytes], said: str) -> None:
    """It says what is wrong, in a message of bounded length."""
    shown = done.stderr[-3000:].decode(errors="replace")
    assert done.returncode == 4, shown
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert said in done.stderr.decode()
    assert len(done.stderr) < MILLION


SEVERAL = """
import contextlib, io, json, sys
from emvote.cli.main import run
told = {}
for case, words in json.load(sys.stdin):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = int(run(words))
    for stream in (out, err):
        stream.flush()
    told.setdefault(case, []).append([code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()])
json.dump(told, sys.stdout)
"""
Told = Mapping[str, list[list[Any]]]


def asked(lines: Sequence[tuple[str, Sequence[str]]]) -> Told:
    """Several command lines in one bounded process: what each case was answered, as code, answer and message."""
    done = bounded_process([sys.executable, "-c", SEVERAL], given=json.dumps(lines).encode())
    assert done.returncode == 0, done.stderr[-2000:]
    answers: Told = json.loads(done.stdout)
    return answers


def written(folder: Path, content: str | bytes) -> Path:
    """A dataset of that content."""
    file = folder / "hostile.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


SMALL_FILES = ("deep", "digits", "none", "year 0", "loop of two", "UTF-16", "NUL", "nothing", "never closed", "of 1 MB")
"""In the names of files that take no time to be refused: these are put to one process together."""
TOGETHER = tuple(case for case in FILES if any(word in case for word in SMALL_FILES))


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is said of the small files."""
    lines = []
    for number, case in enumerate(TOGETHER):
        folder = tmp_path_factory.mktemp(f"case{number}")
        lines.append((case, ("parties", "--data", str(written(folder, FILES[case][0]())))))
    return asked(lines)


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(case: str, tmp_path: Path, refusals: Told) -> None:
    """With a place and what was expected; the file of most bytes that is read included."""
    content, said = FILES[case]
    if case in refusals:
        ((code, out, err),) = refusals[case]
        refused(subprocess.CompletedProcess([], code, out.encode(), err.encode()), said)
        return
    file = written(tmp_path, content())
    try:
        refused(bounded("parties", "--data", str(file)), said)
    finally:
        file.unlink()


@pytest.mark.parametrize("case", READ)
def test_what_is_odd_and_still_a_dataset_answers(case: str, tmp_path: Path) -> None:
    """In the same bounds."""
    data = ("--data", str(written(tmp_path, READ[case]())))
    lines = [(case, (*words, *data)) for words in (("parties", "--json"), ("targets", "x 5 nobody"), ("elections",))]
    for code, _, err in asked(lines)[case]:
        assert code in (0, 2, 3), err[-2000:]


@pytest.mark.parametrize(
    "words", [("parties", "--data"), ("parties", "--overlay"), ("claims",), ("import", "--dry-run")]
)
def test_a_device_that_never_ends_is_left_at_the_largest_size(words: tuple[str, ...]) -> None:
    """Wherever a file can be named."""
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no device that never ends")
    refused(bounded(*words, "/dev/zero"), "/dev/zero: expected at most 32 MB")


def test_a_claims_file_is_bounded_too(tmp_path: Path) -> None:
    """An article has dozens of claims: more than 4 MB are refused unread, and of many problems the first are told."""
    claim = '[[claims]]\nid = "x"\nsubject = "s"\nclaim = "c"\nquery = "seats"\ntake = "rows[0].seat"\nstated = "x"\n'
    file = tmp_path / "claims.toml"
    file.write_text(f'[article]\ntitle = "{"x" * 5 * MILLION}"\n{claim}', encoding="utf-8")
    with pytest.raises(BadData, match="expected at most 4 MB of claims: divide the file"):
        read_claims(str(file))
    file.write_text(f'[article]\ntitle = "t"\n{claim * 5_000}', encoding="utf-8")
    with pytest.raises(BadData) as refused:
        read_claims(str(file))
    assert len(refused.value.problems) == bounds.MOST_PROBLEMS + 1
    assert str(refused.value).endswith("there are more problems than these 1,000: mend them, and ask again [claims]")


def test_the_largest_size_is_for_the_user_to_say(tmp_path: Path) -> None:
    """And what is no size is told."""
    file = tmp_path / "large.toml"
    file.write_text(HEAD + "#" * 2 * MILLION, encoding="utf-8")
    refused(bounded("parties", "--data", str(file), EMVOTE_MAX_MB="1"), "expected at most 1 MB")
    assert bounded("parties", "--data", str(file), EMVOTE_MAX_MB="2").returncode == 0
    said = bounded("parties", "--data", str(file), EMVOTE_MAX_MB="many")
    assert (said.returncode, b"whole number of megabytes" in said.stderr) == (2, True)


def test_the_files_of_a_folder_are_together_no_larger_than_one_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many small ones are no way around it."""
    monkeypatch.setenv("EMVOTE_MAX_MB", "1")
    for number in range(3):
        (tmp_path / f"{number}.toml").write_text("#" * 400_000, encoding="utf-8")
    with pytest.raises(BadData, match="expected at most 1 MB"):
        open_dataset(f"{tmp_path}/")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A pipe with a name, to which nobody writes."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with names")
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    return path


def test_a_pipe_to_which_nobody_writes_is_not_waited_for_without_end(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be silent for a minute; here, for less."""
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    with pytest.raises(BadData, match="nothing came out of it for"):
        open_dataset(str(pipe))


def test_a_pipe_is_read_to_its_end(pipe: Path) -> None:
    """In as many pieces as its writer makes."""
    with subprocess.Popen(["sh", "-c", f"for i in 1 2 3; do echo $i; sleep 0.05; done > '{pipe}'"]):
        assert read_bytes(pipe, "pipe") == b"1\n2\n3\n"


def test_links_that_lead_in_a_circle_are_told(tmp_path: Path) -> None:
    """A link to itself, and a folder that holds itself."""
    link = tmp_path / "link.toml"
    link.symlink_to(link)
    with pytest.raises(BadData, match=r"link\.toml: no such file or folder"):
        open_dataset(str(link))
    link.unlink()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "again.toml").symlink_to(folder)
    with pytest.raises(BadData, match=r"again\.toml: cannot be read: is a directory"):
        open_dataset(f"{folder}/")


def test_a_file_that_grows_while_it_is_read_is_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record, and the digest that answers print, are of the same bytes."""
    file = tmp_path / "growing.toml"
    file.write_text(HEAD, encoding="utf-8")
    read = os.read

    def growing(descriptor: int, size: int) -> bytes:
        piece = read(descriptor, size)
        if piece:
            with file.open("a", encoding="utf-8") as more:
                more.write("# one more line\n")
        return piece[:40]  # a system may give less than was asked for, too

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", growing)
        patch.setenv("EMVOTE_MAX_MB", "1")
        with pytest.raises(BadData):
            open_dataset(str(file))  # it is cut to pieces: no TOML, and still no traceback
    file.write_text(HEAD, encoding="utf-8")
    before = file.read_bytes()
    assert open_dataset(str(file)).sha256 == hashlib.sha256(before).hexdigest()


def test_a_published_file_of_a_hundred_megabytes_is_refused(tmp_path: Path) -> None:
    """And one with a million cells in its header, or with one endless cell, is told in bounded time."""
    for content in (
        b"a" * 100 * MILLION,
        b'ons_id,votes\n"' + b"a" * 30 * MILLION,
        b"ons_id," + b"," * MILLION,
        b"a,b\n" * MILLION,
    ):
        file = tmp_path / "rows.csv"
        file.write_bytes(content)
        done = bounded("import", str(file), "--dry-run", "--election", "2019")
        assert done.returncode == 4, done.stderr[-2000:]
        assert b"Traceback" not in done.stderr
    file.unlink()


# --- what was found by fuzzing --------------------------------------------------------------------------------------


def test_there_are_inputs_that_once_were_crashes() -> None:
    """An empty folder would pass the test of each."""
    assert len(CRASHES) > 15


@pytest.mark.parametrize("crash", CRASHES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_once_was_a_crash_is_answered_or_told(crash: Path) -> None:
    """Each stands for the place in the code where it failed."""
    TARGETS[crash.parent.name](crash.read_bytes())


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True)
@pytest.mark.parametrize("target", INPUTS)
@given(data=st.data())
def test_damaged_inputs_are_answered_or_told(target: str, data: st.DataObject) -> None:
    """A few of those that the fuzzer tries, the same at every run."""
    TARGETS[target](data.draw(INPUTS[target]))


@pytest.mark.parametrize("target", INPUTS)
def test_sound_inputs_of_a_target_are_many_and_differ(target: str) -> None:
    """Damage to nothing would prove nothing."""
    sound = [*SOUND.get(target, SOUND["toml"])()]
    assert sound
    assert len(set(sound)) == len(sound)
    assert set(INPUTS) == set(TARGETS) == set(SOUND)
