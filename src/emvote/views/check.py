"""What is wrong with a dataset, for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emvote.dataset import Dataset
from emvote.errors import Problem
from emvote.views.columns import Column, Field, Table, records_of, table_of
from emvote.views.common import plural
from emvote.views.phrases import joined
from emvote.views.values import Kind, Sentence, Value
from emvote.views.view import Layout, View

FIELDS = (
    Field("file", Kind.TEXT, "file as it was named"),
    Field("place", Kind.TEXT, "line and column, or key path (`contests[3].candidates[2].votes`)"),
    Field("rule", Kind.TEXT, "id of the rule that was broken"),
    Field("value", Kind.TEXT, "the offending value as written, empty where there is none"),
    Field("expected", Kind.TEXT, "what would have been right"),
)
COUNTED = {
    "contests": "parliamentary results",
    "compositions": "compositions of councils",
    "polls": "council polls",
    "wards": "wards",
    "mayors": "elections of mayors",
    "councillors": "wards in lists of councillors",
    "administrations": "administrations of councils",
}
"""What is counted, in words."""
RULE_FIELDS = (
    Field("rule", Kind.TEXT, "id"),
    Field("what", Kind.TEXT, "what it demands"),
    Field("problems", Kind.COUNT, "its breaches"),
)
SUMMARY = (
    Field("sound", Kind.BOOL, "whether nothing is wrong"),
    Field("problems", Kind.COUNT, "how much is wrong"),
    Field("contests", Kind.COUNT, "parliamentary results looked at"),
    Field("compositions", Kind.COUNT, "compositions of councils looked at"),
    Field("polls", Kind.COUNT, "council polls looked at"),
    Field("wards", Kind.COUNT, "results of wards looked at, those in the file beside the dataset too"),
    Field("mayors", Kind.COUNT, "elections of mayors looked at"),
    Field("councillors", Kind.COUNT, "wards in lists of councillors looked at, likewise"),
    Field("administrations", Kind.COUNT, "administrations of councils looked at, likewise"),
    Field("rules", Kind.RECORDS, "every rule with its breaches", fields=RULE_FIELDS),
)


def check_view(
    problems: Sequence[Problem], rules: Sequence[tuple[str, str]], query: Mapping[str, Any], dataset: Dataset | None
) -> View:
    """A row a problem.

    Args:
        problems: what was found.
        rules: id and demand of every rule.
        query: the question as understood.
        dataset: what was looked at; `None`: it cannot be read.
    """
    counts = dataset.counts() if dataset else {}
    broken = [problem.rule for problem in problems]
    known = [{"rule": rule, "what": what, "problems": broken.count(rule)} for rule, what in rules]
    return View(
        command="check",
        query=query,
        dataset=dataset.meta() if dataset else {},
        fields=FIELDS,
        rows=records_of(FIELDS, problems),
        summary={
            "sound": not problems,
            "problems": len(problems),
            **{key: counts.get(key, 0) for key in COUNTED},
            "rules": known,
        },
        summary_fields=SUMMARY,
        laid_out=lambda: Layout(
            headline=(_headline(problems, rules, counts),), table=_table(problems, str(query.get("data", "")))
        ),
        empty="nothing is wrong",
    )


def _headline(problems: Sequence[Problem], rules: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> Sentence:
    if not counts:
        return ("Nothing could be checked: ", *_many(problems), ".")
    found: list[Sentence] = [
        (Value(counts[key], Kind.COUNT), f" {words}") for key, words in COUNTED.items() if counts[key]
    ]
    *parts, last = found or [("Nothing",)]
    looked = (*joined(parts, ", "), " and ", *last) if parts else last
    verdict: Sentence = ("sound.",) if not problems else (*_many(problems), ".")
    return (*looked, f" held against {len(rules)} rules: ", *verdict)


def _many(problems: Sequence[Problem]) -> Sentence:
    return (Value(len(problems), Kind.COUNT), " ", plural(len(problems), "problem"))


def _table(problems: Sequence[Problem], asked: str) -> Table:
    """A row a problem; with its file where that is not the one that was asked about, or one of several."""
    several = any(problem.file != asked for problem in problems)
    columns = (
        *((Column("File", Kind.NAME, "file"),) if several else ()),
        Column("Place", Kind.TEXT, lambda problem: problem.place or problem.file),
        Column("Rule", Kind.TEXT, "rule"),
        Column("Value", Kind.TEXT, "value"),
        Column("Expected", Kind.TEXT, "expected"),
    )
    return table_of(columns, problems)
