"""An open dataset in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from emvote.api.answer import Answer
from emvote.api.questions import Questions
from emvote.cli.opened import Opened

if TYPE_CHECKING:
    from emvote.cli.question import Question


class Emvote(Questions):
    """An open dataset, with a method for every command that answers from one.

    Words come by their place, options by their names: `emvote seat derby north --election 2019` is
    `seat("derby north", election="2019")`. Errors are those of `emvote.errors`.
    """

    def __init__(self, data: str | None, overlay: str | None) -> None:
        self._opened = Opened(data, overlay)

    def __repr__(self) -> str:
        return f"<emvote: {self._opened.name}>"

    def _ask(self, command: Callable[..., Question], given: dict[str, Any]) -> Answer[Any]:
        return Answer(self._opened.ask(command, given))
