"""Candidates for the word at the cursor, as the shell scripts ask.

The words before the cursor are read by the parser of the command itself (`Situation`). What a parameter takes is said
by its metavar and nothing else: `--party PARTY` completes parties, so a new command gets completion by naming things as
the others do (`KINDS`). The answer is a line for the shell (`names` or `files`), then a candidate a line with its
meaning behind a tab. The scripts quote candidates and never evaluate them, and text that a terminal could obey is not
offered. Typer's own scripts are not used, because the one for zsh evaluates what the program prints.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from emvote.cli import streams
from emvote.cli.declare import Elections
from emvote.cli.registry import help_lines, module_of
from emvote.errors import EmvoteError

if TYPE_CHECKING:
    from emvote.dataset import Dataset
    from emvote.model import Election
    from emvote.views.columns import Field

Candidate = tuple[str, str]
"""What may be typed, and what it means."""
CURSOR: Final = "\ue000"
"""Marks the cursor in a line that is parsed: a character of private use, which nobody types."""
BEHIND: Final = "\ue001"
"""Stands for a word behind the cursor, likewise."""
FILES: Final = "files"
FILE_KINDS: Final = frozenset({"FILE", "DIR", "PATH", "OLD", "NEW", "DATASET"})
"""Words of metavars in whose place a file may stand."""
NAMES: Final = "names"
MOST: Final = 500
"""Candidates given to a shell; a list that long is not read but narrowed by typing on."""
MARKS: Final = ":=@,"
"""Characters between the parts of a value."""
PLACES: Final = ("seat:", "council:")
"""Prefixes of a name that a seat and a council share."""


class Situation:
    """The command line up to the cursor, read by the command's parser.

    A mark is typed at the cursor before the line is parsed: the value in which it ends up is the one to complete.
    """

    def __init__(self, command: str, words: Sequence[str], current: str) -> None:
        import typer

        from emvote.cli.main import load

        loaded: Any = load(command)
        self.command = command
        self.parameters: Sequence[Any] = loaded.params
        context = typer.Context(loaded, info_name=command, resilient_parsing=True)
        # an option with several values is complete with the words behind the cursor
        behind = [BEHIND] * max((parameter.nargs for parameter in self.parameters), default=0)
        self.values, surplus, given = loaded.make_parser(context).parse_args([*words, current + CURSOR, *behind])
        self.given = {parameter.name for parameter in given}
        """Names of the parameters on the line."""
        self.is_surplus = current + CURSOR in surplus
        """Whether no parameter takes the current word: there are enough arguments, and options are over."""
        self.parameter, self.index, self.current = self._at_cursor()
        """What the current word is a value of, which of its words, and the value so far; None: an option's name."""
        self.before = current.removesuffix(self.current) if self.parameter else ""
        """Start of the current word that is not part of the value: `--party=`."""

    def _at_cursor(self) -> tuple[Any, int, str]:
        for parameter in self.parameters:
            for index, word in enumerate(self._words(parameter)):
                if word.endswith(CURSOR):
                    return parameter, index, word.removesuffix(CURSOR)
        return None, 0, ""

    def _words(self, parameter: Any) -> Sequence[str]:
        """The words given for a parameter; if repeated, the last."""
        value = self.values.get(parameter.name)
        if parameter.multiple and value:
            value = value[-1]
        return [word for word in (value if isinstance(value, tuple) else [value]) if isinstance(word, str)]

    @cached_property
    def positional(self) -> list[str]:
        """The arguments before the cursor."""
        arguments = (parameter for parameter in self.parameters if parameter.param_type_name == "argument")
        words = (word for parameter in arguments for word in self._words(parameter))
        return list(takewhile(lambda word: word != BEHIND and not word.endswith(CURSOR), words))

    @property
    def name(self) -> str:
        """The words that were typed before this one, as one name."""
        return " ".join(self.positional)

    @property
    def elections(self) -> Elections:
        """Which elections the command can be asked about."""
        module = module_of(self.command)
        answers: Elections = getattr(import_module(f"emvote.cli.commands.{module}"), module).elections
        return answers

    @cached_property
    def fields(self) -> Sequence[str]:
        """The fields of the command's rows, nested ones as paths."""
        module = f"emvote.views.{module_of(self.command)}"
        return list(_paths(import_module(module).FIELDS)) if find_spec(module) else ()

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset that would answer."""
        return self.opened()

    def opened(self, *, wards: bool = False) -> Dataset:
        """The dataset, with ward results if wanted; a faulty overlay is ignored."""
        from emvote.cli.folders import cache_folder
        from emvote.store import open_dataset

        where = self.values.get("data") or os.environ.get("EMVOTE_DATA") or None
        overlay = self.values.get("overlay")
        if overlay:
            with suppress(EmvoteError):
                return open_dataset(where, snapshots=cache_folder(), wards=wards, overlay=overlay)
        return open_dataset(where, snapshots=cache_folder(), wards=wards)


def _paths(fields: Sequence[Field], before: str = "") -> Iterator[str]:
    from emvote.views.values import Kind

    for field in fields:
        yield f"{before}{field.key}"
        if field.kind is Kind.RECORD:  # the fields of a list are in no column
            yield from _paths(field.fields, f"{before}{field.key}.")


def answer(arguments: Sequence[str]) -> int:
    """Print the candidates; print nothing when anything goes wrong.

    Args:
        arguments: `words`, then the words after the program's name up to the cursor, the last of them the one that is
            being typed; or `bash`, the line up to the cursor, and the characters at which bash breaks words.
    """
    with suppress(Exception):
        directive, found = _asked(arguments)
        lines = [directive, *(f"{value}\t{what}" for value, what in _safe(found))]
        streams.write_stdout("".join(f"{line}\n" for line in lines), "utf-8")
    return 0


def _asked(arguments: Sequence[str]) -> tuple[str, Iterable[Candidate]]:
    if arguments[0] == "environment":  # a word a line, for a shell that passes quotes and empty words wrongly
        arguments = ["words", *os.environ["EMVOTE_COMPLETE_WORDS"].split("\n")]
    if arguments[0] == "bash":
        words, current, broken_off = _bash(arguments[1], arguments[2])
        directive, found = complete(words, current)
        return directive, ((value[broken_off:], what) for value, what in found)
    return complete(arguments[1:-1], arguments[-1])


def _bash(line: str, breaks: str) -> tuple[list[str], str, int]:
    r"""Words, current word, and how much of that bash leaves as it is because it breaks words at `=` and `:`.

    >>> _bash("emvote seat 'Derby N", "=:"), _bash(r"emvote seats --held-by=l", "=:")
    ((['seat'], 'Derby N', 0), (['seats'], '--held-by=l', 10))
    """
    import shlex

    lexer = shlex.shlex(line + CURSOR, posix=True)  # keeps a word open, so that a space at the end of the line counts
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:  # a quote is still open
        words.append(lexer.token)
    current = words[-1].partition(CURSOR)[0]
    kept = max((current.rfind(mark) + 1 for mark in ":=" if mark in breaks), default=0)
    return words[1:-1], current, kept


def complete(words: Sequence[str], current: str) -> tuple[str, list[Candidate]]:
    """Return whether files fit at the cursor, and the candidates.

    >>> complete(["councils", "--ty"], "x")[1], complete([], "sour")[1]
    ([], [('sources', 'The sources, and how many records cite each.')])
    """
    words = _from_command(words)
    if not words:
        if current.startswith("-"):
            return NAMES, _starting((*_START, *_shared()), current)
        return NAMES, _starting([*sorted(help_lines().items()), _HELP], current)
    if words[0] == _HELP[0]:
        return NAMES, [] if words[1:] else _starting(sorted(help_lines().items()), current)
    at = Situation(words[0], words[1:], current)
    if at.parameter is None:
        return NAMES, [] if at.is_surplus else _starting(_option_names(at), current)
    found = [(at.before + value, what) for value, what in _values(at, at.parameter)]
    return FILES if _takes_files(at.parameter) else NAMES, found


_HELP: Final = ("help", "How a command is used.")
_ANY: Final = "seats"
"""A command that has every shared option, for the values of one whose command is still to come."""
_START: Final = (("--help", "Show this message and exit."), ("--version", "Show the program's and data's versions."))


def _from_command(words: Sequence[str]) -> Sequence[str]:
    """The words from the command on; none before it is typed."""
    if not words or not words[0].startswith("-"):
        return words
    from emvote.cli.leading import shared_options

    number = shared_options(words)
    if number > len(words):  # the value of the last is being typed
        return [_ANY, *words]
    before, rest = words[:number], words[number:]
    return [rest[0], *before, *rest[1:]] if rest else []


def _shared() -> Iterator[Candidate]:
    """The options that may stand before the command."""
    from emvote.cli.declare import Option
    from emvote.cli.options import COMMON, LISTING

    for parameter in (*COMMON, *LISTING):
        for about in getattr(parameter.annotation, "__metadata__", ()):
            if isinstance(about, Option):
                yield about.names[0], about.help


def _option_names(at: Situation) -> Iterator[Candidate]:
    options = (option for option in at.parameters if option.param_type_name == "option" and not option.hidden)
    for option in options:
        if option.multiple or option.name not in at.given:
            names = sorted([*option.opts, *option.secondary_opts], key=len, reverse=True)
            yield from ((name, option.help or "") for name in names if name.startswith("--"))
    yield "--help", "Show this message and exit."


def _kinds(metavar: str | None, index: int) -> list[str]:
    """The kinds of one word of a metavar; the last repeats.

    >>> _kinds("PARTY|noc", 0), _kinds("[SEAT]...", 3)
    (['PARTY', 'noc'], ['SEAT'])
    """
    words = (metavar or "").translate({ord(sign): None for sign in "[].…"}).split()
    return words[min(index, len(words) - 1)].split("|") if words else []


def _takes_files(parameter: Any) -> bool:
    return not FILE_KINDS.isdisjoint(_kinds(parameter.metavar, 0))


def _values(at: Situation, parameter: Any) -> list[Candidate]:
    choices = getattr(parameter.type, "choices", None) or ()
    found = _starting(((getattr(choice, "value", choice), "") for choice in choices), at.current)
    for kind in _kinds(parameter.metavar, at.index):
        with suppress(EmvoteError):
            found += _of_kind(at, kind)
    return list(dict(found).items())[:MOST]


def _of_kind(at: Situation, kind: str) -> list[Candidate]:
    if kind in KINDS:
        return KINDS[kind](at)
    return _starting([(kind, "")], at.current) if kind.islower() else _part(at, kind)


def _part(at: Situation, kind: str) -> list[Candidate]:
    """Candidates for one part of a value: `lab` in `con:l`.

    The mark that follows stands behind it, so that nobody has to go back over a space.
    """
    pieces, marks = _pieces(kind)
    typed = at.current
    done = max(typed.rfind(mark) + 1 for mark in MARKS)
    begun = typed[:done].rpartition(",")[2] if "," in marks else typed[:done]
    index = sum(begun.count(mark) for mark in MARKS)
    if index >= len(pieces) or pieces[index] not in KINDS:
        return []
    after = marks[index] if index < len(marks) else ""
    at.current = typed[done:]
    try:
        return [(f"{typed[:done]}{value}{after}", what) for value, what in KINDS[pieces[index]](at)]
    finally:
        at.current = typed


def _pieces(kind: str) -> tuple[list[str], list[str]]:
    """Split a metavar into its kinds and the marks between.

    >>> _pieces("PARTY=N,")
    (['PARTY', 'N'], ['=', ','])
    """
    return kind.translate({ord(mark): " " for mark in MARKS}).split(), [sign for sign in kind if sign in MARKS]


def _safe(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Drop candidates that a terminal or shell would obey or hide."""
    for value, what in found:
        if value and _shown(value) == value == value.strip():
            yield value, _shown(what)


