"""A snapshot of a checked dataset answers like its file, and is never trusted beyond that."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emvote import names
from emvote.cli.folders import cache_folder
from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.keys import numbers_of
from emvote.model import Contest
from emvote.queries.candidate import candidate as candidate_query
from emvote.queries.seat import seat as seat_query
from emvote.queries.seats import seats as seats_query
from emvote.store import open_dataset, snapshot
from emvote.store.files import shipped_folder

SMALL = Path(__file__).parent / "data" / "small.toml"
HEADER = 'schema = 1\ntitle = "{title}"\nversion = "1"\nlicence = "x"\nattribution = "x"\nregion = "Here"\n'


def written(path: Path, title: str = "First") -> str:
    """A small sound dataset in a file."""
    path.write_text(HEADER.format(title=title), encoding="utf-8")
    return str(path)


def test_a_snapshot_gives_the_same_record_as_the_file(tmp_path: Path) -> None:
    """The shipped dataset read from its snapshot equals the one read from TOML."""
    first = open_dataset(snapshots=tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    again = open_dataset(snapshots=tmp_path)
    assert again.record == first.record
    assert again.sha256 == first.sha256


def test_a_changed_file_never_gives_an_old_answer(tmp_path: Path) -> None:
    """The snapshot is found by content, so the same path with other content is read anew."""
    where = written(tmp_path / "a.toml")
    assert open_dataset(where, snapshots=tmp_path / "cache").record.title == "First"
    before = Path(where).stat()
    written(Path(where), "Other")
    os.utime(where, (before.st_atime, before.st_mtime))
    assert open_dataset(where, snapshots=tmp_path / "cache").record.title == "Other"


@pytest.mark.parametrize("damage", [b"", b"garbage", None], ids=["empty", "garbage", "one byte changed"])
def test_a_damaged_snapshot_is_ignored(tmp_path: Path, damage: bytes | None) -> None:
    """Whatever happened to it, the file itself answers and a sound snapshot takes its place."""
    where = written(tmp_path / "a.toml")
    folder = tmp_path / "cache"
    open_dataset(where, snapshots=folder)
    (kept,) = folder.iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]) if damage is None else damage)
    assert open_dataset(where, snapshots=folder).record.title == "First"
    assert kept.read_bytes() == sound


def test_a_dataset_that_breaks_a_rule_leaves_no_snapshot(tmp_path: Path) -> None:
    """Only what has passed every rule is kept, since a snapshot is not held against them again."""
    bad = tmp_path / "bad.toml"
    bad.write_text(HEADER.format(title="Bad") + 'default_local = "nowhere"\n', encoding="utf-8")
    with pytest.raises(BadData):
        open_dataset(str(bad), snapshots=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where nothing can be kept, the answer is the same."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert open_dataset(written(tmp_path / "a.toml"), snapshots=blocked / "cache").record.title == "First"


def test_only_the_newest_snapshots_are_kept(tmp_path: Path) -> None:
    """The folder is bounded, whatever is asked of emvote."""
    folder = tmp_path / "cache"
    for number in range(snapshot.MOST_KEPT + 3):
        open_dataset(written(tmp_path / "a.toml", f"Number {number}"), snapshots=folder)
    assert len(list(folder.iterdir())) == snapshot.MOST_KEPT


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_only_the_user_can_read_what_is_kept(tmp_path: Path) -> None:
    """The folder and its files are private."""
    folder = tmp_path / "cache"
    open_dataset(written(tmp_path / "a.toml"), snapshots=folder)
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_cache_folder_can_be_switched_off_and_is_never_relative() -> None:
    """EMVOTE_NO_CACHE, no home, or a relative XDG_CACHE_HOME: nothing is kept."""
    assert cache_folder({"EMVOTE_NO_CACHE": "1", "HOME": "/home/me", "LOCALAPPDATA": "C:/me"}) is None
    assert cache_folder({}) is None
    assert cache_folder({"XDG_CACHE_HOME": "here", "LOCALAPPDATA": "here", "HOME": "here"}) is None


def test_the_shipped_folder_holds_no_snapshots() -> None:
    """Nothing is kept beside the shipped datasets, whichever way they are opened."""
    assert not list(shipped_folder().rglob(f"*{snapshot.ENDING}"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
def test_a_snapshot_that_others_can_write_is_ignored(tmp_path: Path) -> None:
    """It might hold anything; the dataset itself answers."""
    where, folder = written(tmp_path / "a.toml"), tmp_path / "cache"
    open_dataset(where, snapshots=folder)
    (kept,) = folder.iterdir()
    kept.chmod(0o666)
    content = Path(where).read_bytes()
    assert snapshot.load(folder, snapshot.name_of([content])) is None
    kept.chmod(0o600)
    assert snapshot.load(folder, snapshot.name_of([content])) is not None


def test_two_snapshots_that_were_exchanged_are_ignored(tmp_path: Path) -> None:
    """Each says inside for which name it was made, and the datasets themselves answer."""
    folder = tmp_path / "cache"
    places = [written(tmp_path / "a.toml", "First"), written(tmp_path / "b.toml", "Second")]
    for where in places:
        open_dataset(where, snapshots=folder)
    one, other = folder.iterdir()
    one.rename(folder / "aside")
    other.rename(one)
    (folder / "aside").rename(other)
    assert [entry.title for entry in snapshot.entries(folder)] == [None, None]
    assert [open_dataset(where, snapshots=folder).record.title for where in places] == ["First", "Second"]
    assert {entry.title for entry in snapshot.entries(folder)} == {"First", "Second"}, "they were made again"


def planted(kind: str, place: Path, sound: Path) -> None:
    """Something that is no plain file, in the place of a snapshot."""
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        try:
            os.mknod(place, stat.S_IFCHR | 0o600, os.makedev(1, 5))
        except PermissionError:
            pytest.skip("only root makes devices")
    elif kind == "folder":
        place.mkdir()
    elif kind == "link":
        place.symlink_to(sound)
    else:
        place.symlink_to(place)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "link", "link to itself"])
def test_what_is_no_plain_file_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """Opening a pipe would wait for ever; a link may lead to a file of the user's that somebody else chose."""
    where, folder = written(tmp_path / "a.toml"), tmp_path / "cache"
    open_dataset(where, snapshots=folder)
    (file,) = folder.iterdir()
    sound = file.rename(tmp_path / "sound")
    planted(kind, file, sound)
    opened: list[str] = []
    for module in (os, io):
        real = module.open

        def noted(path: object, *rest: Any, real: Callable[..., Any] = real, **named: Any) -> Any:
            assert str(path) != str(file), "it is opened"
            opened.append(str(path))
            return real(path, *rest, **named)

        monkeypatch.setattr(module, "open", noted)
    assert snapshot.entries(folder) == ()
    snapshot.clear(folder)
    assert stat.S_IFMT(file.lstat().st_mode) != stat.S_IFREG, "it is not emvote's to remove"
    assert open_dataset(where, snapshots=folder).record.title == "First"
    assert where in opened, "the dataset itself answers"
    assert sound.exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives folders away")
