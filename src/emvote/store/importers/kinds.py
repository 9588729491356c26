"""The kinds of file that can be read: how each is recognised, what its columns are called, and who published it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

from msgspec import Struct

from emvote.errors import BadData, Problem
from emvote.store.importers.rows import Row
from emvote.store.importers.table import Cells, Table


class FileKind(StrEnum):
    """What a file is."""

    CANDIDATES = "parliament-candidates"
    """Results of the UK Parliament: one row a candidate."""
    CONSTITUENCIES = "parliament-constituencies"
    """Results of the UK Parliament: one row a constituency."""
    HISTORY = "commons-history"
    """The House of Commons Library's results since 1918: one row a constituency at an election."""
    LEAP = "leap"
    """The Local Elections Archive Project: one row a candidate in a ward."""
    LEH_CANDIDATES = "leh-candidates"
    """The Local Elections Handbook: one row a candidate in a ward."""
    LEH_WARDS = "leh-wards"
    """The Local Elections Handbook: one row a ward, beside its candidates."""
    LEH_TOTALS = "leh-totals"
    """The Local Elections Handbook of 2023: one row a ward, the best candidate of each party."""
    COMPOSITIONS = "open-council-data"
    """Open Council Data's history: one row a council in a year."""
    DEMOCRACY = "democracy-club"
    """The Democracy Club: one row a candidacy, with its votes once there are any."""
    PACKAGE = "emvote"
    """A dataset that emvote exported: a folder of CSV files with its datapackage.json, or an SQLite database."""


class Publisher(Struct, frozen=True):
    """Who published files of a kind, and on what terms."""

    id: str
    title: str
    name: str
    licence: str
    url: str


COMMONS: Final = Publisher(
    "imported-parliament",
    "Results of elections to the House of Commons",
    "UK Parliament (House of Commons Library)",
    "Open Parliament Licence v3.0",
    "https://electionresults.parliament.uk/",
)
LIBRARY: Final = Publisher(
    "imported-hoc-cbp-8647",
    "Constituency results at general elections since 1918",
    "House of Commons Library",
    "Open Parliament Licence v3.0",
    "https://commonslibrary.parliament.uk/research-briefings/cbp-8647/",
)
ARCHIVE: Final = Publisher(
    "imported-leap",
    "Local election results",
    "Andrew Teale, Local Elections Archive Project",
    "CC BY-SA 3.0",
    "https://www.andrewteale.me.uk/leap/",
)
HANDBOOK: Final = Publisher(
    "imported-leh",
    "Local Elections Handbook",
    "House of Commons Library / Elections Centre, Local Elections Handbook",
    "Open Parliament Licence v3.0",
    "https://commonslibrary.parliament.uk/",
)
OPEN_COUNCIL: Final = Publisher(
    "imported-ocd",
    "Council compositions",
    "Open Council Data UK",
    "CC BY-SA 4.0",
    "https://opencouncildata.co.uk/",
)
DEMOCRACY_CLUB: Final = Publisher(
    "imported-democracy-club",
    "Candidates and results",
    "Democracy Club",
    "CC BY 4.0",
    "https://candidates.democracyclub.org.uk/data/",
)
PUBLISHERS: Final[Mapping[FileKind, Publisher]] = {
    FileKind.CANDIDATES: COMMONS,
    FileKind.CONSTITUENCIES: COMMONS,
    FileKind.HISTORY: LIBRARY,
    FileKind.LEAP: ARCHIVE,
    FileKind.LEH_CANDIDATES: HANDBOOK,
    FileKind.LEH_WARDS: HANDBOOK,
    FileKind.LEH_TOTALS: HANDBOOK,
    FileKind.COMPOSITIONS: OPEN_COUNCIL,
    FileKind.DEMOCRACY: DEMOCRACY_CLUB,
}

# --- columns --------------------------------------------------------------------------------------------------------

