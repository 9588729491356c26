"""Places on a list of targets: `ranks 61st on Labour's target list`, `would lose it on a swing of 5.9%`."""

from __future__ import annotations

import re
from typing import Final

from emvote.prose.sentence import Sentence, Statement

_TARGET: Final = re.compile(r"\btargets?\b", re.IGNORECASE)
_SWING: Final = re.compile(r"\bswing\s(?:to\s\w{1,20}\s)?of\s(?:just\s|only\s|about\s)?$", re.IGNORECASE)


def find(sentence: Sentence) -> list[Statement]:
    """The place of a seat on a party's list, and the swing that it needs."""
    setting = sentence.setting
    parties = [each.party for each in sentence.names if each.kind == "party"]
    if setting.seat is None or not parties or not _TARGET.search(sentence.words):
        return []
    party = "lab" if "lab" in parties else parties[-1]
    found = []
    for figure in sentence.figures:
        swing = figure.percent and _SWING.search(sentence.before(figure))
        if swing or (figure.ordinal and not figure.percent):
            found.append(
                Statement(
                    start=figure.start,
                    end=figure.end,
                    kind="target",
                    subject=setting.seat,
                    measure="swing_pp" if swing else "rank",
                    stated=figure.value,
                    query=f"targets {party} --scope uk --election 2019-notional",
                    where={"seat": setting.seat},
                    take="swing_pp" if swing else "rank",
                    wording=figure.wording,
                    firm=False,
                )
            )
    return found
