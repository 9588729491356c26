"""Votes, shares, majorities and turnout of a seat: `won with 21,259 votes and a majority of 2,540`."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from emvote.claims import Alternative
from emvote.prose.figures import Figure
from emvote.prose.names import Name
from emvote.prose.sentence import Sentence, Statement, quoted, seat_query

_LOOSELY: Final = r"(?:(?:just|only|over|nearly|about|almost|around|more\sthan|under)\s)?"
_MAJORITY: Final = re.compile(
    r"\bmajority:?\s$|\bmajority\b[ ,\w'\u2019%-]{0,30}\b(?:of|was|is|to|from|at|by)\s" + _LOOSELY + "$"
    r"|\b(?:won|wins?|winning|lost|losing|victory|defeated|beaten|held on|lead)\s(?:by|of)\s(?:a\smargin\sof\s)?"
    + _LOOSELY
    + "$",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(r"\bmajority\b[^,;.]{0,50}$", re.IGNORECASE)
_BY: Final = re.compile(r"\bby\s" + _LOOSELY + "$", re.IGNORECASE)
_MAJORITY_AFTER: Final = re.compile(r"^(?:-|\s)?(?:vote\s)?majority\b", re.IGNORECASE)
_TURNOUT: Final = re.compile(r"\bturn[- ]?out\b[^;.]{0,40}$", re.IGNORECASE)
_TURNOUT_AFTER: Final = re.compile(r"^\sturn[- ]?out\b", re.IGNORECASE)
_SHARE: Final = re.compile(r"\b(?:share|vote)\b[^;.]{0,25}$", re.IGNORECASE)
_SHARE_AFTER: Final = re.compile(r"^\s(?:of|share of)\s(?:all\s)?(?:the\s)?votes?\b|^\svote\sshare\b", re.IGNORECASE)
_VOTES_AFTER: Final = re.compile(r"^\s(?:votes\b|to\b)", re.IGNORECASE)
_VOTES: Final = re.compile(
    r"\b(?:with|on|polled|polling|received|winning|won|got|took|secured|had|to)\s(?:just\s|only\s)?$|['\u2019]s\s$|\($|\)\s$",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:swing|increase[ds]?|decrease[ds]?|rise|rose|fell|up|down|reduced|cut|halved|average|turnout of|electorate|"
    r"spoil(?:ed|t)|rejected|combined|total|postal|national|nationally|wards?|council|councillors?|mayor|by-election)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(r"\b(?:by-election|notional|wards?|councillors?)\b", re.IGNORECASE)
MOST_ELECTIONS: Final = 5
"""General elections that a figure may be of where none is named: the latest ones."""
NEAR: Final = 45
"""Characters before a figure in which a word says that it is something else."""
FEWEST: Final = 100
"""A smaller number is not taken for votes."""


def find(sentence: Sentence) -> list[Statement]:
    """Statements on the votes of a seat."""
    if sentence.setting.seat is None or sentence.setting.mayor is not None or _ELSEWHERE.search(sentence.words):
        return []
    read = (_read(sentence, figure) for figure in sentence.figures if figure.year is None and not figure.money)
    return [statement for statement in read if statement]


def _read(sentence: Sentence, figure: Figure) -> Statement | None:
    before, after = sentence.before(figure), sentence.after(figure)
    told = _TOLD.search(before) or _MAJORITY_AFTER.search(after) or _moved(sentence, figure)
    if figure.ordinal or (_OTHERS.search(before[-NEAR:]) and not told):
        return None
    if _TURNOUT.search(before) or _TURNOUT_AFTER.search(after):
        return _of_seat(sentence, figure, "turnout", "turnout_pct") if figure.percent else None
    if (
        _MAJORITY_AFTER.search(after)
        or _moved(sentence, figure)
        or _MAJORITY.search(before)
        or (_BY.search(before) and after.startswith(" vote"))
    ):
        return _majority(sentence, figure)
    return _votes(sentence, figure, before, after)


def _votes(sentence: Sentence, figure: Figure, before: str, after: str) -> Statement | None:
    if figure.percent:
        return _of_one(sentence, figure, "share", "share_pct") if _is_share(before, after) else None
    beside = any(each.end + 1 == figure.start for each in sentence.names if each.kind == "person")
    if figure.value < FEWEST or not (beside or _VOTES_AFTER.search(after) or _VOTES.search(before)):
        return None
    return _of_one(sentence, figure, "votes", "votes")


_MOVED: Final = re.compile(r"\b(?:from|to)\s(?:just\s|only\s)?$", re.IGNORECASE)
_THEN: Final = re.compile(r"^\s(?:in|by|at)\s$", re.IGNORECASE)


def _moved(sentence: Sentence, figure: Figure) -> bool:
    """`a reduced majority, from 22,428 in 2017 to just 6,019 by 2019`."""
    told = "majority" in sentence.text[sentence.start : figure.start].lower()
    return told and bool(_MOVED.search(sentence.before(figure)) and _THEN.search(sentence.after(figure)))


def _is_share(before: str, after: str) -> bool:
    return bool(_SHARE.search(before) or _SHARE_AFTER.search(after))


def _majority(sentence: Sentence, figure: Figure) -> Statement | None:
    _, said = sentence.year_of(figure)
    changed = re.search(r"majority[^,;.]{0,40}\b(?:by|from|to)\b", sentence.before(figure), re.IGNORECASE)
    if changed and not said and not _moved(sentence, figure):
        return None
    measure = "majority_pct" if figure.percent else "majority_votes"
    people = [each for each in sentence.names if each.kind == "person"]
    paths = [(f"candidates[?candidate=={quoted(each.person or '')}]", f"votes of {each.person}") for each in people]
    part = "share_pct" if figure.percent else "votes"
    confusions = [(f"{path}.{part} | [0]", f"right as {said_of}, not as a majority") for path, said_of in paths]
    confusions.append((f"max(candidates[].{part})", "right as the winner's votes, not as a majority"))
    return _of_seat(sentence, figure, "majority", measure, tuple(confusions))


def _of_seat(
    sentence: Sentence, figure: Figure, kind: str, field: str, confusions: tuple[tuple[str, str], ...] = ()
) -> Statement | None:
    return _statement(sentence, figure, kind, field, field, confusions, sentence.firm)


def _of_one(sentence: Sentence, figure: Figure, kind: str, field: str) -> Statement | None:
    """The votes of the candidate, or of the party, that is named."""
    named = sentence.people(figure.start)
    if not named and sentence.setting.person:
        named = [Name(0, 0, "person", person=sentence.setting.person)]
    if not named:
        return None
    first, others = named[0], named[1:]
    # a party in front of its candidate, `Labour's Claudia Webbe`, is the same candidacy
    same = [each for each in others if each.kind == "party" and 0 <= first.start - each.end <= len(" candidate and  ")]
    rest = [each for each in others if each not in same]
    person = next((each for each in rest if each.kind == "person"), None)
    if first.kind == "party" and person and sentence.is_fact and "second" not in sentence.words:
        first = first if _VOTES_OF_PARTY.search(sentence.text[first.end : figure.start]) else person
    path = f"{_one(first)}.{field} | [0]"
    confusions = (
        *((f"{_one(each)}.{field} | [0]", f"right for {each.person or each.party}") for each in rest),
        *([("majority_votes", "right as the majority, not as votes")] if field == "votes" else []),
    )
    firm = sentence.firm and len({each.person or each.party for each in (first, *rest)}) == 1
    return _statement(sentence, figure, kind, field, path, confusions, firm)


_VOTES_OF_PARTY: Final = re.compile(r"^['\u2019]?s?\s?(?:on\s|with\s|polled\s|got\s|took\s)?$", re.IGNORECASE)


def _one(name: Name) -> str:
    if name.person:
        return f"candidates[?candidate=={quoted(name.person)}]"
    return f"candidates[?party=={quoted(name.party or '')}]"


def _statement(
    sentence: Sentence,
    figure: Figure,
    kind: str,
    measure: str,
    path: str,
    confusions: tuple[tuple[str, str], ...],
    firm: bool,
) -> Statement | None:
    year, said = sentence.year_of(figure)
    years = [] if said else sorted(sentence.setting.generals, reverse=True)[:MOST_ELECTIONS]
    order = list(dict.fromkeys([*([year] if year else []), *years]))
    sure = firm and (said or sentence.setting.told) and sentence.is_fact and not sentence.is_denied
    found = [_at(sentence, figure, each, (kind, measure, path), confusions, firm=sure) for each in order]
    return replace(found[0], others=tuple(found[1:])) if found else None


def _at(
    sentence: Sentence,
    figure: Figure,
    year: int,
    what: tuple[str, str, str],
    confusions: tuple[tuple[str, str], ...],
    *,
    firm: bool,
) -> Statement:
    """The statement as one on the general election of a year."""
    seat = sentence.setting.seat or ""
    kind, measure, path = what
    query = seat_query(seat, year)
    return Statement(
        start=figure.start,
        end=figure.end,
        kind=kind,
        subject=seat,
        measure=measure,
        stated=figure.value,
        query=query,
        take=f"rows[0].{path}",
        election=sentence.setting.generals[year],
        wording=figure.wording,
        places=figure.places or None,
        confusions=tuple(Alternative(query=query, take=f"rows[0].{path}", means=means) for path, means in confusions),
        firm=firm,
    )
