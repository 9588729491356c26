"""Nothing is lost that emvote did not write, and nothing hangs or ends with a traceback, wherever it writes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from emvote.errors import OutputProblem
from emvote.store import open_dataset, whole
from emvote.store.export import Target, export

if sys.platform == "win32":
    pytest.skip("links, pipes and modes are others there", allow_module_level=True)

SMALL = Path(__file__).parent / "data" / "small.toml"
Emvote = Callable[..., CompletedProcess[str]]
LEAP = """council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Aldermere,C01,Coastal,W01,Anne Ash,Red,1012,1
Aldermere,C01,Coastal,W01,Ben Birch,Blu,400,0
"""


@pytest.fixture(autouse=True)
def small_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In an empty folder, the small dataset answers."""
    monkeypatch.chdir(tmp_path)


def everything(folder: Path) -> dict[str, bytes | str]:
    """Every file, folder and link, and what it holds."""
    found: dict[str, bytes | str] = {}
    for each in sorted(folder.rglob("*")):
        name = str(each.relative_to(folder))
        if each.is_symlink():
            found[name] = f"link to {each.readlink()}"
        else:
            found[name] = "folder" if each.is_dir() else each.read_bytes()
    return found


def emvote_run(*words: str, limit: float = 60, **options: object) -> CompletedProcess[str]:
    """The program in a process of its own, with the small dataset."""
    environment = {**os.environ, "EMVOTE_NO_CACHE": "1", "EMVOTE_DATA": str(SMALL)}
    line = [sys.executable, "-m", "emvote", *words]
    return subprocess.run(line, env=environment, capture_output=True, text=True, timeout=limit, check=False, **options)  # type: ignore[call-overload,no-any-return]


# --- exports ------------------------------------------------------------------------------------------------------


def folder_in_place_of_a_file(folder: Path) -> None:
    """Of the name of a file."""
    (folder / "seats.csv").unlink()
    (folder / "seats.csv").mkdir()


def link_in_place_of_a_file(folder: Path) -> None:
    """Likewise."""
    (folder / "seats.csv").unlink()
    (folder / "seats.csv").symlink_to("elsewhere")


STRANGERS: dict[str, Callable[[Path], object]] = {
    "a file": lambda folder: (folder / "notes.txt").write_text("mine", encoding="utf-8"),
    "a folder": lambda folder: (folder / "mine").mkdir(),
    "a hidden file": lambda folder: (folder / ".git").write_text("mine", encoding="utf-8"),
    "a folder in place of a file": folder_in_place_of_a_file,
    "a link in place of a file": link_in_place_of_a_file,
}


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_force_replaces_no_folder_with_something_else_in_it(
    emvote: Emvote, tmp_path: Path, to: str, stranger: str
) -> None:
    """Whatever it is called; everything stays as it was."""
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs it")
    words = ("export", "out", "--to", to, "--force", "--data", SMALL)
    assert emvote(*words).returncode == 0
    if to == "parquet" and "place" in stranger:
        pytest.skip("there a relation is a folder")
    STRANGERS[stranger](tmp_path / "out" / ("seats" if to == "parquet" else ""))
    before = everything(tmp_path)
    done = emvote(*words)
    assert (done.returncode, done.stdout) == (6, "")
    assert "which is no part of an export" in done.stderr
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["sources", "seats", "contests"])
def test_a_folder_of_ones_own_is_never_part_of_an_export(emvote: Emvote, tmp_path: Path, name: str) -> None:
    """Though a folder of Parquet files has one of that name."""
    (tmp_path / "out" / name).mkdir(parents=True)
    (tmp_path / "out" / name / "diary.txt").write_text("mine", encoding="utf-8")
    before = everything(tmp_path)
    for to in ("csv", "parquet"):
        done = emvote("export", "out", "--to", to, "--force", "--data", SMALL)
        assert (done.returncode, everything(tmp_path)) == (6, before)


def test_a_data_package_of_somebody_else_is_not_replaced(emvote: Emvote, tmp_path: Path) -> None:
    """It describes its files as ours does, and emvote did not write it."""
    (tmp_path / "out").mkdir()
    description = {"name": "other", "resources": [{"path": "seats.csv"}]}
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    assert emvote("export", "out", "--force", "--data", SMALL).returncode == 6
    assert json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8")) == description


