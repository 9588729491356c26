"""Directly elected mayors: offices from mayors.toml, elections from the compiled file and the Commons Library's.

The compiled file gives the names, the parties and who was elected. Where it has no votes of a candidate, or not the
candidate, the Commons Library's file (briefing CBP-7529) does. Where the two differ, mayors.toml decides.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import msgspec
from tools.build_dataset.flags import flag
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import Election, ElectionKind, Mayoralty, MayorCandidacy, MayorContest, Source
from emvote.store.importers.parliament import spoken

COMPILED: Final = "compiled-mayors"
LIBRARY: Final = "hoc-cbp-7529-mayors"
LIBRARY_FILE: Final = "mayors/hoc-cbp7529-mayors-2002-2019-em.csv"
URL: Final = re.compile(r"https?://[^\s;,]+")


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mayoralty, with what the compiled file calls it."""

    id: str
    office: str
    name: str
    area: str
    council: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the notes of the file say about one election, as fields."""

    election: str
    electorate: int | None = None
    invalid_votes: int | None = None
    turnout_pct: float | None = None
    complete: bool = True
    code: str | None = None
    note: str = ""


class Name(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A candidate's name in the Commons Library's file, and in the dataset."""

    raw: str
    name: str


class Correction(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """First preferences of the compiled file that are wrong."""

    election: str
    candidate: str
    raw: int
    votes: int
    note: str


class PartyWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the file for a party that the register does not know."""

    raw: str
    party: str


class Choices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of mayors.toml."""

    mayoralties: tuple[Office, ...]
    contests: tuple[Said, ...]
    parties: tuple[PartyWords, ...]
    names: tuple[Name, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Mayors:
    """What the record has of mayors."""

    mayoralties: tuple[Mayoralty, ...]
    elections: tuple[Election, ...]
    contests: tuple[MayorContest, ...]


def read_mayors(raw: RawData, parties: Parties, sources: Iterable[Source]) -> Mayors:
    """The offices in the order of mayors.toml, their elections by day."""
    text = Path(__file__).with_name("mayors.toml").read_text(encoding="utf-8")
    choices = msgspec.convert(tomllib.loads(text), Choices)
    by_url = {source.url: source.id for source in sources if source.url and source.id.startswith("web-mayor-")}
    by_office = {office.office: office for office in choices.mayoralties}
    rows: dict[str, list[Row]] = {}
    for row in raw.rows("mayors/mayors.csv"):
        office = by_office[row.text("office")]
        expect(row.text("gss_code") == (office.council or ""), f"{row.place}: another council than in mayors.toml")
        rows.setdefault(f"mayor.{office.id}.{row.text('election_date')}", []).append(row)
    library = _library(raw, choices)
    expect(library.keys() <= rows.keys(), f"{LIBRARY_FILE}: no such election {library.keys() - rows.keys()}")
    said = {each.election: each for each in choices.contests}
    expect(said.keys() <= rows.keys(), f"mayors.toml: no such election {said.keys() - rows.keys()}")
    days = sorted(rows, key=lambda election: (election[-len("2024-05-02") :], election))
    return Mayors(
        mayoralties=tuple(_office(office) for office in choices.mayoralties),
        elections=tuple(_election(election, by_office[rows[election][0].text("office")]) for election in days),
        contests=tuple(
            _contest(
                Polled(said.get(election) or Said(election=election), rows[election], library.get(election, {})),
                parties,
                choices,
                by_url,
            )
            for election in days
        ),
    )


def _office(office: Office) -> Mayoralty:
    return Mayoralty(
        id=office.id,
        name=office.name,
        area=office.area,
        council=office.council,
        aliases=office.aliases,
        note=office.note,
        source=COMPILED,
    )


def _election(election: str, office: Office) -> Election:
    day = date.fromisoformat(election.rpartition(".")[2])
    return Election(
        id=election, name=f"{office.name}, {spoken(day)}", kind=ElectionKind.MAYOR, date=day, source=COMPILED
    )


def _library(raw: RawData, choices: Choices) -> dict[str, dict[str, Row]]:
    """The rows of the Commons Library's file by election and by the name in the dataset."""
    by_area = {office.area: office for office in choices.mayoralties}
    names = {each.raw: each.name for each in choices.names}
    found: dict[str, dict[str, Row]] = {}
    for row in raw.rows(LIBRARY_FILE):
        words = row.text("candidate")
        election = f"mayor.{by_area[row.text('area')].id}.{row.text('election_date')}"
        found.setdefault(election, {})[names.get(words, words)] = row
    return found


@dataclass(frozen=True, slots=True)
class Polled:
    """One election: what mayors.toml says of it, and the rows of both files."""

    said: Said
    rows: list[Row]
    library: dict[str, Row]
    """By the candidate's name in the dataset."""


def _contest(polled: Polled, parties: Parties, choices: Choices, by_url: dict[str, str]) -> MayorContest:
    said = polled.said
    candidates = tuple(_candidates(polled, parties, choices))
    _check(said.election, candidates)
    urls = dict.fromkeys(url for row in polled.rows for url in URL.findall(row.text("source")))
    unknown = [url for url in urls if url not in by_url]
    expect(not unknown, f"sources.toml has no source for {unknown}")
    return MayorContest(
        election=said.election,
        mayoralty=said.election.split(".")[1],
        electorate=said.electorate,
        invalid_votes=said.invalid_votes,
        turnout_pct=said.turnout_pct,
        complete=said.complete,
        candidates=candidates,
        sources=(*(by_url[url] for url in urls), *([LIBRARY] if polled.library else [])),
        flags=(flag(said.code, said.note),) if said.code else (),
    )


def _candidates(polled: Polled, parties: Parties, choices: Choices) -> Iterator[MayorCandidacy]:
    """The candidates of the compiled file, then those of the Commons Library's alone.

    Shares are kept only where votes do not give them.
    """
    both = [(row, polled.library.get(row.text("candidate"))) for row in polled.rows]
    expect(not polled.library or all(row for _, row in both), f"{polled.said.election}: a name that the Library lacks")
    votes = [_votes(polled.said.election, row, other, choices) for row, other in both]
    computable = polled.said.complete and None not in votes
    for (row, other), number in zip(both, votes, strict=True):
        party, label = _party(row, parties, choices)
        share = row.text("share_percent")
        expect(row.text("elected") in {"yes", "no"}, f"{row.place}: elected is {row.text('elected')!r}")
        yield MayorCandidacy(
            name=row.text("candidate"),
            party=party,
            votes=number,
            second_round=_second_round(row, other),
            share_pct=float(share) if share and not computable else None,
            label=label,
            elected=row.text("elected") == "yes",
        )
    compiled = {row.text("candidate") for row in polled.rows}
    for name, row in polled.library.items():
        if name not in compiled:
            yield MayorCandidacy(
                name=name,
                party=_party(row, parties, choices)[0],  # the file has codes, no labels
                votes=row.whole("first_preferences"),
                second_round=_second_round(None, row),
                elected=False,
            )


def _party(row: Row, parties: Parties, choices: Choices) -> tuple[str, str | None]:
    """The id of a candidate's party, and the label where it says more than the party's name."""
    words = row.text("party")
    own = {each.raw: each.party for each in choices.parties}
    party = own.get(words) or parties.named(words)
    known = parties.all[parties.rank[party]]
    same = words in own or words in {known.name, known.ballot_label, known.abbreviation}
    return party, None if same else words


def _votes(election: str, row: Row, other: Row | None, choices: Choices) -> int | None:
    """First preferences, on which both files agree or mayors.toml decides."""
    name = row.text("candidate")
    own = row.whole("first_preference_votes") if row.text("first_preference_votes") else None
    theirs = other.whole("first_preferences") if other is not None else None
    for each in choices.corrections:
        if (each.election, each.candidate) == (election, name):
            expect((own, theirs) == (each.raw, each.votes), f"{row.place}: {own} and {theirs}, not as in mayors.toml")
            return each.votes
    expect(None in {own, theirs} or own == theirs, f"{row.place}: {own} votes, and {theirs} in {LIBRARY_FILE}")
    return theirs if own is None else own


def _second_round(row: Row | None, other: Row | None) -> int | None:
    """Votes after the second round; the Library's total of somebody elected in the first round is not one."""
    own = row.whole("second_round_votes") if row is not None and row.text("second_round_votes") else None
    added = other is not None and other.text("second_preferences_added")
    theirs = other.whole("final_total") if other is not None and added else None
    if other is not None and theirs is not None:
        total = other.whole("first_preferences") + other.whole("second_preferences_added")
        expect(total == theirs, f"{other.place}: the rounds do not add up to {theirs}")
        expect(own in {None, theirs}, f"{other.place}: {theirs} after the second round, and {own} in mayors.csv")
    return theirs if own is None else own


def _check(election: str, candidates: tuple[MayorCandidacy, ...]) -> None:
    """One is elected, with the most votes of the round that decided."""
    elected = [candidate for candidate in candidates if candidate.elected]
    expect(len(elected) == 1, f"{election}: {len(elected)} elected")
    second = [candidate.second_round for candidate in candidates if candidate.second_round is not None]
    if second:
        expect(elected[0].second_round == max(second), f"{election}: a loser has more votes in the second round")
