"""Phrases that sentences of several views are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.model import IND, NOC, OTHER
from emvote.views.common import declared_aside, listed
from emvote.views.values import Kind, PartyLabel, Sentence, Value
from emvote.views.view import View

MOST_NAMED: Final = 8
"""Rows that a sentence can name one by one."""
Row = Mapping[str, Any]


COMMON: Final = {IND: "independents", NOC: "no overall control", OTHER: "others"}
"""What is no party, in a sentence."""


def party_words(dataset: Dataset, party: str, *, inside: bool = False) -> str:
    """A party in a sentence: `The Conservatives`, `Labour`, `Independents`; with `inside` not at its beginning."""
    article = "the" if inside else "The"
    common = COMMON.get(party.partition(":")[0])
    if common or party not in dataset.parties:
        name = common or party
        return name if inside or not common else f"{name[0].upper()}{name[1:]}"
    known = dataset.parties[party]
    plural = f"{known.name}s"
    if plural in known.aliases:
        return f"{article} {plural}"
    name = known.name.removeprefix("The ")
    if name == known.name and not name.endswith(("s", "Party", "Alliance")):
        return name
    return f"{article} {name}"


WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(count: int, noun: str = "") -> str:
    """A number as newspapers write it, with its noun.

    >>> number(1, "seat"), number(9), number(0, "council"), number(1204, "vote")
    ('one seat', 'nine', 'no councils', '1,204 votes')
    """
    word = WORDS[count] if 0 <= count < len(WORDS) else f"{count:,}"
    return f"{word} {noun}{'' if count == 1 else 's'}" if noun else word


def fates_of(held: int, gained: int, lost: int, won_before_unknown: int = 0, new: int = 0) -> str:
    """What became of a party's councils; nothing is said of none.

    >>> fates_of(16, 1, 5), fates_of(0, 2, 0), fates_of(0, 0, 0)
    ('held 16, gained one and lost five', 'gained two', '')
    """
    done = {"held": held, "gained": gained, "lost": lost}
    words = [f"{verb} {number(count)}" for verb, count in done.items() if count]
    words += [f"won {number(new)} new"] if new else []
    words += [f"won {number(won_before_unknown)} where control before is not known"] if won_before_unknown else []
    return listed(words)


def net_phrase(net: int) -> str:
    """A net change in words.

    >>> net_phrase(7), net_phrase(-24), net_phrase(0)
    ('a net gain of seven', 'a net loss of 24', 'no net change')
    """
    if not net:
        return "no net change"
    return f"a net {'gain' if net > 0 else 'loss'} of {number(abs(net))}"


def seats_cell(row: Any) -> int | Value:
    """Seats of a party in a cell; where there may be more, those that are known."""
    if row.seats is not None:
        return int(row.seats)
    return Value(f"≥ {row.seats_known}" if row.seats_known else None, Kind.TEXT)


def joined(parts: Iterable[Sentence], separator: str = "; ") -> Sentence:
    """Sentences as one, with something between them."""
    written: list[Any] = []
    for part in parts:
        written += [*([separator] if written else ()), *part]
    return tuple(written)


def day(written: str) -> str:
    """A day as a newspaper writes it; of a month or a year alone no more than that.

    >>> day("2019-12-12"), day("2018-05"), day("1973")
    ('12 December 2019', 'May 2018', '1973')
    """
    match written.split("-"):
        case [_, _, _]:
            whole = date.fromisoformat(written)
            return f"{whole.day} {whole:%B %Y}"
        case [year, month]:
            return f"{date(int(year), int(month), 1):%B} {year}"
    return written


def full_name(dataset: Dataset, party: str | None) -> PartyLabel:
    """A party by its full name, no overall control in words."""
    if party is None:
        return PartyLabel("", "party not known")
    if party == NOC:
        return PartyLabel(NOC, "no overall control")
    known = dataset.parties.get(party.partition(":")[0])
    return PartyLabel(party, known.name if known else party, known.colour if known else None)


def election_name(view: View, dataset: Dataset, key: str = "election") -> str:
    """The election asked for, as the dataset calls it; with its year where the name has none."""
    election = dataset.elections.get(view.query.get(key) or view.rows[0].get("election") or "")
    return election.name if election else day(view.rows[0]["polling_date"])


def outcome(row: Row, before: str, after: str, dataset: Dataset) -> Sentence:
    """Who holds a seat or a council now, and from whom it was gained."""
    change = row["change"] if "change" in row else row["control_change"]
    if change is None or row[after] is None:
        return _without_change(row, after, dataset)
    match change:
        case "hold":
            return full_name(dataset, row[after]), " hold"
        case "gain":
            return full_name(dataset, row[after]), " gain from ", full_name(dataset, row[before])
        case "loss":
            return full_name(dataset, row[before]), " lose to no overall control"
        case "none":
            return ("still no overall control",)
    # the first on record here, or of a new council: nothing to hold or gain
    return full_name(dataset, row[after]), "" if row[after] == NOC else " win"


def outcomes(rows: Iterable[Row], name: str, before: str, after: str, dataset: Dataset) -> Sentence:
    """Return places with their outcomes in brackets: `Boston (Conservative hold), …`."""
    return joined(((row[name], " (", *outcome(row, before, after, dataset), ")") for row in rows), ", ")


def _without_change(row: Row, after: str, dataset: Dataset) -> Sentence:
    """Who won a seat or a council, where that is no hold or gain: it is not known, or what was before is not."""
    if row[after] is None:
        return ("outcome not known",)
    if "control_change" not in row:
        return full_name(dataset, row[after]), " ahead"
    if not row["seats_up"]:
        return ("no election",)
    return full_name(dataset, row[after]), "" if row[after] == NOC else " win, control before not known"


def of_votes(votes: int | None, share: float | None, word: str = " votes") -> Sentence:
    """`21,259 votes (45.2%)`, or what of it is known."""
    percent = () if share is None else (Value(share, Kind.PCT),)
    if votes is None:
        return (*percent, " of the votes") if percent else ()
    number = (Value(votes, Kind.COUNT), word)
    return (*number, " (", *percent, ")") if percent else number


def majority(row: Row) -> Sentence:
    """Return `a majority of 2,540 (5.4%)`, or what of it is known."""
    votes = of_votes(row["majority_votes"], row["majority_pct"], "")
    lot = ", decided by lot" if row.get("decided_by") == "lot" else ""
    return ("a majority of ", *votes, lot) if votes else ()


def swing(points: float | None, losing: str, gaining: str, dataset: Dataset) -> Sentence:
    """`4.8 points from Labour to the Conservatives`: always from the losing to the gaining side."""
    if points is None:
        return ("not known",)
    if points < 0:
        losing, gaining = gaining, losing
    ends = (party_words(dataset, party, inside=True) for party in (losing, gaining))
    return (Value(abs(points), Kind.POINTS), f" points from {' to '.join(ends)}")


def net(change: int | None) -> Sentence:
    """Return a net change of seats in brackets: ` (up 21)`; nothing where it is not known, or none."""
    if not change:
        return ()
    return f" ({'up' if change > 0 else 'down'} ", Value(abs(change), Kind.COUNT), ")"


def and_share(share: float | None, change: float | None) -> Sentence:
    """Return `and 45.2% of the votes (up 1.3 points)`, where it is known."""
    if share is None:
        return ()
    up = "up" if (change or 0) >= 0 else "down"
    points = () if change is None else (f" ({up} ", Value(abs(change), Kind.POINTS), " points)")
    return (" and ", Value(share, Kind.PCT), " of the votes", *points)


def after(word: str, parts: Sentence) -> Sentence:
    """Return a phrase after a word; nothing where there is no phrase."""
    return (word, *parts) if parts else ()


def person(name: str | None, party: str | None, dataset: Dataset) -> Sentence:
    """Return a candidate with the party, or the party alone."""
    return (full_name(dataset, party),) if name is None else (name, " (", full_name(dataset, party), ")")


def election_matching(view: View, dataset: Dataset) -> str:
    """Return the election with how many are declared, and how many places may match that are not counted."""
    number = (view.summary or {})["unsettled"]
    aside = f" (without {number} of which it is not known)" if number else ""
    return f"{election_name(view, dataset)}{declared_aside(view.declared)}{aside}: "


def asked(view: View) -> str:
    """Whether conditions chose the rows, so that they are not the whole."""
    return " that match" if set(view.query) - {"election", "baseline", "scope", "all", "outside"} else ""
