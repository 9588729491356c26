"""An answer in one sentence that can be printed: `--sentence`.

Made of the rows and the summary that machines read, so it cannot disagree with them; names of parties in full, because
readers of a newspaper know no abbreviations. An answer of up to eight rows names each, a longer one is summed up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import NOC
from emvote.views import commons
from emvote.views.common import declared_aside, listed, plural
from emvote.views.view import Kind, PartyLabel, Sentence, Value, View

MOST_NAMED: Final = 8
"""Rows that a sentence can name one by one."""
Row = Mapping[str, Any]


def require_sentence(command: str) -> None:
    """Stop before an answer that could not be said.

    Raises:
        UsageProblem: answers of this command are lists or files, of which no sentence can be made.
    """
    if command not in MAKERS:
        name = command.rstrip("_").replace("_", "-")
        raise UsageProblem(f"an answer of '{name}' has no sentence; these commands have one: {', '.join(MAKERS)}")


def sentence_of(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence; empty where nothing was found."""
    return MAKERS[view.command](view, dataset) if view.rows else ()


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


def joined(parts: Iterable[Sentence], separator: str = "; ") -> Sentence:
    """Sentences as one, with something between them."""
    written: list[Any] = []
    for part in parts:
        written += [*([separator] if written else ()), *part]
    return tuple(written)


def _party(dataset: Dataset, party: str | None) -> PartyLabel:
    """A party by its full name, no overall control in words."""
    if party is None:
        return PartyLabel("", "party not known")
    if party == NOC:
        return PartyLabel(NOC, "no overall control")
    known = dataset.parties.get(party.partition(":")[0])
    return PartyLabel(party, known.name if known else party, known.colour if known else None)


def _outcome(row: Row, before: str, after: str, dataset: Dataset) -> Sentence:
    """Who holds a seat or a council now, and from whom it was gained."""
    change = row["change"] if "change" in row else row["control_change"]
    if change is None or row[after] is None:
        return _without_change(row, after, dataset)
    match change:
        case "hold":
            return _party(dataset, row[after]), " hold"
        case "gain":
            return _party(dataset, row[after]), " gain from ", _party(dataset, row[before])
        case "loss":
            return _party(dataset, row[before]), " lose to no overall control"
        case "none":
            return ("still no overall control",)
    # the first on record here, or of a new council: nothing to hold or gain
    return _party(dataset, row[after]), "" if row[after] == NOC else " win"


def _without_change(row: Row, after: str, dataset: Dataset) -> Sentence:
    """Who won a seat or a council, where that is no hold or gain: it is not known, or what was before is not."""
    if row[after] is None:
        return ("outcome not known",)
    if "control_change" not in row:
        return _party(dataset, row[after]), " ahead"
    if not row["seats_up"]:
        return ("no election",)
    return _party(dataset, row[after]), "" if row[after] == NOC else " win, control before not known"


def _votes(votes: int | None, share: float | None, word: str = " votes") -> Sentence:
    """`21,259 votes (45.2%)`, or what of it is known."""
    percent = () if share is None else (Value(share, Kind.PCT),)
    if votes is None:
        return (*percent, " of the votes") if percent else ()
    number = (Value(votes, Kind.COUNT), word)
    return (*number, " (", *percent, ")") if percent else number


def _majority(row: Row) -> Sentence:
    votes = _votes(row["majority_votes"], row["majority_pct"], "")
    lot = ", decided by lot" if row.get("decided_by") == "lot" else ""
    return ("a majority of ", *votes, lot) if votes else ()


def _swing(points: float | None, losing: str, gaining: str, dataset: Dataset) -> Sentence:
    """`4.8 points from Labour to Conservative`: always from the losing to the gaining side."""
    if points is None:
        return ("not known",)
    if points < 0:
        losing, gaining = gaining, losing
    ends = (" points from ", _party(dataset, losing), " to ", _party(dataset, gaining))
    return (Value(abs(points), Kind.POINTS), *ends)


def _election(view: View, dataset: Dataset, key: str = "election") -> str:
    """The election asked for, as the dataset calls it; with its year where the name has none."""
    election = dataset.elections.get(view.query.get(key) or view.rows[0].get("election") or "")
    return election.name if election else day(view.rows[0]["polling_date"])


# --- seats --------------------------------------------------------------------------------------------------------


