"""A snapshot of a checked dataset answers like its file, and is never trusted beyond that."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from emvote import names
from emvote.cli.folders import cache_folder
from emvote.dataset import Dataset
from emvote.errors import BadData
from emvote.frozen import replace
from emvote.index import numbers_of
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
    old, fresh = folder / f"old{snapshot.UNFINISHED}", folder / f"fresh{snapshot.UNFINISHED}"
    old.touch()
    fresh.touch()
    os.utime(old, (1, 1))
    open_dataset(written(tmp_path / "a.toml"), snapshots=folder)
    assert fresh.exists()
    assert not old.exists()


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
    question(Dataset(kept.record, lookup=kept.find))
    assert 0 < kept.decoded["contests"] + kept.decoded["seats"] <= most
    assert kept.decoded["wards"] == kept.decoded["councils"] == 0


def test_a_council_decodes_its_years_when_somebody_looks_at_them(tmp_path: Path) -> None:
    """Of that council alone, once, and then they are an ordinary value; the list of councils decodes none."""
    parsed = open_dataset(str(SMALL)).record
    open_dataset(str(SMALL), snapshots=tmp_path)
    kept = snapshot.load(tmp_path, next(tmp_path.iterdir()).name)
    assert kept is not None
    councils = kept.record.councils
    assert [each.name for each in councils] == [each.name for each in parsed.councils]
    assert kept.decoded[snapshot.YEARS] == 0
    number = next(i for i, each in enumerate(parsed.councils) if len(each.compositions) > 1)
    assert councils[number].compositions == parsed.councils[number].compositions
    assert councils[number].compositions is councils[number].compositions
    assert kept.decoded[snapshot.YEARS] == 1


def test_a_council_of_a_snapshot_equals_that_of_the_file_and_can_be_changed_like_it(tmp_path: Path) -> None:
    """Whichever of the two is asked first."""
    parsed = open_dataset(str(SMALL)).record.councils[0]
    open_dataset(str(SMALL), snapshots=tmp_path)
    kept = open_dataset(str(SMALL), snapshots=tmp_path).record.councils[0]
    assert type(kept) is not type(parsed)
    assert kept == parsed
    assert parsed == kept
    assert kept != replace(parsed, name="Elsewhere")
    assert replace(kept, name="Elsewhere") == replace(parsed, name="Elsewhere")
