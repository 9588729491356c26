"""What turns a function that answers a question into a command.

A command is a function from a dataset and its own options to a `View`. The decorator adds the options that all commands
share, and makes of each command line a `Question`. The program answers that and writes the answer; a command that
replays others (`claims`) asks them for theirs. So a command never opens, prints or exits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.cli.declare import Argument, Elections, Option
from emvote.cli.elections import one_election, take_last
from emvote.cli.options import COMMON, LISTING, ElectionWords, Listing, Request, Scope, common, listing
from emvote.cli.question import ASK, COUNTRY, ELECTION, SCOPE, SHIPPED_UK, Answer, Opener, Question
from emvote.errors import UsageProblem

if TYPE_CHECKING:
    from emvote.cli.asking import Asker
    from emvote.cli.registry import Group

REQUEST: Final = "request"
"""Name of the parameter through which a command may see the `Request` itself."""

WORDS: Final = "election_words"
"""Name of the argument for the election, which is added where a command has no other."""

WardsWanted = Callable[[Mapping[str, Any], Request], bool | None]
"""Whether a command line, by its own options and how it was asked, needs ward results: see `Question.wards`."""


def command(
    group: Group,  # noqa: ARG001 (read from the text of the module: `emvote.cli.registry`)
    *,
    dataset: bool = True,
    listing: bool = False,
    wards: bool | WardsWanted = False,
    elections: Elections = Elections.GENERAL,
    people: bool = False,
) -> Callable[[Callable[..., Answer]], Callable[..., Question]]:
    """Make a command of a function: called with options, it returns a `Question`.

    Its first parameter is the dataset; the others are its own options, declared as `emvote.cli.declare` has it. A
    parameter called `request` is given the `Request`, one called `ask` an `Asker`, one called `country` a `Country`,
    and none of these is an option; one called `scope`, a `Scope`, also chooses the dataset; one called `election` may
    be typed as last words too. In place of a filter of a query stand its conditions, an option each.
    Annotations are read when the module is loaded, so a module of commands has no
    `from __future__ import annotations` and imports what they name.

    Args:
        group: its heading in `emvote --help`.
        dataset: whether it answers from a dataset; without, it has no such parameter.
        listing: whether it has `--sort`, `--desc`, `--limit` and `--columns`.
        wards: whether it answers from ward results too, which are read only then; or what decides that of each
            command line.
        elections: those that it can be asked about.
        people: whether it answers from councillors and administrations, which are read only then.
    """

    def decorate(function: Callable[..., Answer]) -> Callable[..., Question]:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1 if dataset else 0 :]
        names = {parameter.name for parameter in parameters}
        own = [parameter for parameter in parameters if parameter.name not in (REQUEST, ASK, COUNTRY)]
        argument = next((parameter for parameter in own if _metavar(parameter) is not None), None)
        filters = {keep.name: _options(keep.annotation) for keep in own if _is_filter(keep.annotation)}

        def run(**given: Any) -> Question:
            request = _request(given, listing=listing)
            _settle_election(given, argument)
            if request.overlay and not dataset and REQUEST not in names:
                raise UsageProblem("this command takes no --overlay")
            for parameter in own:
                if parameter.name in filters:
                    values = {option.name: given.pop(option.name) for option in filters[parameter.name]}
                    given[parameter.name] = parameter.annotation(**values)
            if REQUEST in names:
                given[REQUEST] = request
            if given.get(SCOPE) is Scope.UK and request.data is None:
                request = replace(request, data=SHIPPED_UK)
            with_wards = wards(given, request) if callable(wards) else wards
            asker = _asker if ASK in names else None
            return Question(function, given, request, dataset, with_wards, listing, asker, COUNTRY in names, people)

        if ELECTION in names and argument is None:
            by_name = inspect.Parameter.KEYWORD_ONLY
            own.insert(0, inspect.Parameter(WORDS, by_name, default=None, annotation=ElectionWords))
        options = [option for parameter in own for option in filters.get(parameter.name, [parameter])]
        run.listed = dataset and listing  # type: ignore[attr-defined]
        run.elections = elections  # type: ignore[attr-defined]
        return _dressed(run, function, [*options, *COMMON, *(LISTING if listing else ())])

    return decorate


def _metavar(parameter: inspect.Parameter) -> str | None:
    """Return the metavar of an argument; `None` for an option."""
    found = (part for part in getattr(parameter.annotation, "__metadata__", ()) if isinstance(part, Argument))
    return next((argument.metavar for argument in found), None)


def _settle_election(given: dict[str, Any], argument: inspect.Parameter | None) -> None:
    """Take the election from the last words after one name.

    Raises:
        UsageProblem: it is also given as an option, and differs.
    """
    if WORDS in given:
        words = given.pop(WORDS)
        if words:
            given[ELECTION] = one_election(" ".join(words), given[ELECTION])
    elif ELECTION in given and argument is not None and (_metavar(argument) or "").isalpha():
        given[ELECTION] = take_last(given[argument.name] or [], given[ELECTION], fewest=1)


def _is_filter(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Struct)


def _options(keep: type[Struct]) -> list[inspect.Parameter]:
    """The conditions of a filter as options."""
    from emvote.queries.conditions import conditions  # few commands have a filter

    return [
        inspect.Parameter(
            condition.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=condition.default,
            annotation=Annotated[
                condition.type,
                Option(
                    f"--{condition.name.rstrip('_').replace('_', '-')}", metavar=condition.names, help=condition.help
                ),
            ],
        )
        for condition in conditions(keep)
    ]


def _dressed(
    run: Callable[..., Question], function: Callable[..., Answer], parameters: list[inspect.Parameter]
) -> Callable[..., Question]:
    """Give the function the command's name, help and options."""
    by_keyword = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    run.__name__ = run.__qualname__ = function.__name__
    run.__module__ = function.__module__
    run.__doc__ = function.__doc__
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in by_keyword}
    run.__signature__ = inspect.Signature(by_keyword)  # type: ignore[attr-defined]
    return run


def _asker(request: Request, opened: Opener) -> Asker:
    from emvote.cli.asking import Asker  # few commands ask others

    return Asker(request, opened)


def _request(given: dict[str, Any], *, listing: bool) -> Request:
    """Take the shared options out of what was given."""
    request = common(**{option.name: given.pop(option.name) for option in COMMON})
    return replace(request, listing=_listing(given)) if listing else request


def _listing(given: dict[str, Any]) -> Listing:
    return listing(**{option.name: given.pop(option.name) for option in LISTING})
