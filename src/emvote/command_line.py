"""Commands as they are printed: whoever pastes one into a shell runs that command and nothing else.

Names come from data and may hold anything. Every command in an answer, a note or a message is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from emvote.errors import UsageProblem

PROGRAM: Final = "emvote"
END_OF_OPTIONS: Final = "--"
CURLY: Final = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
"""Signs that become a plain `'` where the encoding of a stream lacks them."""


def question(command: str, *names: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    """The words that ask a command about some names; a name is never read as an option.

    >>> question("seat", "Derby North", options=["--explain"])
    ('seat', 'Derby North', '--explain')
    >>> question("council", "--help", options=["--data", "x.toml"])
    ('council', '--data', 'x.toml', '--', '--help')
    """
    if any(name.startswith("-") for name in names):
        return (command, *options, END_OF_OPTIONS, *names)
    return (command, *names, *options)


def with_options(words: Sequence[str], options: Sequence[str]) -> tuple[str, ...]:
    """The words of a command with further options, which never land among its names.

    >>> with_options(["seat", "--", "-x"], ["--data", "uk"]), with_options(["seats"], ["--csv"])
    (('seat', '--data', 'uk', '--', '-x'), ('seats', '--csv'))
    """
    end = words.index(END_OF_OPTIONS) if END_OF_OPTIONS in words else len(words)
    return (*words[:end], *options, *words[end:])


def printed(words: Iterable[str]) -> str:
    """A command as a reader can paste it into a shell, with the program's name.

    >>> print(printed(["seat", "Queen's Park", "$(x)"]))
    emvote seat 'Queen'"'"'s Park' '$(x)'
    """
    return f"{PROGRAM} {quoted(words)}"


def quoted(words: Iterable[str]) -> str:
    """Words in the quotes of a POSIX shell, which hold where curly quotes are written as plain ones too."""
    from shlex import join  # few answers print a command

    line = join(words)
    for sign in CURLY:  # never outside quotes: only plain letters stand there
        line = line.replace(sign, f"'\"{sign}\"'")
    return line


def words(line: str) -> list[str]:
    """The words of a command line, without the program's name.

    Raises:
        UsageProblem: a quote is not closed, or there are none.

    >>> words("emvote seat 'Derby North'"), words("councils --all")
    (['seat', 'Derby North'], ['councils', '--all'])
    """
    from shlex import split

    try:
        found = split(line)
    except ValueError as error:
        raise UsageProblem(f"not a command line: {str(error).lower()}") from None
    if found[:1] == [PROGRAM]:
        del found[0]
    if not found:
        raise UsageProblem("expected a command line, such as: councils --lost-control --party con")
    return found
