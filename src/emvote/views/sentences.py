"""An answer in one sentence that can be printed: `--sentence`.

Made of the rows and the summary that machines read, so it cannot disagree with them; names of parties in full, because
readers of a newspaper know no abbreviations. An answer of up to eight rows names each, a longer one is summed up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.views.values import Sentence
from emvote.views.view import View


def require_sentence(command: str, others: Callable[[], Iterable[str]]) -> None:
    """Stop before an answer that could not be said.

    Args:
        command: module of the command.
        others: modules of all commands, asked for where this one has no sentence.

    Raises:
        UsageProblem: answers of this command are lists or files, of which no sentence can be made.
    """
    if not says(command):
        name, *said = (each.rstrip("_").replace("_", "-") for each in (command, *filter(says, others())))
        raise UsageProblem(f"an answer of '{name}' has no sentence; these commands have one: {', '.join(said)}")


def says(command: str) -> bool:
    """Whether the view of a command makes a sentence."""
    view = f"emvote.views.{command}"
    return find_spec(view) is not None and hasattr(import_module(view), "sentence")


def sentence_of(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence; empty where nothing was found."""
    if not view.rows:
        return ()
    said: Sentence = import_module(f"emvote.views.{view.command}").sentence(view, dataset)
    return said
