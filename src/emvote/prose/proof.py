"""An article held against the record: every statement that is understood, every number that is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from msgspec import Struct

from emvote.claims import Alternative, Article, Claim, ClaimsFile, Verdict
from emvote.dataset import Dataset
from emvote.errors import BadData, EmvoteError
from emvote.prose.reading import Passage, about, passages
from emvote.prose.sentence import Statement
from emvote.prose.text import Text, read
from emvote.queries.claims import Ask, Judged, Keep, Reply, claims

NOT_READ: Final = "not read"
"""Verdict on a number that was found and not understood."""
MOST_STATEMENTS: Final = 2_000
"""Statements that are put to the record; numbers after them are listed as not read."""


class Proved(Struct, frozen=True):
    """A statement, or a number, with what became of it."""

    n: int
    line: int
    start: int
    end: int
    sentence: str
    text: str
    kind: str
    subject: str | None = None
    election: str | None = None
    measure: str | None = None
    stated: Any = None
    computed: Any = None
    verdict: str = NOT_READ
    note: str | None = None
    command: str | None = None
    claim: Claim | None = None
    """The statement as one of a claims file; `None`: it was not read."""
    sources: tuple[Mapping[str, Any], ...] = ()


class ProofAnswer(Struct, frozen=True):
    """An article with its statements, in the order of the text."""

    text: Text
    proved: tuple[Proved, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing that was read is contradicted, or cannot be told."""
        wrong = (Verdict.CONTRADICTED.value, Verdict.NOT_CHECKABLE.value)
        return not any(each.verdict in wrong for each in self.proved)


def proof(dataset: Dataset, source: str, ask: Ask, *, topic: str | None = None, day: date | None = None) -> ProofAnswer:
    """Hold an article against the record.

    Raises:
        NameProblem: `topic` is no seat, council or election.
    """
    text = read(source)
    once = partial(_once, ask, {})
    found: list[Proved] = []
    asked = 0
    for passage in passages(dataset, text, about(dataset, topic, day)):
        for statement in passage.statements:
            asked += 1
            if asked <= MOST_STATEMENTS:
                found.append(_best(dataset, text, passage, statement, once))
        found.extend(_unread(text, passage))
    found.sort(key=lambda each: (each.start, each.end))
    return ProofAnswer(text, tuple(_numbered(found)))


def _numbered(found: list[Proved]) -> Iterator[Proved]:
    from msgspec.structs import replace

    for number, each in enumerate(found, 1):
        yield replace(each, n=number, claim=each.claim and _renamed(each.claim, number))


def _renamed(claim: Claim, number: int) -> Claim:
    from dataclasses import replace

    return replace(claim, id=f"statement-{number}")


def _once(ask: Ask, known: dict[str, Reply | EmvoteError], line: str) -> Reply:
    if line not in known:
        try:
            known[line] = ask(line)
        except EmvoteError as error:
            known[line] = error
    found = known[line]
    if isinstance(found, EmvoteError):
        raise found
    return found


def _unread(text: Text, passage: Passage) -> Iterator[Proved]:
    sentence = passage.sentence
    for figure in passage.left:
        year = figure.year is not None
        yield Proved(
            n=0,
            line=text.line(figure.start),
            start=text.place(figure.start),
            end=text.end(figure.end),
            sentence=_flat(sentence.words),
            text=figure.text,
            kind="year" if year else "number",
            stated=figure.value,
            note="a year, read with the words around it" if year else "what it counts was not understood",
        )


def _flat(words: str) -> str:
    return " ".join(words.split())


