"""Names as people type them: forgiving about form, never guessing.

A name matches when it is the same after `normalise`; anything else is at most suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from emvote.errors import AmbiguousName, UnknownName

Thing = TypeVar("Thing")

UNSEEN = (
    "\x00-\x1f\x7f-\x9f"  # control characters of ASCII, and the C1 ones that some terminals obey
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that a terminal obeys, or that reorder, hide or pretend something, as the inside of a regular expression's
brackets: besides the control characters Unicode's `Default_Ignorable_Code_Point`, line separators and annotations."""
DROPPED = frozenset({"the", "council"})
"""Words that make no difference to a name; so does the phrase `city of`."""
MOST_SUGGESTIONS = 5
SHORTEST_PART = 4
"""Letters of a name that is suggested for containing what was typed."""
FEWEST_LETTERS = 3
"""Letters with which a word may begin to be suggested."""
LONGEST_NAME = 200
"""Signs of a name that is suggested, or for which one is: comparing two takes the square of their length."""
CLOSE_ENOUGH = 0.72
"""Least similarity (difflib's ratio) of a suggestion."""
IN_FULL = {
    "n": "north",
    "e": "east",
    "s": "south",
    "w": "west",
    "nth": "north",
    "sth": "south",
    "ne": "north-east",
    "nw": "north-west",
    "se": "south-east",
    "sw": "south-west",
    "derbys": "derbyshire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "staffs": "staffordshire",
    "bucks": "buckinghamshire",
    "beds": "bedfordshire",
    "cambs": "cambridgeshire",
    "yorks": "yorkshire",
}
"""Words as newspapers shorten them in the names of places. Alone, that of a county is its name; in longer names what
they stand for is suggested, never taken."""


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """The form in which names are compared: no case, accents, punctuation, `&`/`and`, `the`, `city of`, `council`.

    A name without any letter or digit is only itself: nothing else of it could tell it from another.

    >>> normalise("City of Lincoln Council"), normalise("Hinckley & Bosworth"), normalise("King's Lynn")
    ('lincoln', 'hinckley and bosworth', 'kings lynn')
    >>> normalise(normalise("The  Dérby-North")) == normalise("The  Dérby-North") == "derby north"
    True
    >>> normalise("★"), normalise(" ?  ! ")
    ('★', '? !')
    """
    given = name
    if not name.isascii():
        import re
        import unicodedata  # most names are

        name = re.sub(f"[{UNSEEN}]", " ", name)
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    folded = name.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("&", " and ")
    words = "".join(char if char.isalnum() else " " for char in folded).split()
    if not words and any(char.isprintable() and not char.isspace() for char in name):
        words = given.split()
    kept: list[str] = []
    for word in words:
        if word == "of" and kept[-1:] == ["city"]:
            kept.pop()
        elif word not in DROPPED:
            kept.append(word)
    return " ".join(kept or words)


def last_word(name: str) -> str:
    """The last word of a name in the form in which names are compared: a surname, by which people are found.

    >>> last_word("Rory O'Brien"), last_word("Lee Anderson"), last_word("Jean-Luc Café-Noir"), last_word("")
    ('obrien', 'anderson', 'noir', '')
    """
    word = name.rpartition(" ")[2]
    if word.isascii() and word.isalpha():  # nearly all are, and `normalise` takes ten times as long
        word = word.casefold()
        if word != "of" and word not in DROPPED:
            return word
    return normalise(name).rpartition(" ")[2]


def resolve(
    given: str,
    things: Iterable[Thing],
    *,
    kind: str,
    names: Callable[[Thing], Iterable[str]],
    shown: Callable[[Thing], str],
    hint: str = "",
) -> Thing:
    """The one thing that has the name.

    Args:
        given: the name as typed.
        things: where to look.
        kind: what they are, for messages: `seat`, `council`.
        names: every name that a thing answers to, ids too.
        shown: the name to print for it.
        hint: how to list them all, for the message.

    Raises:
        UnknownName: nothing has that name; near names are suggested.
        AmbiguousName: several have it, or only share its words.
    """
    everything = tuple(things)
    wanted = normalise(given)
    found = [thing for thing in everything if any(normalise(name) == wanted for name in names(thing))] if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ambiguous(given, kind, [shown(thing) for thing in found])
    words = set(wanted.split())
    sharing = [shown(thing) for thing in everything if words and words <= set(normalise(shown(thing)).split())]
    if len(set(sharing)) > 1:
        raise ambiguous(given, kind, sharing)
    near = suggestions(given, sharing or [shown(thing) for thing in everything])
    if not near:  # what else a thing is called may be near: a former name, an alias, and no code
        others = {name: shown(thing) for thing in everything for name in names(thing)}
        nearer = suggestions(given, (name for name in others if not any(char.isdigit() for char in name)))
        near = tuple(dict.fromkeys(others[name] for name in nearer))
    raise _unknown(given, kind, near, hint)


