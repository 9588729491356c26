"""JSON and JSON Lines: figures in full, null for unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from emvote.names import UNSEEN
from emvote.render import records
from emvote.views.values import PartyLabel

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.values import Value
    from emvote.views.view import View, Working

SCHEMA_VERSION: Final = 1
"""Rises when a field loses its name or its meaning; never for a new field."""

ACTIVE: Final = f"(?!\n)[{UNSEEN}]"
"""Characters that JSON may allow as they are but a terminal may obey or hide; in a string `\\u…` is the same text.

The line feeds are those between the lines of the answer: inside a string JSON has none."""

PRINTED: Final = bytes(range(0x20, 0x7F))
"""What ASCII prints; packed JSON has no other of its characters but DEL."""
QUIET: Final = frozenset([*map(chr, range(0xC0, 0x180)), *"£²·½Σ–‘’“”…−√≤≥"])
"""Latin letters and signs that answers are full of, none of them `ACTIVE`: a text with no more needs no closer look."""


def render_json(view: View, options: Options) -> str:
    """The whole answer as one indented object."""
    return _dump(envelope(view, options), indent=2) + "\n"


def render_jsonl(view: View, options: Options) -> str:
    """The rows alone, an object a line."""
    return "".join(f"{_dump(row)}\n" for row in records.nested(view, options.columns))


def envelope(view: View, options: Options) -> dict[str, Any]:
    """What every JSON answer looks like, in its order."""
    answer = {
        "schema_version": SCHEMA_VERSION,
        "command": view.command,
        "query": view.query,
        "dataset": view.dataset,
        "baseline": view.baseline,
        "rows": records.nested(view, options.columns),
        "summary": view.summary or {},
        "notes": view.notes,
        "sources": view.sources,
    }
    if options.explain:
        answer["explain"] = [_working(working) for working in view.workings]
    return answer


def _working(working: Working) -> dict[str, Any]:
    return {
        "name": working.name,
        "formula": working.formula,
        "inputs": [{"name": name, "value": bare(value)} for name, value in working.inputs],
        "result": bare(working.result),
        "rule": working.rule or None,
    }


def bare(value: Value) -> Any:
    """Return a value of a working as plain data, parties by id."""
    return value.value.id if isinstance(value.value, PartyLabel) else value.value


def _dump(value: Any, indent: int = 0) -> str:
    packed = msgspec.json.encode(value, enc_hook=_plain)
    text = (msgspec.json.format(packed, indent=indent) if indent else packed).decode()
    beyond = packed.translate(None, PRINTED).decode()
    return text if set(beyond) <= QUIET else _disarmed(text)


def _disarmed(text: str) -> str:
    import re  # here, so that an ordinary answer does not wait for the pattern

    return re.sub(ACTIVE, lambda match: _escape(match[0]), text)


def _escape(char: str) -> str:
    r"""A character as a JSON escape, or two beyond the first 65,536.

    >>> _escape("\u202e"), _escape("\U000e0041")
    ('\\u202e', '\\udb40\\udc41')
    """
    code = char.encode("utf-16-be").hex()
    return "".join(f"\\u{code[i : i + 4]}" for i in range(0, len(code), 4))


def _plain(value: Any) -> Any:
    """What msgspec does not know: read-only mappings."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a view holds {value!r}, which is no JSON value")
