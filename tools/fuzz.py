"""Fuzz emvote with Atheris: `python -m tools.fuzz TARGET [OPTIONS OF LIBFUZZER]`, as `-max_total_time=600`.

The inputs are those of `tests/strategies.py`, chosen by what code they reach (`pip install atheris`). The first that
ends with a traceback, takes more than ten seconds or is refused without a place ends the search: it is printed, and
once mended belongs into `tests/data/crashes`, a folder a target.
"""

from __future__ import annotations

import importlib
import os
import sys


def main(target: str, options: list[str]) -> None:
    """Fuzz one target until libFuzzer ends the process."""
    atheris = importlib.import_module("atheris")  # in no group of tools: it has no wheel for every Python
    from hypothesis import given, settings

    os.environ["EMVOTE_NO_CACHE"] = "1"
    with atheris.instrument_imports(include=["emvote", "jmespath"], enable_loader_override=False):
        from tests.strategies import INPUTS
        from tests.targets import TARGETS
    answer = TARGETS[target]

    @settings(deadline=None)
    @given(INPUTS[target])
    def answered_or_told(content: bytes) -> None:
        try:
            answer(content)
        except BaseException:
            print(f"{target} fails for {content!r}", file=sys.stderr)
            raise

    limits = ["-timeout=10", "-rss_limit_mb=4096", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *limits, *options], answered_or_told.hypothesis.fuzz_one_input)  # type: ignore[attr-defined]
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