PLACE: Final = (
    *("ons_id", "ons_region_id", "constituency_name", "county_name", "region_name", "country_name"),
    "constituency_type",
)
CANDIDATES: Final = (
    *PLACE,
    *("party_name", "party_abbreviation", "ec_party_id", "mnis_party_id", "ec_adjunct_party_id"),
    *("candidate_first_name", "candidate_surname", "candidate_gender", "sitting_mp", "former_mp", "member_mnis_id"),
    *("votes", "share", "change"),
)
"""Order of the columns of the candidates' files; a number of the Democracy Club may follow."""
RESULT: Final = (
    *PLACE,
    *("declaration_time", "member_first_name", "member_surname", "member_gender", "result", "first_party"),
    *("second_party", "electorate", "valid_votes", "invalid_votes", "majority", "con", "lab", "ld"),
)
TAIL: Final = ("green", "snp", "pc", "dup", "sf", "sdlp", "uup", "apni", "all_other_candidates")
OTHER_WINNER: Final = "of_which_other_winner"
FOURTH: Final = ((2017, "ukip"), (2019, "brx"))
"""The party of the column after the Liberal Democrats, until the year given; then Reform UK."""
COMPILED: Final = ("ukip", "brx", "ruk")
"""These columns side by side, where files of several years were given one order."""
ADDED: Final = ("parliament", "election_date")
"""What stands before the others where somebody has added it."""
DATED: Final = ("parliament", "election_date", "by_election_date_source")
LEAP: Final = ("council_name", "council_ons", "ward_name", "ward_ons", "candidate_name", "party_short", "votes")
ELECTED: Final = "elected_flag"
HISTORY: Final = (
    *("constituency_id", "seats", "constituency", "country_or_region", "electorate", "con_votes", "con_share"),
    *("lib_votes", "lib_share", "lab_votes", "lab_share", "nat_sw_votes", "nat_sw_share", "oth_votes", "oth_share"),
    *("total_votes", "turnout", "election", "boundary_set"),
)
HISTORY_NEEDS: Final = frozenset(each for each in HISTORY if each != "turnout" and not each.endswith("_share"))
NAME_SINCE_2019: Final = "constituency_name"
"""What the edition up to 2019 calls the column `constituency`."""
RENAMED: Final = {
    "electoral_commission_party_id": "ec_party_id",
    "electoral_commission_adjunct_party_id": "ec_adjunct_party_id",
    "democracy_club_person_id": "dc_person_id",
    "ons_id2": "ons_id",
    "by_election_date": "election_date",
    "country_region": "country_or_region",
    "natsw_votes": "nat_sw_votes",
    "natsw_share": "nat_sw_share",
}
"""Other names of a column."""
FIRST_EDITION: Final = {
    "firstname": "candidate_first_name",
    "surname": "candidate_surname",
    "gender": "candidate_gender",
    "mp_firstname": "member_first_name",
    "mp_surname": "member_surname",
    "mp_gender": "member_gender",
    "brexit": "brx",
    "alliance": "apni",
    "uup_as_ucunf": "uup",
    "other": "all_other_candidates",
    "other_winner": OTHER_WINNER,
}
"""Columns of results of Parliament as the first editions call them; other kinds have some of these names too."""


class Layout(Struct, frozen=True):
    """What one year's sheets of the Local Elections Handbook call their columns."""

    code: str
    ward: str
    candidate: str
    votes: str
    seats: str


LAYOUTS: Final = {
    2021: Layout("Ward/ED code", "Ward/ED name", "Candidate name", "Votes", "Vacancies"),
    2022: Layout("Ward code", "Ward name", "Candidate name", "Votes", "Vacancies"),
    2024: Layout("Ward code", "Ward name", "Name", "Votes", "Vacancies"),
    2025: Layout("ONS ward code", "Ward/ County Electoral District name", "Candidate name", "Votes cast", "Seats"),
}
LEH_DAYS: Final = {
    2021: date(2021, 5, 6),
    2022: date(2022, 5, 5),
    2023: date(2023, 5, 4),
    2024: date(2024, 5, 2),
    2025: date(2025, 5, 1),
}
"""Polling day of each year's sheets."""
TOTALS: Final = ("DISTRICTNAME", "WARDNAME", "VACS", "ELECT", "TURNOUT", "Grand Total")
TOTALS_APART: Final = frozenset({*TOTALS, "COUNTYNAME", "TYPE"})
"""Columns of 2023 that are no party."""
SEATS_HELD: Final = ("authority", "year", "total", "con", "lab", "ld", "other", "majority")
BALLOTS: Final = ("person_id", "person_name", "ballot_paper_id", "party_name", "party_id", "post_label")
"""What each file of the Democracy Club has; columns of the results, the election and the person may follow."""
MOST_TITLES: Final = 5
"""Rows above a header that may be titles and references to notes."""
WIDEST_TITLE: Final = 2
"""Cells with text of such a row."""


def plain(name: str) -> str:
    """The name of a column as the readers know it: `Lib_votes ` as `lib_votes`.

    >>> plain("ONS ID"), plain("country/region"), plain("Electoral Commission party ID"), plain("natSW_votes")
    ('ons_id', 'country_or_region', 'ec_party_id', 'nat_sw_votes')
    """
    words = "_".join(re.findall(r"[a-z0-9]+", name.lower()))
    return RENAMED.get(words, words)


# --- recognising ----------------------------------------------------------------------------------------------------


