"""What turns a function that answers a question into a command.

A command is a function from a dataset and its own options to a `View`. The decorator adds the options that all commands
share, opens the dataset, and hands the answer to `emvote.cli.output`. So a command never opens, prints or exits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import typer

from emvote.cli import output
from emvote.cli.exit_codes import exit_code
from emvote.cli.folders import cache_folder
from emvote.cli.options import COMMON, LISTING, Listing, Request, common, listing
from emvote.cli.output import Raw
from emvote.errors import UsageProblem
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.dataset import Dataset
    from emvote.errors import EmvoteError

REQUEST: Final = "request"
"""Name of the parameter through which a command may see the `Request` itself."""


class Failing(NamedTuple):
    """An answer that is given in full and still ends the run with an error's exit code; the error is not printed."""

    answer: View | Raw
    error: EmvoteError


Answer = View | Raw | Failing


def command(
    *, dataset: bool = True, listing: bool = False, wards: bool = False
) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Make a command of a function.

    Its first parameter is the dataset; the others are its own options, as Typer reads them. A parameter called
    `request` is given the `Request` and is no option. Annotations are read when the module is loaded, so a module of
    commands has no `from __future__ import annotations` and imports what they name.

    Args:
        dataset: whether it answers from a dataset; without, it has no such parameter.
        listing: whether it has `--sort`, `--desc`, `--limit` and `--columns`.
        wards: whether it answers from ward results too, which are read only then.
    """

    def decorate(function: Callable[..., Answer]) -> Callable[..., None]:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1 if dataset else 0 :]
        wants_request = any(parameter.name == REQUEST for parameter in parameters)

        def run(**given: Any) -> None:
            request = _request(given, listing=listing)
            if request.overlay and not dataset and not wants_request:
                raise UsageProblem("this command takes no --overlay")
            if wants_request:
                given[REQUEST] = request
            _deliver(_answered(function, request, given, wards=wards) if dataset else function(**given), request)

        own = [parameter for parameter in parameters if parameter.name != REQUEST]
        return _dressed(run, function, [*own, *COMMON, *(LISTING if listing else ())])

    return decorate


def _dressed(
    run: Callable[..., None], function: Callable[..., Answer], parameters: list[inspect.Parameter]
) -> Callable[..., None]:
    """The function as Typer sees it: with the command's name and help, and all the options."""
    by_keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    run.__name__ = run.__qualname__ = function.__name__
    run.__module__ = function.__module__
    run.__doc__ = help_text(function.__doc__ or "")
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in by_keyword}
    run.__signature__ = inspect.Signature(by_keyword)  # type: ignore[attr-defined]
    return run


def help_text(doc: str) -> str:
    r"""A docstring as Typer should show it: paragraphs with indented lines keep their lines.

    >>> help_text("Seats.\n\nExamples:\n    emvote seats\n")
    'Seats.\n\n\x08\nExamples:\n    emvote seats'
    """
    paragraphs = inspect.cleandoc(doc).split("\n\n")
    return "\n\n".join(f"\b\n{each}" if "\n " in f"\n{each}" else each for each in paragraphs)


def _request(given: dict[str, Any], *, listing: bool) -> Request:
    """Take the shared options out of what was given."""
    request = common(**{each.name: given.pop(each.name) for each in COMMON})
    return request._replace(listing=_listing(given)) if listing else request


def _listing(given: dict[str, Any]) -> Listing:
    return listing(**{each.name: given.pop(each.name) for each in LISTING})


def _answered(function: Callable[..., Answer], request: Request, given: dict[str, Any], *, wards: bool) -> Answer:
    from emvote.store import open_dataset

    dataset = open_dataset(request.data, snapshots=cache_folder(), wards=wards, overlay=request.overlay)
    return _stamped(function(dataset, **given), dataset)


def _stamped(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with the dataset that it comes from, and a note where another file was laid over that."""
    if isinstance(answer, Failing):
        stamped = _stamped(answer.answer, dataset)
        return answer if isinstance(stamped, Failing) else answer._replace(answer=stamped)
    if not isinstance(answer, View):
        return answer
    if not dataset.overlay:
        return replace(answer, dataset=dataset.meta())
    note = f"{dataset.overlay} is laid over the dataset: its figures take the place of those on record"
    brief = None if answer.brief is None else (note, *answer.brief)
    return replace(answer, dataset=dataset.meta(), notes=(note, *answer.notes), brief=brief)


def _deliver(answer: Answer, request: Request) -> None:
    if isinstance(answer, Failing):
        output.emit(answer.answer, request)
        raise typer.Exit(exit_code(answer.error))
    output.emit(answer, request)
