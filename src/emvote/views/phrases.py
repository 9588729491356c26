"""Phrases that sentences of several views are made of."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.model import IND
from emvote.views.view import Kind, Value


def party_words(dataset: Dataset, party: str, *, inside: bool = False) -> str:
    """A party in a sentence: `The Conservatives`, `Labour`, `Independents`; with `inside` not at its beginning."""
    article = "the" if inside else "The"
    if party == IND:
        return "independents" if inside else "Independents"
    known = dataset.parties[party]
    plural = f"{known.name}s"
    if plural in known.aliases:
        return f"{article} {plural}"
    name = known.name.removeprefix("The ")
    if name == known.name and not name.endswith(("s", "Party", "Alliance")):
        return name
    return f"{article} {name}"


def net_phrase(net: int) -> str:
    """A net change in words.

    >>> net_phrase(7), net_phrase(-24), net_phrase(0)
    ('a net gain of 7', 'a net loss of 24', 'no net change')
    """
    if not net:
        return "no net change"
    return f"a net {'gain' if net > 0 else 'loss'} of {abs(net)}"


def at_least(seats: int) -> Value:
    """Seats that are known, in a cell, where there may be more."""
    return Value(f"≥ {seats}" if seats else None, Kind.TEXT)
