"""What a projection is told to change, from the words typed to parties, elections and exact numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from emvote.baselines import WHOLE
from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import Election
from emvote.parties import continues
from emvote.queries.typed import Exact, percentage

MOST_STEPS = 1000
"""Steps that a table may have."""


class Model(StrEnum):
    """What new shares of parties do in each seat."""

    UNIFORM = "uniform"
    """Every share changes by the same number of points."""
    PROPORTIONAL = "proportional"
    """Every share changes in the same proportion."""


class Swing(Struct, frozen=True):
    """So many points from one party to another in every seat where both stood."""

    from_party: str
    to_party: str
    amount: Exact | None
    """`None` where a table says which."""


class Transfer(Struct, frozen=True):
    """Votes of one party that go to another."""

    from_party: str
    to_party: str
    amount: Exact
    points: bool
    """Whether the amount is points of all votes; else it is per cent of the party's own."""


class Copy(Struct, frozen=True):
    """One party polls in each seat what another, or it itself, polled there at another election."""

    party: str
    election: Election
    to_party: str


class Steps(Struct, frozen=True):
    """The swings of a table."""

    first: Exact
    last: Exact
    step: Exact

    def swings(self) -> Iterator[Exact]:
        """Every swing from the first to the last."""
        bottom = max(self.first.bottom, self.last.bottom, self.step.bottom)  # powers of ten
        first, last, step = (each.top * (bottom // each.bottom) for each in (self.first, self.last, self.step))
        return (Exact(top, bottom) for top in range(first, last + 1, step))


class Changes(Struct, frozen=True):
    """Everything that a projection changes, in the order in which it does."""

    shares: dict[str, Exact]
    """Party to its new share."""
    model: Model
    swings: tuple[Swing, ...]
    copies: tuple[Copy, ...]
    transfers: tuple[Transfer, ...]
    steps: Steps | None
    equal: tuple[str, str] | None = None
    """Two parties whose votes a swing between them is to make equal: how large it is follows from the result."""

    @property
    def one_swing(self) -> Swing | None:
        """The swing, where that is the only change."""
        alone = len(self.swings) == 1 and not (self.shares or self.copies or self.transfers)
        return self.swings[0] if alone else None


def changes(
    dataset: Dataset,
    *,
    swings: Sequence[str] = (),
    shares: str | None = None,
    model: Model = Model.UNIFORM,
    copies: Sequence[str] = (),
    transfers: Sequence[str] = (),
    table: str | None = None,
    equal_votes: str | None = None,
) -> Changes:
    """What is to be changed, as typed.

    Raises:
        NameProblem: a party or an election is unknown or ambiguous.
        UsageProblem: a number is none, one party stands on both sides, shares add up to more than 100, nothing is to
            be changed, or changes do not go together.
    """
    steps = None if table is None else _steps(table)
    found = Changes(
        shares=_shares(dataset, shares) if shares is not None else {},
        model=model,
        swings=tuple(_swing(dataset, text, table=steps is not None) for text in swings),
        copies=tuple(_copy(dataset, text) for text in copies),
        transfers=tuple(_transfer(dataset, text) for text in transfers),
        steps=steps,
        equal=None if equal_votes is None else _equal(dataset, equal_votes),
    )
    _stop_at_nonsense(dataset, found)
    return found


def _stop_at_nonsense(dataset: Dataset, found: Changes) -> None:
    told = bool(found.shares or found.swings or found.copies or found.transfers)
    if found.equal is not None and (told or found.steps is not None):
        raise UsageProblem("--equal-votes goes alone: the swing that makes votes equal is the only change")
    if not told and found.equal is None:
        what = "--swing con:lab:5.9, --shares lab=39,con=24, --transfer reform:con:50% or --copy ukip@2015:reform"
        raise UsageProblem(f"a projection needs something to change: {what}")
    if found.steps is not None and found.one_swing is None:
        raise UsageProblem("--table goes with one --swing FROM:TO and no other change")
    if found.model is not Model.UNIFORM and not found.shares:
        raise UsageProblem(f"--model {found.model} is about new shares: give them with --shares lab=39,con=24")
    twice = [copy.to_party for copy in found.copies]
    for party in twice:
        if party in found.shares or twice.count(party) > 1:
            name = dataset.parties[party].name
            raise UsageProblem(f"{name} is given two shares: name it once in --shares and --copy together")


def _party(dataset: Dataset, given: str) -> str:
    party = dataset.find_party(given)
    if not dataset.is_party(party.id):
        raise UsageProblem(f"{party.name} is no one party: independents and aggregates are left as they are")
    return party.id


def _pair(dataset: Dataset, a: str, b: str, text: str) -> tuple[str, str]:
    """Two parties that are not one.

    Raises:
        UnknownName, AmbiguousName: one of them is not exactly one party.
        UsageProblem: they are the same, or one continues the other.
    """
    one, other = _party(dataset, a), _party(dataset, b)
    if continues(dataset, one, other) or continues(dataset, other, one):
        raise UsageProblem(f"'{text}' has one party on both sides: it takes two")
    return one, other


def _swing(dataset: Dataset, text: str, *, table: bool) -> Swing:
    parts = [part.strip() for part in text.split(":")]
    expected = "a swing is FROM:TO:POINTS (con:lab:5.9)"
    if len(parts) == 2 and table and all(parts):  # noqa: PLR2004 - the two parties
        return Swing(*_pair(dataset, parts[0], parts[1], text), None)
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - and the points
        raise UsageProblem(f"{expected}, not '{text}'")
    a, b, amount = parts
    if amount.startswith(("-", "−")):
        raise UsageProblem(f"{expected}, not '{text}': for a swing the other way write {b}:{a}:{amount[1:]}")
    return Swing(*_pair(dataset, a, b, text), percentage(amount, expected))


def _equal(dataset: Dataset, text: str) -> tuple[str, str]:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004 - the two parties
        raise UsageProblem(f"--equal-votes takes two parties, A:B (lab:con), not '{text}'")
    return _pair(dataset, parts[0], parts[1], text)


def _shares(dataset: Dataset, text: str) -> dict[str, Exact]:
    expected = "shares are PARTY=PERCENT, with commas between (lab=39,con=24)"
    found: dict[str, Exact] = {}
    for part in text.split(","):
        name, equals, number = (each.strip() for each in part.partition("="))
        if not (name and equals and number):
            raise UsageProblem(f"{expected}, not '{part.strip() or text}'")
        party = _party(dataset, name)
        if any(continues(dataset, party, other) or continues(dataset, other, party) for other in found):
            raise UsageProblem(f"{dataset.parties[party].name} is given two shares in '{text}'")
        found[party] = percentage(number, expected)
    bottom = 1
    for each in found.values():
        bottom *= each.bottom
    total = sum(each.top * (bottom // each.bottom) for each in found.values())
    if total > 100 * bottom:
        raise UsageProblem(f"the shares in '{text}' add up to {total / bottom:g}: no more than 100")
    return found


def _copy(dataset: Dataset, text: str) -> Copy:
    expected = "a copy is PARTY@ELECTION:PARTY (ukip@2015:reform)"
    source, colon, to = (part.strip() for part in text.rpartition(":"))
    name, at, election = (part.strip() for part in source.partition("@"))
    if not (colon and at and name and election and to):
        raise UsageProblem(f"{expected}, not '{text}'")
    return Copy(_party(dataset, name), dataset.find_election(election, WHOLE), _party(dataset, to))


def _transfer(dataset: Dataset, text: str) -> Transfer:
    expected = "a transfer is FROM:TO:AMOUNT, the amount in per cent of FROM's votes (50%) or points of all (5pp)"
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - two parties and an amount
        raise UsageProblem(f"{expected}, not '{text}'")
    a, b, amount = parts
    pair = _pair(dataset, a, b, text)
    return Transfer(*pair, percentage(amount, expected), points=amount.endswith("pp"))


def _steps(text: str) -> Steps:
    expected = "a table is FROM:TO:STEP in points, from the lower to the higher (0:10:0.5)"
    parts = [part.strip() for part in text.split(":")]
    if len(parts) != 3:  # noqa: PLR2004
        raise UsageProblem(f"{expected}, not '{text}'")
    first, last, step = (percentage(part, expected) for part in parts)
    steps = Steps(first, last, step)
    if step.top == 0 or first.top * last.bottom > last.top * first.bottom:
        raise UsageProblem(f"{expected}, not '{text}'")
    if (last.near - first.near) / step.near > MOST_STEPS:
        raise UsageProblem(f"the table '{text}' has more than {MOST_STEPS:,} steps: take a larger one")
    return steps