MOST_WORDS = 24
"""Words of several names that are put together without quotes: there are more ways than anybody can mean."""
MOST_WAYS = 50
"""Ways of putting words together that are kept: more than one is already no answer."""


def regrouped(words: Sequence[str], fits: Callable[[str], bool], *, least: int = 1) -> tuple[str, ...]:
    """Several names typed without quotes: `derby north lincoln` is `derby north` and `lincoln`.

    Words that each are a name stay as they are, and so they do where they can be put together in no way or in several:
    then it is for the caller to say what is wrong with them.

    Args:
        words: as typed.
        fits: whether a name leads to one thing.
        least: how many names there must be.

    >>> regrouped(["derby", "north", "lincoln"], {"derby north", "lincoln"}.__contains__)
    ('derby north', 'lincoln')
    """
    typed = tuple(words)
    if len(typed) < least or len(typed) > MOST_WORDS or all(fits(word) for word in typed):
        return typed
    ways = [way for way in _ways(typed, lru_cache(maxsize=None)(fits)) if len(way) >= least]
    return ways[0] if len(ways) == 1 else typed


def _ways(words: tuple[str, ...], fits: Callable[[str], bool]) -> list[tuple[str, ...]]:
    """Every way to put words together into names that fit."""
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(words) + 1):
        here = []
        for start in range(end):
            name = " ".join(words[start:end])
            if ways[start] and fits(name):
                here += [(*way, name) for way in ways[start]]
        ways.append(here[:MOST_WAYS])
    return ways[-1]


def ambiguous(given: str, kind: str, candidates: Iterable[str]) -> AmbiguousName:
    """The error for a name that several things share."""
    options = tuple(dict.fromkeys(candidates))
    listed = ", ".join(f"'{option}'" for option in options[:MOST_SUGGESTIONS])
    more = f" and {len(options) - MOST_SUGGESTIONS} more" if len(options) > MOST_SUGGESTIONS else ""
    return AmbiguousName(
        f"{kind} '{given}' is ambiguous: {listed}{more}; give one of these in full",
        kind=kind,
        given=given,
        suggestions=options[:MOST_SUGGESTIONS],
    )


def unknown(given: str, kind: str, known: Iterable[str], *, hint: str = "") -> UnknownName:
    """The error for a name that nothing has, with near names if there are any."""
    return _unknown(given, kind, suggestions(given, known), hint)


def _unknown(given: str, kind: str, near: tuple[str, ...], hint: str) -> UnknownName:
    text = f"no {kind} called '{given}'"
    if near:
        text += "; did you mean " + " or ".join(f"'{name}'" for name in near) + "?"
    if hint:
        text += f" ({hint})"
    return UnknownName(text, kind=kind, given=given, suggestions=near)


def suggestions(given: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to five known names that are near what was typed, nearest first.

    >>> suggestions("Broxstowe", ["Broxtowe", "Boston", "Amber Valley"])
    ('Broxtowe',)
    >>> suggestions("Lib", ["Liberal Democrats", "Labour"])
    ('Liberal Democrats',)
    >>> suggestions("NE Derbys", ["North East Derbyshire", "South Derbyshire"])
    ('North East Derbyshire',)
    """
    import difflib

    if len(given) > LONGEST_NAME:
        return ()
    by_form = {normalise(name): name for name in known if len(name) <= LONGEST_NAME}
    wanted = in_full(given)
    same = [name for form, name in by_form.items() if sorted(form.split()) == sorted(wanted.split())]
    if same:
        return tuple(same[:MOST_SUGGESTIONS])
    near = difflib.get_close_matches(wanted, by_form, n=MOST_SUGGESTIONS, cutoff=CLOSE_ENOUGH)
    long_enough = len(wanted) >= SHORTEST_PART
    containing = [
        form
        for form in by_form
        if form not in near and ((long_enough and wanted in form) or _begins_a_word(wanted, form))
    ]
    return tuple(by_form[form] for form in (*near, *containing)[:MOST_SUGGESTIONS])


def in_full(name: str) -> str:
    """A name in the form in which names are compared, with words that newspapers shorten in full.

    >>> in_full("N.W. Leics"), in_full("NE Derbys")
    ('north west leicestershire', 'north east derbyshire')
    """
    return normalise(" ".join(IN_FULL.get(word, word) for word in normalise(name).split()))


def with_short_forms(name: str) -> tuple[str, ...]:
    """A name, and of a county its short forms in use.

    >>> with_short_forms("Nottinghamshire"), with_short_forms("North East Derbyshire")
    (('Nottinghamshire', 'notts'), ('North East Derbyshire',))
    """
    same = name.casefold()
    return (name, *(short for short, full in IN_FULL.items() if full == same))


def _begins_a_word(part: str, form: str) -> bool:
    """Whether a few letters begin a word of a name: `lib` for the Liberal Democrats."""
    return len(part) >= FEWEST_LETTERS and any(word.startswith(part) for word in form.split())
