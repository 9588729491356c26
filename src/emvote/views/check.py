"""What is wrong with a dataset, for readers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emvote.errors import Problem
from emvote.views.common import plural
from emvote.views.view import Column, Field, Kind, Sentence, Table, Value, View

FIELDS = (
    Field("file", Kind.TEXT, "file as it was named"),
    Field("place", Kind.TEXT, "line and column, or key path (`contests[3].candidates[2].votes`)"),
    Field("rule", Kind.TEXT, "id of the rule that was broken"),
    Field("value", Kind.TEXT, "the offending value as written, empty where there is none"),
    Field("expected", Kind.TEXT, "what would have been right"),
)
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
    Field("rules", Kind.RECORDS, "every rule with its breaches", fields=RULE_FIELDS),
)


def check_view(
    problems: Sequence[Problem], rules: Sequence[tuple[str, str]], counts: Mapping[str, int], query: Mapping[str, Any]
) -> View:
    """A row a problem.

    Args:
        problems: what was found.
        rules: id and demand of every rule.
        counts: how many records were looked at: `contests`, `compositions`, `polls`; none where it cannot be read.
        query: the question as understood.
    """
    broken = [problem.rule for problem in problems]
    known = [{"rule": rule, "what": what, "problems": broken.count(rule)} for rule, what in rules]
    return View(
        command="check",
        query=query,
        fields=FIELDS,
        rows=tuple({field.key: getattr(problem, field.key) for field in FIELDS} for problem in problems),
        summary={
            "sound": not problems,
            "problems": len(problems),
            **{key: counts.get(key, 0) for key in ("contests", "compositions", "polls")},
            "rules": known,
        },
        summary_fields=SUMMARY,
        headline=(_headline(problems, rules, counts),),
        table=_table(problems),
        empty="nothing is wrong",
    )


def _headline(problems: Sequence[Problem], rules: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> Sentence:
    looked: list[str | Value] = []
    for words, number in (
        (" parliamentary results, ", counts.get("contests", 0)),
        (" compositions of councils and ", counts.get("compositions", 0)),
        (f" council polls held against {len(rules)} rules: ", counts.get("polls", 0)),
    ):
        looked += [Value(number, Kind.COUNT), words]
    if not counts:
        return ("Nothing could be checked: ", *_many(problems), ".")
    verdict: Sentence = ("sound.",) if not problems else (*_many(problems), ".")
    return (*looked, *verdict)


def _many(problems: Sequence[Problem]) -> Sentence:
    return (Value(len(problems), Kind.COUNT), " ", plural(len(problems), "problem"))


def _table(problems: Sequence[Problem]) -> Table:
    columns = (
        Column("Place", Kind.TEXT),
        Column("Rule", Kind.TEXT),
        Column("Value", Kind.TEXT),
        Column("Expected", Kind.TEXT),
    )
    rows = tuple((problem.place or problem.file, problem.rule, problem.value, problem.expected) for problem in problems)
    return Table(columns, rows)
