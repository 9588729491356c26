"""The methods of an open dataset: a command each, made of the command's own declarations.

What an editor knows of them is in `questions.pyi`, which `python dev.py docs` makes of the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from emvote.cli.arguments import command_of, question_names, signature_of

if TYPE_CHECKING:
    from emvote.api.answer import Answer
    from emvote.cli.question import Question


class Questions:
    """A method a command that answers from a dataset."""

    def _ask(self, command: Callable[..., Question], given: dict[str, Any]) -> Answer[Any]:
        raise NotImplementedError

    def __getattr__(self, name: str) -> Callable[..., Answer[Any]]:
        command = command_of(name)
        shape = signature_of(command)

        def ask(*words: Any, **options: Any) -> Answer[Any]:
            return self._ask(command, shape.bind(*words, **options).arguments)

        ask.__name__ = ask.__qualname__ = name
        ask.__doc__ = command.__doc__
        ask.__signature__ = shape  # type: ignore[attr-defined]
        return ask

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *question_names()]
