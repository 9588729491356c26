"""Who ran each council: the compiled file, with the papers and articles named instead of copies of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.build_dataset.books import Books
from tools.build_dataset.parties import Parties
from tools.build_dataset.raw import RawData, Row, expect

from emvote.model import AdministrationType, CouncilAdministration, Current
from emvote.store.people_rules import is_day

FILE = "councils/administrations.csv"
PRESS, WIKIPEDIA = "administrations-press", "administrations-wikipedia"
PARTIES = {"ruk": "reform", "broxind": "broxall"}
"""Parties under other ids than ours. The group of Broxtowe that left Labour is registered as the Broxtowe Alliance."""
ACTING = " (acting)"
COPIES = (
    (r"onenewspage\.co\.uk ([A-Z][\w-]+)", r"Wikipedia, \1"),
    (r"Wikipedia copy iiab\.live (2023)-05 snapshot", r"Wikipedia as of May \1"),
    (r"same Wikipedia copy", "the same article"),
    (r"BBC copy \S+/", "BBC News "),
    (r"r\.dywpk\.org\.uk last-bastion \(NottinghamshireLive copy\)", "Nottinghamshire Live, last-bastion"),
    (r"Nottinghamshire ?Live copy \S*news/(\S+)", r"Nottinghamshire Live, \1"),
    (r"NottinghamshireLive copy \S+", "Nottinghamshire Live"),
    (r" \((?:Wikipedia copy, CC BY-SA|CC BY-SA|Wikipedia text)\)|, CC BY-SA", ""),
)
"""What names a copy of an article or page, and what names the article or page itself."""
ARTICLE = re.compile(
    r"^(?:leader date )?(?:\S+ |Wikipedia copy:? |wikiwand )*\S*?(?:Draft:)?([A-Z0-9][A-Za-z0-9]*(?:_\w+)+)"
)


def read_administrations(raw: RawData, books: Books, parties: Parties) -> tuple[CouncilAdministration, ...]:
    """Every administration, by council, oldest first."""
    rows: dict[str, list[Row]] = {}
    for row in raw.rows(FILE):
        expect(books.code(row.text("council")) == row.text("council_id"), f"{row.place}: not the code of the council")
        rows.setdefault(row.text("council_id"), []).append(row)
    found = tuple(
        _administration(row, number, parties)
        for council in sorted(rows)
        for number, row in enumerate(sorted(rows[council], key=_began), 1)
    )
    living = {row.text("gss_code") for row in books.register if not row.text("abolished")}
    known = {row.council for row in found if row.current in (Current.YES, Current.DOUBTFUL)}
    outside = living - known
    expect(outside <= {"E06000042", "E07000193"}, f"councils of today without an administration: {outside}")
    return found


def _began(row: Row) -> str:
    return row.text("from") or row.text("to")


def _administration(row: Row, number: int, parties: Parties) -> CouncilAdministration:
    days = [row.text(key) or None for key in ("from", "to")]
    expect(all(day is None or is_day(day) for day in days), f"{row.place}: no day, month or year")
    evidence = "; ".join(published(row.text("source")))
    leader, note = row.text("leader"), row.text("note")
    if leader.endswith(ACTING):
        note = f"acting leader; {note}" if note else "acting leader"
    return CouncilAdministration(
        council=row.text("council_id"),
        number=number,
        type=AdministrationType(row.text("type")) if row.text("type") else None,
        parties=tuple(_party(each, parties) for each in row.text("parties").split(";") if each),
        leader=leader.removesuffix(ACTING) or None,
        leader_party=_party(row.text("leader_party"), parties) if leader and row.text("leader_party") else None,
        since=days[0],
        until=days[1],
        current=Current(row.text("current")),
        evidence=evidence,
        note=f"{note[0].upper()}{note[1:]}." if note else None,
        source=WIKIPEDIA if "Wikipedia" in evidence else PRESS,
    )


def _party(code: str, parties: Parties) -> str:
    party = PARTIES.get(code, code)
    expect(party in parties.rank, f"{FILE}: party {code!r} is not in parties.toml")
    return party


def published(source: str) -> Iterator[str]:
    """Where each part of an administration is published: papers by their sites, articles by their titles.

    >>> [*published("wikimili.com/en/2023_Rutland_County_Council_election; chad.co.uk 4155091")]
    ['Wikipedia, 2023 Rutland County Council election', 'chad.co.uk 4155091']
    """
    for part in source.split("; "):
        named = part
        for copy, original in COPIES:
            named = re.sub(copy, original, named)
        yield ARTICLE.sub(lambda found: f"Wikipedia, {found[1].replace('_', ' ')}", named)
