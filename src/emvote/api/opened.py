"""An open dataset: it is read once, and every question is put to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

import msgspec

from emvote.api.answer import Answer
from emvote.api.arguments import Given, arguments_of
from emvote.api.questions import Questions
from emvote.cli.declare import Option
from emvote.cli.options import Request
from emvote.cli.output import arranged
from emvote.cli.question import Failing, open_named
from emvote.errors import UsageProblem
from emvote.render import Format
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.cli.question import Question
    from emvote.dataset import Dataset


class Emvote(Questions):
    """An open dataset, with a method for every command that answers from one.

    Words come by their place, options by their names: `emvote seat derby north --election 2019` is
    `seat("derby north", election="2019")`. Errors are those of `emvote.errors`.
    """

    def __init__(self, data: str | None, overlay: str | None) -> None:
        self._request = Request(format=Format.JSON, data=data, overlay=overlay)
        self._datasets: dict[tuple[Any, ...], Dataset] = {}
        self._opened(self._request, wards=False)

    def __repr__(self) -> str:
        return f"<emvote {self._request.data or 'results'}>"

    def _opened(self, request: Request, **parts: bool) -> Dataset:
        """The dataset with the parts of the record that a question needs, read once."""
        key = (request.data, request.overlay, *sorted(parts.items()))
        if key not in self._datasets:
            self._datasets[key] = open_named(request, **parts)
        return self._datasets[key]

    def _ask(self, command: Callable[..., Question], given: dict[str, Any]) -> Answer[Any]:
        values = {name: each.default for name, each in signature(command).parameters.items()}
        for each in arguments_of(command):
            if each.name in given:
                values[each.parameter.name] = _taken(each, given[each.name])
            elif each.parameter.default is Parameter.empty:
                raise TypeError(f"{command.__name__} needs {each.name}: {each.declared.help}")
        values |= {"data": self._request.data, "overlay": self._request.overlay, "format": self._request.format}
        question = command(**values)
        answer = question.answer(self._opened)
        view = answer.answer if isinstance(answer, Failing) else answer
        if not isinstance(view, View):
            raise UsageProblem("this question is answered with a text; ask it on the command line")
        return Answer(arranged(view, question.request))


def _taken(given: Given, value: Any) -> Any:
    """A value as the command takes it: a year may be a number, several names a list."""
    if given.name == "sort" and isinstance(value, Iterable) and not isinstance(value, str):
        value = ",".join(value)
    if given.is_words:
        value = [word for each in value for word in str(each).split()] if value else None
    elif given.type in (str, str | None) and _is_plain(value):
        value = str(value)
    try:
        value = msgspec.convert(value, given.type)
    except msgspec.ValidationError as error:
        raise UsageProblem(f"{given.name}: {error}") from None
    settings = given.declared.settings
    if settings.get("min") is not None and value is not None and value < settings["min"]:
        raise UsageProblem(f"{given.name} is at least {settings['min']}, got {value}")
    if isinstance(given.declared, Option) and settings["callback"]:
        value = settings["callback"](value)
    return value


def _is_plain(value: Any) -> bool:
    """Whether a value is as good as its text: a year, the name of a file."""
    return (isinstance(value, int) and not isinstance(value, bool)) or hasattr(value, "__fspath__")
