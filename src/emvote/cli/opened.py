"""Questions from Python and agents, put to a dataset read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any

from emvote.cli.arguments import arguments_of
from emvote.cli.options import Request
from emvote.cli.output import arranged
from emvote.cli.question import Failing, Question, open_named
from emvote.errors import UsageProblem
from emvote.render import Format
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.dataset import Dataset


class Opened:
    """A dataset whose parts are read when first needed."""

    def __init__(self, data: str | None = None, overlay: str | None = None) -> None:
        self._request = Request(format=Format.JSON, data=data, overlay=overlay)
        self._datasets: dict[tuple[Any, ...], Dataset] = {}
        self.dataset(self._request, wards=False)

    @property
    def name(self) -> str:
        """What was opened, as it was named."""
        return self._request.data or "results"

    def dataset(self, request: Request, **parts: bool) -> Dataset:
        """The dataset with the parts that a question needs."""
        key = (request.data, request.overlay, *sorted(parts.items()))
        if key not in self._datasets:
            self._datasets[key] = open_named(request, **parts)
        return self._datasets[key]

    def ask(self, command: Callable[..., Question], given: Mapping[str, Any]) -> View:
        """Return the answer of a command.

        Args:
            command: as `emvote.cli.arguments.command_of` finds it.
            given: values by the names of its arguments.

        Raises:
            TypeError: an argument that it needs is not given.
            EmvoteError: there is no answer; the error says why.
        """
        values = {name: each.default for name, each in signature(command).parameters.items()}
        for each in arguments_of(command):
            if each.name in given:
                values[each.parameter.name] = each.taken(given[each.name])
            elif each.is_required:
                raise TypeError(f"{command.__name__} needs {each.name}: {each.declared.help}")
        values |= {"data": self._request.data, "overlay": self._request.overlay, "format": self._request.format}
        question = command(**values)
        answer = question.answer(self.dataset)
        view = answer.answer if isinstance(answer, Failing) else answer
        if not isinstance(view, View):
            raise UsageProblem("this question is answered with a text; ask it on the command line")
        return arranged(view, question.request)
