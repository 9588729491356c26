"""What turns a function that answers a question into a command.

A command is a function from a dataset and its own options to a `View`. The decorator adds the options that all commands
share, and makes of each command line a `Question`. The program answers that and writes the answer; a command that
replays others (`claims`) asks them for theirs. So a command never opens, prints or exits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from emvote.cli import interrupts, output
from emvote.cli.exit_codes import ExitCode, exit_code
from emvote.cli.folders import cache_folder
from emvote.cli.options import COMMON, LISTING, Listing, Request, Scope, common, listing
from emvote.cli.output import Raw
from emvote.errors import UsageProblem
from emvote.render import Format
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.dataset import Dataset
    from emvote.errors import EmvoteError
    from emvote.views.view import Layout

REQUEST: Final = "request"
"""Name of the parameter through which a command may see the `Request` itself."""
ASK: Final = "ask"
"""Name of the parameter through which a command may ask others: see `emvote.cli.asking`."""
SCOPE: Final = "scope"
"""Name of the parameter that says whether the answer is of the dataset's region or of the country."""
COUNTRY: Final = "country"
"""Name of the parameter through which a command may open the dataset of the country beside its own."""
SHIPPED_UK: Final = "uk"
"""Name of the shipped dataset of the country."""


class Failing(Struct, frozen=True):
    """An answer that is given in full and still ends the run with an error's exit code; the error is not printed."""

    answer: View | Raw
    error: EmvoteError


class Shown(Struct, frozen=True):
    """No answer but a screen, which its reader leaves when done."""

    run: Callable[[], None]


Answer = View | Raw | Failing | Shown
Country = Callable[[], "Dataset"]
"""Opens the dataset of the country: the command's own where that is one, else the shipped one."""


class Opener(Protocol):
    """How a question comes by the dataset that its command line names."""

    def __call__(self, request: Request, *, wards: bool) -> Dataset:
        """The dataset, with ward results if they are asked for."""


def open_named(request: Request, *, wards: bool) -> Dataset:
    """The dataset that a command line names, read now."""
    from emvote.store import open_dataset

    return open_dataset(request.data, snapshots=cache_folder(), wards=wards, overlay=request.overlay)


WardsWanted = Callable[[Mapping[str, Any], Request], bool]
"""Whether a command line, by its own options and how it was asked, needs ward results."""


class Question(Struct, frozen=True):
    """A command line that has been understood, and not been answered."""

    function: Callable[..., Answer]
    given: Mapping[str, Any]
    """The command's own options."""
    request: Request
    dataset: bool
    """Whether it is put to a dataset."""
    wards: bool
    """Whether that needs its ward results."""
    listing: bool
    """Whether its rows can be sorted, cut and chosen from."""
    asks: bool
    """Whether it is answered by asking other commands."""
    compares: bool = False
    """Whether it may want the dataset of the country beside its own."""

    def answer(self, opened: Opener = open_named) -> Answer:
        """The answer.

        Raises:
            EmvoteError: there is none; the error says why.
        """
        if self.request.format is Format.SENTENCE:
            from emvote.views.sentences import require_sentence

            require_sentence(self.function.__name__)
        given = dict(self.given)
        if self.asks:
            from emvote.cli.asking import Asker

            given[ASK] = asker = Asker(self.request, opened)
            opened = asker.opened
        if not self.dataset:
            return self.function(**given)
        dataset = opened(self.request, wards=self.wards)
        interrupts.stop_if_any()  # before anything is written
        if given.get(SCOPE) is Scope.UK:
            _stop_at_one_region(dataset)
        if self.compares:
            given[COUNTRY] = lambda: self._country(dataset, opened)
        answer = _stamped(self.function(dataset, **given), dataset)
        return _in_a_sentence(answer, dataset) if self.request.format is Format.SENTENCE else answer

    def _country(self, dataset: Dataset, opened: Opener) -> Dataset:

        if dataset.is_national:
            return dataset
        return opened(replace(self.request, data=SHIPPED_UK, overlay=None), wards=False)

    def deliver(self) -> int:
        """Write the answer as it was asked for; the exit code."""
        from emvote.store.files import noting

        with noting() as read:
            answer = self.answer()
        if isinstance(answer, Shown):
            answer.run()
            return ExitCode.ANSWERED
        if isinstance(answer, Failing):
            output.emit(answer.answer, self.request, read)
            return exit_code(answer.error)
        output.emit(answer, self.request, read)
        return ExitCode.ANSWERED


