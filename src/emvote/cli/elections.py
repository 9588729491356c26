"""Elections as the last words of a command: `seat derby north 2019`."""

from __future__ import annotations

import re
from typing import Final

from emvote.election_names import MONTHS, MONTHS_IN_FULL
from emvote.errors import UsageProblem

_KINDS: Final = ("ge", "notional", "local", "mayor", "parl", "pcc", *MONTHS)
_FORM: Final = rf"(?:(?:{'|'.join(_KINDS)})[-.a-z]*)?\d{{4}}(?:[-.][-.\w]+|notional)?"


def is_election(word: str) -> bool:
    """Return whether a word has the form of an election.

    >>> [is_election(word) for word in ("2019", "feb1974", "2019-notional", "local.2019-05-02", "mayor-leicester-2019")]
    [True, True, True, True, True]
    >>> [is_election(word) for word in ("derby", "E14000663", "derby-north.1950", "local", "19")]
    [False, False, False, False, False]
    """
    return not word.isalpha() and re.fullmatch(_FORM, word, re.IGNORECASE) is not None


def take_last(words: list[str], option: str | None, *, fewest: int = 0, name: str = "--election") -> str | None:
    """Take the election from the last words; else return the option's.

    Args:
        words: what was typed; the election is removed.
        option: the value of the option that says the same.
        fewest: words that must stay: a seat may be called like an election.
        name: the option, for the message.

    Raises:
        UsageProblem: both are given, and differ.
    """
    if len(words) <= fewest or not is_election(words[-1]):
        return option
    said = words.pop()
    if len(words) > fewest and said.isdecimal() and words[-1].casefold() in (*MONTHS, *MONTHS_IN_FULL):
        said = f"{words.pop()} {said}"
    return one_election(said, option, name=name)


def one_election(said: str, option: str | None, *, name: str = "--election") -> str:
    """Return the election typed as words; an option may repeat it.

    Raises:
        UsageProblem: the option says another.
    """
    if option is not None and option.strip().casefold() != said.casefold():
        raise UsageProblem(f"two elections: '{said}' as last word, and {name} {option}; give one")
    return said
