"""The candidates of 4 May 2023, and the full names of those elected.

The Handbook's table of wards has electors, turnout and one figure a party; its list of candidates, published apart, has
everybody by surname and initials. Each party's figure must be what its candidates' votes give. The lists of councillors
have the full names of those elected, never used where surname, initial and ward do not all agree, and nothing else of
theirs is used: 29 of them have a party there that they joined later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tools.build_dataset.books import Books
from tools.build_dataset.flags import flag
from tools.build_dataset.raw import Row, expect
from tools.build_dataset.ward_judgements import Lot
from tools.build_dataset.ward_leh import LehBook

from emvote.model import WardCandidacy, WardContest
from emvote.names import normalise
from emvote.store.importers.ward_names import compared, forwards, tidy

SOURCE = "leh-2023-candidates"
"""The source of the candidates of 2023."""
LISTS = (2023, 2024)
"""Years of the lists that have those elected in May and June 2023, the first that has them."""
TITLES = frozenset({"cllr", "dr", "mr", "mrs", "ms", "prof", "rev", "sir"})

Place = tuple[str, str]
"""Council and ward, as compared."""


def with_people(contests: Iterable[WardContest], book: LehBook, books: Books) -> Iterator[WardContest]:
    """The contested wards of 2023 with their candidates, where those are published; others as they are."""
    found = _candidates(book)
    used = set()
    for contest in contests:
        place = (contest.council, compared(contest.ward))
        if place not in found:
            yield contest
            continue
        used.add(place)
        yield _with(contest, found[place], book, books)
    expect(used == found.keys(), f"candidates of 2023 without a ward: {found.keys() - used}")


def _candidates(book: LehBook) -> dict[Place, list[Row]]:
    """The rows of each ward; the file names councils and wards by their addresses, and wards as printed."""
    councils = {normalise(name).replace(" ", "-"): code for name, code in book.councils.items()}
    found: dict[Place, list[Row]] = {}
    for row in book.raw.rows(f"ward-results/{SOURCE}-em.csv"):
        council = councils[row.text("council_slug")]
        ward, _ = book.ward("local.2023-05-04", council, row.text("ward_name"))
        found.setdefault((council, compared(ward)), []).append(row)
    return found


def _with(contest: WardContest, rows: Sequence[Row], book: LehBook, books: Books) -> WardContest:
    _check_tallies(contest, rows, book)
    listed = _listed(contest.council, contest.ward, book, books)
    lot = next((each for each in book.judged.lots if _is_of(each, contest)), None)
    names = [forwards(row.text("candidate_name")) for row in rows]
    expect(lot is None or {lot.won, lot.lost} <= {*names}, f"wards.toml: {lot}")
    people = []
    for name, row in zip(names, rows, strict=True):
        elected = row.text("elected") == "1"
        if lot is not None and name in {lot.won, lot.lost}:
            elected = name == lot.won
        people.append(_candidate(row, contest, book, listed if elected else (), elected=elected))
    candidates = tuple(sorted(people, key=lambda each: (-(each.votes or 0), not each.elected)))
    flags = (*contest.flags, *((flag("lot-differs", lot.note),) if lot else ()))
    return replace(contest, candidates=candidates, tallies=(), source=SOURCE, flags=flags)


def _is_of(lot: Lot, contest: WardContest) -> bool:
    return (lot.election, lot.council, lot.ward) == (contest.election, contest.council, contest.ward)


def _check_tallies(contest: WardContest, rows: Iterable[Row], book: LehBook) -> None:
    """A label's figure is its best candidate's votes: where it has more candidates than seats, of each such block."""
    labels: dict[str, list[int]] = {}
    for row in rows:
        labels.setdefault(row.text("party"), []).append(row.whole("votes"))
    ours, theirs = Counter[str](), Counter[str]()
    for label, votes in labels.items():
        ours[_party(label, book)] += sum(sorted(votes, reverse=True)[:: contest.seats_up])
    for tally in contest.tallies:
        theirs[tally.party] += tally.votes
    expect(ours == theirs, f"{contest.ward}: candidates {dict(ours)}, wards {dict(theirs)}")


def _candidate(row: Row, contest: WardContest, book: LehBook, listed: Sequence[str], *, elected: bool) -> WardCandidacy:
    raw = tidy(row.text("candidate_name"))
    right = [
        each.name
        for each in book.judged.misprints
        if (each.council, each.ward, each.raw) == (contest.council, contest.ward, raw)
    ]
    name, full = forwards(raw), full_name(right[0] if right else raw, listed)
    return WardCandidacy(
        name=full or name,
        ballot_name=name if full else None,
        party=_party(row.text("party"), book),
        votes=row.whole("votes"),
        elected=elected,
    )


def _party(label: str, book: LehBook) -> str:
    codes = {*book.parties.by_leh, *(each.code for each in book.judged.codes)}
    return book.party(label) if label in codes else book.named(label)


def _listed(council: str, ward: str, book: LehBook, books: Books) -> tuple[str, ...]:
    """Councillors of a ward in the lists after the poll."""
    names: dict[str, None] = {}
    for year in LISTS:
        for row in books.lists.get((council, year), ()):
            if compared(book.ward("local.2023-05-04", council, row.text("ward_name"))[0]) == compared(ward):
                names.setdefault(tidy(row.text("councillor_name")))
    return tuple(names)


def full_name(raw: str, listed: Iterable[str]) -> str | None:
    """The one name in a list of councillors with the surname and the first initial of a name as printed.

    >>> full_name("Marshall-Clarke, S.", ["Steve Marshall-Clarke", "Sarah Clarke"])
    'Steve Marshall-Clarke'
    >>> full_name("Smith, A.", ["Ann Smith", "Alan Smith"])
    """
    surname, _, initials = raw.partition(", ")
    wanted = normalise(surname.replace("-", " ")).split()
    found = [name for name in listed if _agrees(name, wanted, initials)]
    return found[0] if len(found) == 1 else None


def _agrees(name: str, surname: list[str], initials: str) -> bool:
    words = normalise(name.replace("-", " ")).split()
    while words and words[0] in TITLES:
        words = words[1:]
    first = normalise(initials)[:1]
    return (
        len(words) > len(surname) and words[-len(surname) :] == surname and bool(first) and words[0].startswith(first)
    )