def test_a_folder_of_another_user_is_not_used(tmp_path: Path) -> None:
    """Its owner could exchange what is in it: nothing there is read, and nothing is kept there."""
    where, folder = written(tmp_path / "a.toml"), tmp_path / "cache"
    open_dataset(where, snapshots=folder)
    (file,) = folder.iterdir()
    os.chown(folder, os.geteuid() + 1, -1)
    assert snapshot.load(folder, file.name) is None
    assert [entry.title for entry in snapshot.entries(folder)] == [None]
    file.unlink()
    assert open_dataset(where, snapshots=folder).record.title == "First"
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission bits")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_a_new_folder_is_the_users_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    """So are the folders above it that are missing, and the user can use all of them."""
    where, folder = written(tmp_path / "a.toml"), tmp_path / "home" / "cache" / "emvote"
    before = os.umask(umask)
    try:
        open_dataset(where, snapshots=folder)
    finally:
        assert os.umask(before) == umask
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent, folder.parent.parent)} == {0o700}
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert snapshot.load(folder, file.name) is not None


def test_a_snapshot_of_another_version_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that somebody renamed: the name is inside as well."""
    where, folder = written(tmp_path / "a.toml"), tmp_path / "cache"
    with monkeypatch.context() as patch:
        patch.setattr(snapshot, "__version__", "0.0.1")
        patch.setattr(snapshot, "_signature", snapshot._signature.__wrapped__)  # noqa: SLF001 (without its memory)
        open_dataset(where, snapshots=folder)
        (old,) = folder.iterdir()
        assert snapshot.load(folder, old.name) is not None
    assert snapshot.load(folder, old.name) is None
    assert [entry.title for entry in snapshot.entries(folder)] == [None]
    name = snapshot.name_of([Path(where).read_bytes()])
    assert old.rename(folder / name).name != old.name
    assert snapshot.load(folder, name) is None


