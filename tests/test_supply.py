"""What emvote is made of and how it is packed."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from emvote.store import open_dataset, read
from emvote.store.read import shipped_names

ROOT = Path(__file__).parents[1]


def build(kind: str, copy: Path, where: Path, *, newer: bool) -> Path:
    """A wheel or source archive, built from a copy of the project; a newer one has other times and permissions."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    copy.mkdir()
    for name in ("src", "man", "docs", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(ROOT / name, copy / name)
    if newer:
        for path in copy.rglob("*"):
            os.utime(path, (978307200, 978307200))
            path.chmod(0o700 if path.is_dir() else 0o600)
    (built,) = (SdistBuilder if kind == "sdist" else WheelBuilder)(str(copy)).build(directory=str(where))
    return Path(built)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    return build("wheel", folder / "copy", folder / "out", newer=False)


def test_two_wheels_have_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Of copies whose times and permissions differ."""
    assert build("wheel", tmp_path / "copy", tmp_path / "out", newer=True).read_bytes() == wheel.read_bytes()


def test_two_source_archives_have_the_same_bytes(tmp_path: Path) -> None:
    """Of copies whose times and permissions differ."""
    one, other = (build("sdist", tmp_path / n, tmp_path / f"out{n}", newer=n == "1") for n in "01")
    assert one.read_bytes() == other.read_bytes()


def test_what_is_installed_opens_its_datasets_without_parsing(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel holds a snapshot of each, with wards and without, and the user's own folder is left alone."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    parsed = {(name, wards): open_dataset(name, wards=wards) for name in shipped_names() for wards in (False, True)}
    monkeypatch.setattr(read, "SHIPPED_SNAPSHOTS", tmp_path / "emvote" / "data" / "snapshots")
    monkeypatch.setattr(read, "parse", None)
    for (name, wards), wanted in parsed.items():
        found = open_dataset(name, snapshots=tmp_path / "mine", wards=wards)
        assert found.record == wanted.record
        assert found.sha256 == wanted.sha256
        assert open_dataset(name, wards=wards).sha256 == wanted.sha256, "where nothing may be kept"
    assert not (tmp_path / "mine").exists()
