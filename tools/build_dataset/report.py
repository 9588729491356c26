"""What a build read, set aside and flagged, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from tools.build_dataset.build import People
from tools.build_dataset.flags import MEANINGS
from tools.build_dataset.raw import RawData

from emvote.dataset import Dataset
from emvote.model import Flag, WardContest
from emvote.model.record import Record
from emvote.relations import flagged


def report(raw: RawData, record: Record, text: str) -> str:
    """The report that the command prints."""
    return "\n".join((*_read(raw), *_made(record, text), *_flags(flag for _, flag in flagged(Dataset(record)))))


def report_wards(raw: RawData, wards: Collection[WardContest], text: str) -> str:
    """The same for the ward results."""
    made = (
        f"Made: ward results, {len(text.encode()) / 1000:.0f} kB, {text.count(chr(10))} lines",
        f"  {len(wards):6} wards",
        f"  {sum(len(ward.candidates) for ward in wards):6} candidacies",
        f"  {sum(len(ward.tallies) for ward in wards):6} tallies of wards whose candidates are not published",
    )
    return "\n".join((*_read(raw), *made, *_flags(flag for ward in wards for flag in ward.flags)))


def report_people(raw: RawData, people: People, text: str) -> str:
    """The same for councillors and administrations."""
    made = (
        f"Made: people in office, {len(text.encode()) / 1000:.0f} kB, {text.count(chr(10))} lines",
        f"  {len(people.lists):6} wards in the lists of councillors",
        f"  {sum(len(ward.councillors) for ward in people.lists):6} councillors, each over the years of one entry",
        f"  {len(people.administrations):6} administrations",
    )
    return "\n".join((*_read(raw), *made, *_flags(flag for ward in people.lists for flag in ward.flags)))


def _read(raw: RawData) -> Iterator[str]:
    yield "Read:"
    yield from (f"  {number:6} rows of {path}" for path, number in sorted(raw.read.items()))
    yield "Set aside:"
    yield from (f"  {len(rows):6} rows: {why}" for why, rows in sorted(raw.set_aside.items()))


def _made(record: Record, text: str) -> Iterator[str]:
    yield f"Made: version {record.version}, {len(text.encode()) / 1000:.0f} kB, {text.count(chr(10))} lines"
    for table in (
        "sources",
        "parties",
        "elections",
        "seats",
        "contests",
        "councils",
        "council_polls",
        "mayor_contests",
    ):
        yield f"  {len(getattr(record, table)):6} {table.replace('_', ' ')}"
    yield f"  {sum(len(contest.candidates) for contest in record.contests):6} candidacies"
    yield f"  {sum(len(contest.tallies) for contest in record.contests):6} tallies of results without candidates"
    yield f"  {sum(len(council.compositions) for council in record.councils):6} compositions"


def _flags(flags: Iterable[Flag]) -> Iterator[str]:
    counts = Counter(flag.code for flag in flags)
    yield f"Flags: {counts.total()}"
    yield from (f"  {counts[code]:6} {code}: {MEANINGS[code]}" for code in sorted(counts))
