"""Looks for inputs that emvote answers with a traceback, or refuses without saying where.

    python -m tools.fuzz toml --seconds 600      coverage-guided, with Atheris (pip install atheris)
    python -m tools.fuzz all --replay 200        only the seeds and as many damaged copies of each, without Atheris

Inputs that fail go into build/fuzz/crashes; once mended, they belong into tests/data/crashes, a folder a target.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "fuzz"
LONGEST_RUN = 10
"""Seconds after which an input has failed too."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz one target, or replay; 1 where something failed."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--replay", type=int, metavar="COPIES", help="damaged copies of each seed, and no fuzzing")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    if given.replay is not None:
        return replay(given.target, given.replay, given.seed)
    return fuzz(given.target, given.seconds, given.seed)


class Watched:
    """A target whose failures are kept, one file a place in the code, so that the search goes on."""

    def __init__(self, name: str, function: Callable[[bytes], None]) -> None:
        self.name = name
        self.function = function
        self.runs = 0
        self.slowest = 0.0
        self.failed: set[str] = set()

    def __call__(self, content: bytes) -> None:
        """Run it once."""
        self.runs += 1
        began = time.perf_counter()
        try:
            self.function(content)
        except Exception as error:  # noqa: BLE001 (whatever it is, it is what is looked for)
            self._keep(content, _signature(error), "".join(traceback.format_exception(error)))
        took = time.perf_counter() - began
        self.slowest = max(self.slowest, took)
        if took > LONGEST_RUN:
            self._keep(content, "slow", f"{took:.1f} s")

    def _keep(self, content: bytes, signature: str, trace: str) -> None:
        if signature in self.failed:
            return
        self.failed.add(signature)
        name = f"{self.name}-{hashlib.sha256(signature.encode()).hexdigest()[:10]}"
        where = BUILD / "crashes"
        where.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(content)
        (where / f"{name}.txt").write_text(trace, encoding="utf-8", errors="replace")
        print(f"failed: {self.name} {name}: {trace.strip().splitlines()[-1][:200]}", file=sys.stderr)

    def report(self) -> str:
        """What was done."""
        return f"{self.name}: {self.runs:,} runs, {len(self.failed)} failures, slowest {self.slowest:.2f} s"


def _signature(error: Exception) -> str:
    """Where a failure comes from: the same place is the same failure."""
    lines = "".join(traceback.format_exception(error)).splitlines()
    ours = [line.strip() for line in lines if line.strip().startswith('File "') and "emvote" in line]
    return f"{type(error).__name__} {ours[-1] if ours else ''} {lines[-1].partition(':')[0]}"


def replay(target: str, copies: int, seed: int) -> int:
    """Run the seeds and damaged copies of them."""
    from tools.fuzz.seeds import damaged, written
    from tools.fuzz.targets import TARGETS

    failed = 0
    for name in TARGETS if target == "all" else (target,):
        watched, chance = Watched(name, TARGETS[name]), random.Random(seed)  # noqa: S311 (the same again, not a secret)
        for content in written(name):
            watched(content)
            for _ in range(copies):
                watched(damaged(content, chance))
        failed += len(watched.failed)
        print(watched.report(), flush=True)
    return int(bool(failed))


def fuzz(target: str, seconds: int, seed: int) -> int:
    """Let Atheris make up inputs, from the seeds on, by what code they reach."""
    import importlib

    atheris = importlib.import_module("atheris")  # no development tool: it has no wheel for every Python

    with atheris.instrument_imports(include=["emvote", "jmespath"], enable_loader_override=False):
        from tools.fuzz.seeds import corpus
        from tools.fuzz.targets import TARGETS

    where = BUILD / target
    corpus(target, where, seed)
    watched = Watched(target, TARGETS[target])
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        "-timeout=60",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
    ]
    options += ["-max_len=40000", "-verbosity=1", f"-artifact_prefix={BUILD}/{target}-"]
    atheris.Setup([sys.argv[0], *options, str(where)], watched)
    atheris.Fuzz()  # never returns: it ends the process, and what failed has been told
    return 0


if __name__ == "__main__":
    sys.exit(main())
