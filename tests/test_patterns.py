"""Every regular expression takes time in proportion to what it is put to, whatever that is; so do near names.

The patterns are found in the source. What each is put to is made from it: for everything in it that repeats, as much of
that as one likes, after whatever must stand before it, and before something that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import re
import string
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import emvote
from emvote.names import LONGEST_NAME, suggestions
from emvote.store.lines import key_lines

PACKAGE = Path(emvote.__file__).parent
FUNCTIONS = frozenset({"compile", "sub", "subn", "match", "search", "fullmatch", "split", "findall", "finditer"})
SHORT, LONG = 500, 8_000
"""Repeats: of 16 times as many, a pattern that is linear takes 16 times as long, and a square one 256 times."""
MOST = 50
NOISE = 0.01
"""Seconds of processor time that a busy machine adds to anything."""


def patterns() -> Iterator[tuple[str, tuple[re.Pattern[str], frozenset[str]]]]:
    """Every pattern of the source with its place, evaluated where it stands, and what is done with it."""
    sources = {file: file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob("*.py"))}
    everything = "\n".join(sources.values())
    for file, text in sources.items():
        tree = ast.parse(text)
        names = {node.value: ast.unparse(node.target) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in FUNCTIONS
            ):
                path = file.relative_to(PACKAGE).with_suffix("")
                module = importlib.import_module(".".join(("emvote", *path.parts)).removesuffix(".__init__"))
                known = {**vars(re), **vars(module), **brought(tree)}
                pattern = eval(compile(ast.Expression(node.args[0]), str(file), "eval"), known)  # noqa: S307 (our own)
                flags = [each for each in node.args[1:] if "re." in ast.unparse(each)]
                flag = eval(ast.unparse(flags[0]), {"re": re}) if flags else 0  # noqa: S307 (likewise)
                made = pattern if isinstance(pattern, re.Pattern) else re.compile(pattern, flag)
                name = names.get(node)
                used = set(re.findall(rf"\b{name}\.(\w+)\(", everything)) if name else {node.func.attr}
                used |= set(re.findall(rf"\bre\.(\w+)\({name}\b", everything)) if name else set()
                yield f"{path}:{node.lineno}", (made, frozenset(used))


def brought(tree: ast.Module) -> dict[str, Any]:
    """What functions import for themselves."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("emvote"):
            module = importlib.import_module(str(node.module))
            found.update({each.name: getattr(module, each.name, None) for each in node.names})
    return found


PATTERNS = dict(patterns())


def sample(items: Iterable[Any], groups: dict[int, Any]) -> str:
    """A text that matches a parsed pattern, as far as it needs no look around."""
    return "".join(_sample(kind, about, groups) for kind, about in items)


def _sample(kind: Any, about: Any, groups: dict[int, Any]) -> str:  # noqa: PLR0911 (one a kind)
    match kind:
        case sre.LITERAL:
            return chr(about)
        case sre.NOT_LITERAL:
            return "a" if about != ord("a") else "b"
        case sre.ANY:
            return "a"
        case sre.IN:
            return _member(about)
        case sre.BRANCH:
            return sample(about[1][0], groups)
        case sre.SUBPATTERN:
            return sample(about[3], groups)
        case sre.ATOMIC_GROUP:
            return sample(about, groups)
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            return sample(about[2], groups) * int(about[0])
        case _:
            return ""


def _member(about: Any) -> str:
    """A sign of a set."""
    if about[0][0] is sre.NEGATE:
        found = re.compile(f"[{''.join(map(re.escape, _told(about[1:])))}]")
        return str(next(char for char in string.printable if not found.match(char)))
    return _told(about)[0]


def _told(about: Any) -> list[str]:
    found = []
    classes = {sre.CATEGORY_DIGIT: "0", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}
    classes |= {sre.CATEGORY_NOT_SPACE: "b", sre.CATEGORY_NOT_DIGIT: "c", sre.CATEGORY_NOT_WORD: "-"}
    for kind, value in about:
        if kind is sre.LITERAL:
            found.append(chr(value))
        elif kind is sre.RANGE:
            found.append(chr(value[0]))
        elif kind is sre.CATEGORY:
            found.append(classes[value])
    return found


