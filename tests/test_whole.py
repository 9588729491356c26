"""Files: old or new and never half, whatever stands in the way, stops the process or reads meanwhile."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from emvote.store import whole

if sys.platform == "win32":
    pytest.skip("signals, links and modes are others there", allow_module_level=True)
import resource

SMALL = Path(__file__).parent / "data" / "small.toml"
KILLED_ROUNDS = int(os.environ.get("EMVOTE_KILLS", "5"))
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
    if out.suffix:
        out.write_bytes(b"old")
    else:
        out.mkdir()
        (out / "datapackage.json").write_text("{}", encoding="utf-8")

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
    assert [each.name for each in tmp_path.iterdir()] == [out.name]
    assert out.read_bytes() == b"old" if out.suffix else [each.name for each in out.iterdir()] == ["datapackage.json"]


@pytest.mark.parametrize(
    "words",
    [("seats", "--json", "-o", "OUT.json"), ("export", "OUT.sqlite", "--force"), ("export", "OUT", "--force")],
    ids=" ".join,
)
def test_a_process_that_is_killed_leaves_the_old_file_or_the_new(tmp_path: Path, words: tuple[str, ...]) -> None:
    """At a moment by chance, again and again: what stands there is whole; leftovers are hidden, `.part`."""
    out = tmp_path / next(word for word in words if "OUT" in word)
    line = [str(out) if "OUT" in word else word for word in words]
    started = time.monotonic()
    first = emvote(*line, "--data", str(SMALL))
    assert first.communicate()[1] == ""
    length = time.monotonic() - started
    wanted = content(out)
    chance = random.Random(7)  # noqa: S311 (moments, not secrets)
    for _ in range(KILLED_ROUNDS):
        process = emvote(*line, "--data", str(SMALL))
        time.sleep(length * chance.uniform(0.5, 1.1))
        process.kill()
        process.communicate()
        assert content(out) == wanted
    beside = {each.name for each in tmp_path.iterdir()} - {out.name, f"{out.stem}.metadata.json"}
    assert all(name.startswith(".") and name.endswith(".part") for name in beside)


def content(path: Path) -> dict[str, int]:
    """Files and their sizes."""
    if path.is_file():
        return {"": path.stat().st_size}
    return {str(each.relative_to(path)): each.stat().st_size for each in path.rglob("*") if each.is_file()}


def test_many_at_once_answer_from_one_version_or_the_other(tmp_path: Path) -> None:
    """32 processes with one cache, while the dataset is replaced all the time; what they keep is theirs alone."""
    data, cache = tmp_path / "data.toml", tmp_path / "cache"
    old = SMALL.read_text(encoding="utf-8")
    new = old.replace('version = "1"', 'version = "2"', 1).replace("votes = 18900,", "votes = 18901,")
    new = new.replace("valid_votes = 42000", "valid_votes = 42001").replace("majority = 2100", "majority = 2099")
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
