"""The workings of figures: formulas of `emvote.measures` with the numbers that went into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from emvote import measures
from emvote.dataset import Dataset
from emvote.measures import FORMULAS, Formula
from emvote.queries.contest import PairSwing, Votes
from emvote.views.values import Kind, PartyLabel, Value
from emvote.views.view import Working

if TYPE_CHECKING:
    from emvote.queries.compare_elections import ElectionsCompared, PartyChange

Inputs = Mapping[str, Any] | Iterable[tuple[str, Any]]
"""Numbers by the letter in the formula, or by their own words; pairs where two may have the same words."""


def working(  # noqa: PLR0913 - all but the first four have a usual value
    formula: Formula | Callable[..., Any],
    what: str,
    inputs: Inputs,
    result: Any,
    *,
    source: str | tuple[str, str] | None = None,
    cited: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
    more: str = "",
    rule: str | None = None,
) -> Working:
    """Return the working of one figure.

    Args:
        formula: or the function of `emvote.measures` that declares it.
        what: name of the figure, with the place.
        inputs: in the order of the working.
        result: the figure.
        source: of all inputs, printed after each; of two, that of the earlier (1) and of the later election (2).
        cited: what was taken from a source to that source, printed as inputs of their own.
        letters: those of the formula to others that are printed in their place.
        more: what is added to the formula.
        rule: printed in place of that of the formula.
    """
    if not isinstance(formula, Formula):
        formula = FORMULAS[formula]
    text = formula.text
    for letter, other in (letters or {}).items():
        text = text.replace(letter, other)
    pairs = inputs.items() if isinstance(inputs, Mapping) else inputs
    numbers = ((_label(formula, key, source), _value(value)) for key, value in pairs)
    sources = ((f"source of {of}", Value(ids, Kind.TEXT)) for of, ids in (cited or {}).items())
    return Working(
        what,
        f"{text}{more}",
        (*numbers, *sources),
        result if isinstance(result, Value) else Value(result, Kind(formula.unit)),
        formula.rule if rule is None else rule,
    )


def _label(formula: Formula, key: str, source: str | tuple[str, str] | None) -> str:
    """Return the words of an input, its letter at their end, and its source."""
    words = f"{formula.words[key]} {key}" if key in formula.words else key
    own = source[0 if words.endswith("1") else 1] if isinstance(source, tuple) else source
    return words if own is None else f"{words} [{own}]"


def _value(value: Any) -> Value:
    """Return an input as a number of things, unless it is a text, a party or says its kind itself."""
    if isinstance(value, Value):
        return value
    return Value(
        value, Kind.TEXT if isinstance(value, str) else Kind.PARTY if isinstance(value, PartyLabel) else Kind.COUNT
    )


def share(
    what: str, votes: int | None, valid: int | None, share_pct: float | None, source: str, rule: str | None = None
) -> Working:
    """Return the working of one share; with the source of both numbers."""
    return working(measures.share_pct, f"share, {what}", {"v": votes, "T": valid}, share_pct, source=source, rule=rule)


def change(
    what: str,
    votes: tuple[int | None, int | None],
    valid: tuple[int | None, int | None],
    change_pp: float | None,
    sources: tuple[str, str],
) -> Working:
    """Return the working of the change of one share, from the earlier to the later votes; with the sources of both."""
    inputs = {"v1": votes[0], "v2": votes[1], "T1": valid[0], "T2": valid[1]}
    return working(measures.change_pp, f"change of share, {what}", inputs, change_pp, source=sources)


def turnout(what: str, valid: int | None, electorate: int | None, turnout_pct: float | None, source: str) -> Working:
    """Return the working of a turnout of valid votes; with the source of both numbers."""
    return working(measures.turnout_pct, f"turnout, {what}", {"T": valid, "E": electorate}, turnout_pct, source=source)


def swings(
    dataset: Dataset, where: str, swing: PairSwing, votes: tuple[Votes, Votes], *, sources: tuple[str, str]
) -> Iterator[Working]:
    """Yield the working of a swing by both definitions; with the sources of the earlier and the later votes."""
    parties = (("A", swing.from_party), ("B", swing.to_party))
    inputs = {
        f"{dataset.abbreviation(party)} votes {letter}{number}": side.of_party(dataset, party)
        for letter, party in parties
        for number, side in enumerate(votes, 1)
    }
    totals = {f"T{number}": side.valid for number, side in enumerate(votes, 1)}
    what = f"{where}: {' to '.join(f'{dataset.abbreviation(party)} ({letter})' for letter, party in parties)}"
    butler, steed = measures.butler_pp, measures.steed_pp
    yield working(butler, f"Butler swing, {what}", {**inputs, **totals}, swing.butler_pp, source=sources)
    yield working(steed, f"Steed swing, {what}", inputs, swing.steed_pp, source=sources)


def step_swing(
    dataset: Dataset, answer: ElectionsCompared, sources: tuple[str, str], where: str = ""
) -> Iterable[Working]:
    """Return the workings of the swing over the region between two elections, where there is one."""
    if answer.swing is None or answer.swing.butler_pp is None:
        return ()
    place = where or dataset.record.region
    return swings(dataset, place, answer.swing, answer.swing_votes, sources=sources)


def step_changes(answer: ElectionsCompared, row: PartyChange, what: str, sources: tuple[str, str]) -> Iterator[Working]:
    """Yield the workings of the change of one party's share and seats."""
    if row.share_change_pp is not None:
        earlier, later = answer.swing_votes
        totals = (earlier.valid, later.valid)
        yield change(what, (row.votes_from, row.votes_to), totals, row.share_change_pp, sources)
    if row.seats_net is not None:
        yield Working(
            f"net seats, {what}",
            "seats at the later election − seats at the earlier",
            (
                (f"seats, later [{sources[1]}]", Value(row.seats_to, Kind.COUNT)),
                (f"seats, earlier [{sources[0]}]", Value(row.seats_from, Kind.COUNT)),
            ),
            Value(row.seats_net, Kind.CHANGE),
        )