def _seat(view: View, dataset: Dataset) -> Sentence:
    row = view.rows[0]
    parts = [(*_result(row, dataset),)]
    winner = next((each for each in row["candidates"] if each["elected"]), None)
    if winner is not None and row["kind"] != "notional":
        votes = _votes(winner["votes"], winner["share_pct"])
        label = (" won with ", *votes) if votes else (" was returned",)
        majority = _majority(row)
        parts.append((winner["candidate"], *label, *((", ", *majority) if majority else ())))
    elif _majority(row):
        parts.append(_majority(row))
    if row["swing"] is not None and row["swing"]["butler_pp"] is not None:
        swing = row["swing"]
        points = _swing(swing["butler_pp"], swing["from_party"], swing["to_party"], dataset)
        parts.append(("a Butler swing of ", *points))
    if row["turnout_pct"] is not None:
        parts.append(("turnout ", Value(row["turnout_pct"], Kind.PCT)))
    return (*joined(parts), ".")


def _result(row: Row, dataset: Dataset) -> Sentence:
    """`Derby North, 12 December 2019: Conservative gain from Labour`."""
    kind = {"by-election": ", by-election of ", "notional": ", notional result of "}.get(row["kind"], ", ")
    outcome = _outcome(row, "previous_party", "winner_party", dataset)
    return (row["seat"], f"{kind}{day(row['polling_date'])}: ", *outcome)


def _seats(view: View, dataset: Dataset) -> Sentence:
    summary = view.summary or {}
    begin = f"{_election(view, dataset)}{declared_aside(view.declared)}{_unsettled_aside(view)}: "
    if len(view.rows) <= MOST_NAMED:
        named = [
            (row["seat"], " (", *_outcome(row, "previous_party", "winner_party", dataset), ")") for row in view.rows
        ]
        return (begin, *joined(named, ", "), ".")
    if len(view.rows) != summary["seats"]:  # the totals are of every seat, not of those that match
        winners = [row["winner_party"] for row in view.rows]
        order = sorted(
            {party for party in winners if party}, key=lambda party: (-winners.count(party), dataset.party_order(party))
        )
        some = [(_party(dataset, party), f" {winners.count(party)}") for party in order]
        unknown = [(f"winner not known {winners.count(None)}",)] if None in winners else []
        return (begin, f"{len(view.rows)} seats{_asked(view)}, won by ", *joined([*some, *unknown], ", "), ".")
    won = [
        (_party(dataset, each["party"]), f" {each['seats']}", *_net(each["net"]))
        for each in summary["parties"]
        if each["seats"] or each["net"]
    ]
    baseline = dataset.elections.get((view.baseline or {}).get("election", ""))
    against = f"; changes against {baseline.name}" if baseline else ""
    return (begin, f"{len(view.rows)} seats{_asked(view)}: ", *joined(won, ", "), f"{against}.")


def _unsettled_aside(view: View) -> str:
    """What to add where places may match that are not counted: ` (without 3 of which it is not known)`."""
    number = (view.summary or {})["unsettled"]
    return f" (without {number} of which it is not known)" if number else ""


def _net(net: int | None) -> Sentence:
    return () if net is None else (" (", Value(net, Kind.CHANGE), ")")


def _asked(view: View) -> str:
    """Whether conditions chose the rows, so that they are not the whole."""
    return " that match" if set(view.query) - {"election", "baseline", "scope", "all", "outside"} else ""


def _swings(view: View, dataset: Dataset) -> Sentence:
    method = view.query["method"]
    key = f"{method}_pp"
    elections = [dataset.elections[view.query[end]].name for end in ("from", "to")]
    begin = f"{elections[0]}, to {elections[1]}: {method.capitalize()} swing, "
    if view.query.get("seats") and len(view.rows) <= MOST_NAMED:
        named = [
            (row["seat"], " ", *_swing(row[key], row["from_party"], row["to_party"], dataset)) for row in view.rows
        ]
        return (begin, *joined(named), ".")
    summary = view.summary or {}
    whole = _swing(summary[key], summary["from_party"], summary["to_party"], dataset)
    return (begin, *whole, f", from the totals of {summary['scope']}{declared_aside(view.declared)}.")


def _compare(view: View, dataset: Dataset) -> Sentence:
    if "stood_as" in view.rows[0]:
        return _series(view, dataset)
    if "party" in view.rows[0]:
        return _two_elections(view, dataset)
    if "place" in view.rows[0]:
        return _areas(view, dataset)
    places = []
    for row in view.rows[:MOST_NAMED]:
        seat = "seat" in row
        ends = ("previous_party", "winner_party") if seat else ("control_before", "control_after")
        majority = _majority(row) if seat else ()
        name = row["seat"] if seat else row["council"]
        places.append((name, ": ", *_outcome(row, *ends, dataset), *((", ", *majority) if majority else ())))
    return (f"{_election(view, dataset)}: ", *joined(places), ".")