def repeats(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What repeats without end in a parsed pattern: what stands before it, and one of it, in each of its branches."""
    for kind, about in items:
        for inner in _inside(kind, about):
            yield from repeats(inner, before)
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and about[1] > 100:
            yield before, sample(about[2], {})
            for inner_kind, inner in about[2]:
                if inner_kind is sre.SUBPATTERN and inner[3] and inner[3][0][0] is sre.BRANCH:
                    yield from ((before, sample(branch, {})) for branch in inner[3][0][1][1])
        before += _sample(kind, about, {})


def _inside(kind: Any, about: Any) -> Iterator[Any]:
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        yield about[2]
    elif kind is sre.SUBPATTERN:
        yield about[3]
    elif kind is sre.BRANCH:
        yield from about[1]
    elif kind in (sre.ASSERT, sre.ASSERT_NOT):
        yield about[1]
    elif kind is sre.ATOMIC_GROUP:
        yield about


def hostile(pattern: re.Pattern[str]) -> set[tuple[str, str, str]]:
    """What stands before, what repeats, and what comes after."""
    found = set(repeats(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)))
    found |= {
        ("", char) for char in (" ", "a", "0", "\\", "&", "<", "'", '"', "#", ".", "[", "a ", "0,000", ">  <", "a.")
    }
    return {(before, one, after) for before, one in found if one for after in ("", "\x00", "x", "\n", "!")}


AT_THE_START = frozenset({"match", "fullmatch"})
"""What looks for a pattern at one place of a text only."""


def seconds(pattern: re.Pattern[str], used: frozenset[str], text: str) -> float:
    """The least processor time that it takes to put a pattern to a text, as it is used."""
    least = 9e9
    for _ in range(3):
        began = time.thread_time()
        if used & AT_THE_START:
            pattern.match(text)
            pattern.fullmatch(text)
        if used - AT_THE_START:
            for _match in pattern.finditer(text):
                pass
        least = min(least, time.thread_time() - began)
        if least < NOISE / 10:
            break
    return least


def is_linear(pattern: re.Pattern[str], used: frozenset[str], short: int = SHORT, long: int = LONG) -> str:
    """Empty, or what takes the pattern too long."""
    for before, one, after in sorted(hostile(pattern)):
        few, many = before + one * short + after, before + one * long + after
        # what was slow once may have been disturbed; what is not linear is so each time
        if all(seconds(pattern, used, many) > MOST * seconds(pattern, used, few) + NOISE for _ in range(3)):
            return f"{before!r} {one!r}* {after!r}"
    return ""


def test_the_patterns_are_found() -> None:
    """All that the source has: a search that finds none would pass the test of each."""
    assert len(PATTERNS) > 20


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_is_linear(place: str) -> None:
    """In what a hostile file could put to it."""
    pattern, used = PATTERNS[place]
    assert used
    assert is_linear(pattern, used) == ""


@pytest.mark.parametrize(
    ("pattern", "used", "long"),
    [
        (r"(a+)+$", "match", 20),
        (r"(a|aa)+$", "match", 28),
        (r"^(\w+\s?)*$", "match", 20),
        (r"\d+\d+x", "match", LONG),
        (r" +x", "sub", LONG),
    ],
)
def test_a_pattern_that_is_not_linear_is_found_out(pattern: str, used: str, long: int) -> None:
    """Else the test above would prove nothing."""
    assert is_linear(re.compile(pattern), frozenset({used}), long // 16, long)


def test_near_names_are_looked_for_in_bounded_time() -> None:
    """Among thousands of names of any length, for one of any length; what is too long for a name is near none."""
    letters = [chr(0x4E00 + i) for i in range(120)]
    known = ["".join(letters[(i * j) % 120] for j in range(10_000)) for i in range(1, 400)]
    began = time.process_time()
    assert suggestions(known[0][:-1], known) == ()
    assert suggestions("x" * 100_000, known) == ()
    assert suggestions(known[0][: LONGEST_NAME - 1], [each[:LONGEST_NAME] for each in known]) != ()
    assert time.process_time() - began < 5


def test_the_lines_of_a_long_text_are_found_without_its_weight_in_memory() -> None:
    """Ten million signs in one string, in escapes, and in a list: none of them is remembered one by one."""
    import tracemalloc

    for value in ('"' + "x" * 3_000_000 + '"', '"' + r"\\" * 1_000_000 + '"', "[" + '"a",' * 700_000 + "]"):
        text = f"a = {value}\nb = 1\n"
        tracemalloc.start()
        began = time.process_time()
        assert key_lines(text) == {"a": 1, "b": 2}
        assert time.process_time() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
        tracemalloc.stop()
