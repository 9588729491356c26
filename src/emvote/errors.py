"""What can go wrong, in the words of the field; the command line turns each into an exit code and a message.

Nothing here knows about the command line: an error carries the value that was given and what would have been right.
"""

from __future__ import annotations

from msgspec import Struct


class EmvoteError(Exception):
    """Anything that emvote tells its user in one message instead of a traceback."""


class UsageProblem(EmvoteError):
    """The question itself makes no sense: a field that does not exist, elections that cannot be compared."""


class NotDeclared(UsageProblem):
    """The question is about a result that has not been declared yet: later it has an answer."""


class NameProblem(EmvoteError):
    """A name does not lead to exactly one thing in the data.

    Attributes:
        kind: what was looked for: `seat`, `council`, `party`, `county`, `election`, `source`.
        given: the name as typed.
        suggestions: up to five names that would have worked, nearest first.
    """

    def __init__(self, message: str, *, kind: str, given: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.kind = kind
        self.given = given
        self.suggestions = suggestions


class UnknownName(NameProblem):
    """Nothing in the data has that name; near names are suggested, never used."""


class OtherKind(UnknownName, UsageProblem):
    """It is the name of something that the question is not about: a local election where parliamentary ones are meant.

    Whoever looks further for what the name may mean takes it for unknown; to the user it is wrong usage, as the data
    have it.
    """


class AmbiguousName(NameProblem):
    """Several things have that name, or share the part of it that was typed."""


class Problem(Struct, frozen=True):
    """One thing that is wrong with a dataset, with its place and its remedy."""

    file: str
    """The file as it was named, or `""` where the data came from memory."""
    place: str
    """Line and column (`line 3, column 10`) or key path (`contests[3].candidates[2].votes`)."""
    rule: str
    """Id of the rule that was broken; `docs/dataset.md` lists them."""
    value: str
    """The offending value as written, `""` where there is none."""
    expected: str
    """What would have been right, and how to write it."""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        got = f", got {self.value}" if self.value else ""
        return f"{where}: {self.expected}{got} [{self.rule}]"


class BadData(EmvoteError):
    """The dataset cannot be read or breaks its rules; every problem is in `problems`."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class CheckFailed(EmvoteError):
    """The answer was given, but a check that was asked for with `--strict` failed."""


class OutputProblem(EmvoteError):
    """The answer cannot be written where it was to go."""
