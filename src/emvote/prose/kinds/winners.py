"""Who won a seat: `Ed Barker coming second`, `Solloway won Derby North in 2019`, `has held it since 1950`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from emvote.prose.names import Name
from emvote.prose.sentence import Sentence, Statement, seat_query

_WON: Final = re.compile(
    r"^(?:,?\s(?:who|candidate|then|had)){0,2}\s(?:won|wins|took|gained|held|retained|flipped)\b(?!\sby\b)",
    re.IGNORECASE,
)
_SECOND: Final = re.compile(
    r"^(?:,?\s(?:who|candidate)){0,2}\s(?:came|coming|finished|was|in)\s(?:in\s)?second\b", re.IGNORECASE
)
_SINCE: Final = re.compile(r"\b(?:hold|held|holding|seat)\b[^;.]{0,40}\bsince\s$", re.IGNORECASE)
_OTHER: Final = re.compile(r"\b(?:mayor|by-election|ward|council|councillor)", re.IGNORECASE)


def find(sentence: Sentence) -> list[Statement]:
    """Statements on the winner, and the runner-up, of a seat."""
    if sentence.setting.seat is None or not sentence.is_fact or sentence.is_denied or _OTHER.search(sentence.words):
        return []
    return [*_people(sentence), *_since(sentence)]


def _people(sentence: Sentence) -> Iterator[Statement]:
    for name in sentence.names:
        year, said = _year(sentence, name)
        if year is None:
            continue
        after = sentence.text[name.end : min(sentence.end, name.end + 40)]
        found = ((_WON.search(after), "winner"), (_SECOND.search(after), "runner_up"))
        for match, field in found if name.kind == "person" else ():
            if match:
                yield _one(sentence, name, name.end + match.end(), field, year, said=said)


def _year(sentence: Sentence, name: Name) -> tuple[int | None, bool]:
    """The year of what a sentence says of somebody: the only one, or the one between this name and the next."""
    years = {each.year for each in sentence.figures if each.year}
    if years - set(sentence.setting.generals):
        return None, False
    if len(years) > 1:
        stop = min([sentence.end, *(each.start for each in sentence.names if each.person and each.start > name.start)])
        own = [each.year for each in sentence.figures if each.year and name.end < each.start < stop]
        return (own[0], True) if len(own) == 1 else (None, False)
    return sentence.year_of(None)


def _one(sentence: Sentence, name: Name, end: int, field: str, year: int, *, said: bool) -> Statement:
    seat = sentence.setting.seat or ""
    return Statement(
        start=name.start,
        end=end,
        kind="winner",
        subject=seat,
        measure=field,
        stated=name.person,
        election=sentence.setting.generals[year],
        query=seat_query(seat, year),
        take=f"rows[0].{field}",
        firm=said and sentence.firm,
    )


def _since(sentence: Sentence) -> Iterator[Statement]:
    """`has been a Labour hold since 1950`."""
    parties = [each for each in sentence.names if each.kind == "party"]
    for figure in sentence.figures:
        if figure.year and _SINCE.search(sentence.before(figure)) and len({each.party for each in parties}) == 1:
            from emvote.command_line import printed

            seat = sentence.setting.seat or ""
            yield Statement(
                start=figure.start,
                end=figure.end,
                kind="since",
                subject=seat,
                measure="held since",
                stated=figure.value,
                query=printed(["seat", seat]).removeprefix("emvote "),
                take="summary.held.since",
                firm=False,
            )
