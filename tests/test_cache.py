"""`emvote cache` shows what is kept, and removes it when asked to."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import run
from emvote.store import open_dataset, snapshot

HEADER = 'schema = 1\ntitle = "{title}"\nversion = "1"\nlicence = "x"\nattribution = "x"\nregion = "Here"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test's own, on any system."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "emvote"


def kept(folder: Path, title: str) -> str:
    """A dataset that has been opened and kept; its sha256."""
    file = folder.parent / f"{title}.toml"
    file.write_text(HEADER.format(title=title), encoding="utf-8")
    return open_dataset(str(file), snapshots=folder).sha256


def asked(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    """What `emvote cache --json` answers."""
    assert run(["cache", "--json", *options]) == ExitCode.ANSWERED
    return json.loads(capsys.readouterr().out)


def test_it_lists_each_snapshot_with_its_dataset(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one used last first; bytes as the file system counts them."""
    digests = [kept(folder, "First"), kept(folder, "Second")]
    first, second = (next(each for each in snapshot.entries(folder) if each.sha256 == digest) for digest in digests)
    os.utime(folder / first.file, (2_000_000_000, 2_000_000_000))
    answer = asked(capsys)
    assert [(row["title"], row["sha256"]) for row in answer["rows"]] == [("First", digests[0]), ("Second", digests[1])]
    assert answer["rows"][0]["used"] == "2033-05-18"
    assert (
        answer["summary"]["size_bytes"] == first.size + second.size == sum(f.stat().st_size for f in folder.iterdir())
    )
    assert answer["summary"]["folder"] == str(folder)
    run(["schema", "cache"])
    jsonschema.validate(answer, json.loads(capsys.readouterr().out))


def test_clear_removes_everything_and_says_what(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also what an interrupted run left unfinished; other files in the folder stay."""
    kept(folder, "First")
    (file,) = folder.iterdir()
    (folder / f"{file.name}.x.part").write_bytes(b"half")
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    answer = asked(capsys, "--clear")
    assert [row["title"] for row in answer["rows"]] == ["First"]
    assert answer["summary"]["cleared"] is True
    assert [each.name for each in folder.iterdir()] == ["mine.txt"]
    assert asked(capsys)["rows"] == []


def test_a_damaged_snapshot_is_listed_without_a_dataset(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes up room, and holds nothing that can be told."""
    kept(folder, "First")
    (file,) = folder.iterdir()
    file.write_bytes(b"garbage")
    (row,) = asked(capsys)["rows"]
    assert (row["title"], row["sha256"], row["size_bytes"]) == (None, None, 7)


def test_where_nothing_is_kept_it_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With EMVOTE_NO_CACHE nothing is read either."""
    kept(folder, "First")
    monkeypatch.setenv("EMVOTE_NO_CACHE", "1")
    assert run(["cache"]) == ExitCode.ANSWERED
    said = capsys.readouterr()
    assert said.out == "Nothing is kept: EMVOTE_NO_CACHE is set, or there is no home folder.\n"
    assert asked(capsys)["summary"]["folder"] is None
    assert asked(capsys, "--clear")["rows"] == []
    assert len(list(folder.iterdir())) == 1


def test_a_title_without_end_leaves_the_table_its_shape(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cut there, and whole for programs."""
    title = "Fenmark " * 1000
    file = folder.parent / "long.toml"
    file.write_text(HEADER.format(title=title), encoding="utf-8")
    open_dataset(str(file), snapshots=folder)
    assert run(["cache"]) == ExitCode.ANSWERED
    assert max(map(len, capsys.readouterr().out.splitlines())) < 200
    assert [row["title"] for row in asked(capsys)["rows"]] == [title]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that this user cannot write to")
def test_what_cannot_be_removed_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails, and says which."""
    kept(folder, "First")
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert run(["cache", "--clear"]) == ExitCode.OUTPUT
    assert "cannot remove" in capsys.readouterr().err
    folder.chmod(stat.S_IRWXU)
