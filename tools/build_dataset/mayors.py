"""Directly elected mayors: their offices from mayors.toml, their elections from the compiled file."""

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


class PartyWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of the file for a party that the register does not know."""

    raw: str
    party: str


class Choices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of mayors.toml."""

    mayoralties: tuple[Office, ...]
    contests: tuple[Said, ...]
    parties: tuple[PartyWords, ...]


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
    said = {each.election: each for each in choices.contests}
    expect(said.keys() <= rows.keys(), f"mayors.toml: no such election {said.keys() - rows.keys()}")
    days = sorted(rows, key=lambda election: (election[-len("2024-05-02") :], election))
    return Mayors(
        mayoralties=tuple(_office(office) for office in choices.mayoralties),
        elections=tuple(_election(election, by_office[rows[election][0].text("office")]) for election in days),
        contests=tuple(
            _contest(election, rows[election], said.get(election) or Said(election=election), parties, choices, by_url)
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


def _contest(
    election: str, rows: list[Row], said: Said, parties: Parties, choices: Choices, by_url: dict[str, str]
) -> MayorContest:
    candidates = tuple(_candidates(rows, said, parties, choices))
    _check(election, candidates)
    urls = dict.fromkeys(url for row in rows for url in URL.findall(row.text("source")))
    unknown = [url for url in urls if url not in by_url]
    expect(not unknown, f"sources.toml has no source for {unknown}")
    return MayorContest(
        election=election,
        mayoralty=election.split(".")[1],
        electorate=said.electorate,
        invalid_votes=said.invalid_votes,
        turnout_pct=said.turnout_pct,
        complete=said.complete,
        candidates=candidates,
        sources=tuple(by_url[url] for url in urls),
        flags=(flag(said.code, said.note),) if said.code else (),
    )


def _candidates(rows: list[Row], said: Said, parties: Parties, choices: Choices) -> Iterator[MayorCandidacy]:
    """The candidates; shares are kept only where votes do not give them."""
    computable = said.complete and all(row.text("first_preference_votes") for row in rows)
    own = {each.raw: each.party for each in choices.parties}
    for row in rows:
        words = row.text("party")
        party = own.get(words) or parties.named(words)
        known = parties.all[parties.rank[party]]
        share = row.text("share_percent")
        expect(row.text("elected") in {"yes", "no"}, f"{row.place}: elected is {row.text('elected')!r}")
        yield MayorCandidacy(
            name=row.text("candidate"),
            party=party,
            votes=row.whole("first_preference_votes") if row.text("first_preference_votes") else None,
            second_round=row.whole("second_round_votes") if row.text("second_round_votes") else None,
            share_pct=float(share) if share and not computable else None,
            label=None if words in own or words in {known.name, known.ballot_label, known.abbreviation} else words,
            elected=row.text("elected") == "yes",
        )


def _check(election: str, candidates: tuple[MayorCandidacy, ...]) -> None:
    """One is elected, with the most votes of the round that decided."""
    elected = [candidate for candidate in candidates if candidate.elected]
    expect(len(elected) == 1, f"{election}: {len(elected)} elected")
    second = [candidate.second_round for candidate in candidates if candidate.second_round is not None]
    if second:
        expect(elected[0].second_round == max(second), f"{election}: a loser has more votes in the second round")