def _series(view: View, dataset: Dataset) -> Sentence:
    """The seats of each party that won any, election by election."""
    ids = [each for each in view.query["elections"] if any(row["election"] == each for row in view.rows)]
    parties = []
    for party in dict.fromkeys(row["party"] for row in view.rows):
        seats = {row["election"]: row["seats"] for row in view.rows if row["party"] == party}
        if any(seats.values()):
            numbers = ", ".join("unknown" if seats.get(each) is None else str(seats[each]) for each in ids)
            parties.append((_party(dataset, party), f" {numbers}"))
    summary = view.summary or {}
    out = {
        each["election"]: f" ({each['declared']} of {each['of']} declared)"
        for each in summary["elections"]
        if each["declared"] < each["of"]
    }
    names = "; ".join(f"{dataset.elections[each].name}{out.get(each, '')}" for each in ids)
    return (f"Seats at {names}: ", *(joined(parties) if parties else ("none won",)), ".")


def _areas(view: View, dataset: Dataset) -> Sentence:
    """Turnout and swing of each place."""
    places = []
    for row in view.rows[:MOST_NAMED]:
        turnout = () if row["turnout_pct"] is None else (", turnout ", Value(row["turnout_pct"], Kind.PCT))
        points = row["butler_pp"]
        swing = () if points is None else _swing(points, row["from_party"], row["to_party"], dataset)
        places.append((row["place"], *turnout, *((", swing ", *swing) if swing else ())))
    return (f"{_election(view, dataset)}{declared_aside(view.declared)}: ", *joined(places), ".")


def _seats_known(row: Mapping[str, Any]) -> Sentence:
    """Seats won; at least so many where the record does not tell all winners, and none where it tells none."""
    if row["seats"] is None:
        known = row["seats_known"]
        return (f" at least {known} {plural(known, 'seat')}",) if known else (" no known seat",)
    return (f" {row['seats']} {plural(row['seats'], 'seat')}",)


def _results(view: View, dataset: Dataset) -> Sentence:
    """The parties with seats, and the three with most votes."""
    summary = view.summary or {}
    by_votes = sorted(view.rows, key=lambda row: -(row["votes"] or 0))[:3]
    parties = [
        (
            _party(dataset, row["party"]),
            *_seats_known(row),
            *_net(row["net"]),
            *_share(row["share_pct"], row["change_pp"]),
        )
        for row in view.rows
        if row["seats_known"] or row in by_votes
    ]
    if len(parties) > MOST_NAMED:
        parties = [*parties[:MOST_NAMED], (f"{len(parties) - MOST_NAMED} more with seats",)]
    turnout = summary["turnout_pct"]
    ending = () if turnout is None else ("; turnout ", Value(turnout, Kind.PCT))
    baseline = dataset.elections.get((view.baseline or {}).get("election", ""))
    against = f"; changes against {baseline.name}" if baseline else ""
    begin = f"{_election(view, dataset)}, {summary['scope']}{declared_aside(view.declared)}: "
    return (begin, *joined(parties), _commons(summary, dataset), *ending, f"{against}.")


def _commons(summary: Mapping[str, Any], dataset: Dataset) -> str:
    """The majority in the House of Commons, where the answer is of it."""
    found = summary["commons_majority"]
    return commons.phrase(found, found and found["party"] and dataset.parties[found["party"]].name)


def _two_elections(view: View, dataset: Dataset) -> Sentence:
    """The parties with seats, and the three with most votes."""
    summary = view.summary or {}
    elections = [dataset.elections[view.query[end]].name for end in ("from", "to")]
    by_votes = sorted(view.rows, key=lambda row: -(row["votes_to"] or 0))[:3]
    kept = [row for row in view.rows if row["seats_from"] or row["seats_to"] or row in by_votes]
    parties = [
        (
            _party(dataset, row["party"]),
            f" {row['seats_to'] or 0} {plural(row['seats_to'] or 0, 'seat')}",
            *_net(row["seats_net"]),
            *_share(row["share_to_pct"], row["share_change_pp"]),
        )
        for row in kept
    ]
    hands = len(summary["changed_hands"])
    begin = f"{elections[0]}, to {elections[1]}{declared_aside(view.declared)}: "
    return (begin, *joined(parties), f"; {hands} {plural(hands, 'seat')} changed hands.")


