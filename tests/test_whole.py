"""Files: old or new and never half, whatever stands in the way, stops the process or reads meanwhile."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from emvote.cli.main import program, run
from emvote.errors import BadData, OutputProblem
from emvote.model.record import Record
from emvote.store import open_dataset, together, whole
from emvote.store.export import Target, export
from emvote.store.files import read_bytes

if sys.platform == "win32":
    pytest.skip("signals, links and modes are others there", allow_module_level=True)
import resource

SMALL = Path(__file__).parent / "data" / "small.toml"
KILLED_ROUNDS = int(os.environ.get("EMVOTE_KILLS", "3"))
"""More of them make the long run that `docs/reliability.md` tells of."""
PARALLEL = 32


def emvote(*words: str, cache: Path | None = None) -> subprocess.Popen[str]:
    """The program, started."""
    environment = {**os.environ, **({"XDG_CACHE_HOME": str(cache)} if cache else {"EMVOTE_NO_CACHE": "1"})}
    return subprocess.Popen(
        [sys.executable, "-m", "emvote", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_a_name_that_somebody_planted_is_not_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither through a link that waits under the name of the unfinished file, nor is it removed."""
    guesses = iter([b"\0" * 6, b"\1" * 6])
    monkeypatch.setattr(os, "urandom", lambda _: next(guesses))
    victim, out = tmp_path / "victim", tmp_path / "out.csv"
    victim.write_text("precious", encoding="utf-8")
    planted = tmp_path / f".out.csv.{'00' * 6}.part"
    planted.symlink_to(victim)
    whole.write_whole(out, b"new")
    assert (victim.read_text(encoding="utf-8"), planted.is_symlink(), out.read_bytes()) == ("precious", True, b"new")


@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    """And one that is replaced keeps its own."""
    before = os.umask(umask)
    try:
        whole.write_whole(tmp_path / "new", b"x")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~umask
        (tmp_path / "new").chmod(0o604)
        whole.write_whole(tmp_path / "new", b"y")
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o604
    finally:
        os.umask(before)


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    """As by the shell's `>`; also where what it leads to is not there yet."""
    for name in ("there", "missing"):
        real, link = tmp_path / name, tmp_path / f"link-{name}"
        if name == "there":
            real.write_text("old", encoding="utf-8")
        link.symlink_to(real)
        whole.write_whole(link, b"new")
        assert (link.is_symlink(), real.read_bytes()) == (True, b"new")


@pytest.mark.parametrize(
    "words", [("seats", "-o", "OUT.csv"), ("export", "OUT.sqlite", "--force"), ("export", "OUT", "--force")]
)
def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Simulated by a limit of two blocks on what a process may write; exit code 6, one line, and nothing left over."""
    out = tmp_path / words[1 if words[0] == "export" else 2]
    if words[0] == "export":
        answered("export", str(out), "--data", str(SMALL))
    else:
        out.write_bytes(b"old")
    before = content(tmp_path)

    def small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))

    done = subprocess.run(
        [sys.executable, "-B", "-m", "emvote", *(str(out) if "OUT" in word else word for word in words)],
        env={**os.environ, "EMVOTE_NO_CACHE": "1"},
        preexec_fn=small_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.startswith("emvote: cannot write to ")
    assert "Traceback" not in done.stderr
    assert content(tmp_path) == before
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def answered(*words: str) -> None:
    """The program, run in this process."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as err:
        assert run([*words]) == 0, err.getvalue()


@pytest.fixture(scope="module")
def length() -> float:
    """Seconds that a short answer takes from the start of its process to its end."""
    started = time.monotonic()
    assert emvote("parties", "--data", str(SMALL)).communicate()[1] == ""
    return time.monotonic() - started