def _shown(text: str) -> str:
    """Replace characters that a terminal would obey or hide with spaces."""
    import re

    from emvote.names import UNSEEN

    return re.sub(f"[{UNSEEN}]", " ", "".join(char if char.isprintable() else " " for char in text))


def _folded(text: str) -> str:
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return text.casefold()


def _starting(found: Iterable[Candidate], current: str) -> list[Candidate]:
    """The candidates that begin as typed, ignoring case and accents."""
    wanted = _folded(current)
    return [(value, what) for value, what in found if _folded(value).startswith(wanted)]


# --- what the metavars mean ---------------------------------------------------------------------------------------


def _named(at: Situation, found: Iterable[Candidate]) -> list[Candidate]:
    """Names that begin as typed; after their first words, the rest."""
    names = [(value, what) for value, what in dict(found).items() if not value.startswith("-")]
    several = at.parameter is not None and "..." in at.parameter.metavar
    begun = f"{_folded(at.name)} " if at.positional and at.parameter and at.parameter.nargs < 0 else ""
    rest = [(value[len(begun) :], value) for value, _ in names if begun and _folded(value).startswith(begun)]
    whole = names if several or not begun else []
    return [*_starting(whole, at.current), *_starting(rest, at.current)]


def _seats(at: Situation) -> list[Candidate]:
    seats = at.dataset.record.seats
    found = _named(at, ((seat.name, " / ".join(seat.counties)) for seat in reversed(seats)))
    return sorted(found) or _named(at, ((seat.id, seat.name) for seat in seats))