def ran(source: Path, program: str) -> list[str]:
    """What a program prints, line by line, with the emvote of a folder."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_snapshot_under_other_rules_is_not_used(tmp_path: Path) -> None:
    """Whatever module a record passes through is in the name: a change in any of them gives other names."""
    source = Path(str(snapshot.__file__)).parents[2]
    package = source / "emvote"
    open_and_tell = (
        f"import sys; from emvote.store import open_dataset; open_dataset({str(SMALL)!r}, wards=True);"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('emvote')), sep='\\n')"
    )
    passed = {Path(file) for file in ran(source, open_and_tell)}
    assert package / "store" / "ward_rules.py" in passed
    assert {file.parent for file in passed} == {package, package / "model", package / "store"}
    copy = tmp_path / "emvote"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__", "cli", "views", "render", "queries"))
    tell = "from emvote.store import snapshot; print(snapshot.name_of([b'']))"
    name = ran(tmp_path, tell)
    assert name == [snapshot.name_of([b""])], "the same source, elsewhere"
    rules = copy / "store" / "map_rules.py"
    text, before = rules.read_text(encoding="utf-8"), rules.stat()
    rules.write_text(f"{text}# stricter\n", encoding="utf-8")
    os.utime(rules, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ran(tmp_path, tell) != name, "as old, but longer"
    rules.write_text(text, encoding="utf-8")
    os.utime(rules, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert ran(tmp_path, tell) != name, "as long, but newer"
    os.utime(rules, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ran(tmp_path, tell) == name


def test_a_snapshot_that_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And a folder never grows beyond the limit: what was used last stays."""
    folder = tmp_path / "cache"
    open_dataset(written(tmp_path / "a.toml", "First"), snapshots=folder)
    (first,) = folder.iterdir()
    monkeypatch.setattr(snapshot, "MOST_BYTES", first.stat().st_size + 10)
    open_dataset(written(tmp_path / "a.toml", "Other"), snapshots=folder)
    (second,) = folder.iterdir()
    assert second != first
    monkeypatch.setattr(snapshot, "MOST_BYTES", 10)
    open_dataset(where := written(tmp_path / "a.toml", "Third"), snapshots=tmp_path / "none")
    assert not list((tmp_path / "none").glob("*"))
    assert open_dataset(where, snapshots=tmp_path / "none").record.title == "Third"


def test_what_an_interrupted_run_left_is_removed_later(tmp_path: Path) -> None:
    """An unfinished file of an hour ago belongs to nobody; a fresh one may."""
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    name = snapshot.name_of([b"a dataset"])
    old, fresh, strange = (folder / each for each in (f"{name}.old.part", f"{name}.fresh.part", "download.part"))
    for each in (old, fresh, strange):
        each.touch()
    os.utime(old, (1, 1))
    os.utime(strange, (1, 1))
    open_dataset(written(tmp_path / "a.toml"), snapshots=folder)
    assert fresh.exists()
    assert not old.exists()
    assert strange.exists(), "emvote did not write it"


@pytest.fixture(scope="module")
def uk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Dataset]:
    """The dataset of the country from its file, and from its snapshot."""
    folder = tmp_path_factory.mktemp("uk")
    return open_dataset("uk", snapshots=folder), open_dataset("uk", snapshots=folder)