class Sheet(Struct, frozen=True):
    """A file whose kind is known, with its rows under the readers' names of its columns."""

    table: Table
    kind: FileKind
    how: str
    """How the kind was recognised, in words."""
    header: tuple[str, ...]
    rows: tuple[Cells, ...]
    """Those with as many cells as columns."""
    ragged: tuple[Cells, ...]
    """The others."""
    year: int | None = None
    """Of the Local Elections Handbook: whose layout it is."""
    titles: tuple[Cells, ...] = ()
    """Rows above the header: a title, references to notes."""

    def records(self) -> list[Row]:
        """The rows as records."""
        return [*self.table.under(self.header, self.rows)]


def recognise(table: Table, said: FileKind | None, day: date | None) -> Sheet:
    """What a file is, by its header or, where it has none, by the shape of its rows.

    Args:
        table: the file.
        said: the kind that it is said to be.
        day: polling day as said, which tells a column that changes its party with the years.

    Raises:
        BadData: it is no kind that is known, or not the one that it is said to be.
    """
    titles = _titles(table)
    first = [value.strip() for value in table.rows[titles].values]
    found = _by_header(first)
    if found is not None:
        kind, year = found
        header = first if year is not None else [plain(name) for name in first]
        if kind in (FileKind.CANDIDATES, FileKind.CONSTITUENCIES):
            header = [FIRST_EDITION.get(name, name) for name in header]
        if kind is FileKind.HISTORY:
            header = ["constituency" if name == NAME_SINCE_2019 else name for name in header]
        how, rows = "by its header", table.rows[titles + 1 :]
    else:
        shaped = _by_shape(table, day, said)
        if shaped is None:
            raise _unknown(table, first)
        kind, header, year = shaped[0], [*shaped[1]], None
        how, rows = f"by the shape of its {len(header)} columns, as it has no header", table.rows
    if said not in (None, kind):
        raise BadData((Problem(table.file, "", "import", "", f"expected {said}, found {kind} {how}"),))
    while header and not header[-1] and not any(_filled(row, len(header) - 1) for row in rows):
        header.pop()
    header = [name or f"unnamed_{number}" for number, name in enumerate(header, 1)]
    whole, ragged = _fitted(rows, len(header))
    _stop_at_twins(table.file, header, whole)
    return Sheet(table, kind, how, tuple(header), tuple(whole), tuple(ragged), year, tuple(table.rows[:titles]))


def _titles(table: Table) -> int:
    """How many rows of titles stand above the header; 0 where there is no header below them."""
    for number, row in enumerate(table.rows[: MOST_TITLES + 1]):
        cells = [value.strip() for value in row.values]
        if _by_header(cells) is not None:
            return number
        if sum(map(bool, cells)) > WIDEST_TITLE:
            break
    return 0


def _stop_at_twins(file: str, header: Sequence[str], rows: Sequence[Cells]) -> None:
    """Two columns of one name say the same, or nobody can tell which is meant.

    Raises:
        BadData: they do not.
    """
    places: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        places.setdefault(name, []).append(place)
    for name, (first, *others) in places.items():
        for row in rows if others else ():
            if any(row.values[other].strip() != row.values[first].strip() for other in others):
                expected = f"two columns are called {name!r} and differ"
                raise BadData((Problem(file, f"line {row.line}", "import", "", expected),))


def _by_header(first: Sequence[str]) -> tuple[FileKind, int | None] | None:
    """Kind and, of the Local Elections Handbook, year of a header."""
    exact, names = set(first), {plain(name) for name in first}
    if set(TOTALS) <= exact:
        return FileKind.LEH_TOTALS, 2023
    for year, layout in reversed(LAYOUTS.items()):
        if {layout.code, layout.ward, layout.candidate, layout.votes, "Elected"} <= exact:
            return FileKind.LEH_CANDIDATES, _told_apart(year, exact)
        if {layout.code, layout.ward, layout.seats, "Electorate"} <= exact:
            return FileKind.LEH_WARDS, _told_apart(year, exact)
    for kind, wanted in (
        (FileKind.CANDIDATES, {"ons_id", "mnis_party_id", "candidate_surname", "votes"}),
        (FileKind.CANDIDATES, {"ons_id", "party_abbreviation", "surname", "votes"}),
        (FileKind.CONSTITUENCIES, {"ons_id", "electorate", "valid_votes", "majority", "all_other_candidates"}),
        (FileKind.CONSTITUENCIES, {"ons_id", "electorate", "valid_votes", "majority", "other"}),
        (FileKind.LEAP, {*LEAP, ELECTED}),
        (FileKind.HISTORY, HISTORY_NEEDS),
        (FileKind.HISTORY, (HISTORY_NEEDS - {"constituency"}) | {NAME_SINCE_2019}),
        (FileKind.COMPOSITIONS, set(SEATS_HELD)),
        (FileKind.DEMOCRACY, {*BALLOTS, "seats_contested"}),
    ):
        if wanted <= names:
            return kind, None
    return None


