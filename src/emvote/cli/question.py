"""A question as understood, its answer, and how that is delivered.

The program answers a question and writes the answer; a command that replays others (`claims`) asks them for theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

from emvote.cli import interrupts, output
from emvote.cli.exit_codes import ExitCode, exit_code
from emvote.cli.folders import cache_folder
from emvote.cli.options import Request, Scope
from emvote.cli.output import Raw
from emvote.cli.registry import help_lines, module_of
from emvote.errors import UsageProblem
from emvote.render import Format
from emvote.views.view import View

if TYPE_CHECKING:
    from emvote.dataset import Dataset
    from emvote.errors import EmvoteError
    from emvote.views.view import Layout

ASK: Final = "ask"
"""Name of the parameter through which a command may ask others: see `emvote.cli.asking`."""
SCOPE: Final = "scope"
"""Name of the parameter that says whether the answer is of the dataset's region or of the country."""
COUNTRY: Final = "country"
"""Name of the parameter through which a command may open the dataset of the country beside its own."""
ELECTION: Final = "election"
"""Name of the option that may also be typed as the last word: `seat derby north 2019`."""
SHIPPED_UK: Final = "uk"
"""Name of the shipped dataset of the country."""


class Failing(Struct, frozen=True):
    """An answer given in full that ends with an error's exit code."""

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

    def __call__(self, request: Request, *, wards: bool, people: bool = False) -> Dataset:
        """The dataset, with ward results and with people in office if they are asked for."""


class Asker(Protocol):
    """Opens each dataset once for a question that asks others: `emvote.cli.asking.Asker`."""

    @property
    def opened(self) -> Opener:
        """How those questions come by their datasets."""


def open_named(request: Request, *, wards: bool, people: bool = False) -> Dataset:
    """The dataset that a command line names, read now."""
    from emvote.store import open_dataset

    return open_dataset(request.data, snapshots=cache_folder(), wards=wards, people=people, overlay=request.overlay)


class Question(Struct, frozen=True):
    """A command line that has been understood, and not been answered."""

    function: Callable[..., Answer]
    given: Mapping[str, Any]
    """The command's own options."""
    request: Request
    dataset: bool
    """Whether it is put to a dataset."""
    wards: bool | None
    """Whether that needs its ward results; `None`: where the year of its election had local elections only."""
    listing: bool
    """Whether its rows can be sorted, cut and chosen from."""
    asker: Callable[[Request, Opener], Asker] | None
    """Makes what it asks other commands through; `None`: it asks none."""
    compares: bool = False
    """Whether it may want the dataset of the country beside its own."""
    people: bool = False
    """Whether it needs councillors and administrations."""

    def answer(self, opened: Opener = open_named) -> Answer:
        """The answer.

        Raises:
            EmvoteError: there is none; the error says why.
        """
        if self.request.format is Format.SENTENCE:
            from emvote.views.sentences import require_sentence

            require_sentence(self.function.__name__, lambda: map(module_of, help_lines()))
        given = dict(self.given)
        if self.asker:
            given[ASK] = asker = self.asker(self.request, opened)
            opened = asker.opened
        if not self.dataset:
            return self.function(**given)
        dataset = opened(self.request, wards=bool(self.wards), people=self.people)
        if self.wards is None and dataset.is_local_year(given[ELECTION]):
            dataset = opened(self.request, wards=True, people=self.people)
        interrupts.stop_if_any()  # before anything is written
        if given.get(SCOPE) is Scope.UK:
            _stop_at_one_region(dataset)
        if self.compares:
            given[COUNTRY] = lambda: self._country(dataset, opened)
        answer = _stamped(_led(self.function(dataset, **given), dataset), dataset)
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


def _stop_at_one_region(dataset: Dataset) -> None:
    """A dataset that was named need not be of the country."""
    if not dataset.is_national:
        where = f"{dataset.file} is of {dataset.record.region}"
        raise UsageProblem(f"--scope uk needs a dataset of the country, and {where}: leave out --data, or name uk")


def _in_a_sentence(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sentence."""
    from emvote.views.sentences import sentence_of

    if isinstance(answer, Failing):
        said = _in_a_sentence(answer.answer, dataset)
        return answer if isinstance(said, (Failing, Shown)) else replace(answer, answer=said)
    return replace(answer, sentence=sentence_of(answer, dataset)) if isinstance(answer, View) else answer


def _led(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its sentence as the first thing that people read, where it has one."""
    if isinstance(answer, Failing):
        led = _led(answer.answer, dataset)
        return answer if isinstance(led, (Failing, Shown)) else replace(answer, answer=led)
    if not isinstance(answer, View) or not answer.rows:
        return answer
    original = answer

    def laid_out() -> Layout:
        from emvote.views.sentences import says, sentence_of

        layout = original.layout
        said = sentence_of(original, dataset) if says(original.command) else ()
        leads = said and said[:1] != next(iter(layout.headline), ())[:1]
        if leads and layout.continued:
            first, *others = layout.headline
            return replace(layout, headline=((*said, " ", *first), *others))
        return replace(layout, headline=(said, *layout.headline)) if leads else layout

    return replace(answer, laid_out=laid_out)


def _stamped(answer: Answer, dataset: Dataset) -> Answer:
    """The answer with its dataset, and a note on an overlay."""
    if isinstance(answer, Failing):
        stamped = _stamped(answer.answer, dataset)
        return answer if isinstance(stamped, (Failing, Shown)) else replace(answer, answer=stamped)
    if not isinstance(answer, View):
        return answer
    if answer.label is None:
        from emvote.views.common import party

        answer = replace(answer, label=partial(party, dataset))
    if answer.party_id is None:
        answer = replace(answer, party_id=lambda typed: dataset.find_party(typed).id)
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
    """The layout with one more note, where it selects its own."""
    return layout if layout.brief is None else replace(layout, brief=(note, *layout.brief))
