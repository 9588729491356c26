"""What must be said beside the polls of 2019, and the pages that their figures rest on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tools.build_dataset.books import Books
from tools.build_dataset.desk import DAY, EVE, Desk
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import Row, expect

from emvote.model import CouncilPoll, Cycle, Flag

URL = re.compile(r"https?://[^\s;]+")
ALMOST_ALL = 0.9
"""Share of wards with an equal in the list of the year before above which only spellings differ."""


def pages(rows: Iterable[Row], desk: Desk) -> list[str]:
    """The sources that the rows of a council name by their address, each once, in their order."""
    columns = ("source_2015", "source_2019", "source_control")
    urls = [url for row in rows for column in columns for url in URL.findall(row.text(column))]
    unknown = [url for url in urls if url not in desk.by_url]
    expect(not unknown, f"sources.toml has no source for {unknown}")
    return [*dict.fromkeys(desk.by_url[url] for url in urls)]


def flags_of_poll(poll: CouncilPoll, rows: Iterable[Row], desk: Desk) -> tuple[Flag, ...]:
    """All flags of one council's poll on the day."""
    return (
        *_baseline_flags(poll, rows, desk),
        *_boundary_flags(poll, desk),
        *_eve_flags(poll, desk),
        *desk.hoc.poll_flags(poll.council, EVE),
        *desk.hoc.poll_flags(poll.council, DAY.year),
        *(flag(one.code, one.note, one.source) for one in desk.judged.poll_flags if one.council == poll.council),
    )


def _baseline_flags(poll: CouncilPoll, rows: Iterable[Row], desk: Desk) -> Iterator[Flag]:
    """What must be said about the seats at the last election."""
    for entry in desk.judged.baselines:
        if entry.council == poll.council:
            yield flag(entry.code, entry.note, entry.source)
            return
    if poll.cycle is Cycle.THIRD and poll.last_election is not None:
        yield flag(
            "derived-baseline",
            f"The seats of {poll.last_election.date[:4]} are those that the list of councillors of 2016 has as due on "
            "2 May 2019; the change of the council's composition agrees.",
            "ocd-councillors",
        )
        return
    parties = [f"{row.text('party')} {row.text('seats_won_2015')}" for row in rows if _derived(row)]
    if parties:
        yield flag(
            "derived-baseline",
            f"The composition of 2015 has under other what a list or page tells apart: {', '.join(parties)}.",
            "compiled-2019",
        )


def _derived(row: Row) -> bool:
    """Whether the compilation worked out a party's seats of 2015 from something else than a result."""
    return (
        row.text("is_aggregate") == "no"
        and row.text("seats_won_2015_basis") == "derived"
        and row.seats("seats_won_2015") > 0
    )


def _boundary_flags(poll: CouncilPoll, desk: Desk) -> Iterator[Flag]:
    """Another number of seats, or other wards, than at the baseline."""
    before, now = poll.last_election.size if poll.last_election else poll.seats_up, poll.seats_up
    if before != now:
        yield flag(
            "size-changed", f"{before} seats at the last election, {now} now: the net change holds the difference."
        )
    if poll.council in desk.judged.new_wards:
        same, wards = _same_wards(poll.council, desk)
        yield flag(
            "new-wards",
            f"{same} of the {wards} wards in the list of councillors of {DAY.year} have the name and number of seats "
            f"of one in that of {EVE}: the others are on new boundaries.",
            "ocd-councillors",
        )


def _eve_flags(poll: CouncilPoll, desk: Desk) -> Iterator[Flag]:
    """Whose seats a snapshot does not tell apart, or what others say of a published state."""
    published = desk.eves.get((poll.council, DAY.year))
    if published is not None:
        yield from published.flags()
    elif poll.eve is not None and poll.eve.unknown:
        yield flag("lump", f"{poll.eve.note} Their changes since the eve of the poll are unknown.", "ocd-councillors")


def check_new_wards(councils: Iterable[str], desk: Desk) -> None:
    """The councils in whose lists the wards differ must be those known as redrawn."""
    found = {council for council in councils if _redrawn(*_same_wards(council, desk))}
    expect(found == set(desk.judged.new_wards), f"wards differ in {sorted(found)}, judged {desk.judged.new_wards}")


def _redrawn(same: int, wards: int) -> bool:
    return same < ALMOST_ALL * wards


def _same_wards(council: str, desk: Desk) -> tuple[int, int]:
    """How many wards of the year have an equal in the list before, and how many wards there are."""
    return _equal_wards(council, DAY.year, desk.books)


def new_wards_flag(council: str, year: int, books: Books) -> Iterator[Flag]:
    """The flag of a council in whose list of a year too few wards have an equal in the list before."""
    if (council, year - 1) not in books.lists or (council, year) not in books.lists:
        return
    same, wards = _equal_wards(council, year, books)
    if _redrawn(same, wards):
        yield flag(
            "new-wards",
            f"{same} of the {wards} wards in the list of councillors of {year} have the name and number of seats of "
            f"one in that of {year - 1}: the others are on new boundaries, or have another name.",
            "ocd-councillors",
        )


def _equal_wards(council: str, year: int, books: Books) -> tuple[int, int]:
    before, after = _wards(council, year - 1, books), _wards(council, year, books)
    return sum(before[ward] == seats for ward, seats in after.items()), len(after)


def _wards(council: str, year: int, books: Books) -> Counter[str]:
    """Ward names in one spelling, with their seats."""
    names = (row.text("ward_name").lower().replace("&", "and") for row in books.lists[council, year])
    return Counter(re.sub(r"\bthe\b|[^a-z]", "", name) for name in names)