def _told_apart(year: int, names: set[str]) -> int:
    """2022 and 2024 call the codes and names of wards the same, but not the type of the authority."""
    return 2022 if year == 2024 and "Local authority type" not in names else year  # noqa: PLR2004 (a year)


SAMPLE: Final = 25
"""Rows that tell what a file without a header is."""


def _by_shape(table: Table, day: date | None, said: FileKind | None) -> tuple[FileKind, tuple[str, ...]] | None:
    """Kind and columns of a file without a header: most of its first rows fit, of the kind that it is said to be one.

    The rows that do not fit are the readers' to set aside, as in a file with a header. A first row without a figure is
    a header that names its columns otherwise, and no shape is held against it.
    """
    if not any(char.isdecimal() for value in table.rows[0].values for char in value):
        return None
    sample = [row.values for row in islice(table.rows, SAMPLE)]
    for kind, header in _shapes(day):
        fitting = sum(len(row) == len(header) and _fits(kind, header, row) for row in sample)
        if fitting * 2 > len(sample) or (fitting and kind is said):
            return kind, header
    return None


def _shapes(day: date | None) -> list[tuple[FileKind, tuple[str, ...]]]:
    fourth = "ruk"
    if day is not None:
        fourth = next((party for until, party in FOURTH if day.year <= until), "ruk")
    candidates = [CANDIDATES, (*CANDIDATES, "dc_person_id")]
    results = [
        (*RESULT, "ukip", *TAIL),
        (*RESULT, fourth, *TAIL, OTHER_WINNER),
        (*RESULT, *COMPILED, *TAIL, OTHER_WINNER),
    ]
    before: list[tuple[str, ...]] = [(), ADDED, DATED, (*DATED, "writ_date_source"), ("election_date",)]
    return [
        *((FileKind.CANDIDATES, (*added, *each)) for added in before for each in candidates),
        *((FileKind.CONSTITUENCIES, (*added, *each)) for added in before for each in results),
        *((FileKind.LEAP, (*added, *LEAP, ELECTED)) for added in ((), ("election_date",))),
        (FileKind.HISTORY, HISTORY),
        (FileKind.HISTORY, (*HISTORY, "unnamed_20")),
    ]


CODE: Final = re.compile(r"[EWSN]\d{8}")
FIGURE: Final = re.compile(r"-?\d[\d,]*|")


def _fits(kind: FileKind, header: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a row can be of a kind: codes where codes are, numbers where numbers are."""
    row = dict(zip(header, (value.strip() for value in values), strict=True))
    dated = "election_date" not in row or re.fullmatch(r"\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4}", row["election_date"])
    figures: tuple[str, ...]
    match kind:
        case FileKind.LEAP:
            coded = CODE.fullmatch(row["council_ons"]) and CODE.fullmatch(row["ward_ons"])
            return bool(dated and coded and row[ELECTED] in {"0", "1", "NULL"})
        case FileKind.HISTORY:
            return row["seats"].isdecimal() and bool(re.fullmatch(r"\d{4}[FO]?", row["election"]))
        case FileKind.CANDIDATES:
            figures = row["mnis_party_id"], row["votes"]
        case _:
            figures = row["electorate"], row["valid_votes"], row["majority"]
    coded = CODE.fullmatch(row["ons_id"]) and CODE.fullmatch(row["ons_region_id"])
    return bool(dated and coded and all(FIGURE.fullmatch(figure) for figure in figures))


def _filled(row: Cells, place: int) -> bool:
    """Whether a row has a value in a column."""
    return len(row.values) > place and bool(row.values[place].strip())


def _fitted(rows: Sequence[Cells], width: int) -> tuple[list[Cells], list[Cells]]:
    """Rows with as many cells as there are columns, blank ones beyond them cut off; and all others.

    A cell that holds a line break and the code of a place has swallowed rows: a quotation mark was not closed.
    """
    whole: list[Cells] = []
    ragged: list[Cells] = []
    for row in rows:
        values = row.values
        if len(values) > width and not any(value.strip() for value in values[width:]):
            values = values[:width]
        swallowed = row.last > row.line and any("\n" in value and CODE.search(value) for value in values)
        (ragged if len(values) != width or swallowed else whole).append(Cells(row.line, row.last, values))
    return whole, ragged


def _unknown(table: Table, first: Sequence[str]) -> BadData:
    shown = ", ".join(first[:6]) + (", …" if len(first) > 6 else "")  # noqa: PLR2004 (as many as fit a line)
    known = ", ".join(FileKind)
    return BadData(
        (
            Problem(
                table.file,
                f"line {table.rows[0].line}",
                "import",
                repr(shown),
                f"expected the header or the rows of a kind that emvote reads ({known})",
            ),
        )
    )
