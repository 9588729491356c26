"""Errors as messages: what was given, expected, and what to type."""

from __future__ import annotations

import traceback
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

from emvote.cli.exit_codes import ExitCode
from emvote.errors import BadData
from emvote.render.text import literal

if TYPE_CHECKING:
    from collections.abc import Sequence


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for JSON, read without its parser.

    >>> wants_json(["seat", "Derby", "--format", "jsonl"]), wants_json(["seat", "--", "--json"])
    (True, False)
    """
    known = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    named = [value for option, value in pairwise(known) if option == "--format"]
    joined = [word.removeprefix("--format=") for word in known if word.startswith("--format=")]
    return "--json" in known or not {"json", "jsonl"}.isdisjoint([*named, *joined])


def as_text(error: Exception, code: ExitCode) -> str:
    """The message for people; a bug with its traceback."""
    if code is ExitCode.BUG:
        return f"{_trace(error)}emvote: this is a bug in emvote, please report it with the lines above\n"
    if isinstance(error, BadData) and len(error.problems) > 1:
        lines = [f"the data has {len(error.problems)} problems:", *(f"  {problem}" for problem in error.problems)]
    else:
        lines = [sentence(error)]
    return "emvote: " + "".join(f"{literal(line)}\n" for line in lines)


def as_json(error: Exception, code: ExitCode) -> str:
    """The message for programs, one object on a line."""
    import json

    message = _trace(error) if code is ExitCode.BUG else _message(error)
    return json.dumps({"error": {"code": code, "message": message, "suggestions": _suggestions(error)}}) + "\n"


def sentence(error: Exception) -> str:
    """The message for people on one line, with what to type next."""
    return _message(error) + _hint(error)


def _message(error: Exception) -> str:
    if not isinstance(error, typer.TyperException):
        return str(error)
    # where an option has near names Typer's message lists them; ours does so for all errors alike
    text = error.message if _suggestions(error) else error.format_message()
    words = " ".join(text.split()).removesuffix(".")
    return words[:1].lower() + words[1:]


def _suggestions(error: Exception) -> list[str]:
    return [*(getattr(error, "suggestions", None) or getattr(error, "possibilities", None) or ())]


def _hint(error: Exception) -> str:
    """What to type next, unless the message says so itself."""
    near = _suggestions(error)
    if near and not any(name in str(error) for name in near):
        return f"; did you mean {' or '.join(near)}?"
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context and not near else ""


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
