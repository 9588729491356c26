"""Ward results of 2021 to 2025, as the Local Elections Handbook has them: four layouts, and totals only in 2023."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tools.build_dataset.flags import flag
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.ward_judgements import WardJudgements
from tools.build_dataset.ward_names import Spellings, forwards, tidy, ward_name

from emvote.model import Flag, Tally, WardCandidacy, WardContest
from emvote.names import normalise

COUNTY_DIVISION = "SC"
NO_DESCRIPTION = "ND"
MISSING = "NA"
TOTALS_APART = frozenset({"COUNTYNAME", "DISTRICTNAME", "WARDNAME", "VACS", "TYPE", "ELECT", "TURNOUT", "Grand Total"})
"""Columns of 2023 that are no party."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What one year's sheets call their columns."""

    code: str
    ward: str
    candidate: str
    votes: str
    seats: str


LAYOUTS = {
    2021: Layout("Ward/ED code", "Ward/ED name", "Candidate name", "Votes", "Vacancies"),
    2022: Layout("Ward code", "Ward name", "Candidate name", "Votes", "Vacancies"),
    2024: Layout("Ward code", "Ward name", "Name", "Votes", "Vacancies"),
    2025: Layout("ONS ward code", "Ward/ County Electoral District name", "Candidate name", "Votes cast", "Seats"),
}
FULL_NAMES = 2025
"""The year whose sheets name parties and candidates in full."""


@dataclass(frozen=True, slots=True)
class LehBook:
    """What reading any year's sheets takes."""

    raw: RawData
    parties: Parties
    judged: WardJudgements
    councils: Mapping[str, str]
    """Name to GSS code."""
    known: Spellings

    def council(self, name: str) -> str:
        """The GSS code of the council of that name, whatever stands for `and`."""
        wanted = normalise(name)
        found = [code for council, code in self.councils.items() if normalise(council) == wanted]
        expect(len(found) == 1, f"{name}: {len(found)} councils of that name")
        return found[0]

    def party(self, code: str) -> str:
        """The id of the party of a code."""
        own = {each.code: each.party for each in self.judged.codes}
        expect(code in self.parties.by_leh or code in own, f"party {code!r} is neither in the register nor wards.toml")
        return self.parties.by_leh.get(code) or own[code]

    def keys(self, year: int) -> dict[str, str]:
        """Abbreviation to full name, as the sheets of a year explain them."""
        rows = self.raw.rows("parties/leh-party-names.csv")
        return {row.text("party_abbreviation"): row.text("party_name") for row in rows if row.text("year") == str(year)}


def read_leh(book: LehBook, year: int, day: date) -> Iterator[WardContest]:
    """Every contest of one May, with its candidates."""
    layout = LAYOUTS[year]
    if year != FULL_NAMES:
        _check_keys(book, year)
    wards = {row.text(layout.code): row for row in book.raw.rows(f"ward-results/leh-{year}-wards-em.csv")}
    candidates: dict[str, list[Row]] = {}
    for row in book.raw.rows(f"ward-results/leh-{year}-candidates-em.csv"):
        candidates.setdefault(row.text(layout.code), []).append(row)
    expect(wards.keys() == candidates.keys(), f"{year}: wards without candidates, or candidates without a ward")
    for code, ward in wards.items():
        yield _contest(book, year, day, ward, candidates[code])


def _check_keys(book: LehBook, year: int) -> None:
    """The sheets' own key must mean the same party as the register."""
    used = {row.text("Party name") for row in book.raw.rows(f"ward-results/leh-{year}-candidates-em.csv")}
    for code, name in book.keys(year).items():
        if code in used and code != NO_DESCRIPTION:
            same = book.parties.named(name) == book.party(code)
            expect(same, f"{year}: {code} is {name} in the sheets, {book.party(code)} in the register")


def _contest(book: LehBook, year: int, day: date, ward: Row, rows: list[Row]) -> WardContest:
    layout = LAYOUTS[year]
    council = book.council(_authority(ward, year))
    candidates = tuple(_candidate(book, year, row) for row in rows)
    name, renamed = _named(book, f"local.{day}", council, rows[0].text(layout.ward))
    flags = [*renamed]
    for wrong in book.judged.not_elected:
        if (wrong.election, wrong.ward) == (f"local.{day}", ward.text(layout.code)):
            flags.append(flag("elected-differs", wrong.note))
            candidates = tuple(_unelected(each, wrong.candidate) for each in candidates)
    won = sum(candidate.elected for candidate in candidates)
    if ward.text(layout.seats) == MISSING:
        flags.append(flag("seats-missing", "The source leaves out how many seats were up: as many as were elected."))
    else:
        expect(ward.whole(layout.seats) == won, f"{ward.place}: {won} elected for {ward.text(layout.seats)} seats")
    return WardContest(
        election=f"local.{day}",
        council=council,
        ward=name,
        ward_id=ward.text(layout.code),
        seats_up=won,
        electorate=ward.whole("Electorate"),
        turnout_pct=_turnout(ward, year),
        candidates=tuple(sorted(candidates, key=lambda each: -(each.votes or 0))),
        flags=tuple(flags),
    )


