"""The codes of the flags in the dataset, each with what it means; a flag with any other code cannot be made."""

from __future__ import annotations

from tools.build_dataset.raw import expect

from emvote.model import Flag

CODES = {
    "blank-sitting-mp": "the source leaves open whether a candidate sat in the last Parliament; read as no",
    "column-shift": "votes stand in the wrong party column of the source; the candidates' own votes are used",
    "control-label": "the source labels control otherwise than its own seats say",
    "defection": "a councillor changed party at once after the count",
    "derived-baseline": "seats at the last election come from lists of councillors or pages, not from a result",
    "grouped-independents": "the source adds the votes of several independents together",
    "hoc-differs": "the House of Commons Library prints other seats than the ones used here",
    "invalid-votes-missing": "the number of rejected ballots is not published",
    "later-poll": "the snapshot already counts seats that were filled at a later poll",
    "list-differs": "the list of councillors and the composition of the same year disagree; the composition is used",
    "lump": "the record counts a local party and independents together: their parts are unknown",
    "name-repaired": "a name was damaged in the source and is given as it should be",
    "name-variant": "the source spells the name of a seat in another way elsewhere",
    "new-wards": "some of the wards have other boundaries than at the baseline",
    "not-election-day": "the snapshot differs from the result of the election of that year",
    "notional-aggregates": "the source repeats votes in rows that add others up, or adds small parties up itself",
    "override": "another figure than the source's main one is used, on the evidence given",
    "party-not-found": "the party of a seat at the last election was not found",
    "postponed-poll": "some seats were not polled on the day",
    "published-change": "share changes published by the source differ from those that its own votes give",
    "repeated-snapshot": "the snapshot repeats an earlier year, in which the council was last elected",
    "size-changed": "the council had another number of seats at the baseline",
    "unpolled-seat": "the result of the poll for a seat is known only from later records",
    "ukip-in-other": "UKIP seats are counted under other",
    "vacancy": "seats were vacant",
}
"""Code and meaning, one sentence each."""


def flag(code: str, note: str, source: str | None = None) -> Flag:
    """A flag of a known code with its evidence."""
    expect(code in CODES, f"flag code {code!r} has no meaning in flags.py")
    return Flag(code=code, note=note, source=source)
