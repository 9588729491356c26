"""The man page, made from the commands."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from emvote import __version__
from emvote.cli.exit_codes import ExitCode
from emvote.cli.main import HELP, load
from emvote.cli.options import COMMON, LISTING
from emvote.cli.registry import command_names
from emvote.schema import docs
from emvote.store import open_dataset

SHARED: Final = [option.name for option in COMMON]
LISTED: Final = [option.name for option in LISTING]
DESCRIPTION: Final = (
    "emvote answers questions about elections from one dataset, offline, with the source and the working of every "
    "figure. Names need no quotes and are matched without regard to case, accents and punctuation; a near miss is "
    "suggested and never used."
)
ENVIRONMENT: Final = {
    "EMVOTE_DATA": "Dataset to use instead of the shipped one, as --data.",
    "EMVOTE_NO_CACHE": "Set to anything: keep no checked datasets in the user's cache folder.",
    "EMVOTE_PAGER, PAGER": "Shows answers longer than the terminal; less where neither is set. Empty or cat: none.",
    "NO_COLOR": "Set to anything: no colour.",
}
"""Variables that change what emvote does."""


def manual() -> str:
    """The page as text."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    about, *paragraphs = HELP.replace("\b\n", "").strip().split("\n\n")
    commands = {name: load(name) for name in command_names()}
    year, month, _ = open_dataset().record.version.split(".")
    yield '.\\" Made from the commands when the wheel is built.'
    yield f'.TH EMVOTE 1 "{year}-{int(month):02}-01" "emvote {__version__}" "User Commands"'
    yield ".ad l"  # a long list of choices has no spaces to widen
    yield from (".SH NAME", f"emvote \\- {_text(about[:1].lower() + about.partition(':')[0][1:])}")
    yield from (".SH SYNOPSIS", "\\fBemvote\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]")
    yield from ("", "\\fBemvote\\fR \\fICOMMAND\\fR \\fB\\-\\-help\\fR")
    yield from (".SH DESCRIPTION", *_filled(DESCRIPTION))
    yield ".SH COMMANDS"
    for name, command in commands.items():
        yield from _command(name, command)
    example = next(command for command in commands.values() if set(LISTED) <= {param.name for param in command.params})
    yield from (".SH OPTIONS OF EVERY COMMAND", *_options(option for option in example.params if option.name in SHARED))
    yield from (".SH OPTIONS OF LISTINGS", *_options(option for option in example.params if option.name in LISTED))
    yield ".SH EXIT STATUS"
    for code, meaning in _codes():
        yield from (".TP", f"\\fB{code}\\fR", *_filled(meaning))
    yield ".SH ENVIRONMENT"
    for name, meaning in ENVIRONMENT.items():
        yield from (".TP", f"\\fB{_text(name)}\\fR", *_filled(meaning))
    yield from (".SH EXAMPLES", *_paragraph(paragraphs[0].partition("\n")[2]))
    yield from (".SH SEE ALSO", "\\fBless\\fR(1), \\fBjq\\fR(1)")


def _command(name: str, command: Any) -> Iterator[str]:
    shared = {*SHARED, *LISTED}
    arguments = " ".join(
        f"\\fI{_text(_metavar(parameter))}\\fR" for parameter in command.params if _positional(parameter)
    )
    yield f'.SS "emvote {name}{" " if arguments else ""}{arguments}"'
    first, *rest = inspect.cleandoc(command.help or "").replace("\b\n", "").split("\n\n")
    yield from _filled(first)
    for paragraph in rest:
        yield from ("", *_paragraph(paragraph))
    own = [parameter for parameter in command.params if parameter.name not in shared and not _positional(parameter)]
    yield from _options(own)


def _positional(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _metavar(parameter: Any) -> str:
    choices = getattr(parameter.type, "choices", None) or ()
    return (
        parameter.metavar or "|".join(getattr(choice, "value", choice) for choice in choices) or parameter.name.upper()
    )


def _options(parameters: Iterable[Any]) -> Iterator[str]:
    for parameter in parameters:
        names = ", ".join(f"\\fB{_text(name)}\\fR" for name in sorted(parameter.opts, key=len))
        choices = _text(_metavar(parameter)).replace("|", "|\\:")  # where a line may end
        value = "" if getattr(parameter, "is_flag", False) else f" \\fI{choices}\\fR"
        yield from (".TP", f"{names}{value}", *_filled(parameter.help or ""))


def _paragraph(text: str) -> Iterator[str]:
    """A paragraph; one with indented lines keeps its lines."""
    if "\n " not in f"\n{text}":
        yield from _filled(text)
        return
    head, *lines = text.split("\n") if not text.startswith(" ") else ("", *text.split("\n"))
    if head:
        yield from (_text(head), ".PP")
    yield from (".RS 4", ".nf", *(_text(line.strip()) for line in lines), ".fi", ".RE")


def _codes() -> Iterator[tuple[int, str]]:
    """Yield every exit code with the text under it in the source."""
    for name, doc in docs(ExitCode).items():
        yield ExitCode[name].value, " ".join(doc.replace("`", "").split())


def _filled(words: str) -> Iterator[str]:
    """Running text in lines that can be read in the source as well."""
    lines = textwrap.wrap(_text(" ".join(words.split())), 78, break_long_words=False, break_on_hyphens=False)
    yield from (f"\\&{line}" if line.startswith(".") else line for line in lines)


def _text(words: str) -> str:
    r"""Escape words for roff, with hyphens that can be copied.

    >>> print(_text(".sh 'a-b' \\c"))
    \&.sh \(aqa\-b\(aq \ec
    """
    written = words.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    written = written.replace("^", "\\(ha").replace("~", "\\(ti")
    return f"\\&{written}" if written.startswith(".") else written