def _share(share: float | None, change: float | None) -> Sentence:
    if share is None:
        return ()
    points = () if change is None else (" (", Value(change, Kind.PP), " points)")
    return (" and ", Value(share, Kind.PCT), " of the votes", *points)


def _council_targets(view: View, dataset: Dataset) -> Sentence:
    """The nearest council."""
    row, summary = view.rows[0], view.summary or {}
    party, number = _party(dataset, row["party"]), row["seats_to_lose"] or row["seats_short"]
    begin: Sentence = (
        f"{summary['scope']}: ",
        party,
        f" controls {summary['controlled']} of {summary['councils']} councils",
    )
    if number is None:
        return (*begin, ".")
    seats = f"{number} {plural(number, 'seat')}"
    what = (
        f"; {row['council']} is lost with {seats}"
        if row["seats_to_lose"]
        else f"; it is {seats} short of {row['council']}"
    )
    return (*begin, f"{what} ({row['seats']} of {row['seats_total']}, {row['year']}).")


def _targets(view: View, dataset: Dataset) -> Sentence:
    if view.query.get("councils"):
        return _council_targets(view, dataset)
    row, summary = view.rows[0], view.summary or {}
    holder, challenger = _party(dataset, row["holder"]), _party(dataset, row["challenger"])
    begin = f"{summary['scope']}, after {_election(view, dataset)}{declared_aside(view.declared)}: "
    if row["swing_pp"] is None:
        return (begin, f"none of the {len(view.rows)} seats has a swing: {row['seat']}, {row['note']}.")
    some = "" if summary["shown"] == summary["listed"] else f"{summary['shown']} "
    if view.query.get("defend"):
        what: Sentence = (
            f"of {some or 'the '}seats of ",
            holder,
            ", ",
            row["seat"],
            " falls first: to ",
            challenger,
            " at ",
        )
    else:
        easiest = f"the easiest of {some}targets of " if some else "the easiest target of "
        what = (easiest, challenger, " is ", row["seat"], ", held by ", holder, ": ")
    # a swing needed is written without a sign, and with two decimals
    swing = ("a swing of ", Value(row["swing_pp"], Kind.NUMBER), " points")
    return (begin, *what, *swing, *_after(", ", _votes(row["votes_needed"], None)), ".")


def _project(view: View, dataset: Dataset) -> Sentence:
    """What is changed stands in the headline, the seats of every party that has or had any in the summary."""
    summary = view.summary or {}
    parties = [
        (_party(dataset, total["party"]), f" {total['seats_after']} ({total['net']:+d})".replace("+0", "0"))
        for total in summary["parties"]
        if total["seats_before"] or total["seats_after"]
    ]
    undecided = summary["undecided_after"]
    rest = f"; {undecided} tied or not known" if undecided else ""
    equal = summary["equal_votes"]
    bias: Sentence = () if equal is None else ("; ", *_equal_votes(equal, dataset))
    begin = f"Arithmetic, not a forecast: {summary['scope']}, on {dataset.elections[view.query['baseline']].name}"
    told = f"{declared_aside(view.declared)}, {summary['changes']}: "
    return (begin, told, *joined(parties, ", "), *bias, _commons(summary, dataset), f"{rest}.")


def _equal_votes(equal: Mapping[str, Any], dataset: Dataset) -> Sentence:
    from emvote.views.project import equal_words

    first, *rest = equal_words(equal, lambda party: _party(dataset, party))
    return (f"{str(first)[:1].lower()}{str(first)[1:]}", *rest)


def _bellwethers(view: View, dataset: Dataset) -> Sentence:
    """Seats that kept to it since the election asked for, else those of the longest run."""
    summary = view.summary or {}
    allowed = summary["misses_allowed"]
    misses = f" but for at most {allowed}" if allowed else ""
    if summary["since"] is not None:
        first, last = (dataset.elections[summary[key]] for key in ("since", "until"))
        days = f"from {day(str(first.date))} to {day(str(last.date))}" if first != last else f"of {day(str(last.date))}"
        begin = f"Won by the party that formed the government at every general election {days}{misses}"
        begin += f"{declared_aside(view.declared)}: "
        return (begin, *_named(view.rows), ".")
    longest = max(row["elections"] for row in view.rows)
    best = [row for row in view.rows if row["elections"] == longest]
    wins = f"of wins by the party that formed the government{declared_aside(view.declared)}"
    elections = f"{longest} {plural(longest, 'general election')} in a row{misses}"
    if len(view.rows) == 1:
        return (f"The one run {wins} is that of ", *_named(best), f": {elections}.")
    whose = "is that of" if len(best) == 1 else "are those of"
    named: Sentence = (listed([row["seat"] for row in best]),) if len(best) <= MOST_NAMED else _named(best)
    return (f"Of {len(view.rows)} runs {wins} the longest, {elections}, {whose} ", *named, ".")


