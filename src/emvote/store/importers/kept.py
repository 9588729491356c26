"""What was read, merged into a dataset but for the results that break one of its rules: these are set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from emvote.errors import BadData, Problem
from emvote.model.record import Record
from emvote.store.bounds import limited
from emvote.store.importers.ledger import Ledger
from emvote.store.importers.made import Found
from emvote.store.importers.merge import Merged, merge
from emvote.store.importers.rows import Row
from emvote.store.importers.same import contest_key, ward_key
from emvote.store.rules import problems

PLACE: Final = re.compile(r"(contests|wards|councils)\[(\d+)\](?:\.compositions\[(\d+)\])?")
"""Key path of a result, with its place in its table."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with what was read and breaks no rule."""

    merged: Merged
    whole: Record
    """As it is to be written."""
    ledger: Ledger
    """With what was set aside here."""
    ignored: tuple[str, ...]
    """Rules that results break which are kept all the same."""


def kept(
    base: Record,
    found: Found,
    ledger: Ledger,
    whole: Callable[[Record], Record],
    shown: str,
    *,
    force: bool,
    ignore: Collection[str],
) -> Kept:
    """What was read, merged, without the results that break a rule.

    Args:
        base: the record.
        found: what was read.
        ledger: what is to be told so far.
        whole: from a merged record to the one that is to be written.
        shown: its name, for what is wrong with it but for the results.
        force: whether what was read takes the place of what is on record.
        ignore: rules that may be broken.

    Raises:
        BadData: the record breaks a rule in another place than a result that was read.
    """
    aside: list[_Breach] = []
    while True:
        trial = ledger.copy()
        for breach in aside:
            trial.set_aside(breach.rows, breach.what, breach.why)
        merged = merge(base, found, trial, force=force)
        record = whole(merged.record) if merged.changed else merged.record
        own, others, ignored = _sorted_out(merged, record, shown, ignore)
        if not own:
            if others:
                raise BadData(limited(others))
            for breach in ignored:
                trial.noted(breach.rows, breach.what, f"kept with --ignore: {breach.why}")
            return Kept(merged, record, trial, tuple(sorted({breach.rule for breach in ignored})))
        aside += own
        found = found.without({id(breach.rows) for breach in own})


@dataclass(frozen=True, slots=True)
class _Breach:
    """A result that was read and breaks a rule."""

    rows: Sequence[Row]
    what: str
    rule: str
    why: str


def _sorted_out(
    merged: Merged, record: Record, shown: str, ignore: Collection[str]
) -> tuple[list[_Breach], list[Problem], list[_Breach]]:
    """Every breach of a rule: by results that were read, by anything else, and those that are ignored."""
    own: list[_Breach] = []
    others: list[Problem] = []
    ignored: list[_Breach] = []
    for problem in problems(record, shown) if merged.changed else ():
        made = merged.made.get(_key(record, problem.place))
        if made is None:
            if problem.rule not in ignore:
                others.append(problem)
            continue
        got = f", got {problem.value}" if problem.value else ""
        breach = _Breach(*made, problem.rule, f"{problem.expected}{got} [{problem.rule}]")
        (ignored if problem.rule in ignore else own).append(breach)
    return own, others, ignored


def _key(record: Record, place: str) -> tuple[str, Any]:
    """The table and the key of the result at a key path; nothing's, where there is none."""
    found = PLACE.match(place)
    if found is None:
        return "", None
    table, number, year = found.groups()
    if table == "contests":
        return table, contest_key(record.contests[int(number)])
    if table == "wards":
        return table, ward_key(record.wards[int(number)])
    council = record.councils[int(number)]
    return "compositions", (council.id, council.compositions[int(year)].year) if year else None
