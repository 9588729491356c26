"""A snapshot of a checked dataset answers like its file, and is never trusted beyond that."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from emvote.cli.folders import cache_folder
from emvote.errors import BadData
from emvote.store import open_dataset, snapshot
from emvote.store.read import SHIPPED_FOLDER

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
    assert not list(SHIPPED_FOLDER.rglob(f"*{snapshot.ENDING}"))