def other_database(path: Path) -> None:
    """A database that emvote did not write."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE dataset (key, value)")
        database.commit()


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "another database": other_database,
    "a text": lambda path: path.write_text("mine", encoding="utf-8"),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "metadata of another": lambda path: path.with_suffix(".metadata.json").write_text(
        '{"title": "mine"}', encoding="utf-8"
    ),
    "a log beside it": lambda path: path.with_name("out.sqlite-wal").write_bytes(b"frames"),
    "a journal beside it": lambda path: path.with_name("out.sqlite-journal").write_bytes(b"pages"),
}


@pytest.mark.parametrize("way", IN_THE_WAY)
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_database_takes_the_place_of_nothing_but_an_export(
    emvote: Emvote, tmp_path: Path, way: str, force: tuple[str, ...]
) -> None:
    """Nor do the metadata beside it; and what SQLite left of an older one is not read with it."""
    IN_THE_WAY[way](tmp_path / "out.sqlite")
    before = {each.name: each.read_bytes() if each.is_file() else None for each in tmp_path.iterdir()}
    done = emvote("export", "out.sqlite", *force, "--data", SMALL)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr.startswith("emvote: 'out.")
    assert {each.name: each.read_bytes() if each.is_file() else None for each in tmp_path.iterdir()} == before


def test_metadata_are_not_replaced_without_force(emvote: Emvote, tmp_path: Path) -> None:
    """Also where the database itself is new; with it, those that emvote wrote are."""
    assert emvote("export", "out.sqlite", "--data", SMALL).returncode == 0
    (tmp_path / "out.sqlite").unlink()
    done = emvote("export", "out.sqlite", "--data", SMALL)
    assert (done.returncode, [each.name for each in tmp_path.iterdir()]) == (6, ["out.metadata.json"])
    assert "'out.metadata.json' is there already" in done.stderr
    assert emvote("export", "out.sqlite", "--force", "--data", SMALL).returncode == 0


def test_a_database_with_a_table_of_ones_own_is_not_replaced(emvote: Emvote, tmp_path: Path) -> None:
    """Somebody keeps notes in it."""
    assert emvote("export", "out.sqlite", "--data", SMALL).returncode == 0
    with closing(sqlite3.connect("out.sqlite")) as database:
        database.execute("CREATE TABLE notes (text)")
        database.commit()
    before = everything(tmp_path)
    done = emvote("export", "out.sqlite", "--force", "--data", SMALL)
    assert (done.returncode, everything(tmp_path)) == (6, before)
    assert "holds 'notes'" in done.stderr


KILLED_IN_USE = """
import os, sqlite3
database = sqlite3.connect("out.sqlite")
database.execute("PRAGMA journal_mode = WAL")
database.execute("UPDATE seats SET name = 'Stale'")
database.commit()
os._exit(0)
"""


def test_what_sqlite_keeps_beside_a_database_is_taken_in_before_it_is_replaced(emvote: Emvote, tmp_path: Path) -> None:
    """A log that a killed program left behind would else change the new database."""
    assert emvote("export", "out.sqlite", "--data", SMALL).returncode == 0
    subprocess.run([sys.executable, "-c", KILLED_IN_USE], check=True)
    assert (tmp_path / "out.sqlite-wal").stat().st_size
    assert emvote("export", "out.sqlite", "--force", "--data", SMALL).returncode == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.metadata.json", "out.sqlite"]
    with closing(sqlite3.connect("out.sqlite")) as database:
        assert database.execute("SELECT COUNT(*) FROM seats WHERE name = 'Stale'").fetchone() == (0,)


def test_a_database_in_use_is_not_replaced(emvote: Emvote, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its user has begun would be written into the next one."""
    monkeypatch.setattr("emvote.store.export.ours.PATIENCE", 0.1)
    assert emvote("export", "out.sqlite", "--data", SMALL).returncode == 0
    with closing(sqlite3.connect("out.sqlite")) as database:
        database.execute("UPDATE seats SET name = 'Begun'")
        done = emvote("export", "out.sqlite", "--force", "--data", SMALL)
        database.rollback()
    assert (done.returncode, done.stderr) == (6, "emvote: 'out.sqlite' is used by another program: close that first\n")
    assert open_dataset("out.sqlite").record == open_dataset(str(SMALL)).record


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_the_folder_that_one_is_in_is_not_replaced(
    emvote: Emvote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: tuple[str, ...]
) -> None:
    """The shell would be left in a folder that is gone; nor is one above it."""
    assert emvote("export", "out", "--data", SMALL).returncode == 0
    monkeypatch.chdir("out")
    before = (tmp_path / "out").stat().st_ino
    for name in (".", "../out"):
        assert emvote("export", name, "--to", "csv", *force, "--data", SMALL).returncode == 6
    assert Path.cwd().stat().st_ino == before == (tmp_path / "out").stat().st_ino


