"""What the shipped dataset holds, from where, and every decision on the way."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final, NamedTuple

from tools.build_dataset.flags import MEANINGS
from tools.pages.dataset import sentence
from tools.pages.figures import shipped
from tools.pages.markdown import code, grid
from tools.pages.shell import ROOT

from emvote.dataset import Dataset
from emvote.model import Composition, Election, Flag
from emvote.queries.listings import SourceListed
from emvote.queries.listings import sources as listed_sources
from emvote.relations import Line, flagged
from emvote.store import open_dataset
from emvote.store.files import DEFAULT
from emvote.store.read import shipped_names

JUDGEMENTS: Final = ROOT / "tools" / "build_dataset" / "judgements.toml"


class Remark(NamedTuple):
    """A flag and what it is about."""

    where: str
    flag: Flag


def remarks(dataset: Dataset) -> Iterator[Remark]:
    """Yield every flag of a dataset, with the names of what it is about."""
    yield from (Remark(_where(dataset, place), flag) for place, flag in flagged(dataset))


def _where(dataset: Dataset, place: Line) -> str:
    council = dataset.councils[place["council"]].name if "council" in place else None
    ward = f"{place['ward']} ({council})" if "ward" in place else council
    thing = dataset.seats[place["seat"]].name if "seat" in place else ward
    if "since" in place:
        return f"{thing}, lists of councillors since {place['since']}"
    poll = dataset.elections[place["election"]].name if "election" in place else f"composition of {place['year']}"
    return f"{thing}, {poll}" if thing else poll


@cache
def _whole(name: str = DEFAULT) -> Dataset:
    """A shipped dataset with its wards, which stand in a file of their own."""
    return open_dataset(name, wards=True, people=True)


def flag_codes() -> None:
    """Print every code with its meaning and how often each shipped dataset uses it."""
    names = sorted(shipped_names(), key=lambda name: name != DEFAULT)
    used = {name: Counter(remark.flag.code for remark in remarks(_whole(name))) for name in names}
    rows = [
        (code(each), sentence(MEANINGS[each]), *(str(used[name][each]) for name in names)) for each in sorted(MEANINGS)
    ]
    print(grid(("code", "meaning", *(f"in {code(name)}" for name in names)), rows))


def flags(*chosen: str, others: bool = False) -> None:
    """Print every flag with one of those codes, or with any other code; a heading each."""
    by_code: dict[str, list[Remark]] = {}
    for remark in remarks(_whole()):
        by_code.setdefault(remark.flag.code, []).append(remark)
    wanted = [each for each in sorted(by_code) if each not in chosen] if others else chosen
    for each in wanted:
        found = by_code.get(each, [])
        print(f"#### {each}\n\n{sentence(MEANINGS[each])}\n")
        rows = [
            (remark.where, remark.flag.note, code(remark.flag.source) if remark.flag.source else "") for remark in found
        ]
        print(grid(("where", "what was found and done", "evidence"), rows) + "\n")


# --- judgements ---------------------------------------------------------------------------------------------------

Entry = Mapping[str, Any]


def _seats(seats: Mapping[str, int]) -> str:
    return ", ".join(
        f"{shipped().abbreviation(party) if party != 'total' else 'total'} {n}" for party, n in seats.items()
    )


def _council(entry: Entry) -> str:
    return shipped().councils[entry.get("council") or entry["id"]].name


def _years(entry: Entry) -> str:
    years = entry.get("years") or [entry["year"]]
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _contest(entry: Entry) -> str:
    dataset = shipped()
    return f"{dataset.seats[entry['seat']].name}, {dataset.elections[entry['election']].name}"


def _elected(entry: Entry) -> str:
    return f"elected were {_seats(entry['elected'])}" if "elected" in entry else ""


def _override(entry: Entry) -> str:
    return f"{_seats(entry['raw'])} → {_seats(entry['seats'])}"


def _known(entry: Entry) -> str:
    words = _seats(entry["seats"])
    unknown = ", ".join(shipped().abbreviation(party) for party in entry.get("unknown", ()))
    before = _seats(entry["raw"])
    return (f"{before} → {words}" if before != words else words) + (f"; unknown: {unknown}" if unknown else "")


def _facts(entry: Entry) -> str:
    mayor = entry.get("elected_mayor_since")
    names = ", ".join(entry.get("former_names", ()))
    return f"directly elected mayor since {mayor}" if mayor else f"also answers to {names}"


def _periods(entry: Entry) -> str:
    return "; ".join(
        f"{each['cycle']}{' from ' + str(each['since']) if 'since' in each else ''}"
        f"{' to ' + str(each['until']) if 'until' in each else ''}"
        for each in entry["periods"]
    )


def _later(entry: Entry) -> str:
    before = _seats(entry["last_election"]) if "last_election" in entry else "as at the last election of the ward"
    won = f", won: {_seats(entry['won'])}" if "won" in entry else ""
    return f"{entry['seats_up']} up{won}; before: {'not known' if 'last_unknown' in entry else before}"


class Chapter(NamedTuple):
    """How one list of judgements.toml is shown."""

    title: str
    where: Callable[[Entry], str]
    what: Callable[[Entry], str]


CHAPTERS: Final[Mapping[str, Chapter]] = {
    "names": Chapter("Names repaired", _contest, lambda entry: f"{entry['raw']} → {entry['name']}"),
    "labels": Chapter("Labels repaired", lambda _: "ballot papers", lambda entry: f"{entry['raw']} → {entry['label']}"),
    "published_changes": Chapter(
        "Published share changes that the votes do not give", _contest, lambda _: "computed from the votes"
    ),
    "councils": Chapter("Facts from the notes of the register", _council, _facts),
    "cycles": Chapter("How the register's words about cycles are read", lambda entry: entry["text"], _periods),
    "composition_overrides": Chapter(
        "Compositions overridden", lambda entry: f"{_council(entry)}, {_years(entry)}", _override
    ),
    "labels_of_control": Chapter(
        "Labels of control that the seats do not bear out",
        lambda entry: f"{_council(entry)}, {_years(entry)}",
        lambda entry: f"label {entry['label']} kept beside the computed control",
    ),
    "composition_flags": Chapter(
        "Remarks on compositions",
        lambda entry: f"{_council(entry)}, {_years(entry)}",
        lambda entry: code(entry["code"]),
    ),
    "not_election_day": Chapter(
        "Snapshots that are not the result of their year", lambda entry: f"{_council(entry)}, {_years(entry)}", _elected
    ),
    "hoc_differences": Chapter(
        "Where the House of Commons Library prints other seats",
        lambda entry: f"{_council(entry)}, {_years(entry)}",
        _elected,
    ),
    "baselines": Chapter("Seats at the last election before 2019", _council, _known),
    "eve_lumps": Chapter(
        "Aggregates on the eve of the poll of 2019",
        _council,
        lambda entry: "unknown: " + ", ".join(shipped().abbreviation(party) for party in entry["unknown"]),
    ),
    "poll_flags": Chapter("Remarks on the polls of 2019", _council, lambda entry: code(entry["code"])),
    "later_elections": Chapter(
        "Days of polls held later", lambda entry: code(entry["id"]), lambda _: "an election of its own"
    ),
    "later_polls": Chapter(
        "Polls held later",
        lambda entry: f"{entry['ward']} ({_council(entry)})",
        _later,
    ),
    "published_councils": Chapter(
        "Councils as published at a count",
        lambda entry: (
            f"{_council(entry)}, {'before' if entry['moment'] == 'eve' else 'after'} the poll of {_years(entry)}"
        ),
        _override,
    ),
}


def judgements() -> None:
    """Print every decision in judgements.toml with its evidence.

    Raises:
        ValueError: the file has a list that no chapter shows.
    """
    decided = tomllib.loads(JUDGEMENTS.read_text(encoding="utf-8"))
    wards = decided.pop("new_wards", [])
    if unshown := decided.keys() - CHAPTERS.keys():
        raise ValueError(f"no chapter shows {sorted(unshown)}")
    names = [shipped().councils[each].name for each in wards]
    print(f"#### New wards\n\nRead as having new boundaries for some wards in 2019: {', '.join(names)}.\n")
    for key, chapter in CHAPTERS.items():
        rows = [
            (chapter.where(each), chapter.what(each), _evidence(each), code(each["source"]) if "source" in each else "")
            for each in decided.get(key, ())
        ]
        if rows:
            print(f"#### {chapter.title}\n\n{grid(('where', 'decision', 'why', 'evidence'), rows)}\n")


def decisions(name: str) -> None:
    """Print every decision in another file of judgements beside the first, list by list."""
    decided = tomllib.loads((JUDGEMENTS.parent / name).read_text(encoding="utf-8"))
    for key, entries in decided.items():
        if isinstance(entries, list) and entries and isinstance(entries[0], dict):
            rows = [
                (_pairs(each), _evidence(each), code(each["source"]) if "source" in each else "") for each in entries
            ]
            print(
                f"#### {sentence(key.replace('_', ' ')).rstrip('.')}\n\n{grid(('decision', 'why', 'evidence'), rows)}\n"
            )


def _pairs(entry: Entry) -> str:
    """What an entry says besides its reason: ids as names where the dataset has them."""
    return "; ".join(
        f"{key.replace('_', ' ')} {_named(value)}"
        for key, value in entry.items()
        if key not in {"note", "last_note", "source"}
    )


def _named(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_named, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_named(each)}" for key, each in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return str(value)
    for dataset in map(_whole, shipped_names()):
        thing = dataset.elections.get(value) or dataset.councils.get(value) or dataset.seats.get(value)
        if thing:
            return thing.name
    ward = next((each for each in _whole().record.wards if each.ward_id == value), None)
    return ward.ward if ward else value


def _evidence(entry: Entry) -> str:
    return " ".join(entry[key] for key in ("note", "last_note") if key in entry)


# --- sources and coverage -----------------------------------------------------------------------------------------


def sources() -> None:
    """Print every source as `emvote sources` lists it, with its date and how many records cite it."""
    rows = [_source(listed) for listed in listed_sources(shipped())]
    print(grid(("id", "what", "publisher", "licence", "date", "cited"), rows))


def _source(listed: SourceListed) -> tuple[str, ...]:
    source = listed.source
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return code(source.id), title, source.publisher, source.licence, source.date or "", f"{listed.used:,}"


def coverage() -> None:
    """Print which elections are on record and how fully, and which councils have compositions in which years."""
    print(grid(("polling day", "election", "id", "results", "candidates"), map(_election, _elections())))
    print()
    years = Counter(composition.year for composition in _compositions())
    runs = groupby(sorted(years), key=lambda year: years[year])
    spans = [(number, list(run)) for number, run in runs]
    rows = [(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}", str(number)) for number, run in spans]
    print(grid(("years", "councils with a composition in each"), rows))


def _elections() -> list[Election]:
    return sorted(shipped().record.elections, key=lambda election: (election.date, election.id))


def _election(election: Election) -> tuple[str, ...]:
    dataset = shipped()
    contests = dataset.contests_at(election.id)
    polls = sum(poll.election == election.id for poll in dataset.record.council_polls)
    mayors = [contest for contest in dataset.record.mayor_contests if contest.election == election.id]
    wards = [ward for ward in _whole().record.wards if ward.election == election.id]
    people = sum(len(each.candidates) for group in (contests, mayors, wards) for each in group)
    counted = ((len(contests), "seat"), (polls, "council"), (len(mayors), "mayor"), (len(wards), "ward"))
    results = ", ".join(_number(number, thing) for number, thing in counted if number)
    return election.date.isoformat(), election.name, code(election.id), results, f"{people:,}" if people else "–"


def _compositions() -> Iterator[Composition]:
    for council in shipped().record.councils:
        yield from council.compositions


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
