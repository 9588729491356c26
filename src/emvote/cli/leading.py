"""Words before the command: options that all commands share, and `help COMMAND`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from inspect import Parameter
from typing import Final

from emvote.cli.declare import Option
from emvote.cli.options import COMMON, LISTING
from emvote.cli.registry import OWN
from emvote.errors import UsageProblem

HELP: Final = "help"


def in_order(arguments: Sequence[str]) -> list[str]:
    """The words as the parser takes them: the command, then its options.

    >>> in_order(["--json", "-o", "x.json", "seat", "Derby North"])
    ['seat', '--json', '-o', 'x.json', 'Derby North']
    >>> in_order(["help", "seat"]), in_order(["help"]), in_order(["--version"])
    (['seat', '--help'], ['--help'], ['--version'])

    Raises:
        UsageProblem: options stand there, and no command.
    """
    if arguments[:1] == [HELP]:
        return [*arguments[1:2], "--help"]
    moved = shared_options(arguments)
    before, rest = list(arguments[:moved]), list(arguments[moved:])
    if not before:
        return rest
    if not rest:
        raise UsageProblem(f"{before[0]} goes with a command (see emvote --help)")
    if rest[0] in OWN:
        return rest
    return [rest[0], *before, *rest[1:]]


def shared_options(arguments: Sequence[str]) -> int:
    """Count the leading words that are shared options and their values."""
    takes = dict(_options())
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        name, equals, _ = arguments[at].partition("=")
        short = arguments[at][:2]
        if name in takes:
            at += 2 if takes[name] and not equals else 1
        elif not arguments[at].startswith("--") and takes.get(short):
            at += 1  # -oFILE
        else:
            break
    return at


def _options() -> Iterator[tuple[str, bool]]:
    """Shared options, and whether each takes a value."""
    for parameter in (*COMMON, *LISTING):
        for about in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(about, Option):
                yield from ((name, not _is_flag(parameter)) for name in about.names)


def _is_flag(parameter: Parameter) -> bool:
    return isinstance(parameter.default, bool)
