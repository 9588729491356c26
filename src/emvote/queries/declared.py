"""How much of an election has been declared, and what is still out.

On the night a contest may be undeclared: it then counts in nothing. `Dataset.contests_at`, `polls_at`, `contests` and
`polls` hold declared results only, so that every total is of those; this module says of how many that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from emvote.dataset import Dataset
from emvote.frozen import dataclass
from emvote.model import WardContest
from emvote.names import normalise
from emvote.queries.contest import in_region

_LEFT_OUT: Final = "; not declared, and in no figure here: "


@dataclass(frozen=True)
class Declared:
    """How many of some contests are declared."""

    declared: int
    of: int
    missing: tuple[str, ...]
    """Names of the places that are still out, in their order."""

    @property
    def complete(self) -> bool:
        """Whether nothing is still out."""
        return not self.missing

    @property
    def words(self) -> str:
        """`12 of 33 declared`."""
        return f"{self.declared} of {self.of} declared"

    def notes(self) -> Iterator[str]:
        """What a reader must know: which places count in no figure; nothing where all are declared."""
        if self.missing:
            yield f"{self.words}{_LEFT_OUT}{', '.join(self.missing)}"


def incomplete(notes: Iterable[str]) -> bool:
    """Whether the notes of an answer say that something is still out, and in none of its totals."""
    return any(_LEFT_OUT in note for note in notes)


def left_out(notes: Iterable[str], name: str) -> bool:
    """Whether they name a place that is still out, typed as names are; one with a comma in it as it stands.

    >>> note = "2 of 4 declared; not declared, and in no figure here: Birmingham, Yardley, West Fen"
    >>> [left_out([note], name) for name in ("west fen", "Birmingham, Yardley", "Fen")]
    [True, True, False]
    """
    told = [note.partition(_LEFT_OUT)[2] for note in notes]
    wanted = normalise(name)
    return any(
        f", {name}, " in f", {names}, " or wanted in (normalise(each) for each in names.split(", ") if each)
        for names in told
    )


def declared_seats(dataset: Dataset, election_id: str) -> Declared:
    """How many of the region's seats have declared at one parliamentary election."""
    done = sum(in_region(dataset, contest) for contest in dataset.contests_at(election_id))
    out = (contest.seat for contest in dataset.undeclared_at(election_id) if in_region(dataset, contest))
    return _declared(done, (dataset.seats[each].name for each in out))


def declared_councils(dataset: Dataset, election_id: str, *, outside: bool = False) -> Declared:
    """How many councils have declared at one local election: the region's, with `outside` all on record."""

    def counts(council: str) -> bool:
        return outside or dataset.councils[council].region == dataset.record.region

    done = sum(counts(poll.council) for poll in dataset.polls_at(election_id))
    out = (poll.council for poll in dataset.undeclared_polls_at(election_id) if counts(poll.council))
    return _declared(done, (dataset.councils[each].name for each in out))


def declared_wards(wards: Iterable[WardContest]) -> Declared:
    """How many of some ward contests are declared."""
    every = tuple(wards)
    return _declared(sum(ward.declared for ward in every), (ward.ward for ward in every if not ward.declared))


def _declared(done: int, missing: Iterable[str]) -> Declared:
    names = tuple(sorted(missing))
    return Declared(done, done + len(names), names)
