"""Which councils voted: `had all their seats up`, `a third contested`, `there were no elections for`."""

from __future__ import annotations

import re
from typing import Final

from emvote.prose.sentence import Sentence, Statement

_ALL: Final = re.compile(r"\bhad\sall\s(?:of\s)?the(?:ir|re)\sseats\s(?:contested|up)\b", re.IGNORECASE)
_THIRD: Final = re.compile(
    r"\ba\sthird\s(?:of\s(?:the\s|its\s|their\s)?seats\s)?(?:contested|up|were\sup)\b", re.IGNORECASE
)
_NONE: Final = re.compile(r"\bthere\swere\sno\selections\s(?:for|in)\b", re.IGNORECASE)


def find(sentence: Sentence) -> list[Statement]:
    """A statement for every council that the sentence lists."""
    if sentence.setting.local is None or not sentence.is_fact:
        return []
    if _ALL.search(sentence.words):
        return _every(sentence, "cycle", "all")
    if _THIRD.search(sentence.words):
        return _every(sentence, "cycle", "third")
    if _NONE.search(sentence.words):
        return _every(sentence, "outcome", "no election")
    return []


def _every(sentence: Sentence, path: str, stated: str) -> list[Statement]:
    places = (each for each in sentence.names if each.council)
    return [_voted(sentence, each.start, each.end, str(each.council), path, stated) for each in places]


def _voted(sentence: Sentence, start: int, end: int, council: str, path: str, stated: str) -> Statement:
    dataset = sentence.setting.dataset
    added = "" if dataset.council_in_region(council) else " --outside"
    added += " --all" if path == "outcome" else ""
    name = dataset.councils[council].name
    return Statement(
        start=start,
        end=end,
        kind="cycle",
        subject=name,
        measure=path,
        stated=stated,
        election=sentence.setting.local,
        query=f"councils {sentence.setting.local}{added}",
        where={"council": name},
        take=path,
    )