def version(folder: Path, number: int) -> Path:
    """The small dataset in one of two versions, which differ in their answers."""
    path = folder / f"version{number}.toml"
    text = SMALL.read_text(encoding="utf-8")
    if number == 2:
        text = text.replace('version = "1"', 'version = "2"', 1).replace("votes = 18900,", "votes = 18901,")
        text = text.replace("valid_votes = 42000", "valid_votes = 42001").replace("majority = 2100", "majority = 2099")
    path.write_text(text, encoding="utf-8")
    return path


def kill_while_writing(process: subprocess.Popen[str], folder: Path, length: float, chance: random.Random) -> bool:
    """Kill it at a moment by chance: any, or soon after its unfinished file appears; whether one was left over."""
    before = {each.name for each in folder.iterdir()}
    if chance.random() < 1 / 4:
        time.sleep(length * chance.uniform(0.3, 1))
    else:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if any(each.startswith(".") for each in {each.name for each in folder.iterdir()} - before):
                time.sleep(chance.choice((0, 0.0005, 0.002, 0.01, 0.05)) * chance.random())
                break
            time.sleep(0.0002)  # else it would take from the process what that needs to come so far
    process.kill()
    process.communicate()
    left = {each.name for each in folder.iterdir()} - before
    return any(each.startswith(".") for each in left)


WRITERS = {
    "an answer": ("seats", "--json", "-o", "OUT.json"),
    "a report": ("report", "2017", "-o", "OUT.html"),
    "a database": ("export", "OUT.sqlite", "--force"),
    "a folder of CSV files": ("export", "OUT", "--force"),
    "a folder of Parquet files": ("export", "OUT", "--force", "--to", "parquet"),
}
"""Commands that write something; with the import below, and the cache, they are all that do."""


def prepared(tmp_path: Path, writer: str) -> tuple[Path, Path, list[str], list[str]]:
    """An empty folder, what a writer is to write there, its command line, and two versions of a dataset."""
    if "parquet" in WRITERS[writer]:
        pytest.importorskip("pyarrow", reason="Parquet needs it")
    place = tmp_path / "place"
    place.mkdir()
    out = place / next(word for word in WRITERS[writer] if "OUT" in word)
    line = [str(out) if "OUT" in word else word for word in WRITERS[writer]]
    data = [str(version(tmp_path, number)) for number in (1, 2)]
    return place, out, line, data


@pytest.mark.parametrize("writer", WRITERS)
def test_a_process_that_is_killed_leaves_the_old_file_or_the_new(
    tmp_path: Path, writer: str, length: float, record_property: Callable[[str, object], None]
) -> None:
    """At a moment by chance, again and again: what stands there is whole; leftovers are hidden, `.part`."""
    place, out, line, data = prepared(tmp_path, writer)
    whole_ones = []
    for path in data:
        answered(*line, "--data", path)
        whole_ones.append(content(out))
    assert whole_ones[0] != whole_ones[1]
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    left = 0
    for number in range(KILLED_ROUNDS):
        left += kill_while_writing(emvote(*line, "--data", data[number % 2]), place, length, chance)
        assert content(out) in whole_ones
    record_property("killed with an unfinished file", left)
    beside = {each.name for each in place.iterdir()} - {out.name, f"{out.stem}.metadata.json"}
    assert all(name.startswith(".") and name.endswith(".part") for name in beside)


def content(path: Path) -> dict[str, bytes]:
    """Files and what they hold."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {str(each.relative_to(path)): each.read_bytes() for each in path.rglob("*") if each.is_file()}


# --- two files that belong together -------------------------------------------------------------------------------


LEAP = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1
Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0
"""


