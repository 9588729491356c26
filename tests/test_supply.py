"""What emvote is made of and how it is packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from tools.wheel.manual import manual

from emvote.store import open_dataset, read
from emvote.store.read import shipped_names

ROOT = Path(__file__).parents[1]


def copied(copy: Path) -> Path:
    """A copy of what the project is built from."""
    copy.mkdir()
    for name in ("src", "data", "docs", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA.md"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def newer(copy: Path) -> Path:
    """The same with other times and permissions."""
    for path in copy.rglob("*"):
        os.utime(path, (978307200, 978307200))
        path.chmod(0o700 if path.is_dir() else 0o600)
    return copy


def build(kind: str, copy: Path, where: Path) -> Path:
    """A source archive, a wheel or the wheel of an editable installation, built from a copy of the project."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    builder = (SdistBuilder if kind == "sdist" else WheelBuilder)(str(copy))
    (built,) = builder.build(directory=str(where), versions=["editable" if kind == "editable" else "standard"])
    return Path(built)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    return build("wheel", copied(folder / "copy"), folder / "out")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive of this project."""
    folder = tmp_path_factory.mktemp("sdist")
    return build("sdist", copied(folder / "copy"), folder / "out")


def installed(wheel: Path, where: Path) -> Path:
    """What a wheel puts into a folder of packages."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(where)  # noqa: S202 (built here)
    return where


def unpacked(sdist: Path, where: Path) -> Path:
    """The project in a source archive."""
    with tarfile.open(sdist) as archive:
        archive.extractall(where, filter="data")
    (project,) = where.iterdir()
    return project


def test_two_wheels_have_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Of copies whose times and permissions differ."""
    assert build("wheel", newer(copied(tmp_path / "copy")), tmp_path / "out").read_bytes() == wheel.read_bytes()


def test_two_source_archives_have_the_same_bytes(sdist: Path, tmp_path: Path) -> None:
    """Of copies whose times and permissions differ."""
    assert build("sdist", newer(copied(tmp_path / "copy")), tmp_path / "out").read_bytes() == sdist.read_bytes()


def test_a_source_archive_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    """So the datasets and their snapshots are in it whichever way emvote is installed."""
    assert build("wheel", unpacked(sdist, tmp_path / "here"), tmp_path / "out").read_bytes() == wheel.read_bytes()


def test_the_wheel_carries_the_shipped_files_inside_the_package(wheel: Path) -> None:
    """Every file of `data/` with its bytes, the snapshots, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        inside = (name for name in archive.namelist() if name.startswith("emvote/data/"))
        found = {name.removeprefix("emvote/data/"): archive.read(name) for name in inside}
    snapshots = {name for name in found if name.startswith("snapshots/")}
    beside = [len(list((ROOT / "data").glob(f"{name}.*.toml"))) for name in shipped_names()]
    assert len(snapshots) == sum(2**files for files in beside), "one with and one without each file beside it"
    shipped = (path for path in (ROOT / "data").rglob("*") if path.is_file())
    assert {name: found[name] for name in found.keys() - snapshots} == {
        path.relative_to(ROOT / "data").as_posix(): path.read_bytes() for path in shipped
    }
    assert {"results.toml", "results.wards.toml", "uk.toml"} < found.keys()


def test_the_wheel_carries_the_man_page_of_its_commands(wheel: Path) -> None:
    """Where an installation puts it for `man`."""
    with zipfile.ZipFile(wheel) as archive:
        found = [name for name in archive.namelist() if name.endswith(".data/data/share/man/man1/emvote.1")]
        assert [archive.read(name).decode() for name in found] == [manual()]


def found_with(path: Path | str) -> list[str]:
    """Where the datasets are and which there are, for an emvote that is imported from a folder."""
    program = "from emvote.store import files, read; print(files.shipped_folder(), *read.shipped_names(), sep='\\n')"
    environment = {**os.environ, "PYTHONPATH": str(path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_an_installed_wheel_finds_its_datasets_in_itself(wheel: Path, tmp_path: Path) -> None:
    """Whatever is in a folder `data` two levels above it."""
    packages = installed(wheel, tmp_path / "lib" / "site-packages")
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert found_with(packages) == [str(packages / "emvote" / "data"), "results", "uk"]


def test_a_source_archive_and_a_checkout_find_their_datasets_at_the_top(sdist: Path, tmp_path: Path) -> None:
    """Run where they are, without an installation."""
    for project in (unpacked(sdist, tmp_path / "archive"), copied(tmp_path / "checkout")):
        assert found_with(project / "src") == [str(project / "data"), "results", "uk"]


def test_an_editable_installation_reads_the_datasets_of_its_project(tmp_path: Path) -> None:
    """It holds a path only, and no copy that would grow old."""
    project = copied(tmp_path / "copy")
    with zipfile.ZipFile(build("editable", project, tmp_path / "out")) as archive:
        assert not [name for name in archive.namelist() if name.startswith("emvote/")]
        (path,) = (name for name in archive.namelist() if name.endswith(".pth"))
        assert found_with(archive.read(path).decode().strip()) == [str(project / "data"), "results", "uk"]


def test_what_is_installed_opens_its_datasets_without_parsing(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel holds a snapshot of each, with wards and without, and the user's own folder is left alone."""
    data = installed(wheel, tmp_path / "packages") / "emvote" / "data"
    parsed = {(name, wards): open_dataset(name, wards=wards) for name in shipped_names() for wards in (False, True)}
    monkeypatch.setattr(read, "shipped_folder", lambda: data)
    monkeypatch.setattr(read, "parse", None)
    for (name, wards), wanted in parsed.items():
        found = open_dataset(name, snapshots=tmp_path / "mine", wards=wards)
        assert found.record == wanted.record
        assert found.sha256 == wanted.sha256
        assert open_dataset(name, wards=wards).sha256 == wanted.sha256, "where nothing may be kept"
    assert not (tmp_path / "mine").exists()
