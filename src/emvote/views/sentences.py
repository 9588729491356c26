"""An answer in one sentence that can be printed: `--sentence`.

Made of the rows and the summary that machines read, so it cannot disagree with them; names of parties in full, because
readers of a newspaper know no abbreviations. An answer of up to eight rows names each, a longer one is summed up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.model import NOC
from emvote.views import commons, phrases
from emvote.views.common import declared_aside, plural
from emvote.views.view import Kind, Sentence, Value, View

SAID: Final = (
    *("councils", "council", "seat", "seats", "swing", "compare", "project", "targets", "wards", "mayor", "candidate"),
    *("map", "bellwethers", "claims", "results"),
)
"""Commands whose answers have a sentence, which `sentence` in the view of each makes."""


def require_sentence(command: str) -> None:
    """Stop before an answer that could not be said.

    Raises:
        UsageProblem: answers of this command are lists or files, of which no sentence can be made.
    """
    if command not in SAID:
        name = command.rstrip("_").replace("_", "-")
        raise UsageProblem(f"an answer of '{name}' has no sentence; these commands have one: {', '.join(SAID)}")


def sentence_of(view: View, dataset: Dataset) -> Sentence:
    """The answer in one sentence; empty where nothing was found."""
    if not view.rows:
        return ()
    maker = MAKERS.get(view.command) or import_module(f"emvote.views.{view.command}").sentence
    said: Sentence = maker(view, dataset)
    return said


# --- seats --------------------------------------------------------------------------------------------------------


def _seat(view: View, dataset: Dataset) -> Sentence:
    row = view.rows[0]
    parts = [(*_result(row, dataset),)]
    winner = next((each for each in row["candidates"] if each["elected"]), None)
    if winner is not None and row["kind"] != "notional":
        votes = phrases.of_votes(winner["votes"], winner["share_pct"])
        label = (" won with ", *votes) if votes else (" was returned",)
        majority = phrases.majority(row)
        parts.append((winner["candidate"], *label, *((", ", *majority) if majority else ())))
    elif phrases.majority(row):
        parts.append(phrases.majority(row))
    if row["swing"] is not None and row["swing"]["butler_pp"] is not None:
        swing = row["swing"]
        points = phrases.swing(swing["butler_pp"], swing["from_party"], swing["to_party"], dataset)
        parts.append(("a Butler swing of ", *points))
    if row["turnout_pct"] is not None:
        parts.append(("turnout ", Value(row["turnout_pct"], Kind.PCT)))
    return (*phrases.joined(parts), ".")


def _result(row: phrases.Row, dataset: Dataset) -> Sentence:
    """`Derby North, 12 December 2019: Conservative gain from Labour`."""
    kind = {"by-election": ", by-election of ", "notional": ", notional result of "}.get(row["kind"], ", ")
    outcome = phrases.outcome(row, "previous_party", "winner_party", dataset)
    return (row["seat"], f"{kind}{phrases.day(row['polling_date'])}: ", *outcome)


def _seats(view: View, dataset: Dataset) -> Sentence:
    summary = view.summary or {}
    begin = f"{phrases.election_name(view, dataset)}{declared_aside(view.declared)}{_unsettled_aside(view)}: "
    if len(view.rows) <= phrases.MOST_NAMED:
        named = [
            (row["seat"], " (", *phrases.outcome(row, "previous_party", "winner_party", dataset), ")")
            for row in view.rows
        ]
        return (begin, *phrases.joined(named, ", "), ".")
    if len(view.rows) != summary["seats"]:  # the totals are of every seat, not of those that match
        winners = [row["winner_party"] for row in view.rows]
        order = sorted(
            {party for party in winners if party}, key=lambda party: (-winners.count(party), dataset.party_order(party))
        )
        some = [(phrases.full_name(dataset, party), f" {winners.count(party)}") for party in order]
        unknown = [(f"winner not known {winners.count(None)}",)] if None in winners else []
        return (begin, f"{len(view.rows)} seats{_asked(view)}, won by ", *phrases.joined([*some, *unknown], ", "), ".")
    won = [
        (phrases.full_name(dataset, each["party"]), f" {each['seats']}", *phrases.net(each["net"]))
        for each in summary["parties"]
        if each["seats"] or each["net"]
    ]
    baseline = dataset.elections.get((view.baseline or {}).get("election", ""))
    against = f"; changes against {baseline.name}" if baseline else ""
    return (begin, f"{len(view.rows)} seats{_asked(view)}: ", *phrases.joined(won, ", "), f"{against}.")


def _unsettled_aside(view: View) -> str:
    """What to add where places may match that are not counted: ` (without 3 of which it is not known)`."""
    number = (view.summary or {})["unsettled"]
    return f" (without {number} of which it is not known)" if number else ""


def _asked(view: View) -> str:
    """Whether conditions chose the rows, so that they are not the whole."""
    return " that match" if set(view.query) - {"election", "baseline", "scope", "all", "outside"} else ""


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
            phrases.full_name(dataset, row["party"]),
            *_seats_known(row),
            *phrases.net(row["net"]),
            *phrases.and_share(row["share_pct"], row["change_pp"]),
        )
        for row in view.rows
        if row["seats_known"] or row in by_votes
    ]
    if len(parties) > phrases.MOST_NAMED:
        parties = [*parties[: phrases.MOST_NAMED], (f"{len(parties) - phrases.MOST_NAMED} more with seats",)]
    turnout = summary["turnout_pct"]
    ending = () if turnout is None else ("; turnout ", Value(turnout, Kind.PCT))
    baseline = dataset.elections.get((view.baseline or {}).get("election", ""))
    against = f"; changes against {baseline.name}" if baseline else ""
    begin = f"{phrases.election_name(view, dataset)}, {summary['scope']}{declared_aside(view.declared)}: "
    return (begin, *phrases.joined(parties), commons.phrase(summary, dataset), *ending, f"{against}.")


def _council_targets(view: View, dataset: Dataset) -> Sentence:
    """The nearest council."""
    row, summary = view.rows[0], view.summary or {}
    party, number = phrases.full_name(dataset, row["party"]), row["seats_to_lose"] or row["seats_short"]
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
    holder, challenger = phrases.full_name(dataset, row["holder"]), phrases.full_name(dataset, row["challenger"])
    begin = f"{summary['scope']}, after {phrases.election_name(view, dataset)}{declared_aside(view.declared)}: "
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
    return (begin, *what, *swing, *phrases.after(", ", phrases.of_votes(row["votes_needed"], None)), ".")


# --- councils -----------------------------------------------------------------------------------------------------


def _councils(view: View, dataset: Dataset) -> Sentence:
    summary = view.summary or {}
    begin = f"{phrases.election_name(view, dataset)}{declared_aside(view.declared)}{_unsettled_aside(view)}: "
    voted = [row for row in view.rows if row["seats_up"]]
    if len(view.rows) <= phrases.MOST_NAMED:
        named = [
            (row["council"], " (", *phrases.outcome(row, "control_before", "control_after", dataset), ")")
            for row in view.rows
        ]
        return (begin, *phrases.joined(named, ", "), ".")
    parties = [
        (phrases.full_name(dataset, party), f" held {each['held']}, gained {each['gained']} and lost {each['lost']}")
        for party, each in summary["parties"].items()
        if each["held"] or each["gained"] or each["lost"]
    ]
    new = Counter(row["control_after"] for row in voted if row["control_change"] == "new")
    parties += [
        (phrases.full_name(dataset, party), f" won {number} new") for party, number in new.items() if party != NOC
    ]
    parties += [
        (phrases.full_name(dataset, party), f" won {each['won_before_unknown']} where control before is not known")
        for party, each in summary["parties"].items()
        if each["won_before_unknown"]
    ]
    unknown = sum(row["control_after"] is None for row in voted)
    without = sum(row["control_after"] == NOC for row in voted)
    count = f"{len(view.rows)} {plural(len(view.rows), 'council')}{_asked(view)}: "
    return (
        begin,
        count,
        *phrases.joined(parties),
        f"; {without} ended under no overall control",
        f"; {unknown} not known." if unknown else ".",
    )


def _council(view: View, dataset: Dataset) -> Sentence:
    row, summary = view.rows[0], view.summary or {}
    published = f", published as {row['published_control']}" if row["published_control"] else ""
    control = (phrases.full_name(dataset, row["control"]),) if row["control"] else (f"control not computed{published}",)
    word = " control" if row["control"] not in (None, NOC) else ""
    seats = sorted(row["seats"].items(), key=lambda each: -(each[1] or 0))
    held = [(phrases.full_name(dataset, party), " ", Value(number, Kind.COUNT)) for party, number in seats if number]
    end = f", of {row['seats_total']} seats."
    return (
        summary["full_name"],
        f", {phrases.day(row['date'] or str(row['year']))}: ",
        *control,
        f"{word}; ",
        *phrases.joined(held, ", "),
        end,
    )


def _wards(view: View, dataset: Dataset) -> Sentence:
    row, summary = view.rows[0], view.summary or {}
    if "ward" in view.query:
        elected = [each for each in view.rows if each["elected"]] or list(view.rows[:1])
        word = "elected " if elected[0]["elected"] else "most votes for "
        people = [
            (
                *phrases.person(each["candidate"], each["party"], dataset),
                *phrases.after(", ", phrases.of_votes(each["votes"], None)),
            )
            for each in elected
        ]
        return (
            row["ward"],
            " (",
            row["council"],
            f"), {phrases.day(row['polling_date'])}: {word}",
            *phrases.joined(people),
            ".",
        )
    parties = [
        (
            phrases.full_name(dataset, each["party"]),
            *(() if each["seats"] is None else (" ", Value(each["seats"], Kind.COUNT))),
            *phrases.after(" with " if each["seats"] is not None else " ", phrases.of_votes(None, each["share_pct"])),
        )
        for each in summary["parties"]
        if each["seats"] or each["seats"] is None
    ]
    wards = f"{summary['wards']} {plural(summary['wards'], 'ward')}, {summary['seats_up']} seats"
    # shares by one method are not to be taken for those by another
    best = ", the votes of each party's best candidate in a ward" if summary["share_method"] == "top-candidate" else ""
    begin = f", {phrases.day(row['polling_date'])}{declared_aside(view.declared)}, {wards}{best}: "
    return (row["council"], begin, *phrases.joined(parties), ".")


MAKERS: Final[Mapping[str, Callable[[View, Dataset], Sentence]]] = {
    "councils": _councils,
    "council": _council,
    "seat": _seat,
    "seats": _seats,
    "targets": _targets,
    "wards": _wards,
    "results": _results,
}
"""Command to what makes its sentence, where that is not `sentence` in its view."""
