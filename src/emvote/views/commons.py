"""The majority in the House of Commons for readers: one record, one sentence, one working, wherever it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from emvote import measures
from emvote.dataset import Dataset
from emvote.queries.commons import CommonsMajority
from emvote.views import common
from emvote.views.columns import Field
from emvote.views.phrases import party_words
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Working
from emvote.views.workings import working

FIELDS = (
    Field("party", Kind.PARTY, "party with most seats; null: several have as many", null=True),
    Field("seats", Kind.COUNT, "that it has"),
    Field("of", Kind.COUNT, "seats of the House of Commons"),
    Field("majority", Kind.CHANGE, "its seats less those of all others together; 0 and below: it has no majority"),
    Field("short", Kind.COUNT, "seats more with which it would have a majority; null: it has one", null=True),
)
SUMMARY = (
    Field(
        "commons_majority",
        Kind.RECORD,
        "of the party with most seats in the whole House of Commons; null: as `commons_majority_reason` says",
        null=True,
        fields=FIELDS,
        of=lambda answer: None if answer.commons.seats is None else answer.commons,
    ),
    Field(
        "commons_majority_reason",
        Kind.TEXT,
        "why there is no such figure; null: there is, or local",
        null=True,
        of="commons.reason",
    ),
)


def sentences(dataset: Dataset, found: CommonsMajority, verb: str) -> Iterator[Sentence]:
    """One to quote, nothing where there is no figure.

    Args:
        dataset: where the parties are.
        found: the majority.
        verb: between who has it and what: `had`, `would have had`.
    """
    if found.seats is None:
        return
    seats: Sentence = (Value(found.seats, Kind.COUNT), f" of {found.of} seats")
    if found.short is None and found.party is not None:
        who = party_words(dataset, found.party)
        yield (f"{who} {verb} a Commons majority of ", Value(found.majority, Kind.COUNT), ": ", *seats, ".")
        return
    who = "several parties" if found.party is None else party_words(dataset, found.party, inside=True)
    each = " each" if found.party is None else ""
    short = f"{each}, {found.short} short of a majority ("
    yield (f"No party {verb} a Commons majority: {who}, with ", *seats, short, Value(found.majority, Kind.CHANGE), ").")


def phrase(summary: Mapping[str, Any], dataset: Dataset) -> str:
    """Return the same inside a sentence about everything; empty where there is none.

    Args:
        summary: with the fields of `SUMMARY`.
        dataset: where the parties are.
    """
    found = summary["commons_majority"]
    if found is None:
        return ""
    name = found["party"] and dataset.parties[found["party"]].name
    if found["short"] is None:
        return f"; a Commons majority of {found['majority']} for {name}"
    return f"; no Commons majority, {name or 'the largest parties'} {found['short']} short of one"


def notes(dataset: Dataset, found: CommonsMajority, speakers: Sequence[str]) -> Iterator[str]:
    """That the Speaker's seat is no party's, and what sources print that count it otherwise."""
    if found.majority is not None and speakers:
        name = "the largest party" if found.party is None else dataset.abbreviation(found.party)
        with_it = measures.commons_majority((found.seats or 0) + len(speakers))
        yield (
            f"the Speaker's seat, {common.listed(speakers)}, is no party's, and counts among all others: "
            f"were it one of {name}, the Commons majority would be {with_it}"
        )


def workings(dataset: Dataset, found: CommonsMajority, cited: str) -> Iterator[Working]:
    """How it comes about, with the source of the winners."""
    if found.seats is None:
        return
    name = "the largest party" if found.party is None else dataset.abbreviation(found.party)
    inputs, function = {f"seats of {name}": found.seats, "N": found.of}, measures.commons_majority
    yield working(function, "Commons majority", inputs, found.majority, cited={"winners": cited})
