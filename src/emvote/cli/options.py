"""The options that commands share, each declared once."""

import os
from collections.abc import Mapping
from enum import StrEnum
from inspect import Parameter, signature
from typing import Annotated, Any, Final

from msgspec import Struct

from emvote.cli.declare import Argument, Option
from emvote.errors import UsageProblem
from emvote.render import Format


def _words(metavar: str) -> Any:
    """A command's one name, with or without quotes; the metavar completes it."""
    return Argument(metavar=metavar, help="A name; its words need no quotes.", show_default=False)


SeatWords = Annotated[list[str] | None, _words("SEAT")]
CouncilWords = Annotated[list[str], _words("COUNCIL")]
MayorWords = Annotated[list[str] | None, _words("MAYOR")]
CouncilOrAll = Annotated[list[str] | None, _words("COUNCIL")]
"""A council, or where none is named the list of all."""
NameWords = Annotated[list[str], _words("NAME")]
"""A person's name. All four are put together by `join_words`."""


class Scope(StrEnum):
    """Of what a command's totals and lists are."""

    REGION = "region"
    """The dataset's region."""
    UK = "uk"
    """Every seat of the country: the shipped dataset of that name, unless `--data` names one of the country."""


ScopeOption = Annotated[
    Scope, Option("--scope", help="The dataset's region, or every seat of the country (the dataset uk).")
]
"""A command with a parameter `scope` of this type is given the dataset of that scope: see `emvote.cli.command`."""

BandsOption = Annotated[
    str | None,
    Option("--bands", metavar="PCTS", help="Other lower bounds of the bands of majorities than 2,5,10,20,50."),
]


ElectionWords = Annotated[
    list[str] | None,
    Argument(metavar="[ELECTION]", help="Year, local-2019, feb1974, 2019-notional, or its id.", show_default=False),
]
"""The election of a command that has no other words: see `emvote.cli.command`."""


def two_parties(given: tuple[str, str] | None) -> tuple[str, str] | None:
    """The two parties of `--between`, neither of them an option.

    Raises:
        UsageProblem: one of them is an option: a party was forgotten.
    """
    for party in given or ():
        if party.startswith("-"):
            raise UsageProblem(f"--between takes two parties (lab con), not '{party}'")
    return given


def join_words(words: list[str]) -> str:
    """The name that was typed as one or several words.

    >>> join_words(["derby", "north"])
    'derby north'
    """
    return " ".join(words)


class Listing(Struct, frozen=True):
    """Which rows and fields of a listing to show."""

    sort: str | None = None
    desc: bool = False
    limit: int | None = None
    columns: tuple[str, ...] = ()


class Color(StrEnum):
    """When an answer has colour."""

    AUTO = "auto"
    """On a terminal."""
    ALWAYS = "always"
    NEVER = "never"


class Request(Struct, frozen=True):
    """How the answer was asked for: everything but the question."""

    format: Format | None = None
    """As asked for; None: the table, or what the ending of `output` says."""
    output: str | None = None
    data: str | None = None
    overlay: str | None = None
    color: Color = Color.AUTO
    quiet: bool = False
    """Whether only the answer and errors are printed."""
    pager: bool = True
    """Whether an answer longer than the terminal may be shown page by page."""
    notes: bool = False
    sources: bool = False
    explain: bool = False
    long: bool = False
    excel: bool = False
    query: str | None = None
    """JMESPath over the answer in JSON."""
    listing: Listing = Listing()


def common(  # noqa: PLR0913 (one parameter an option)
    *,
    as_json: Annotated[bool, Option("--json", help="Answer in JSON.")] = False,
    as_csv: Annotated[bool, Option("--csv", help="Answer in CSV.")] = False,
    sentence: Annotated[bool, Option("--sentence", help="Answer in one sentence that can be printed.")] = False,
    format: Annotated[  # noqa: A002 (as the option is called)
        Format | None, Option("--format", help="Answer in this format.  [default: table]", show_default=False)
    ] = None,
    output: Annotated[
        str | None,
        Option("--output", "-o", metavar="FILE", help="Write the answer to FILE; its ending chooses the format."),
    ] = None,
    data: Annotated[
        str | None,
        Option("--data", metavar="PATH", envvar="EMVOTE_DATA", help="Dataset: a file, a folder, or a shipped name."),
    ] = None,
    overlay: Annotated[
        str | None,
        Option("--overlay", metavar="FILE", help="Lay this file over the dataset: a correction, a result."),
    ] = None,
    color: Annotated[
        Color | None,
        Option("--color", help="Colour: on a terminal, always or never (also FORCE_COLOR, NO_COLOR).  [default: auto]"),
    ] = None,
    no_color: Annotated[bool, Option("--no-color", help="The same as --color never.")] = False,
    no_pager: Annotated[bool, Option("--no-pager", help="Print long answers at once (also EMVOTE_PAGER=).")] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Only the answer, without notes; and errors.")] = False,
    notes: Annotated[bool, Option("--notes", help="All notes on the figures, not the first three.")] = False,
    sources: Annotated[bool, Option("--sources", help="Cite the sources under the answer.")] = False,
    explain: Annotated[bool, Option("--explain", help="Show the formulas and the numbers put in.")] = False,
    query: Annotated[
        str | None,
        Option("--query", metavar="EXPR", help="Only what this JMESPath takes from the JSON: rows[0].winner."),
    ] = None,
    long: Annotated[bool, Option("--long", help="A line for each candidate, or each party.")] = False,
    excel: Annotated[bool, Option("--excel", help="CSV or TSV that spreadsheets open safely.")] = False,
) -> Request:
    """What every command is asked besides its question.

    Raises:
        UsageProblem: two formats were asked for, or a file without a name.
    """
    for option, given in (("--output", output), ("--data", data), ("--overlay", overlay)):
        require_named(option, given)
    return Request(
        format=_one_format({Format.JSON: as_json, Format.CSV: as_csv, Format.SENTENCE: sentence}, format),
        output=output,
        data=data,
        overlay=overlay,
        color=_color(color, no_color=no_color),
        quiet=quiet,
        pager=not no_pager,
        notes=notes,
        sources=sources,
        explain=explain,
        long=long,
        excel=excel,
        query=query,
    )


def _color(color: Color | None, *, no_color: bool) -> Color:
    """When to colour, as asked for, else as the environment says.

    Raises:
        UsageProblem: `--no-color` goes with another.
    """
    if no_color and color not in (None, Color.NEVER):
        raise UsageProblem(f"--no-color and --color {color} contradict each other: choose one")
    if no_color or color:
        return color or Color.NEVER
    if os.environ.get("NO_COLOR"):
        return Color.NEVER
    return Color.ALWAYS if os.environ.get("FORCE_COLOR") else Color.AUTO


def require_named(what: str, given: str | None) -> None:
    """Refuse an empty file name, which an unset shell variable leaves.

    It would stand for the shipped dataset, and that answer, or find sound, in place of the file that was meant.

    Raises:
        UsageProblem: it is empty; `None` is one that was not given.
    """
    if given == "":
        raise UsageProblem(f"{what} takes the name of a file, got ''")


def listing(
    *,
    sort: Annotated[
        str | None, Option("--sort", metavar="FIELD", help="Sort by a field, heading or party; several: a,b.")
    ] = None,
    desc: Annotated[bool, Option("--desc", help="The other way round.")] = False,
    limit: Annotated[int | None, Option("--limit", metavar="N", min=0, help="At most N rows.")] = None,
    columns: Annotated[
        str | None,
        Option(
            "--columns",
            metavar="FIELDS",
            help="Only these fields, headings or parties: a,b,c, and parts as in seats_net.con.",
        ),
    ] = None,
) -> Listing:
    """What every listing is asked besides."""
    return Listing(sort=sort, desc=desc, limit=limit, columns=_names(columns))


def _one_format(asked: Mapping[Format, bool], named: Format | None) -> Format | None:
    formats = {form for form, said in asked.items() if said} | ({named} if named else set())
    if len(formats) > 1:
        raise UsageProblem(f"several formats asked for ({', '.join(sorted(formats))}): choose one")
    return next(iter(formats), None)


def _names(columns: str | None) -> tuple[str, ...]:
    if columns is None:
        return ()
    names = tuple(name.strip() for name in columns.split(","))
    if not all(names):
        raise UsageProblem(f"--columns takes field names with commas between them, got {columns!r}")
    return names


COMMON: Final[tuple[Parameter, ...]] = tuple(signature(common).parameters.values())
LISTING: Final[tuple[Parameter, ...]] = tuple(signature(listing).parameters.values())
