"""What tests share: the shipped dataset, read once, and the program run as a process would run it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess
from typing import Any

import pytest

from emvote.cli.main import run
from emvote.dataset import Dataset
from emvote.store import open_dataset

OUTSIDE = ("EMVOTE_DATA", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
"""Variables of the caller's environment that change answers."""


@pytest.fixture(scope="session")
def shipped() -> Dataset:
    """The dataset that emvote ships."""
    return open_dataset()


@pytest.fixture(scope="session")
def emvote(shipped: Dataset) -> Iterator[Callable[..., CompletedProcess[str]]]:
    """Runs emvote in this process on piped streams: `emvote("seat", "Derby North", "--json").stdout`.

    The shipped dataset is read once for all runs; any other is read by each run that names it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        patch.setattr("emvote.store.open_dataset", lambda where=None: open_dataset(where) if where else shipped)

        def answer(*arguments: Any) -> CompletedProcess[str]:
            words = [str(each) for each in arguments]
            out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
            with pytest.MonkeyPatch.context() as streams:
                streams.setattr(sys, "stdout", out)
                streams.setattr(sys, "stderr", err)
                code = int(run(words))
            return CompletedProcess(["emvote", *words], code, *map(_text, (out, err)))

        yield answer


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    return content.getvalue().decode() if isinstance(content, io.BytesIO) else ""