def with_surname(dataset: Dataset, surname: str) -> tuple[Contest, ...]:
    """What `Dataset.contests_with` is to find, by going through all there is."""
    wanted = names.normalise(surname).split()[-1:]
    return tuple(
        contest
        for contest in dataset.record.contests
        if any(names.normalise(each.name).split()[-1:] == wanted for each in contest.candidates)
    )


def test_whatever_is_looked_up_is_what_the_record_holds(uk: tuple[Dataset, Dataset]) -> None:
    """Seats by id and name, results by seat, by election and by both: a snapshot finds all that the file has."""
    eager, lazy = uk
    for seat in eager.record.seats[::40]:
        assert lazy.seats[seat.id] == seat
        assert lazy.find_seats(seat.id.lower()) == (seat,)
        assert lazy.namesakes(seat) == eager.namesakes(seat)
        assert lazy.contests_of([seat.id]) == eager.contests_of([seat.id])
        assert lazy.undeclared_of([seat.id]) == eager.undeclared_of([seat.id])
    for election in eager.record.elections[::9]:
        assert lazy.contests_at(election.id) == eager.contests_at(election.id)
    for contest in eager.record.contests[::90]:
        assert lazy.contests[contest.election, contest.seat] == contest
    for surname in ("Smith", "Öpik", "O'Brien", "Nobody-at-all", ""):
        assert lazy.contests_with(surname) == eager.contests_with(surname) == with_surname(eager, surname)
    for number in (("mnis", 1517), ("dc", 1862)):
        assert lazy.contests_of_people([number]) == eager.contests_of_people([number]) != ()
        assert all(any(number in numbers_of(each) for each in c.candidates) for c in lazy.contests_of_people([number]))
    assert lazy.contests.get(("parl.1066", "nowhere")) is None
    assert "nowhere" not in lazy.seats
    assert dict(lazy.contests) == dict(eager.contests)
    assert dict(lazy.seats) == dict(eager.seats)
    assert lazy.record == eager.record
    assert eager.record == lazy.record


def test_what_was_looked_up_is_the_same_object_in_the_whole_table(tmp_path: Path) -> None:
    """So that identity means identity, in whichever order things are read."""
    open_dataset(snapshots=tmp_path)
    lazy = open_dataset(snapshots=tmp_path)
    seat = lazy.find_seats("Derby North")[0]
    assert any(each is seat for each in lazy.record.seats)
    assert lazy.find_seats("Derby North")[0] is seat
    assert lazy.seats[seat.id] is seat


@pytest.mark.parametrize(
    ("question", "most"),
    [
        (lambda dataset: dataset.find_seats("Hexham"), 2),
        (lambda dataset: seat_query(dataset, "Hexham"), 20),
        (lambda dataset: seat_query(dataset, "Hexham", election="2019"), 20),
        (seats_query, 3 * 650 + 1300),
        (lambda dataset: candidate_query(dataset, "Guy Opperman"), 10),
    ],
    ids=["a seat", "emvote seat", "emvote seat at one election", "emvote seats", "emvote candidate"],
)
def test_a_question_decodes_no_more_than_it_needs(
    tmp_path_factory: pytest.TempPathFactory, question: Callable[[Dataset], object], most: int
) -> None:
    """Of 4,615 results and 1,295 seats: a handful for one seat; for a listing those of three elections, and seats."""
    folder = tmp_path_factory.getbasetemp() / "counted"
    open_dataset("uk", snapshots=folder)
    kept = snapshot.load(folder, snapshot.name_of([(shipped_folder() / "uk.toml").read_bytes()]))
    assert kept is not None
    question(Dataset(kept.record, find=kept.find))
    assert 0 < len(kept.decoded["contests"]) + len(kept.decoded["seats"]) <= most
    assert not kept.decoded["wards"]
    assert not kept.decoded["councils"]


def test_a_record_of_a_snapshot_can_be_changed_like_that_of_the_file(tmp_path: Path) -> None:
    """It is a record like any other, whatever of it has been decoded."""
    parsed = open_dataset(str(SMALL)).record
    open_dataset(str(SMALL), snapshots=tmp_path)
    kept = open_dataset(str(SMALL), snapshots=tmp_path).record
    assert type(kept) is not type(parsed)
    assert replace(kept, title="Elsewhere") == replace(parsed, title="Elsewhere") != kept
