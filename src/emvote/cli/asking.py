"""A command line answered inside the program: how one command replays others.

The line is parsed by the very parser of its command and answered by its function, so the answer is the one that a
reader gets who types it.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from emvote.cli.exit_codes import ExitCode
from emvote.cli.options import Scope
from emvote.cli.output import arranged
from emvote.cli.question import SCOPE, SHIPPED_UK, Failing, Opener, Question
from emvote.command_line import PROGRAM, printed, quoted, with_options, words
from emvote.errors import UsageProblem
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.cli.options import Request
    from emvote.dataset import Dataset


class Asked(NamedTuple):
    """The answer to a command line."""

    view: View
    line: str
    """In full, as a reader can paste it."""
    elsewhere: str
    """Where it is from, where it is not from what the asking command names: `the dataset uk, not mine.toml`."""


class Asker:
    """Answers command lines, each dataset opened once and each line answered once.

    Only commands that list something from a dataset may be asked: what writes a file, reads one of another kind, or
    asks others in turn is refused.
    """

    def __init__(self, request: Request, opened: Opener) -> None:
        self._request = request
        self._opened = opened
        self._datasets: dict[tuple[str | None, str | None, bool, bool], Dataset] = {}
        self._answers: dict[str, Asked] = {}

    def __call__(self, line: str, *, ours: bool = False) -> Asked:
        """Answer a command line, sorted and cut as it asks.

        The name of the program may come first.

        Where it names no dataset and no overlay, those of the asking command answer.

        Args:
            line: the command line.
            ours: whether the program wrote it: one from a file may not ask a command that asks others in its turn.

        Raises:
            EmvoteError: it is no question, or has no answer.
        """
        if line not in self._answers:
            given = words(line)
            question = self._question(given, ours=ours)
            own = [
                word
                for option, value in self._own()
                if getattr(question.request, option) == value and not _names(given, f"--{option}")
                for word in (f"--{option}", value)
            ]
            whole = printed(with_options(given, own))
            self._answers[line] = Asked(self._answer(question), whole, self._elsewhere(question.request))
        return self._answers[line]

    def as_written(self, line: str) -> Asked:
        """Answer a command line and keep it as written, without inherited `options`."""
        asked = self(line)
        return Asked(asked.view, printed(words(line)), asked.elsewhere)

    @property
    def options(self) -> str:
        """Options inherited from the asking command: `--data mine.toml`; or empty."""
        return quoted(word for option, value in self._own() for word in (f"--{option}", value))

    def _own(self) -> tuple[tuple[str, str], ...]:
        """The dataset and the overlay that the asking command names."""
        named = (("data", self._request.data), ("overlay", self._request.overlay))
        return tuple((option, value) for option, value in named if value)

    def _elsewhere(self, request: Request) -> str:
        """Say which other dataset answered, or which overlay was left out; or empty."""
        base = self._request
        if request.data != base.data and (base.data or base.overlay):
            named = base.data or f"the shipped dataset with {base.overlay}"
            return f"the dataset {request.data or 'shipped'}, not {named}"
        return f"the dataset without {base.overlay}" if base.overlay and request.overlay != base.overlay else ""

    def _whole_country(self, line: list[str], question: Question) -> bool:
        """Whether a line is about the country and the asking command about a region."""
        if question.given.get(SCOPE) is not Scope.UK or _names(line, "--data"):
            return False
        return not (self._request.data and self.opened(self._request, wards=False).is_national)

    def _question(self, line: list[str], *, ours: bool) -> Question:
        question = parse(tuple(line))
        request, base = question.request, self._request
        if not (question.dataset and question.listing) or (question.asker and not ours):
            raise UsageProblem(f"'{line[0]}' lists nothing from a dataset; only commands that do can be asked here")
        if request.output is not None:
            raise UsageProblem("a command that is asked here writes no file: leave out -o")
        for named in (request.data if _names(line, "--data") else None, request.overlay):
            if not ours and named is not None and _is_no_file(named):
                raise UsageProblem(f"'{named}' is neither a file nor a folder")
        if self._whole_country(line, question):
            request = replace(request, data=SHIPPED_UK)
        # what the environment names is what the asking command would have taken itself
        elif not _names(line, "--data"):
            request = replace(request, data=base.data)
        # what is laid over one dataset does not fit another
        if not request.overlay and request.data == base.data:
            request = replace(request, overlay=base.overlay)
        return replace(question, request=request)

    def _answer(self, question: Question) -> View:
        answer = question.answer(self.opened)
        found = answer.answer if isinstance(answer, Failing) else answer
        if not isinstance(found, View):
            raise UsageProblem("this command answers with a text, which has no rows")
        return arranged(found, question.request)

    def opened(self, request: Request, *, wards: bool, people: bool = False) -> Dataset:
        """The dataset that a command line names, the same one each time."""
        key = (request.data, request.overlay, wards, people)
        if key not in self._datasets:
            self._datasets[key] = self._opened(request, wards=wards, people=people)
        return self._datasets[key]


def parse(line: tuple[str, ...]) -> Question:
    """The question that a command line asks.

    Raises:
        UsageProblem: it asks none: an unknown command or option, a value that does not fit.
    """
    import typer

    from emvote.cli.messages import sentence

    name, *rest = line
    try:
        asked = _parser(name).main(rest, prog_name=f"{PROGRAM} {name}", standalone_mode=False)
    except typer.TyperException as error:
        raise UsageProblem(sentence(error)) from None
    if asked == ExitCode.INTERRUPTED:  # what Typer makes of an interrupt: the line is not to blame
        raise KeyboardInterrupt
    if not isinstance(asked, Question):
        raise UsageProblem(f"'{name}' asks nothing")
    return asked


@cache
def _parser(name: str) -> Any:
    """The parser of a command, without `--help`."""
    from emvote.cli.main import load

    parser = load(name)
    parser.add_help_option = False
    return parser


def _is_no_file(named: str) -> bool:
    """Whether it exists and is neither file nor folder: a device, a pipe."""
    path = Path(named)
    with suppress(OSError):  # a name may be too long to be looked up
        return path.exists() and not (path.is_file() or path.is_dir())
    return False


def _names(line: list[str], option: str) -> bool:
    return any(word == option or word.startswith(f"{option}=") for word in line)
