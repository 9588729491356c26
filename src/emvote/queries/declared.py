"""How much of an election has been declared, and what is still out.

On the night a contest may be undeclared: it then counts in nothing. `Dataset.contests_at`, `polls_at`, `contests` and
`polls` hold declared results only, so that every total is of those; this module says of how many that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from emvote.dataset import Dataset
from emvote.names import normalise
from emvote.queries.contest import in_region

if TYPE_CHECKING:
    from emvote.model import WardContest


class Declared(Struct, frozen=True):
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

    @property
    def waiting(self) -> str:
        """Why a total is not known yet: `Cedar has not declared`, or where several are out `2 of 4 declared`."""
        return has_not_declared(self.missing[0]) if len({*self.missing}) == 1 else self.words

    def out(self, name: str) -> str | None:
        """The place that is still out and has this name, typed as names are; `None`: there is none.

        >>> some = Declared(2, 4, ("Birmingham, Yardley", "West Fen"))
        >>> some.out("west fen"), some.out("Birmingham Yardley"), some.out("Fen")
        ('West Fen', 'Birmingham, Yardley', None)
        """
        wanted = normalise(name)
        return next((each for each in self.missing if normalise(each) == wanted), None)

    def notes(self) -> Iterator[str]:
        """What a reader must know: which places count in no figure; nothing where all are declared."""
        if self.missing:
            yield f"{self.words}; not declared, and in no figure here: {', '.join(self.missing)}"


def has_not_declared(place: str) -> str:
    """What is to be said of one place that is still out."""
    return f"{place} has not declared"


def declared_seats(dataset: Dataset, election_id: str) -> Declared:
    """How many of the region's seats have declared at one parliamentary election."""
    done = sum(in_region(dataset, contest) for contest in dataset.contests_at(election_id))
    out = (contest.seat for contest in dataset.undeclared_at(election_id) if in_region(dataset, contest))
    return declared_and_out(done, (dataset.seats[each].name for each in out))


def declared_councils(dataset: Dataset, election_id: str, *, outside: bool = False) -> Declared:
    """How many councils have declared at one local election: the region's, with `outside` all on record."""

    def counts(council: str) -> bool:
        return outside or dataset.council_in_region(council)

    done = sum(counts(poll.council) for poll in dataset.polls_at(election_id))
    out = (poll.council for poll in dataset.undeclared_polls_at(election_id) if counts(poll.council))
    return declared_and_out(done, (dataset.councils[each].name for each in out))


def declared_wards(wards: Iterable[WardContest]) -> Declared:
    """How many of some ward contests are declared."""
    every = tuple(wards)
    return declared_and_out(sum(ward.declared for ward in every), (ward.ward for ward in every if not ward.declared))


def declared_and_out(done: int, missing: Iterable[str]) -> Declared:
    """So many are declared, and the places of these names are still out."""
    names = tuple(sorted(missing))
    return Declared(done, done + len(names), names)
