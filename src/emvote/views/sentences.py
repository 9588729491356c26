"""An answer in one sentence that can be printed: `--sentence`.

Made of the rows and the summary that machines read, so it cannot disagree with them; names of parties in full, because
readers of a newspaper know no abbreviations. An answer of up to eight rows names each, a longer one is summed up.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.views.values import Sentence
from emvote.views.view import View

SAID: Final = (
    *("councils", "council", "seat", "seats", "swing", "compare", "project", "targets", "wards", "mayor", "candidate"),
    *("map", "bellwethers", "claims", "results"),
)
"""Commands whose answers have a sentence, which `sentence` in the view of each makes."""


def require_sentence(command: str) -> None:
    """Stop before an answer that could not be said.

    Raises:
        UsageProblem: answers of this command are lists or files, of which no sentence can be made.
    """
    if command not in SAID:
        name = command.rstrip("_").replace("_", "-")
        raise UsageProblem(f"an answer of '{name}' has no sentence; these commands have one: {', '.join(SAID)}")


def sentence_of(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence; empty where nothing was found."""
    if not view.rows:
        return ()
    said: Sentence = import_module(f"emvote.views.{view.command}").sentence(view, dataset)
    return said
