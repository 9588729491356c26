"""Ward results of 2021 to 2025, as the Local Elections Handbook has them: four layouts, and totals only in 2023."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tools.build_dataset.flags import flag
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect
from tools.build_dataset.ward_judgements import WardJudgements

from emvote.model import Flag, WardCandidacy, WardContest
from emvote.names import normalise
from emvote.store.importers.kinds import LAYOUTS
from emvote.store.importers.leh import NO_DESCRIPTION, contest, totals
from emvote.store.importers.ward_names import Spellings, ward_name

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

    def named(self, name: str) -> str:
        """The id of the party of a name in full."""
        return self.parties.named(name)

    def is_plain(self, party_id: str, name: str) -> bool:
        """Whether a name is what a party is called where nothing else is said."""
        party = self.parties.all[self.parties.rank[party_id]]
        return name in {party.ballot_label, party.name}

    def key(self, year: int, code: str) -> str:
        """What a code stands for, as the sheets of a year explain it."""
        return self.keys(year)[code]

    def ward(self, election: str, council: str, raw: str) -> tuple[str, tuple[Flag, ...]]:
        """A ward's name as people write it, with a flag where it is not what the source says."""
        for each in self.judged.names:
            if election in each.elections and each.council == council and normalise(each.raw) == normalise(raw):
                return each.name, (flag("name-repaired", each.note),)
        return ward_name(council, raw, self.known), ()

    def doubts(self, code: str) -> tuple[Flag, ...]:
        """What is not certain about the party of a code."""
        return tuple(flag("party-doubtful", each.note) for each in self.judged.doubtful_codes if each.code == code)

    def settle(
        self, election: str, code: str, candidates: tuple[WardCandidacy, ...]
    ) -> tuple[tuple[WardCandidacy, ...], tuple[Flag, ...]]:
        """The candidates of a ward without the marks of being elected that wards.toml says are mistakes."""
        flags = []
        for wrong in self.judged.not_elected:
            if (wrong.election, wrong.ward) == (election, code):
                flags.append(flag("elected-differs", wrong.note))
                candidates = tuple(
                    replace(each, elected=False) if each.name == wrong.candidate else each for each in candidates
                )
        return candidates, tuple(flags)

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
        yield contest(f"local.{day}", year, ward, candidates[code], book)


def _check_keys(book: LehBook, year: int) -> None:
    """The sheets' own key must mean the same party as the register."""
    used = {row.text("Party name") for row in book.raw.rows(f"ward-results/leh-{year}-candidates-em.csv")}
    for code, name in book.keys(year).items():
        if code in used and code != NO_DESCRIPTION:
            same = book.parties.named(name) == book.party(code)
            expect(same, f"{year}: {code} is {name} in the sheets, {book.party(code)} in the register")


def read_totals(book: LehBook, day: date) -> Iterator[WardContest]:
    """The contested wards of a May whose candidates are not published: the best candidate of each party."""
    for row in book.raw.rows(f"ward-results/leh-{day.year}-wards-em.csv"):
        yield totals(f"local.{day}", row, book, book.parties.rank)