def _named(book: LehBook, election: str, council: str, raw: str) -> tuple[str, tuple[Flag, ...]]:
    """A ward's name as people write it, with a flag where it is not what the source says."""
    for each in book.judged.names:
        if election in each.elections and each.council == council and normalise(each.raw) == normalise(raw):
            return each.name, (flag("name-repaired", each.note),)
    return ward_name(council, raw, book.known), ()


def _authority(ward: Row, year: int) -> str:
    """The council that was elected: in 2021 and 2025 the name of a division's district stands beside the county's."""
    if year == FULL_NAMES:
        return ward.text("Upper tier authority")
    if "Type" in ward.values and ward.text("Type") == COUNTY_DIVISION:
        return ward.text("County name")
    return ward.text("Local authority name")


def _turnout(ward: Row, year: int) -> float | None:
    """Ballot papers in per cent of the electorate, where they are published: in 2024 there are valid votes only."""
    if year == FULL_NAMES:
        return round(float(ward.text("Turnout (EC method)")) * 100, 1)
    return None if year == 2024 else float(ward.text("Turnout (%)"))  # noqa: PLR2004 (a year)


def _candidate(book: LehBook, year: int, row: Row) -> WardCandidacy:
    layout = LAYOUTS[year]
    elected, party = row.text("Elected"), row.text("Party name")
    expect(elected in {"0", "1", "TRUE", "FALSE"}, f"{row.place}: Elected is {elected!r}")
    named = tidy(row.text(layout.candidate))
    if year == FULL_NAMES:
        of_party = book.parties.named(party)
        label = None if party in _names_of(book, of_party) else party
    else:
        of_party, named = book.party(party), forwards(named)
        label = book.keys(year)[party] if party == NO_DESCRIPTION else None
    return WardCandidacy(
        name=named,
        party=of_party,
        votes=row.whole(layout.votes),
        label=label,
        elected=elected in {"1", "TRUE"},
    )


def _names_of(book: LehBook, party_id: str) -> set[str]:
    """What a party is called where nothing else is said."""
    party = book.parties.all[book.parties.rank[party_id]]
    return {party.ballot_label, party.name}


def _unelected(candidate: WardCandidacy, name: str) -> WardCandidacy:
    return replace(candidate, elected=False) if candidate.name == name else candidate


# --- totals of 2023 ------------------------------------------------------------------------------------------------


def read_totals(book: LehBook, day: date) -> Iterator[WardContest]:
    """The contested wards of a May whose candidates are not published: the best candidate of each party."""
    doubtful = {each.code: each.note for each in book.judged.doubtful_codes}
    for row in book.raw.rows(f"ward-results/leh-{day.year}-wards-em.csv"):
        columns = {code: row.whole(code) for code in row.values if code not in TOTALS_APART and row.text(code)}
        votes = {code: number for code, number in columns.items() if number}
        expect(sum(votes.values()) == row.whole("Grand Total"), f"{row.place}: votes are not the total")
        council = book.council(row.text("DISTRICTNAME"))
        name, renamed = _named(book, f"local.{day}", council, row.text("WARDNAME"))
        yield WardContest(
            election=f"local.{day}",
            council=council,
            ward=name,
            seats_up=row.whole("VACS"),
            electorate=row.whole("ELECT"),
            turnout_pct=float(row.text("TURNOUT")),
            tallies=_tallies(book, votes),
            flags=(*renamed, *(flag("party-doubtful", doubtful[code]) for code in votes if code in doubtful)),
        )


def _tallies(book: LehBook, votes: Mapping[str, int]) -> tuple[Tally, ...]:
    """Most votes first."""
    found = [Tally(party=book.party(code), votes=number) for code, number in votes.items()]
    return tuple(sorted(found, key=lambda tally: (-tally.votes, book.parties.rank[tally.party])))