class Pair:
    """A dataset with ward results, what is imported into it, and both as they were and as they will be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.main, self.wards = folder / "mine.toml", folder / "mine.wards.toml"
        self.file = folder.parent / "leap.csv"
        self.file.write_text(LEAP, encoding="utf-8")
        self.run("--new", str(self.main), election="local.2027-05-06")
        self.before = self.read()
        self.contents = self.main.read_bytes(), self.wards.read_bytes()
        self.run("--into", str(self.main))
        self.after = self.read()
        assert self.after != self.before
        self.done = self.main.read_bytes(), self.wards.read_bytes()

    def words(self, *to: str, election: str = "local.2028-05-04") -> tuple[str, ...]:
        """The command line of an import."""
        return ("import", str(self.file), *to, "--election", election)

    def run(self, *to: str, **options: str) -> None:
        """An import in this process."""
        answered(*self.words(*to, **options))

    def read(self) -> Record:
        """The dataset as it is now."""
        return open_dataset(str(self.main), wards=True).record

    def reset(self) -> None:
        """As it was before."""
        for each in self.folder.iterdir():
            each.unlink()
        self.main.write_bytes(self.contents[0])
        self.wards.write_bytes(self.contents[1])


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    """In a folder of its own."""
    folder = tmp_path / "pair"
    folder.mkdir()
    return Pair(folder)


def test_an_import_that_is_killed_leaves_the_old_dataset_or_the_new(
    pair: Pair, length: float, record_property: Callable[[str, object], None]
) -> None:
    """Never new results with old wards; whatever is left over, the same import then does what it would have done."""
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    left = between = 0
    for _ in range(KILLED_ROUNDS):
        pair.reset()
        left += kill_while_writing(emvote(*pair.words("--into", str(pair.main))), pair.folder, length, chance)
        files = pair.main.read_bytes(), pair.wards.read_bytes()
        between += files == (pair.done[0], pair.contents[1])
        assert pair.read() in (pair.before, pair.after)
        pair.run("--into", str(pair.main))
        assert pair.read() == pair.after
    record_property("killed with an unfinished file", left)
    record_property("killed between the two files", between)


KILLED_AT = """
import os, signal, sys
from emvote.cli.main import run
folder, step, left = sys.argv[1], int(sys.argv[2]), [0]
def told(event, about):
    changes = event in {"os.rename", "os.remove", "os.chmod"} or (event == "open" and "/." in str(about[0]))
    if changes and str(about[0]).startswith(folder):
        left[0] += 1
        if left[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(told)
sys.exit(run(sys.argv[3:]))
"""


def test_an_import_that_is_killed_at_any_step_leaves_the_old_dataset_or_the_new(pair: Pair) -> None:
    """Before each time that it makes, renames, removes or changes something there, until it comes to its end."""
    between, ended = 0, -signal.SIGKILL
    for step in range(1, 100):
        pair.reset()
        line = [sys.executable, "-c", KILLED_AT, str(pair.folder), str(step), *pair.words("--into", str(pair.main))]
        ended = subprocess.run(
            line, env={**os.environ, "EMVOTE_NO_CACHE": "1"}, capture_output=True, check=False
        ).returncode
        assert pair.read() in (pair.before, pair.after)
        between += (pair.main.read_bytes(), pair.wards.read_bytes()) == (pair.done[0], pair.contents[1])
        if ended != -signal.SIGKILL:
            break
    assert (ended, pair.read()) == (0, pair.after)
    assert step > 6
    assert between > 0


class Killed(BaseException):
    """Stands for the end of a process."""


def stop_between(monkeypatch: pytest.MonkeyPatch, pair: Pair) -> None:
    """End an import after its first file and before its second."""
    replace = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        if self.name.endswith(".next"):
            raise Killed
        return replace(self, target)

    pair.reset()
    monkeypatch.setattr(Path, "replace", stopping)
    with pytest.raises(Killed):
        program(["import", str(pair.file), "--into", str(pair.main), "--election", "local.2028-05-04"])
    monkeypatch.undo()
    assert (pair.main.read_bytes(), pair.wards.read_bytes()) == (pair.done[0], pair.contents[1])


def test_between_its_two_files_an_import_is_done(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads then finds the ward results that still wait; the next import leaves two files and nothing else."""
    stop_between(monkeypatch, pair)
    assert pair.read() == pair.after
    pair.run("--into", str(pair.main), election="local.2029-05-03")
    assert {each.name for each in pair.folder.iterdir()} == {"mine.toml", "mine.wards.toml"}
    assert {each.election for each in pair.read().wards} == {
        f"local.202{day}" for day in ("7-05-06", "8-05-04", "9-05-03")
    }


def test_files_that_were_not_written_together_are_refused(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of them taken from an older copy: both are named; without marks they are the user's affair."""
    stop_between(monkeypatch, pair)
    pair.wards.write_bytes(pair.contents[1] + b"# edited since\n")
    with pytest.raises(BadData, match=r"mine\.wards\.toml: line 1: it was not written with .*mine\.toml") as refused:
        pair.read()
    assert len(refused.value.problems) == 1
    assert len(open_dataset(str(pair.main)).record.wards) == 0  # its own file alone is whole
    for file in (pair.main, pair.wards):
        file.write_bytes(file.read_bytes().partition(b"\n")[2])
    assert pair.read().wards == pair.before.wards


def test_what_people_write_themselves_needs_no_mark(pair: Pair) -> None:
    """One file or both edited, the ward results written anew, or none of them."""
    pair.main.write_bytes(pair.main.read_bytes().replace(b"Imported from", b"Edited from"))
    pair.wards.write_bytes(pair.wards.read_bytes().replace(b"1012", b"1013"))
    assert pair.read().title.startswith("Edited from")
    pair.wards.write_bytes(pair.wards.read_bytes().partition(b"\n")[2])
    assert pair.read().wards[0].candidates[0].votes == 1013
    pair.wards.unlink()
    assert pair.read().wards == ()


def test_a_full_disk_leaves_both_files(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the first of them still found room."""
    pair.reset()
    calls = []

    def full(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputProblem, match="No space left on device"):
        program(["import", str(pair.file), "--into", str(pair.main), "--election", "local.2028-05-04"])
    assert (pair.main.read_bytes(), pair.wards.read_bytes()) == pair.contents
    assert {each.name for each in pair.folder.iterdir()} == {"mine.toml", "mine.wards.toml"}


def test_a_dataset_that_changed_while_the_files_were_read_is_not_written_over(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what another import added in the meantime would be gone without a word."""
    pair.reset()
    write = together.write_together

    def late(files: Sequence[tuple[Path, bytes]], unchanged: Callable[[], bool]) -> bool:
        pair.wards.write_bytes(pair.contents[1] + b"# a line more\n")
        return write(files, unchanged)

    monkeypatch.setattr(together, "write_together", late)
    with pytest.raises(OutputProblem, match="was changed while the files were read: run the import again"):
        program(["import", str(pair.file), "--into", str(pair.main), "--election", "local.2028-05-04"])
    assert pair.main.read_bytes() == pair.contents[0]


def test_imports_at_once_lose_nothing(pair: Pair) -> None:
    """Eight into one dataset: each is in it whole, or was told to be run again; readers see whole datasets only."""
    pair.reset()
    years = {year: f"local.20{year}-05-01" for year in range(31, 39)}
    running = {
        year: emvote(*pair.words("--into", str(pair.main), election=election)) for year, election in years.items()
    }
    seen = set()
    while any(process.poll() is None for process in running.values()):
        record = pair.read()
        elections = {each.election for each in record.wards}
        assert elections == {each.id for each in record.elections}
        seen.add(len(elections))
    codes = {}
    for year, process in running.items():
        said = process.communicate()[1]
        codes[year] = process.returncode
        assert process.returncode == 0 or (process.returncode == 6 and "run the import again" in said), said
    there = {each.election for each in pair.read().wards}
    assert there == {"local.2027-05-06", *(years[year] for year, code in codes.items() if code == 0)}
    assert 0 in codes.values()


# --- the cache ----------------------------------------------------------------------------------------------------


def test_a_cache_that_is_killed_while_it_is_written_never_answers_wrongly(
    tmp_path: Path, length: float, record_property: Callable[[str, object], None]
) -> None:
    """Another process answers as without a cache, each time, and the folder is used again after."""
    data, cache = version(tmp_path, 1), tmp_path / "cache"
    folder = cache / "emvote"
    folder.mkdir(parents=True, mode=0o700)
    words = ("seats", "--election", "2017", "--json", "--data", str(data))
    wanted = emvote(*words).communicate()[0]
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    left = 0
    for _ in range(KILLED_ROUNDS):
        for each in folder.glob("*.snapshot"):
            each.unlink()
        left += kill_cached(emvote(*words, cache=cache), folder, length, chance)
        for _again in range(2):
            assert emvote(*words, cache=cache).communicate() == (wanted, "")
            assert len([*folder.glob("*.snapshot")]) == 1
    record_property("killed with an unfinished file", left)


def kill_cached(process: subprocess.Popen[str], folder: Path, length: float, chance: random.Random) -> bool:
    """Kill it when its snapshot begins, or a little later."""
    before = {each.name for each in folder.iterdir()}
    deadline = time.monotonic() + 5 * length + 1
    while process.poll() is None and time.monotonic() < deadline:
        if {each.name for each in folder.iterdir()} - before:
            time.sleep(chance.choice((0, 0.001)) * chance.random())
            break
        time.sleep(0.0002)
    process.kill()
    process.communicate()
    return any(each.name.endswith(".part") for each in folder.iterdir() if each.name not in before)


@pytest.mark.parametrize("cut", [0, 3, 4, 8, 100, -1])
def test_a_snapshot_that_was_cut_off_is_as_good_as_none(tmp_path: Path, cut: int) -> None:
    """As a power cut may leave it, where the system had the name on its disk before the content."""
    kept = tmp_path / "kept"
    wanted = open_dataset(str(SMALL), snapshots=kept).record
    (file,) = kept.glob("*.snapshot")
    content_of_it = file.read_bytes()
    for damaged in (content_of_it[:cut], content_of_it[:cut] + b"\0" * (len(content_of_it) - len(content_of_it[:cut]))):
        file.write_bytes(damaged)
        assert open_dataset(str(SMALL), snapshots=kept).record == wanted


# --- folders that may not be written to ---------------------------------------------------------------------------


OVERRIDE = 1
"""The capability of Linux by which root writes where nobody may."""
DROP = 24


def bound_by_permissions() -> None:
    """Have the permissions of files hold for the process, also where it is root's."""
    if sys.platform == "linux" and os.geteuid() == 0:
        import ctypes

        ctypes.CDLL(None).prctl(DROP, OVERRIDE, 0, 0, 0)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder with a dataset, an answer and an export in it, to which nothing can be written."""
    folder = tmp_path / "closed"
    folder.mkdir()
    answered("export", str(folder / "old"), "--data", str(SMALL))
    answered("export", str(folder / "old.sqlite"), "--data", str(SMALL))
    for name, text in (("old.json", "old"), ("mine.toml", SMALL.read_text(encoding="utf-8"))):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "mine.wards.toml").write_text("", encoding="utf-8")
    (folder / "old").chmod(0o500)
    folder.chmod(0o500)
    probe = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('x')"
    done = subprocess.run(
        [sys.executable, "-c", probe, str(folder / "probe")],
        preexec_fn=bound_by_permissions,
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        pytest.skip("this user writes wherever it likes")
    yield folder
    for each in (folder, folder / "old"):
        each.chmod(0o700)


@pytest.mark.parametrize(
    "words",
    [
        ("seats", "-o", "{}/new.json"),
        ("seats", "-o", "{}/old.json"),
        ("report", "2017", "-o", "{}/new.html"),
        ("export", "{}/new.sqlite"),
        ("export", "{}/old.sqlite", "--force"),
        ("export", "{}/new"),
        ("export", "{}/old", "--force"),
        ("import", "EXPORTED", "--new", "{}/new.toml"),
        ("import", "LEAP", "--into", "{}/mine.toml", "--election", "2019"),
    ],
    ids=" ".join,
)
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path, closed: Path, words: tuple[str, ...]) -> None:
    """Exit code 6, one line with the name of what was to be written; everything is as it was."""
    if "EXPORTED" in words:
        answered("export", str(tmp_path / "exported"), "--data", str(SMALL))
    before = content(closed)
    (tmp_path / "leap.csv").write_text(
        LEAP.replace("Boston,E07000136", "Aldermere,C01").replace(",C,", ",Red,").replace(",Lab,", ",Blu,"),
        encoding="utf-8",
    )
    files = {"EXPORTED": str(tmp_path / "exported"), "LEAP": str(tmp_path / "leap.csv")}
    done = subprocess.run(
        [sys.executable, "-m", "emvote", *(files.get(word, word.format(closed)) for word in words)],
        env={**os.environ, "EMVOTE_NO_CACHE": "1", "EMVOTE_DATA": str(SMALL)},
        preexec_fn=bound_by_permissions,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (6, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"emvote: cannot write to '{closed}/")
    assert content(closed) == before


@pytest.mark.parametrize(
    "words",
    [
        ("seats", "-o", "OUT/new.json"),
        ("export", "OUT/new.sqlite"),
        ("export", "OUT/new"),
        ("import", "EXPORTED", "--new", "OUT/new.toml"),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A name that was mistyped would else make a folder that nobody finds again."""
    exported = tmp_path / "exported"
    answered("export", str(exported), "--data", str(SMALL))
    line = [word.replace("OUT", str(tmp_path / "missing")).replace("EXPORTED", str(exported)) for word in words]
    data = [] if "EXPORTED" in words else ["--data", str(SMALL)]
    with pytest.raises(OutputProblem, match=r"(?i)cannot write to '.*/missing/new.*': no such file or directory"):
        program([*line, *data])
    assert [each.name for each in tmp_path.iterdir()] == ["exported"]


@pytest.mark.parametrize("there", [True, False])
def test_a_cache_that_cannot_be_written_to_hinders_no_answer(tmp_path: Path, *, there: bool) -> None:
    """Nor does one that cannot be made, or be read."""
    home = tmp_path / "home"
    folder = home / "emvote"
    (folder if there else home).mkdir(parents=True)
    modes = (0o500, 0o000) if there else (0o500,)
    words = (sys.executable, "-m", "emvote", "parties", "--json", "--data", str(SMALL))
    wanted = emvote(*words[3:]).communicate()[0]
    for mode in modes:
        (folder if there else home).chmod(mode)
        done = subprocess.run(
            words,
            env={**os.environ, "XDG_CACHE_HOME": str(home)},
            preexec_fn=bound_by_permissions,
            capture_output=True,
            text=True,
            check=False,
        )
        (folder if there else home).chmod(0o700)
        assert (done.returncode, done.stdout, done.stderr) == (0, wanted, "")
        assert [*home.rglob("*.snapshot")] == []


def test_a_cache_that_cannot_be_cleared_is_told(tmp_path: Path) -> None:
    """Exit code 6, and the name of what is still there."""
    folder = tmp_path / "emvote"
    open_dataset(str(SMALL), snapshots=folder)
    (file,) = folder.iterdir()
    folder.chmod(0o500)
    done = subprocess.run(
        [sys.executable, "-m", "emvote", "cache", "--clear"],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        preexec_fn=bound_by_permissions,
        capture_output=True,
        text=True,
        check=False,
    )
    folder.chmod(0o700)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr == f"emvote: cannot remove '{file}': Permission denied\n"


# --- many at once -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("writer", ["an answer", "a database", "a folder of CSV files", "a folder of Parquet files"])
def test_many_that_write_to_one_place_leave_one_whole_answer(tmp_path: Path, writer: str) -> None:
    """Of two versions of a dataset: the last one's, and at every moment before some other's; nothing is left over."""
    place, out, line, data = prepared(tmp_path, writer)
    whole_ones = []
    for path in data:
        answered(*line, "--data", path)
        whole_ones.append(content(out))
        shutil.rmtree(out) if out.is_dir() else out.unlink()
    many = PARALLEL if KILLED_ROUNDS > PARALLEL else 4
    running = [emvote(*line, "--data", data[number % 2]) for number in range(many)]
    while any(process.poll() is None for process in running):
        if out.is_file():
            assert content(out) in whole_ones
        time.sleep(0.01)
    assert [(process.communicate()[1], process.returncode) for process in running] == [("", 0)] * many
    assert content(out) in whole_ones
    assert {each.name for each in place.iterdir()} - {f"{out.stem}.metadata.json"} == {out.name}


@pytest.mark.parametrize("name", ["out.sqlite", "out"])
def test_what_another_process_wrote_meanwhile_is_not_replaced_without_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Though there was nothing when it was looked for; with `--force` the last one's stands there."""
    first, second = (open_dataset(str(version(tmp_path, number))) for number in (1, 2))
    out = tmp_path / name
    target = Target.SQLITE if out.suffix else Target.CSV
    beside = whole.folder_beside

    @contextmanager
    def late(path: Path) -> Iterator[Path]:
        with beside(path) as part:
            monkeypatch.undo()
            export(first, out, target)
            yield part

    monkeypatch.setattr("emvote.store.export.folder_beside", late)
    with pytest.raises(OutputProblem, match="is there already"):
        export(second, out, target)
    where = f"{out}/" if out.is_dir() else str(out)
    assert open_dataset(where).record == first.record
    shutil.rmtree(out) if out.is_dir() else out.unlink()
    out.with_suffix(".metadata.json").unlink(missing_ok=True)
    monkeypatch.setattr("emvote.store.export.folder_beside", late)
    export(second, out, target, force=True)
    assert open_dataset(where).record == second.record


def test_a_folder_that_is_replaced_while_it_is_read_is_read_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are read one by one, and still are of one export; one that changes without end is told."""
    data = [open_dataset(str(version(tmp_path, number))) for number in (1, 2)]
    out = tmp_path / "out"
    export(data[0], out, Target.CSV)
    reading: list[Path] = []
    read = read_bytes

    def replacing(file: Path, name: str) -> bytes:
        if file.name == "contests.csv" and len(reading) < replaced:
            reading.append(file)
            export(data[len(reading) % 2], out, Target.CSV, force=True)
        return read(file, name)

    monkeypatch.setattr("emvote.store.files.read_bytes", replacing)
    for replaced in (1, 3):
        reading.clear()
        assert open_dataset(f"{out}/").record == data[1].record
        assert len(reading) == replaced
    replaced = 100
    with pytest.raises(BadData, match="it was replaced each of 20 times that it was read"):
        open_dataset(f"{out}/")


def test_many_at_once_answer_from_one_version_or_the_other(tmp_path: Path) -> None:
    """32 processes with one cache, while the dataset is replaced all the time; what they keep is theirs alone."""
    data, cache = tmp_path / "data.toml", tmp_path / "cache"
    old, new = (version(tmp_path, number).read_text(encoding="utf-8") for number in (1, 2))
    data.write_text(old, encoding="utf-8")

    def answer(_: int) -> tuple[int, str, int]:
        process = emvote("seat", "S10000001", "--election", "2017", "--json", "--data", str(data), cache=cache)
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        told = json.loads(out)
        row = told["rows"][0]
        return row["valid_votes"], told["dataset"]["version"], row["majority_votes"]

    with ThreadPoolExecutor(PARALLEL) as many:
        answers = [many.submit(answer, number) for number in range(PARALLEL)]
        flips = 0
        while not all(each.done() for each in answers):
            flips += 1
            whole.write_whole(data, (new if flips % 2 else old).encode())
            time.sleep(0.005)
        assert {each.result() for each in answers} <= {(42000, "1", 2100), (42001, "2", 2099)}
    folder = cache / "emvote"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert {each.suffix for each in folder.iterdir()} == {".snapshot"}