def _councils(at: Situation) -> list[Candidate]:
    councils = at.dataset.record.councils
    found = _named(at, ((council.name, council.full_name) for council in councils))
    return sorted(found) or _named(at, ((council.id, council.name) for council in councils))


def _things(at: Situation) -> list[Candidate]:
    """Elections and places; for an option, parties.

    A name that a seat and a council share has its prefix.
    """
    if at.parameter and at.parameter.param_type_name == "option":
        return _parties(at)
    seats = {seat.name: "seat" for seat in at.dataset.record.seats}
    councils = {council.name: "council" for council in at.dataset.record.councils}
    shared = seats.keys() & councils.keys()
    alone = [(name, kind) for name, kind in (seats | councils).items() if name not in shared]
    told = [(f"{before}{name}", "") for before in PLACES for name in shared]
    found = _starting([*alone, *told], at.current) or _starting(
        [(name, "seat or council") for name in shared], at.current
    )
    return [*_elections(at), *sorted(found)]


def _parties(at: Situation) -> list[Candidate]:
    parties = at.dataset.record.parties
    found = _starting(((party.id, party.name) for party in parties), at.current)
    words = ((word, party.name) for party in parties for word in (party.name, party.abbreviation, *party.aliases))
    return found or _starting(words, at.current)


def _counties(at: Situation) -> list[Candidate]:
    record = at.dataset.record
    counties = {county for seat in record.seats for county in seat.counties} | {
        council.county for council in record.councils
    }
    return _starting(((county, "") for county in sorted(counties)), at.current)


