"""Seats and control of councils: `Labour lost 14 councillors, which meant losing control`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from emvote.claims import Alternative
from emvote.prose.figures import Figure
from emvote.prose.names import Name
from emvote.prose.sentence import Sentence, Statement, quoted

EVE: Final = "--baseline eve-of-poll"
LAST: Final = "--baseline last-election"
_UNIT: Final = re.compile(r"^\s(?:(?:council|district|city|net)\s)?(?:seats?|councillors?)\b", re.IGNORECASE)
_LOST: Final = re.compile(r"\b(?:lost|lose|losing|loses|shed)\s(?:just\s|only\s)?$", re.IGNORECASE)
_GAINED: Final = re.compile(r"\b(?:gained|gain|gaining|gains)\s(?:just\s|only\s)?$", re.IGNORECASE)
_GAINED_BY: Final = re.compile(r"^\sseats\s(?:were\s)?gained\sby\s(?:the\s)?", re.IGNORECASE)
_WON: Final = re.compile(r"\b(?:won|winning|wins|took|takes)\s(?:just\s|only\s)?$", re.IGNORECASE)
_CONTROL: Final = re.compile(
    r"\b(?:lost|lose|losing|loses)\s(?:overall\s)?control\b|[-\u2013\u2014]\sand\scontrol\sof\b", re.IGNORECASE
)
_TAKEN: Final = re.compile(
    r"\b(?:gained|gain|gains|took|takes|taken|won|wins|seized)\s(?:overall\s)?(?:control\s(?:of|in)\s)?(?:the\s)?$",
    re.IGNORECASE,
)
_TAKEN_BY: Final = re.compile(r"^\swas\s(?:gained|taken|won)\sby\s(?:the\s)?$", re.IGNORECASE)
_HELD: Final = re.compile(
    r"\b(?:held|hold|holds|kept|retained|hung|clung)\s(?:on\s)?(?:to\s)?(?:control\sof\s)?(?:the\s)?$", re.IGNORECASE
)
_FROM: Final = re.compile(r"^\s(?:council\s)?(?:direct\s|directly\s)?from\s(?:the\s)?$", re.IGNORECASE)
_ONLY_WORDS: Final = re.compile(r"[a-z ,'\u2019-]{0,60}", re.IGNORECASE)


def find(sentence: Sentence) -> list[Statement]:
    """Statements on the seats and the control of one council."""
    if sentence.setting.local is None or not sentence.is_fact or sentence.is_denied:
        return []
    found = list(_taken(sentence))
    if sentence.setting.council is not None and len({n.council for n in sentence.names if n.council}) <= 1:
        found += _lost_control(sentence)
        for figure in sentence.figures:
            statement = _seats(sentence, figure)
            if statement:
                found.append(statement)
    return found


# --- seats --------------------------------------------------------------------------------------------------------


def _seats(sentence: Sentence, figure: Figure) -> Statement | None:  # noqa: PLR0911 (a return a case)
    before, after = sentence.before(figure), sentence.after(figure)
    parties = [each for each in sentence.names if each.kind == "party"]
    by = _GAINED_BY.search(after)
    if by:
        party = next((each for each in parties if each.start == figure.end + by.end()), None)
        return _net(sentence, figure, party, 1)
    counted = _UNIT.search(after) or (figure is sentence.figures[0] and "seat" in after)
    if figure.percent or figure.ordinal or figure.year or not (counted or not after.strip(" .!\n,;")):
        return None
    nearest = next((each for each in reversed(parties) if each.end <= figure.start), None)
    if nearest is None or not _ONLY_WORDS.fullmatch(sentence.text[nearest.end : figure.start]):
        return None
    if _LOST.search(before):
        return _net(sentence, figure, nearest, -1)
    if _GAINED.search(before):
        return _net(sentence, figure, nearest, 1)
    if _WON.search(before) and counted:
        return _count(sentence, figure, nearest)
    return None


def _net(sentence: Sentence, figure: Figure, party: Name | None, sign: int) -> Statement | None:
    if party is None or party.party is None:
        return None
    base = _base(sentence, figure.start, figure.end)
    redrawn = _redrawn(sentence)
    return Statement(
        **base,
        kind="seats",
        measure="seats_net",
        stated=sign * figure.value,
        take=f"seats_net.{party.party}",
        tolerance=1 if redrawn else None,
        definitions=(
            Alternative(options=EVE, means="against the eve of the poll"),
            Alternative(options=LAST, means="against the last ordinary election"),
        ),
        confusions=(
            Alternative(take=f"seats_won.{party.party}", query=str(base["query"]), means="right as seats won"),
        ),
    )


def _count(sentence: Sentence, figure: Figure, party: Name) -> Statement:
    base = _base(sentence, figure.start, figure.end)
    line = str(base["query"])
    after = Alternative(take=f"seats_after.{party.party}", query=line, means="as all its seats afterwards")
    net = Alternative(take=f"seats_net.{party.party}", query=line, means="right as seats gained, not won")
    return Statement(
        **base,
        kind="seats",
        measure="seats_won",
        stated=figure.value,
        take=f"seats_won.{party.party}",
        definitions=(after,),
        confusions=(net,),
    )


def _redrawn(sentence: Sentence) -> bool:
    """Whether the wards were drawn anew, so that a net is an estimate."""
    poll = sentence.setting.dataset.polls.get((sentence.setting.local or "", sentence.setting.council or ""))
    return poll is not None and any(flag.code == "new-wards" for flag in poll.flags)


# --- control ------------------------------------------------------------------------------------------------------


def _lost_control(sentence: Sentence) -> Iterator[Statement]:
    for match in _CONTROL.finditer(sentence.text, sentence.start, sentence.end):
        parties = [each for each in sentence.names if each.kind == "party" and each.end <= match.start()]
        if parties:
            # `the Conservatives lost eight seats - and control`: the party that the sentence is about
            party = parties[-1].party
            yield _control(
                sentence,
                match.start(),
                match.end(),
                "control lost",
                f"control_before=={quoted(party or '')} && control_after!={quoted(party or '')}",
                str(sentence.setting.council),
            )


def _taken(sentence: Sentence) -> Iterator[Statement]:
    """`Labour gained High Peak from the Conservatives`, `X was gained by the Conservatives`, `Labour held Lincoln`."""
    parties = [each for each in sentence.names if each.kind == "party"]
    for place in (each for each in sentence.names if each.council):
        front = sentence.text[max(sentence.start, place.start - 60) : place.start]
        back = [each for each in parties if each.end <= place.start]
        ahead = [each for each in parties if each.start >= place.end]
        by = ahead and _TAKEN_BY.search(sentence.text[place.end : ahead[0].start])
        party = ahead[0] if by else back[-1] if back else None
        if party is None or not (by or _near(sentence, party, place)):
            continue
        if by or _TAKEN.search(front):
            yield _gain(sentence, party, place, _loser(sentence, ahead[1:] if by else ahead, party if by else place))
        elif _HELD.search(front):
            path = f"control_before=={quoted(party.party or '')} && control_after=={quoted(party.party or '')}"
            yield _control(sentence, party.start, place.end, "control held", path, str(place.council))


def _near(sentence: Sentence, party: Name, place: Name) -> bool:
    return bool(_ONLY_WORDS.fullmatch(sentence.text[party.end : place.start]))


def _loser(sentence: Sentence, ahead: list[Name], after: Name) -> str | None:
    if ahead and _FROM.search(sentence.text[after.end : ahead[0].start]):
        return ahead[0].party
    return None


def _gain(sentence: Sentence, party: Name, place: Name, loser: str | None) -> Statement:
    winner = quoted(party.party or "")
    before = f"control_before=={quoted(loser)}" if loser else f"control_before!={winner}"
    start, end = min(party.start, place.start), max(party.end, place.end)
    return _control(sentence, start, end, "control gained", f"{before} && control_after=={winner}", str(place.council))


def _control(sentence: Sentence, start: int, end: int, measure: str, path: str, council: str) -> Statement:
    return Statement(
        **_base(sentence, start, end, council),
        kind="control",
        measure=measure,
        stated=True,
        take=path,
        definitions=(
            Alternative(options=LAST, means="against the last ordinary election"),
            Alternative(options=EVE, means="against the eve of the poll"),
        ),
    )


def _base(sentence: Sentence, start: int, end: int, council: str | None = None) -> dict[str, Any]:
    """What all statements on a council share."""
    chosen = sentence.setting.dataset.councils[council or sentence.setting.council or ""]
    outside = "" if sentence.setting.dataset.council_in_region(chosen.id) else " --outside"
    return {
        "start": start,
        "end": end,
        "subject": chosen.name,
        "election": sentence.setting.local,
        "query": f"councils {sentence.setting.local}{outside}",
        "where": {"council": chosen.name},
        "firm": sentence.firm,
    }