def _named(rows: Sequence[Row]) -> Sentence:
    """The seats of some rows, the first of many by name."""
    names = joined([(row["seat"],) for row in rows[:MOST_NAMED]], ", ")
    return (*names, f" and {len(rows) - MOST_NAMED} more") if len(rows) > MOST_NAMED else names


def _claims(view: View, dataset: Dataset) -> Sentence:
    """How many claims of each article have which verdict."""
    del dataset
    return joined(view.layout.headline, " ")


# --- councils -----------------------------------------------------------------------------------------------------


def _councils(view: View, dataset: Dataset) -> Sentence:
    summary = view.summary or {}
    begin = f"{_election(view, dataset)}{declared_aside(view.declared)}{_unsettled_aside(view)}: "
    voted = [row for row in view.rows if row["seats_up"]]
    if len(view.rows) <= MOST_NAMED:
        named = [
            (row["council"], " (", *_outcome(row, "control_before", "control_after", dataset), ")") for row in view.rows
        ]
        return (begin, *joined(named, ", "), ".")
    parties = [
        (_party(dataset, party), f" held {each['held']}, gained {each['gained']} and lost {each['lost']}")
        for party, each in summary["parties"].items()
        if each["held"] or each["gained"] or each["lost"]
    ]
    new = Counter(row["control_after"] for row in voted if row["control_change"] == "new")
    parties += [(_party(dataset, party), f" won {number} new") for party, number in new.items() if party != NOC]
    parties += [
        (_party(dataset, party), f" won {each['won_before_unknown']} where control before is not known")
        for party, each in summary["parties"].items()
        if each["won_before_unknown"]
    ]
    unknown = sum(row["control_after"] is None for row in voted)
    without = sum(row["control_after"] == NOC for row in voted)
    count = f"{len(view.rows)} {plural(len(view.rows), 'council')}{_asked(view)}: "
    return (
        begin,
        count,
        *joined(parties),
        f"; {without} ended under no overall control",
        f"; {unknown} not known." if unknown else ".",
    )


def _council(view: View, dataset: Dataset) -> Sentence:
    row, summary = view.rows[0], view.summary or {}
    published = f", published as {row['published_control']}" if row["published_control"] else ""
    control = (_party(dataset, row["control"]),) if row["control"] else (f"control not computed{published}",)
    word = " control" if row["control"] not in (None, NOC) else ""
    seats = sorted(row["seats"].items(), key=lambda each: -(each[1] or 0))
    held = [(_party(dataset, party), " ", Value(number, Kind.COUNT)) for party, number in seats if number]
    end = f", of {row['seats_total']} seats."
    return (
        summary["full_name"],
        f", {day(row['date'] or str(row['year']))}: ",
        *control,
        f"{word}; ",
        *joined(held, ", "),
        end,
    )


def _wards(view: View, dataset: Dataset) -> Sentence:
    row, summary = view.rows[0], view.summary or {}
    if "ward" in view.query:
        elected = [each for each in view.rows if each["elected"]] or list(view.rows[:1])
        word = "elected " if elected[0]["elected"] else "most votes for "
        people = [
            (*_who(each["candidate"], each["party"], dataset), *_after(", ", _votes(each["votes"], None)))
            for each in elected
        ]
        return (row["ward"], " (", row["council"], f"), {day(row['polling_date'])}: {word}", *joined(people), ".")
    parties = [
        (
            _party(dataset, each["party"]),
            *(() if each["seats"] is None else (" ", Value(each["seats"], Kind.COUNT))),
            *_after(" with " if each["seats"] is not None else " ", _votes(None, each["share_pct"])),
        )
        for each in summary["parties"]
        if each["seats"] or each["seats"] is None
    ]
    wards = f"{summary['wards']} {plural(summary['wards'], 'ward')}, {summary['seats_up']} seats"
    # shares by one method are not to be taken for those by another
    best = ", the votes of each party's best candidate in a ward" if summary["share_method"] == "top-candidate" else ""
    begin = f", {day(row['polling_date'])}{declared_aside(view.declared)}, {wards}{best}: "
    return (row["council"], begin, *joined(parties), ".")