def _elections(at: Situation) -> list[Candidate]:
    """The command's elections, latest first, in short form or by id."""
    from emvote.model import ElectionKind

    elections = sorted(_of_command(at), key=lambda election: election.date, reverse=True)
    years = [election.date.year for election in elections if election.kind is ElectionKind.GENERAL]

    def short(election: Election) -> str:
        year = election.date.year
        match election.kind:
            case ElectionKind.GENERAL:
                return f"{year}" if years.count(year) == 1 else f"{election.date:%b}{year}".lower()
            case ElectionKind.NOTIONAL:
                return f"{year}-notional"
            case ElectionKind.LOCAL:
                return f"{year}" if at.elections is Elections.LOCAL else f"local-{year}"
        return election.id

    shortest = _starting(((short(election), election.name) for election in elections), at.current)
    return shortest or _starting(((election.id, election.name) for election in elections), at.current)


def _of_command(at: Situation) -> Iterable[Election]:
    from emvote.dataset import LOCAL
    from emvote.model import ElectionKind

    dataset = at.dataset
    words = {parameter.metavar for parameter in at.parameters if parameter.param_type_name == "argument"}
    if "SEAT" in words:
        seats = (seat.id for seat in dataset.find_seats(at.name))
        return [
            dataset.elections[id_] for id_ in dict.fromkeys(contest.election for contest in dataset.contests_of(seats))
        ]
    if "MAYOR" in words:
        mayoralty = dataset.find_mayoralty(at.name)
        return [dataset.elections[contest.election] for contest in dataset.mayor_contests_of(mayoralty.id)]
    whole = frozenset({ElectionKind.GENERAL, ElectionKind.NOTIONAL})
    kinds = {Elections.GENERAL: whole, Elections.LOCAL: LOCAL, Elections.BOTH: whole | LOCAL}[at.elections]
    return [election for election in dataset.record.elections if election.kind in kinds]