def command(
    *, dataset: bool = True, listing: bool = False, wards: bool | WardsWanted = False
) -> Callable[[Callable[..., Answer]], Callable[..., Question]]:
    """Make a command of a function: what Typer calls returns the question that was asked.

    Its first parameter is the dataset; the others are its own options, as Typer reads them. A parameter called
    `request` is given the `Request`, one called `ask` an `Asker`, one called `country` a `Country`, and none of these
    is an option; one called `scope`, a `Scope`, also chooses the dataset.
    Annotations are read when the module is loaded, so a module of commands has no
    `from __future__ import annotations` and imports what they name.

    Args:
        dataset: whether it answers from a dataset; without, it has no such parameter.
        listing: whether it has `--sort`, `--desc`, `--limit` and `--columns`.
        wards: whether it answers from ward results too, which are read only then; or what decides that of each
            command line.
    """

    def decorate(function: Callable[..., Answer]) -> Callable[..., Question]:
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1 if dataset else 0 :]
        names = {parameter.name for parameter in parameters}

        def run(**given: Any) -> Question:
            request = _request(given, listing=listing)
            if request.overlay and not dataset and REQUEST not in names:
                raise UsageProblem("this command takes no --overlay")
            if REQUEST in names:
                given[REQUEST] = request
            if given.get(SCOPE) is Scope.UK and request.data is None:
                request = replace(request, data=SHIPPED_UK)
            with_wards = wards(given, request) if callable(wards) else wards
            return Question(function, given, request, dataset, with_wards, listing, ASK in names, COUNTRY in names)

        own = [parameter for parameter in parameters if parameter.name not in (REQUEST, ASK, COUNTRY)]
        return _dressed(run, function, [*own, *COMMON, *(LISTING if listing else ())])

    return decorate


def _stop_at_one_region(dataset: Dataset) -> None:
    """A dataset that was named need not be of the country."""
    if not dataset.is_national:
        where = f"{dataset.file} is of {dataset.record.region}"
        raise UsageProblem(f"--scope uk needs a dataset of the country, and {where}: leave out --data, or name uk")


def _dressed(
    run: Callable[..., Question], function: Callable[..., Answer], parameters: list[inspect.Parameter]
) -> Callable[..., Question]:
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
    return replace(request, listing=_listing(given)) if listing else request


def _listing(given: dict[str, Any]) -> Listing:
    return listing(**{each.name: given.pop(each.name) for each in LISTING})


def _in_a_sentence(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sentence."""
    from emvote.views.sentences import sentence_of

    if isinstance(answer, Failing):
        said = _in_a_sentence(answer.answer, dataset)
        return answer if isinstance(said, (Failing, Shown)) else replace(answer, answer=said)
    return replace(answer, sentence=sentence_of(answer, dataset)) if isinstance(answer, View) else answer


def _stamped(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with the dataset that it comes from, and a note where another file was laid over that."""
    if isinstance(answer, Failing):
        stamped = _stamped(answer.answer, dataset)
        return answer if isinstance(stamped, (Failing, Shown)) else replace(answer, answer=stamped)
    if not isinstance(answer, View):
        return answer
    if answer.label is None:
        from emvote.views.common import party

        answer = replace(answer, label=partial(party, dataset))
    if not dataset.overlay:
        return replace(answer, dataset=dataset.meta())
    original = answer
    note = f"{dataset.overlay} is laid over the dataset: its figures take the place of those on record"
    return replace(
        answer,
        dataset=dataset.meta(),
        notes=(note, *answer.notes),
        laid_out=lambda: _with_note(note, original.layout),
    )


def _with_note(note: str, layout: Layout) -> Layout:
    """The layout with one thing more that a reader must know, where it has its own selection of notes."""
    return layout if layout.brief is None else replace(layout, brief=(note, *layout.brief))