@pytest.mark.parametrize("name", ["out.sqlite", "out", "lake"])
def test_permissions_stay_as_they_were(emvote: Emvote, tmp_path: Path, name: str) -> None:
    """Of a folder, of each file in it, of a database, and of the metadata beside it."""
    if name == "lake":
        pytest.importorskip("pyarrow", reason="Parquet needs it")
    words = ("export", name, *(("--to", "parquet") if name == "lake" else ()), "--data", SMALL)
    assert emvote(*words).returncode == 0
    for each in tmp_path.rglob("*"):
        each.chmod(0o700 if each.is_dir() else 0o600)
    assert emvote(*words, "--force").returncode == 0
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.rglob("*") if each.is_dir()} <= {0o700}
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.rglob("*") if each.is_file()} == {0o600}


def test_what_comes_to_a_folder_in_the_last_moment_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at it and the exchange: the old folder comes back with it."""
    dataset, out = open_dataset(str(SMALL)), tmp_path / "out"
    export(dataset, out, Target.CSV)
    exchange = whole.exchange

    def late(new: Path, old: Path) -> None:
        if not (out / "diary.txt").exists() and not (new / "diary.txt").exists():
            (out / "diary.txt").write_text("mine", encoding="utf-8")
        exchange(new, old)

    monkeypatch.setattr("emvote.store.export.exchange", late)
    before = everything(out)
    with pytest.raises(OutputProblem, match=r"holds 'diary\.txt'"):
        export(dataset, out, Target.CSV, force=True)
    assert everything(out) == {**before, "diary.txt": b"mine"}
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


# --- answers and imports ------------------------------------------------------------------------------------------


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A dataset with ward results, an export of it, an overlay, a claims file, and a published file."""
    shutil.copy(SMALL, tmp_path / "mine.toml")
    (tmp_path / "mine.wards.toml").write_text("", encoding="utf-8")
    (tmp_path / "over.toml").write_text("", encoding="utf-8")
    (tmp_path / "leap.csv").write_text(LEAP, encoding="utf-8")
    claim = 'id = "a"\nsubject = "s"\nclaim = "c"\nquery = "parties"\ntake = "length(rows)"\nstated = 3\n'
    (tmp_path / "claims.toml").write_text(f"[article]\ntitle = 't'\n\n[[claims]]\n{claim}", encoding="utf-8")
    export(open_dataset(str(SMALL)), tmp_path / "folder", Target.CSV)
    (tmp_path / "link.json").symlink_to("mine.toml")
    return tmp_path


OWN = ("parties", "--data", "mine.toml", "--json", "-o")
READ = (
    (*OWN, "mine.toml"),
    (*OWN, "./mine.toml"),
    (*OWN, "link.json"),
    (*OWN, "mine.wards.toml"),
    (*OWN, "over.toml", "--overlay", "over.toml"),
    ("parties", "--data", "folder/", "--csv", "-o", "folder/seats.csv"),
    ("check", "mine.toml", "--json", "-o", "mine.toml"),
    ("diff", "mine.toml", "folder/", "--json", "-o", "mine.toml"),
    ("claims", "claims.toml", "--data", "mine.toml", "--json", "-o", "claims.toml"),
    ("report", "2017", "--data", "mine.toml", "-o", "mine.toml", "--format", "html"),
    ("import", "leap.csv", "--election", "local.2027-05-06", "--data", "mine.toml", "--dry-run", "-o", "leap.csv"),
    ("import", "leap.csv", "--election", "local.2027-05-06", "--data", "mine.toml", "--new", "leap.csv", "--force"),
    ("import", "leap.csv", "--election", "local.2027-05-06", "--data", "mine.toml", "--new", "mine.toml", "--force"),
)


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_what_is_read_is_never_written_over(emvote: Emvote, mine: Path, words: tuple[str, ...]) -> None:
    """By no other name of it either: exit code 6, and everything as it was."""
    before = everything(mine)
    done = emvote(*words)
    assert (done.returncode, done.stdout) == (6, ""), done.stderr
    assert "Traceback" not in done.stderr
    assert everything(mine) == before


