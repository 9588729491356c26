"""The codes of the flags in the dataset, each with what it means; a flag with any other code cannot be made."""

from __future__ import annotations

from tools.build_dataset.raw import expect

from emvote.model import Flag

CODES = {
    "baseline-unknown": "the record does not tell who last won the seats that were up",
    "blank-sitting-mp": "the source leaves open whether a candidate sat in the last Parliament; read as no",
    "column-shift": "votes stand in the wrong party column of the source; the candidates' own votes are used",
    "control-label": "the source labels control otherwise than its own seats say",
    "defection": "a councillor changed party at once after the count",
    "derived-baseline": "seats at the last election come from lists of councillors, compositions or pages",
    "double-seat": "two seats of a ward were filled on one day, one of them vacant before its turn",
    "electorate-doubtful": "the source repeats the electorate of another seat; left unknown",
    "grouped-independents": "the source adds the votes of several independents together",
    "halved-votes": "the votes of a seat with two members are those of the source, which halves them",
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
    "sources-differ": "another source prints another figure",
    "turnout-differs": "the source prints a turnout that its own figures do not give",
    "unopposed": "returned unopposed: nobody voted",
    "unpolled-seat": "the result of the poll for a seat is known only from later records",
    "ukip-in-other": "UKIP seats are counted under other",
    "vacancy": "seats were vacant",
}
"""Code and meaning, one sentence each."""
WARD_CODES = {
    "elected-differs": "the source marks another number of candidates as elected than there were seats",
    "lot-differs": "a tie was decided by lot otherwise than the source marks the elected",
    "party-doubtful": "the source's code for a party has no key; what it is taken for is not confirmed",
    "seats-missing": "the source leaves out how many seats of a ward were up",
    "turnout-doubtful": "the published turnout leaves room for fewer votes than were counted",
    "unopposed-from-list": "a ward without a contest is known from the list of councillors only",
}
"""Codes that only ward results need, in the file beside the dataset."""
PEOPLE_CODES = {
    "due-misprint": "a list of councillors has an impossible day on which seats are next due",
    "list-late": "a list of councillors was changed after its year",
    "listed-elsewhere": "a list of councillors has one name for two wards of a council",
    "listed-twice": "a list of councillors has one name twice for a ward",
    "party-of-list": "a list of councillors has another party than that under which somebody was elected",
}
"""Codes that only councillors and administrations need, in another file beside the dataset."""
UK_CODES = {
    "joint-candidate": "the source has a joint candidate of two parties as an independent",
    "outcome-spelling": "the source spells the words of the outcome in another way than elsewhere",
    "party-number": "the source has a party under the number of another in Parliament's register",
    "published-outcome": "the published outcome does not follow from the winner here and at the baseline",
    "seat-code": "the source has the seat under another code elsewhere",
}
"""Codes that only the dataset of the whole country needs."""
MEANINGS = {**CODES, **WARD_CODES, **PEOPLE_CODES, **UK_CODES}


def flag(code: str, note: str, source: str | None = None) -> Flag:
    """A flag of a known code with its evidence."""
    expect(code in MEANINGS, f"flag code {code!r} has no meaning in flags.py")
    return Flag(code=code, note=note, source=source)
