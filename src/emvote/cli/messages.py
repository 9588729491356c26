"""Errors as messages: what was given, expected, and what to type."""

from __future__ import annotations

import traceback
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import typer

from emvote.cli.exit_codes import ExitCode
from emvote.errors import BadData
from emvote.render.text import literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "--year": ("--election",),
    "--date": ("--election",),
    "--region": ("--county",),
    "--top": ("--limit",),
    "--number": ("--limit",),
    "--order": ("--sort",),
    "--order-by": ("--sort",),
    "--sort-by": ("--sort",),
    "--reverse": ("--desc",),
    "--descending": ("--desc",),
    "--fields": ("--columns",),
    "--file": ("--output",),
    "--out": ("--output",),
    "--colour": ("--color",),
    "--runner-up": ("--second",),
    "--won-by": ("--winner",),
    "--gain": ("--gained-by", "--gained-control"),
    "--lost": ("--lost-by", "--lost-control"),
    "--closest": ("--sort majority",),
    "--markdown": ("--format markdown",),
    "--html": ("--format html",),
    "--table": ("--format table",),
    "--xlsx": ("--format xlsx",),
    "--council": ("emvote council NAME",),
    "--seat": ("emvote seat NAME",),
    "--constituency": ("emvote seat NAME",),
    "--ward": ("emvote wards COUNCIL --ward NAME",),
    "--mayor": ("emvote mayor NAME",),
    "--candidate": ("emvote candidate NAME",),
}
"""Options that there are not to what does the same; kept where the command has it."""


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
    near = [*(getattr(error, "suggestions", None) or getattr(error, "possibilities", None) or ())]
    meant = _meant(error)
    return meant or near


def _meant(error: Exception) -> list[str]:
    """What somebody means who types an option that there is not, by what other programs call it."""
    context = getattr(error, "ctx", None)
    there = {name for each in context.command.params for name in each.opts} if context else set()
    wanted = MEANT.get(getattr(error, "option_name", ""), ())
    return [each for each in wanted if each.partition(" ")[0] in there or not each.startswith("-")]


def _hint(error: Exception) -> str:
    """What to type next, unless the message says so itself."""
    near = _suggestions(error)
    if near and not any(name in str(error) for name in near):
        return f"; did you mean {' or '.join(near)}?"
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context and not near else ""


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
