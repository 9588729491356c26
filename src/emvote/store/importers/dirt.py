"""What is dirty about values that can be read all the same: found, told with its line, and put right where it must be.

Spaces and tabs around a value are left to the readers, which leave them out; what would change a figure or a name is
changed here, and nowhere silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from emvote.store.importers.kinds import LAYOUTS, TOTALS_APART, FileKind, Sheet
from emvote.store.importers.ledger import Ledger
from emvote.store.importers.parliament import COLUMNS
from emvote.store.importers.rows import Row

GROUPED: Final = re.compile("\\d{1,3}(?:[,'\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\\d{3})+")
"""A whole number with separators between its thousands."""
WITH_NOUGHTS: Final = re.compile(r"\d+\.0+")
"""A whole number as spreadsheets write it that take it for a measure."""
SUSPECT: Final = re.compile("[ÂÃ√â\x80-\x9f\N{REPLACEMENT CHARACTER}]")
"""Letters that are rare in names, and frequent in those that were decoded wrongly."""
INVISIBLE: Final = re.compile(
    "[\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]"
)
"""Characters that nobody sees and every comparison does."""
APOSTROPHE: Final = re.compile(r"(?<=[A-Za-z])[æÆ](?=s\b)")
"""What an apostrophe becomes in the encoding of DOS, before the last letter of a name."""
DECODED_AS: Final = ("cp1252", "latin-1", "mac_roman")
PARTY_COLUMNS: Final = tuple(COLUMNS)
FIGURES: Final[Mapping[FileKind, tuple[str, ...]]] = {
    FileKind.CANDIDATES: ("mnis_party_id", "votes"),
    FileKind.CONSTITUENCIES: ("electorate", "valid_votes", "invalid_votes", "majority", *PARTY_COLUMNS),
    FileKind.HISTORY: (
        *("seats", "electorate", "con_votes", "lib_votes", "lab_votes", "nat_sw_votes", "oth_votes", "total_votes"),
    ),
    FileKind.LEAP: ("votes",),
    FileKind.DEMOCRACY: ("seats_contested", "votes_cast", "spoilt_ballots", "total_electorate"),
    FileKind.LEH_CANDIDATES: (*{layout.votes for layout in LAYOUTS.values()}, "Vacancies", "Seats contested"),
    FileKind.LEH_WARDS: ("Vacancies", "Seats", "Electorate"),
    FileKind.COMPOSITIONS: (
        *("year", "total", "con", "lab", "ld", "green", "ukip", "ref", "pc", "snp", "nat", "other"),
    ),
}
"""Columns of whole numbers that are used."""
WORDS: Final[Mapping[FileKind, tuple[str, ...]]] = {
    FileKind.CANDIDATES: (
        *("constituency_name", "party_name", "candidate_first_name", "candidate_surname", "sitting_mp"),
    ),
    FileKind.CONSTITUENCIES: ("constituency_name", "member_first_name", "member_surname", "result"),
    FileKind.HISTORY: ("constituency",),
    FileKind.LEAP: ("council_name", "ward_name", "candidate_name", "party_short"),
    FileKind.LEH_CANDIDATES: (
        *{layout.candidate for layout in LAYOUTS.values()},
        *{layout.ward for layout in LAYOUTS.values()},
        "Party name",
    ),
    FileKind.LEH_WARDS: tuple({layout.ward for layout in LAYOUTS.values()}),
    FileKind.LEH_TOTALS: ("DISTRICTNAME", "WARDNAME"),
    FileKind.DEMOCRACY: ("person_name", "party_name", "post_label"),
    FileKind.COMPOSITIONS: ("authority", "majority", "plurality"),
}
"""Columns of names and words that are used."""
OPTIONAL: Final[Mapping[FileKind, tuple[str, ...]]] = {
    FileKind.CANDIDATES: ("mnis_party_id", "member_mnis_id", "dc_person_id"),
    FileKind.CONSTITUENCIES: ("invalid_votes", *PARTY_COLUMNS),
    FileKind.LEH_WARDS: ("Electorate", "Turnout (%)", "Turnout (EC method)"),
    FileKind.LEH_TOTALS: ("ELECT", "TURNOUT"),
    FileKind.DEMOCRACY: ("spoilt_ballots", "total_electorate", "turnout_percentage"),
}
"""Columns of which a result has no need: what is not known there leaves the rest to be read."""
NOT_KNOWN: Final = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "not available", "unknown", "..", "?"})
"""What sources write in place of a figure that they do not have."""


def cleaned(sheet: Sheet, ledger: Ledger) -> Iterator[Row]:
    """The rows of a file, each only once."""
    figures, words = FIGURES.get(sheet.kind, ()), WORDS[sheet.kind]
    if sheet.kind is FileKind.LEH_TOTALS:
        figures = tuple(name for name in sheet.header if name not in TOTALS_APART | {"TURNOUT"} or name.isupper())
        figures = tuple(name for name in figures if name not in {*words, "COUNTYNAME", "TYPE", "TURNOUT"})
    figures = tuple(name for name in figures if name in sheet.header)
    words = tuple(name for name in words if name in sheet.header)
    optional = tuple(name for name in OPTIONAL.get(sheet.kind, ()) if name in sheet.header)
    seen: dict[tuple[str, ...], int] = {}
    for row in sheet.records():
        values = tuple(value.strip() for value in row.values.values())
        if values in seen:
            ledger.set_aside([row], "row", f"the same as line {seen[values]}")
            continue
        seen[values] = row.line
        yield _row(_without_unknowns(row, optional, ledger), figures, words, ledger)


def _without_unknowns(row: Row, optional: tuple[str, ...], ledger: Ledger) -> Row:
    """The row with blanks in place of words for what is not known."""
    unknown = [column for column in optional if row.text(column).casefold() in NOT_KNOWN]
    for column in unknown:
        ledger.read_as(row, column, f"{row.text(column)!r} read as not known")
    return replace(row, values={**row.values, **dict.fromkeys(unknown, "")}) if unknown else row


def _row(row: Row, figures: tuple[str, ...], words: tuple[str, ...], ledger: Ledger) -> Row:
    changed: dict[str, str] = {}
    repairs: list[str] = []
    for column in figures:
        found = _figure(row.values[column])
        if found is not None:
            changed[column] = found
            ledger.read_as(row, column, f"{row.text(column)!r} read as {found}")
    for column in words:
        raw = row.values[column]
        if raw != raw.strip():
            ledger.read_as(row, column, _around(raw))
        if "\n" in raw.strip() or "\r" in raw.strip():
            raw = changed[column] = " ".join(raw.split())
            ledger.read_as(row, column, f"a line break inside {raw!r}, read as a space")
        if INVISIBLE.search(raw):
            raw = changed[column] = INVISIBLE.sub("", raw)
            ledger.read_as(row, column, f"an invisible character inside {raw.strip()!r}, left out")
            repairs.append(f"The source has an invisible character inside {raw.strip()!r}: left out.")
        repaired = mended(raw)
        if repaired is not None:
            changed[column] = repaired
            ledger.read_as(row, column, f"{raw.strip()!r} is wrongly decoded, read as {repaired.strip()!r}")
            repairs.append(f"The source has {raw.strip()!r}, which is {repaired.strip()!r} decoded wrongly.")
    return replace(row, values={**row.values, **changed}, repairs=tuple(repairs)) if changed else row


def _figure(raw: str) -> str | None:
    """A whole number that is written in another way, plainly; `None` where there is nothing to do.

    >>> _figure("12,345"), _figure("12345.0"), _figure("12345"), _figure("1,23")
    ('12345', '12345', None, None)
    """
    text = raw.strip()
    if text.isdecimal() or not text:
        return None
    if GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    return text.partition(".")[0] if WITH_NOUGHTS.fullmatch(text) else None


def _around(raw: str) -> str:
    names = {" ": "space", "\t": "tab", "\N{NO-BREAK SPACE}": "no-break space", "\n": "line break", "\r": "line break"}
    around = raw[: len(raw) - len(raw.lstrip())] + raw[len(raw.rstrip()) :] if raw.strip() else raw
    kinds = sorted({names.get(char, "space of another kind") for char in around})
    if not raw.strip():
        return f"a {' and '.join(kinds)} and nothing else, read as blank"
    return f"a {' and '.join(kinds)} before or after the value, left out"


def mended(text: str) -> str | None:
    r"""A text that was decoded in the wrong encoding, put right; `None` where there is no sign of that.

    An apostrophe that was damaged twice is put right too.

    >>> mended("Land\u00c3\u00a6s End")
    "Land's End"
    >>> mended("S\u00c3\u00a9amus"), mended("\u00c3\x81ine"), mended("Ynys M\u221a\u00a5n"), mended("S\u00e9amus")
    ('Séamus', 'Áine', 'Ynys Môn', None)
    """
    if text.isascii() or not SUSPECT.search(text):
        return None
    for encoding in DECODED_AS:
        try:
            right = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if right != text and right.isprintable():
            return APOSTROPHE.sub("'", right)
    return None