def _who(name: str | None, party: str | None, dataset: Dataset) -> Sentence:
    return (_party(dataset, party),) if name is None else (name, " (", _party(dataset, party), ")")


def _after(word: str, parts: Sentence) -> Sentence:
    return (word, *parts) if parts else ()


def _mayor(view: View, dataset: Dataset) -> Sentence:
    row = view.rows[0]
    election = next(each for each in (view.summary or {})["elections"] if each["election"] == row["election"])
    begin = (row["mayoralty"], f", {day(row['polling_date'])}: ")
    if election["winner"] is None:
        return (*begin, "winner not known.")
    mine = [each for each in view.rows if each["election"] == row["election"]]
    decisive = next(
        (each for each in mine if each["round"] == election["round"] and each["candidate"] == election["winner"]), None
    )
    votes = _votes(decisive["votes"], decisive["share_pct"]) if decisive else ()
    stage = f" in the {election['round']} round" if len({each["round"] for each in mine}) > 1 else ""
    who = _who(election["winner"], election["winner_party"], dataset)
    return (*begin, *who, " elected", *_after(" with ", votes), stage, *_after(", ", _majority(election)), ".")


def _candidate(view: View, dataset: Dataset) -> Sentence:
    summary, last = view.summary or {}, max(view.rows, key=lambda row: row["polling_date"])
    number, elected = summary["candidacies"], summary["elected"]
    whole = f"{number} {'candidacy' if number == 1 else 'candidacies'} under that name"
    out = all(row["elected"] is None for row in view.rows)
    won = "" if out else f", {elected} successful"
    result = f", {last['result']}" if last["result"] else ""
    latest = (last["place"], f", {day(last['polling_date'])}", f"{result}, for ", _party(dataset, last["party"]))
    return (
        summary["candidate"],
        f": {whole} on record{declared_aside(view.declared)}{won}; the last in ",
        *latest,
        ".",
    )


_RANGES: Final = {
    "majority": ("majority_pct", Kind.PCT, "majorities"),
    "turnout": ("turnout_pct", Kind.PCT, "turnout"),
    "share": ("share_pct", Kind.PCT, "share"),
}
"""What a map shows to the field, its kind and the word for its range."""


def _map(view: View, dataset: Dataset) -> Sentence:
    """Who won how many places, how many changed, and the range of what is shown where that is a figure."""
    summary = view.summary or {}
    parties = [(_party(dataset, party), f" {number}") for party, number in summary["parties"].items()]
    changed = sum(row["change"] in {"gain", "loss"} for row in view.rows)
    known = any(row["change"] for row in view.rows)
    return (
        f"{_election(view, dataset)}{declared_aside(view.declared)}: ",
        *joined(parties, ", "),
        f"; {changed} changed hands" if known else "",
        *_range(view, dataset),
        ".",
    )


def _range(view: View, dataset: Dataset) -> Sentence:
    key, kind, word = _RANGES.get((view.summary or {})["shade"], ("", Kind.PCT, ""))
    rows = sorted((row for row in view.rows if key and row[key] is not None), key=lambda row: row[key])
    if not rows:
        return ()
    whose: Sentence = (" of ", _party(dataset, view.query["party"])) if view.query.get("party") else ()
    low, high = rows[0], rows[-1]
    ends = (f" in {low['place']} to ", Value(high[key], kind), f" in {high['place']}")
    return (f"; {word}", *whose, " from ", Value(low[key], kind), *ends)


MAKERS: Final[Mapping[str, Callable[[View, Dataset], Sentence]]] = {
    "councils": _councils,
    "council": _council,
    "seat": _seat,
    "seats": _seats,
    "swing": _swings,
    "compare": _compare,
    "project": _project,
    "targets": _targets,
    "wards": _wards,
    "mayor": _mayor,
    "candidate": _candidate,
    "map": _map,
    "bellwethers": _bellwethers,
    "claims": _claims,
    "results": _results,
}
"""Command to what makes its sentence."""
WITHOUT: Final[Sequence[str]] = (
    *(
        "report",
        "elections",
        "parties",
        "sources",
        "check",
        "explain",
        "diff",
        "import",
        "export",
        "schema",
        "completion",
        "cache",
        "browse",
    ),
)
"""Commands whose answers are lists or files."""
