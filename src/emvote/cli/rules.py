"""Every rule that `emvote check` knows, and which may be ignored."""

from __future__ import annotations

from emvote.errors import UsageProblem
from emvote.queries.check import RULES as LABEL_RULES
from emvote.store.rules import RULES, STRUCTURE

EVERY = (*STRUCTURE, *((rule.id, rule.what) for rule in RULES), *LABEL_RULES)
"""Id and demand of every rule."""


def without(ignored: list[str]) -> frozenset[str]:
    """The rules to leave out.

    Raises:
        UsageProblem: there is no such rule, or nothing can be checked without it.
    """
    optional = [rule for rule, _ in EVERY[len(STRUCTURE) :]]
    for rule in ignored:
        if rule not in optional:
            raise UsageProblem(f"--ignore takes a rule that can be left out, not '{rule}': {', '.join(optional)}")
    return frozenset(ignored)
