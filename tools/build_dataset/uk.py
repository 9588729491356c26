"""The dataset of the whole country: general elections since 2010, their notional baselines, and by-elections."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import msgspec
from tools.build_dataset.area import COUNTRY
from tools.build_dataset.build import VERSION, read_sources
from tools.build_dataset.corrections import Correction, Corrections
from tools.build_dataset.governments import read_governments
from tools.build_dataset.judgements import Judgements, Label, Name, Place, read_judgements
from tools.build_dataset.parliament import read_parliament
from tools.build_dataset.raw import RawData
from tools.build_dataset.seats import read_seats
from tools.build_dataset.uk_parties import read_uk_parties

from emvote.model import UNITED_KINGDOM, Election, Source
from emvote.model.record import Record

LICENCE = "Open Parliament Licence v3.0"
ATTRIBUTION = (
    "Contains Parliamentary information licensed under the Open Parliament Licence v3.0, with registrations of parties "
    "from the Electoral Commission under the Open Government Licence v3.0; no part of this dataset is under a "
    "share-alike licence"
)
PARTIES = Source(
    id="parliament-parties",
    title="Parties: names, abbreviations and registrations",
    publisher="UK Parliament (House of Commons Library)",
    licence="Open Parliament Licence v3.0 (registrations: Open Government Licence v3.0)",
    url="https://github.com/ukparliament/psephology",
    date="repository of 2026-08-20, commit 774c93e",
    note="names and numbers from the candidates' files, checked with db/data/political-party-registrations.csv",
)


class UkJudgements(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """uk_judgements.toml: decisions beyond those in judgements.toml about the same files."""

    names: tuple[Name, ...]
    labels: tuple[Label, ...]
    corrections: tuple[Correction, ...]
    published_changes: dict[str, tuple[str, ...]]
    """Election to the seats whose published share changes do not follow from the votes."""


def build_uk(root: Path) -> tuple[RawData, Record]:
    """The record made from a folder of raw files, and what was read for it."""
    raw = RawData(root)
    beyond = _read()
    judged = _judged(beyond)
    parties = read_uk_parties(raw, {one.raw: one.label for one in judged.labels})
    seats = read_seats(raw, COUNTRY)
    parliament = read_parliament(raw, COUNTRY, parties, judged, seats, Corrections(beyond.corrections))
    record = Record(
        schema=1,
        title="Elections to the House of Commons in the United Kingdom",
        version=VERSION,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        region=UNITED_KINGDOM,
        sources=(),
        parties=parties.all,
        elections=tuple(_election(election) for election in parliament.elections),
        seats=seats,
        contests=parliament.contests,
        governments=read_governments(parliament.elections),
    )
    return raw, replace(record, sources=_sources(record))


def _election(election: Election) -> Election:
    """An election; of the notional result of 2005 it must be said that Scotland's part is no estimate."""
    if election.id != "parl.2005-05-05.notional":
        return election
    scotland = "Scotland's seats, which date from 2005, have the results of that year."
    return replace(election, note=f"{election.note} {scotland}")


def _sources(record: Record) -> tuple[Source, ...]:
    """The sources that the record refers to, in the order of sources.toml, and that of the parties."""
    used = {each.source for table in (record.elections, record.seats, record.governments) for each in table}
    return (*(source for source in read_sources() if source.id in used), PARTIES)


def _judged(beyond: UkJudgements) -> Judgements:
    """The decisions about the region, whose files these are too, and those about the rest of the country."""
    judged = read_judgements()
    places = [
        Place(election=election, seat=seat) for election, seats in beyond.published_changes.items() for seat in seats
    ]
    return msgspec.structs.replace(
        judged,
        names=(*judged.names, *beyond.names),
        labels=(*judged.labels, *beyond.labels),
        published_changes=(*judged.published_changes, *places),
    )


def _read() -> UkJudgements:
    text = Path(__file__).with_name("uk_judgements.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), UkJudgements)