def _mayors(at: Situation) -> list[Candidate]:
    mayors = at.dataset.record.mayoralties
    return _named(at, ((mayoralty.name.rpartition(" of ")[2], mayoralty.name) for mayoralty in mayors))


def _people(at: Situation) -> list[Candidate]:
    """Parliamentary candidates, once a letter is typed."""
    if not (at.current or at.positional):
        return []
    contests = at.dataset.record.contests
    return sorted(
        _named(at, ((person.name, "") for contest in contests for person in contest.candidates if person.name))
    )


def _wards(at: Situation) -> list[Candidate]:
    dataset = at.opened(wards=True)
    wards = dataset.wards_of(dataset.find_council(at.name).id)
    return _starting(((name, "") for name in sorted({ward.ward for ward in wards})), at.current)


def _sources(at: Situation) -> list[Candidate]:
    return _starting(((source.id, source.title) for source in at.dataset.record.sources), at.current)


def _shipped(at: Situation) -> list[Candidate]:
    from emvote.store.read import shipped_names

    return _starting(((name, "shipped dataset") for name in shipped_names()), at.current)


def _field(at: Situation) -> list[Candidate]:
    return _starting(((field, "") for field in at.fields), at.current)


def _field_list(at: Situation) -> list[Candidate]:
    """The last of several fields with commas between them."""
    done, comma, _ = at.current.rpartition(",")
    return _starting(((f"{done}{comma}{field}", "") for field in at.fields), at.current)


def _commands(at: Situation) -> list[Candidate]:
    return _starting(sorted(help_lines().items()), at.current)


def _terms(at: Situation) -> list[Candidate]:
    from emvote.views.terms import TERMS

    return _named(at, ((term.term, "") for term in TERMS))


def _prefixed(at: Situation) -> list[Candidate]:
    """Seats and councils with their prefixes, once a letter is typed."""
    record = at.dataset.record
    if not at.current:
        return []
    seats = ((f"seat:{name}", "") for name in sorted({seat.name for seat in record.seats}))
    return _starting(
        (*seats, *((f"council:{council.name}", council.full_name) for council in record.councils)), at.current
    )


def _bands(at: Situation) -> list[Candidate]:
    from emvote.measures import BANDS

    return _starting(((name, "") for name, _ in BANDS), at.current)


def _rules(at: Situation) -> list[Candidate]:
    from emvote.cli.rules import EVERY

    return _starting(EVERY, at.current)


KINDS: Final[Mapping[str, Callable[[Situation], list[Candidate]]]] = {
    "SEAT": _seats,
    "COUNCIL": _councils,
    "PARTY": _parties,
    "ELECTION": _elections,
    "COUNTY": _counties,
    "MAYOR": _mayors,
    "NAME": _people,
    "WARD": _wards,
    "ID": _sources,
    "FIELD": _field,
    "FIELDS": _field_list,
    "COMMAND": _commands,
    "RULE": _rules,
    "BAND": _bands,
    "TERM": _terms,
    "DATASET": _shipped,
    "council:NAME": _prefixed,
    "PATH": _shipped,
    "OLD": _shipped,
    "NEW": _shipped,
    "A": _things,
    "PLACE": _things,
    "B": _things,
}
"""A word of a metavar to what it completes."""
FREE: Final = frozenset(
    {"", "FILE", "DIR", "N", "N%", "PP", "ARTICLE", "TEXT", "SUBJECT", "POINTS", "PCTS", "AMOUNT", "FROM", "TO", "STEP"}
    | {"EXPR", "YEAR", "DATE"}
    | {"seat:NAME"}  # completed with "council:NAME", which stands beside it
)
"""Words of metavars that stand for numbers or text, and for files, which the shell itself completes."""
