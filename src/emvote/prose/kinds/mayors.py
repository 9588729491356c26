"""Votes for a mayor: `won the mayoral election`, `had 181,040 votes (40.27%)`, `a majority of 50,000`."""

from __future__ import annotations

import re
from typing import Final

from emvote.claims import Wording
from emvote.command_line import printed
from emvote.prose.figures import Figure
from emvote.prose.sentence import Sentence, Statement, quoted

_VOTES_AFTER: Final = re.compile(r"^\svotes\b", re.IGNORECASE)
_MAJORITY: Final = re.compile(r"\bmajority\sof\s(?:just\s|only\s|about\s)?$", re.IGNORECASE)
_ROUND: Final = 1_000


def find(sentence: Sentence) -> list[Statement]:
    """Statements on the votes of candidates for mayor."""
    if sentence.setting.mayor in (None, "?") or not sentence.is_fact:
        return []
    read = (_read(sentence, figure) for figure in sentence.figures if not figure.year and not figure.money)
    return [statement for statement in read if statement]


def _read(sentence: Sentence, figure: Figure) -> Statement | None:
    before, after = sentence.before(figure), sentence.after(figure)
    if _MAJORITY.search(before):
        share = figure.percent
        return _statement(sentence, figure, "majority_pct" if share else "majority_votes", "summary.elections[0].")
    people = [each.person for each in sentence.people(figure.start) if each.person]
    person = people[0] if people else sentence.setting.person
    bracket = figure.percent and before.endswith("(")
    if person is None or not (_VOTES_AFTER.search(after) or bracket):
        return None
    surname = quoted(" " + person.rpartition(" ")[2])
    field = "share_pct" if figure.percent else "votes"
    return _statement(sentence, figure, field, f"rows[?ends_with(candidate, {surname})].", " | [0]")


def _statement(sentence: Sentence, figure: Figure, measure: str, front: str, back: str = "") -> Statement:
    place = sentence.setting.mayor or ""
    rounded = measure == "majority_votes" and figure.value % _ROUND == 0
    return Statement(
        start=figure.start,
        end=figure.end,
        kind="mayor",
        subject=place,
        measure=measure,
        stated=figure.value,
        query=printed(["mayor", place]).removeprefix("emvote "),
        take=f"{front}{measure}{back}",
        wording=Wording.ABOUT if rounded and figure.wording is Wording.EXACTLY else figure.wording,
        places=figure.places or None,
        firm=False,
    )