@pytest.mark.parametrize("name", ["x.toml", "x.wards.toml", "/dev/null"])
def test_a_new_dataset_takes_the_place_of_no_strange_file(emvote: Emvote, mine: Path, name: str) -> None:
    """Beside it as in its place: without force of none, with it of what an import wrote."""
    new = name if name.startswith("/") else "x.toml"
    words = ("import", "leap.csv", "--election", "local.2027-05-06", "--data", "mine.toml", "--new", new)
    if new == "x.toml":
        (mine / name).write_text("# mine\n", encoding="utf-8")
    before = everything(mine)
    for force in ((), ("--force",)):
        done = emvote(*words, *force)
        assert (done.returncode, everything(mine)) == (6, before), done.stderr
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    if new == "x.toml":
        (mine / name).unlink()
        for force in ((), ("--force",)):
            assert emvote(*words, *force).returncode == 0


def test_an_answer_takes_not_the_place_of_what_the_command_writes(emvote: Emvote, mine: Path) -> None:
    """The dataset that was imported, or a file of the export."""
    words = ("import", "leap.csv", "--election", "local.2027-05-06", "--data", "mine.toml", "--new", "x.toml")
    assert emvote(*words, "--json", "-o", "x.toml").returncode == 6
    assert (mine / "x.toml").read_text(encoding="utf-8").startswith("# Written by emvote")
    assert emvote("export", "out", "--data", SMALL, "--csv", "-o", "out/seats.csv").returncode == 6
    assert open_dataset("out/").record == open_dataset(str(SMALL)).record


# --- names and pipes ----------------------------------------------------------------------------------------------

LONG = "é" * 130
"""130 characters and 260 bytes; a name has at most 255."""
FITS = "é" * 120 + ".json"


