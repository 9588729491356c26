"""Phrases that sentences of several views are made of."""

from __future__ import annotations

from emvote.dataset import Dataset
from emvote.model import IND


def party_words(dataset: Dataset, party: str) -> str:
    """A party as the subject of a sentence: `The Conservatives`, `Labour`, `Independents`."""
    if party == IND:
        return "Independents"
    known = dataset.parties[party]
    plural = f"{known.name}s"
    if plural in known.aliases:
        return f"The {plural}"
    if known.name.startswith("The ") or not known.name.endswith(("s", "Party", "Alliance")):
        return known.name
    return f"The {known.name}"


def net_phrase(net: int) -> str:
    """A net change in words.

    >>> net_phrase(7), net_phrase(-24), net_phrase(0)
    ('a net gain of 7', 'a net loss of 24', 'no net change')
    """
    if not net:
        return "no net change"
    return f"a net {'gain' if net > 0 else 'loss'} of {abs(net)}"
