"""What tests share: the shipped dataset, the raw files, and the program run as a process would run it."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.cli.main import run
from emvote.dataset import Dataset
from emvote.store import open_dataset

OUTSIDE = ("EMVOTE_DATA", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
"""Variables of the caller's environment that change answers."""
RAW = Path(os.environ.get("EMVOTE_RAW") or Path(__file__).parents[2] / "shared" / "data")
"""The files that the shipped dataset is made from; the repository does not hold them."""


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """The dataset that emvote ships."""
    return open_dataset()


@pytest.fixture(scope="session")
def emvote(shipped: Dataset) -> Callable[..., CompletedProcess[str]]:
    """Runs emvote in this process on piped streams: `emvote("seat", "Derby North", "--json").stdout`.

    The shipped dataset is read once for all runs; any other is read by each run that names it.
    """

    def answer(*arguments: Any) -> CompletedProcess[str]:
        words = [str(each) for each in arguments]
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with pytest.MonkeyPatch.context() as patch:
            for name in OUTSIDE:
                patch.delenv(name, raising=False)
            patch.setattr("emvote.store.open_dataset", lambda where: open_dataset(where) if where else shipped)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = int(run(words))
        return CompletedProcess(["emvote", *words], code, _text(out), _text(err))

    return answer


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    return content.getvalue().decode() if isinstance(content, io.BytesIO) else ""


@pytest.fixture(scope="session")
def raw() -> Callable[[str], list[dict[str, str]]]:
    """Reads a raw file: `raw("councils/councils.csv")`; a test that asks for one is skipped where there are none."""
    if not RAW.is_dir():
        pytest.skip("the raw files are not here: EMVOTE_RAW says where they are")

    def rows(name: str) -> list[dict[str, str]]:
        with (RAW / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows
