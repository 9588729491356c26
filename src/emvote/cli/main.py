"""The program; here errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from emvote.cli import interrupts, streams
from emvote.cli.exit_codes import ExitCode, exit_code
from emvote.cli.folders import cache_folder, config_file
from emvote.cli.parser import for_typer
from emvote.cli.registry import OWN, command_names, function_of, grouped, require_command
from emvote.command_line import PROGRAM
from emvote.errors import OutputProblem, UsageProblem
from emvote.version import __version__

HELP: Final = """\
Elections in the East Midlands of England: who won, by how much, and on whose figures.

\b
Examples:
  emvote seat derby north              one constituency, latest result first
  emvote council ashfield              one council, year by year
  emvote results 2024                  who won the general election here
  emvote councils --lost-control       who lost a council on 2 May 2019
  emvote seats --sort majority         the closest seats
  emvote swing rushcliffe 2017 2019    Butler and Steed
  emvote compare 2017 2019             two elections, or places, side by side
  emvote seats --changed --csv -o seats.csv
"""
EPILOG: Final = """\
Every command takes --json, --csv, --format, -o FILE, --sources and --explain, before its name or after.
'emvote help COMMAND' says what else, 'emvote explain TERM' what a word means.

\b
Exit codes: 0 answered, 1 fault of emvote, 2 wrong usage, 3 unknown or
ambiguous name, 4 bad data, 5 a --strict check failed, 6 not written,
130 interrupted.

Guide: man emvote, or docs/start.md. Please report a wrong figure or a fault, as CONTRIBUTING.md says.
"""
SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class Command(TyperCommand):
    """One command."""

    def make_parser(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """The parser, which refuses a single-value option that is given again."""
        parser = super().make_parser(ctx)
        read = parser.parse_args

        def parse_args(args: list[str]) -> Any:
            parsed = read(args)
            *_, order = parsed  # a parameter as often as it was given
            if len(set(order)) < len(order) and not ctx.resilient_parsing:
                _stop_at_one_given_again(order)
            return parsed

        parser.parse_args = parse_args  # type: ignore[method-assign]
        return parser

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; they override defaults of the configuration."""
        rest = super().parse_args(ctx, args)
        if ctx.default_map:
            from emvote.cli.config import yielding

            ctx.params = yielding(ctx.params, lambda name: ctx.get_parameter_source(name).name == "DEFAULT_MAP")
        return rest

    def format_options(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """List its own options before those that it shares with others."""
        from emvote.cli.parser import sections

        for title, parameters in sections(self.get_params(ctx)).items():
            records = [record for each in parameters if (record := each.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """What it does, its options and examples."""
        return streams.writable(super().get_help(ctx))


class Commands(TyperGroup):
    """The commands, each imported only when it is asked for."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """What there is to ask."""
        return streams.writable(super().get_help(ctx))

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """Names of all commands."""
        return command_names()

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ARG002
        """The command of a name, imported now."""
        return load(cmd_name)

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: ARG002
        """The list of commands for `--help`, without importing any."""
        width = max(map(len, command_names()))
        for group, lines in grouped().items():
            with formatter.section(group.value):
                formatter.write_dl([(f"{name:{width}}", line) for name, line in lines.items()])


def _stop_at_one_given_again(order: Sequence[Any]) -> None:
    """Refuse a single-value option that is given again."""
    for parameter in order:
        times = order.count(parameter)
        if times > 1 and parameter.param_type_name == "option" and not (parameter.is_flag or parameter.multiple):
            raise UsageProblem(f"{' or '.join(parameter.opts)} is given once, not {times} times")


def load(name: str) -> Any:
    """Import one command and build its parser.

    Raises:
        UnknownCommand: there is none of that name.
    """
    require_command(name)
    single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    single.command(name, cls=Command)(for_typer(function_of(name)))
    return typer.main.get_command(single)


def build() -> Any:
    """The whole program, with no command loaded."""
    app = typer.Typer(
        cls=Commands,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )
    app.callback(invoke_without_command=True, help=HELP, epilog=EPILOG)(_start)
    return typer.main.get_command(app)


def _print_version(asked: bool) -> None:
    if not asked:
        return
    from emvote.render.text import literal
    from emvote.store import open_dataset

    meta = open_dataset(os.environ.get("EMVOTE_DATA") or None, snapshots=cache_folder()).meta()
    data = literal(f"data: {meta['title']}, version {meta['version']}, sha256 {meta['sha256']}")
    streams.write_stdout(f"{PROGRAM} {__version__}\n{data}\n")
    raise typer.Exit


def _start(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback prints)
        bool,
        typer.Option(
            "--version", "-V", callback=_print_version, is_eager=True, help="Show the program's and data's versions."
        ),
    ] = False,
) -> None:
    if ctx.invoked_subcommand is None:
        streams.write_stdout(f"{ctx.get_help()}\n")


def program(arguments: list[str]) -> int:
    """Answer; every error is raised."""
    if streams.is_closed() and not {"-h", "--help"}.isdisjoint(arguments):  # Typer would say nothing and be content
        raise OutputProblem("cannot write the help: standard output is closed")
    if arguments[:1] == ["help"] or (arguments[:1] and arguments[0].startswith("-") and arguments[0] not in OWN):
        from emvote.cli.leading import in_order

        arguments = in_order(arguments)
    if arguments and arguments[0] in command_names():  # to build the whole program as well would take 1 ms
        name, *words = arguments
        command = load(name)
        settings = {**SETTINGS, "default_map": _configured(name, command)}
        asked = command.main(words, prog_name=f"{PROGRAM} {name}", standalone_mode=False, **settings)
    else:
        asked = build().main(arguments, prog_name=PROGRAM, standalone_mode=False)
    # Typer returns what the command returned, its question, else the code of a typer.Exit or nothing
    return asked.deliver() if hasattr(asked, "deliver") else asked or ExitCode.ANSWERED


def _configured(name: str, command: Any) -> dict[str, Any] | None:
    """The user's defaults for a command; only the program reads them, not who asks a command from within."""
    if not config_file():
        return None
    from emvote.cli.config import defaults

    return defaults(name, command.params)


def run(arguments: list[str]) -> int:
    """Answer, or say what is wrong; the exit code."""
    try:
        return program(arguments)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except SystemExit:  # how Typer ends when the reader of its help has gone
        return ExitCode.ANSWERED
    except Exception as error:  # noqa: BLE001 (the boundary: what is no known error is told as a bug)
        return tell(_known(error), arguments)


def _known(error: Exception) -> Exception:
    """Turn a failed write of the help into OutputProblem."""
    if isinstance(error, OSError) and error.filename is None:
        streams.abandon_stdout()
        return OutputProblem(f"cannot write to standard output: {error.strerror}")
    return error


def tell(error: Exception, arguments: list[str]) -> ExitCode:
    """Print an error, as JSON if JSON was asked for; return its code."""
    from emvote.cli import messages

    # Typer's own errors are all about how the command was typed
    code = ExitCode.USAGE if isinstance(error, typer.TyperException) else exit_code(error)
    streams.to_stderr(
        messages.as_json(error, code) if messages.wants_json(arguments) else messages.as_text(error, code)
    )
    return code


def main() -> None:
    """Run the program on the arguments of the process, and end it."""
    interrupts.put_in_order()
    streams.leave(run(sys.argv[1:]))
