"""JSON and JSON Lines: every figure in full, unknown is null, names as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from emvote.render import records

if TYPE_CHECKING:
    from emvote.render import Options
    from emvote.views.view import Explanation, View

SCHEMA_VERSION: Final = 1
"""Rises when a field loses its name or its meaning; never for a new field."""

ACTIVE: Final = "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
"""Characters that JSON allows as they are but a terminal may obey or hide; inside a string `\\u…` is the same text."""


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
        answer["explain"] = [_working(explanation) for explanation in view.explanations]
    return answer


def _working(explanation: Explanation) -> dict[str, Any]:
    return {
        "name": explanation.name,
        "formula": explanation.formula,
        "inputs": [{"name": name, "value": value.value} for name, value in explanation.inputs],
        "result": explanation.result.value,
        "rule": explanation.rule or None,
    }


def _dump(value: Any, indent: int = 0) -> str:
    packed = msgspec.json.encode(value, enc_hook=_plain)
    text = (msgspec.json.format(packed, indent=indent) if indent else packed).decode()
    return text if text.isascii() else _disarmed(text)


def _disarmed(text: str) -> str:
    import re  # here, so that an answer in ASCII does not wait for the pattern

    return re.sub(ACTIVE, lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: Any) -> Any:
    """What msgspec does not know: read-only mappings."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a view holds {value!r}, which is no JSON value")