def test_a_name_is_as_long_as_the_system_allows(emvote: Emvote, tmp_path: Path) -> None:
    """Counted in bytes: what is written beside it first has a shorter one."""
    assert emvote("parties", "--data", SMALL, "-o", FITS).returncode == 0
    assert emvote("export", "é" * 120, "--data", SMALL).returncode == 0
    assert emvote("export", "é" * 120, "--data", SMALL, "--force").returncode == 0
    shutil.copy(SMALL, "é" * 124 + ".toml")  # the name of its ward results would be too long
    assert emvote("parties", "--data", "é" * 124 + ".toml", "--json").returncode == 0
    assert emvote("check", "é" * 124 + ".toml").returncode == 0
    assert len([*tmp_path.iterdir()]) == 3


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A loop of links, a link to nowhere far, and a published file."""
    (tmp_path / "a.json").symlink_to("b.json")
    (tmp_path / "b.json").symlink_to("a.json")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "leap.csv").write_text(LEAP, encoding="utf-8")
    export(open_dataset(str(SMALL)), tmp_path / "exported", Target.CSV)
    return tmp_path


@pytest.mark.parametrize(
    "place", ["a.json", "loop/x.json", f"{LONG}.json", f"{LONG}/x.json", "leap.csv/x.json", "/dev/full"]
)
@pytest.mark.parametrize(
    "words",
    [
        ("parties", "-o", "PLACE"),
        ("report", "2017", "--format", "html", "-o", "PLACE"),
        ("export", "PLACE", "--to", "csv"),
        ("export", "PLACE", "--to", "csv", "--force"),
        ("export", "PLACE", "--to", "sqlite", "--force"),
        ("import", "exported", "--new", "PLACE"),
        ("import", "exported", "--new", "PLACE", "--force"),
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_is_told(odd: Path, emvote: Emvote, words: tuple[str, ...], place: str) -> None:
    """Exit code 6, one line, and everything as it was."""
    before = everything(odd)
    data = () if "import" in words else ("--data", SMALL)
    done = emvote(*(place if word == "PLACE" else word for word in words), *data)
    assert (done.returncode, done.stdout) == (6, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert everything(odd) == before


@pytest.mark.parametrize(
    "place", ["loop", "loop/x.toml", f"{LONG}.toml", f"{LONG}/x.toml", "leap.csv/x.toml", "a\udcff.toml"]
)
@pytest.mark.parametrize(
    "words",
    [
        ("parties", "--data", "PLACE"),
        ("wards", "--data", "PLACE", "aldermere"),
        ("parties", "--data", str(SMALL), "--overlay", "PLACE"),
        ("check", "PLACE"),
        ("diff", "PLACE", "results"),
        ("claims", "PLACE", "--data", str(SMALL)),
        ("import", "PLACE", "--dry-run", "--data", str(SMALL)),
        ("import", "leap.csv", "--into", "PLACE", "--election", "2019"),
        ("report", "--data", "PLACE"),
    ],
    ids=" ".join,
)
def test_a_place_that_cannot_be_read_is_told(odd: Path, emvote: Emvote, words: tuple[str, ...], place: str) -> None:
    """Exit code 4 and no traceback."""
    done = emvote(*(place if word == "PLACE" else word for word in words))
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert odd.exists()


NO_UTF_8 = (
    ("seat", b"\xff"),
    ("seat", b"\xff", "--json"),
    ("council", b"\xff"),
    ("candidate", b"x\xff"),
    ("seats", "--county", b"\xff"),
    ("targets", b"\xff"),
    ("claims", "--article", b"\xff"),
    ("compare", b"\xff", "2017"),
    ("sources", "--sort", b"\xff"),
    (b"\xff",),
)


@pytest.mark.parametrize("words", NO_UTF_8, ids=str)
def test_a_byte_that_is_no_utf_8_is_a_name_like_any_other(words: tuple[str | bytes, ...]) -> None:
    """Unknown, and told in a way that every terminal shows."""
    environment = {**os.environ, "EMVOTE_NO_CACHE": "1", "EMVOTE_DATA": str(SMALL)}
    done = subprocess.run([sys.executable, "-m", "emvote", *words], env=environment, capture_output=True, check=False)
    assert done.returncode in (0, 2, 3, 4), done.stderr
    assert b"Traceback" not in done.stderr


def without_rights() -> None:
    """Have the permissions of files hold for the process, also where it is root's: to write, to read, to enter."""
    if sys.platform == "linux" and os.geteuid() == 0:
        import ctypes

        for right in (1, 2):
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("parties", "-o", "shut/x.json"), 6),
        (("export", "shut/x"), 6),
        (("export", "shut/x.sqlite", "--force"), 6),
        (("import", "exported", "--new", "shut/x.toml"), 6),
        (("report", "2017", "-o", "shut/x.html"), 6),
        (("parties", "--data", "shut/x.toml"), 4),
        (("parties", "--data", "listed/"), 4),
        (("check", "listed/x.toml"), 4),
        (("check", "listed/"), 4),
        (("import", "shut/x.csv", "--dry-run"), 4),
        (("import", "listed", "--dry-run"), 4),
        (("claims", "shut/x.toml"), 4),
        (("parties", "--overlay", "shut/x.toml"), 4),
        (("cache",), 0),
    ],
    ids=str,
)
def test_a_folder_that_may_not_be_entered_is_told(odd: Path, words: tuple[str, ...], code: int) -> None:
    """Whatever is asked of it, with the code that is documented."""
    for name, mode in (("shut", 0o000), ("listed", 0o400)):
        (odd / name).mkdir()
        shutil.copy(SMALL, odd / name / "x.toml")
        (odd / name).chmod(mode)
    try:
        done = emvote_run(*words, preexec_fn=without_rights)
    finally:
        for name in ("shut", "listed"):
            (odd / name).chmod(0o700)
    if done.returncode == 0 and code:
        pytest.skip("this user goes wherever it likes")
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_that_nobody_reads_is_not_waited_for_without_end(
    tmp_path: Path, emvote: Emvote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 6; nor is one whose reader takes nothing."""
    monkeypatch.setattr("emvote.cli.streams.COMING", 0.2)
    monkeypatch.setattr("emvote.cli.streams.READING", 0.2)
    os.mkfifo("pipe.json")
    done = emvote("parties", "--data", SMALL, "-o", "pipe.json")
    assert (done.returncode, "nobody reads from it" in done.stderr) == (6, True)
    reader = os.open("pipe.json", os.O_RDONLY | os.O_NONBLOCK)
    try:
        done = emvote("seats", "--json", "-o", "pipe.json")
        assert done.returncode in (0, 6)
        assert stat.S_ISFIFO((tmp_path / "pipe.json").stat().st_mode)
    finally:
        os.close(reader)


def test_a_pipe_that_somebody_reads_takes_the_whole_answer(emvote: Emvote) -> None:
    """As much as it is, also where the reader comes a little later."""
    os.mkfifo("pipe.json")
    with subprocess.Popen(["sh", "-c", "sleep 0.3; cat pipe.json"], stdout=subprocess.PIPE) as reader:
        assert emvote("seats", "--election", "2019", "-o", "pipe.json").returncode == 0
        assert reader.stdout is not None
        assert json.loads(reader.stdout.read())["command"] == "seats"


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="there is no such file, or it may not be read")
@pytest.mark.parametrize("words", [("check",), ("parties", "--data"), ("claims",), ("import",)])
def test_the_log_of_the_system_is_not_waited_for(words: tuple[str, ...]) -> None:
    """It looks like a file, and gives what is there and then waits for more."""
    done = emvote_run(*words, "/proc/kmsg", *(("--dry-run",) if words == ("import",) else ()))
    assert done.returncode == 4, done.stderr