def _proved(dataset: Dataset, text: Text, passage: Passage, statement: Statement, ask: Ask) -> Proved:
    claim = _claim(statement)
    start, end = statement.start, statement.end
    base: dict[str, Any] = {
        "n": 0,
        "line": text.line(start),
        "start": text.place(start),
        "end": text.end(end),
        "sentence": _flat(passage.sentence.words),
        "text": _flat(text.plain[start:end]),
        "kind": statement.kind,
        "subject": statement.subject,
        "election": statement.election,
        "measure": statement.measure,
        "stated": statement.stated,
    }
    judged = _judged(dataset, claim, ask)
    if judged is None or judged.found is None:
        return Proved(**base, note="the record has no answer to what it seems to say")
    found = judged.found
    verdict, note, by = _verdict(statement, judged)
    if verdict == NOT_READ:
        return Proved(**base, note=note)
    told = next((other for alternative, other in judged.others if alternative is by), found)
    return Proved(
        **base,
        computed=found.computed,
        verdict=verdict,
        note=note,
        command=told.command if by in statement.definitions else found.command,
        claim=claim,
        sources=found.sources,
    )


def _best(dataset: Dataset, text: Text, passage: Passage, statement: Statement, ask: Ask) -> Proved:
    """The first reading that is right, else the first that is wrong in a way that can be told, else the first."""
    first = _proved(dataset, text, passage, statement, ask)
    if first.verdict == Verdict.CONFIRMED.value:
        return first
    others = [_proved(dataset, text, passage, other, ask) for other in statement.others]
    for wanted in (Verdict.CONFIRMED, Verdict.APPROXIMATE, Verdict.CONTRADICTED):
        for each in (first, *others):
            if each.verdict == wanted.value:
                return each
    return first


def _claim(statement: Statement) -> Claim:
    return Claim(
        id="statement",
        subject=statement.subject,
        claim=f"{statement.kind}: {statement.measure}",
        query=statement.query,
        where=statement.where,
        take=statement.take,
        stated=statement.stated,
        wording=statement.wording,
        tolerance=statement.tolerance,
        places=statement.places,
        alternatives=(*statement.definitions, *statement.confusions),
    )


def _judged(dataset: Dataset, claim: Claim, ask: Ask) -> Judged | None:
    """The verdict; other readings that have no answer are left out."""
    from dataclasses import replace

    readings: list[Alternative] = []
    for other in claim.alternatives:
        one = replace(claim, alternatives=(other,))
        if _tried(dataset, one, ask):
            readings.append(other)
    return _tried(dataset, replace(claim, alternatives=tuple(readings)), ask)


def _tried(dataset: Dataset, claim: Claim, ask: Ask) -> Judged | None:
    file = ClaimsFile("article", Article(title="article"), (claim,))
    try:
        return claims(dataset, [file], ask, Keep()).judged[0]
    except (BadData, EmvoteError):
        return None


def _verdict(statement: Statement, judged: Judged) -> tuple[str, str | None, Alternative | None]:  # noqa: PLR0911 (a return a case)
    """What became of a statement, why, and the reading that decided."""
    verdict = judged.verdict
    right = [other for other, found in judged.others if found.verdict is Verdict.CONFIRMED]
    if verdict is Verdict.NOT_CHECKABLE and not (judged.found and judged.found.waits):
        return NOT_READ, "the record does not know it of what it seems to be about", None
    if verdict in (Verdict.CONFIRMED, Verdict.NOT_CHECKABLE):
        return verdict.value, None, None
    for other in right:
        if other in statement.definitions:
            return Verdict.APPROXIMATE.value, f"right {other.means}", other
    if verdict is Verdict.APPROXIMATE:
        note = "the wards were redrawn: the net is an estimate" if statement.tolerance else None
        return verdict.value, note, None
    confused = next((other for other in right if other in statement.confusions), None)
    # right for another who is named in the sentence: it is likelier that the sentence was misread
    if confused and confused.means.startswith("right for"):
        return NOT_READ, f"{confused.means}, whom the sentence names as well", None
    if not statement.firm and not (confused and "not as" in confused.means):
        return NOT_READ, "it is not clear enough which place, person or election is meant", None
    return Verdict.CONTRADICTED.value, confused.means if confused else None, confused
