"""On which line of a TOML file a key stands: the parser that reads the values does not say.

It reads text that has been parsed already, so whatever is no TOML is somebody else's to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BASIC: Final = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL: Final = r"'[^'\n]*+'"
_STRING: Final = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    rf"|{_BASIC}|{_LITERAL}"
)
_KEY: Final = rf"[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL}"
_DOTTED: Final = rf"(?:{_KEY})(?:[ \t]*+\.[ \t]*+(?:{_KEY}))*+"
_HEADER: Final = re.compile(rf"(\[\[?)[ \t]*+({_DOTTED})[ \t]*+\]\]?", re.DOTALL)
_ASSIGNMENT: Final = re.compile(rf"({_DOTTED})[ \t]*+=", re.DOTALL)
_PART: Final = re.compile(_KEY, re.DOTALL)
_VALUE: Final = re.compile(
    rf"(?:{_STRING}|[^\"'#\[\]{{}}\n]++)++|#[^\n]*+|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<end>\n)|.", re.DOTALL
)
"""What is repeated is never given back: the state for that would take a hundred times the memory of a long text."""


def key_lines(text: str) -> dict[str, int]:
    r"""Key path to line, counted from 1, for every table and every key that starts a line.

    >>> key_lines('[a]\nb = 1\n[[c]]\n[[c]]\nd.e = [\n1]\n')
    {'a': 1, 'a.b': 2, 'c[0]': 3, 'c[1]': 4, 'c[1].d.e': 5}
    """
    found: dict[str, int] = {}
    line, counted = 1, 0
    for path, offset in _paths(text):
        line, counted = line + text.count("\n", counted, offset), offset
        found.setdefault(path, line)
    return found


def _paths(text: str) -> Iterator[tuple[str, int]]:
    elements: dict[str, int] = {}
    table, offset = "", 0
    while offset < len(text):
        if header := _HEADER.match(text, offset):
            table = _table(header[2], elements, element=header[1] == "[[")
            yield table, offset
            offset = header.end()
        elif assignment := _ASSIGNMENT.match(text, offset):
            yield ".".join((*([table] if table else []), *_parts(assignment[1]))), offset
            offset = _after_value(text, assignment.end())
        elif text[offset] == "#":
            offset = _after_value(text, offset)
        else:
            offset += 1


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _table(dotted: str, elements: dict[str, int], *, element: bool) -> str:
    """The path of a table's header; of an array of tables the element that is meant."""
    path = ""
    *_, last = parts = _parts(dotted)
    for number, part in enumerate(parts, start=1):
        path = f"{path}.{part}" if path else part
        if element and part is last and number == len(parts):
            elements[path] = elements.get(path, -1) + 1
        if path in elements:
            path = f"{path}[{elements[path]}]"
    return path


def _after_value(text: str, offset: int) -> int:
    """Where the line after a value begins: brackets and long strings may run over several."""
    depth = 0
    while offset < len(text) and (token := _VALUE.match(text, offset)):
        offset = token.end()
        depth += (token["open"] is not None) - (token["close"] is not None)
        if token["end"] and depth <= 0:
            break
    return offset
