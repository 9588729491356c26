"""Conditions on what may not be known."""

from collections.abc import Iterable


def every(conditions: Iterable[bool | None]) -> bool | None:
    """Whether all conditions hold; one that does not settles it, else one that is not known leaves it unknown.

    >>> every([True, True]), every([True, None]), every([None, False])
    (True, None, False)
    """
    found = set(conditions)
    return False if False in found else None if None in found else True
