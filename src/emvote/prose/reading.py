"""An article as statements: names and figures found, places and elections settled, every grammar tried."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from emvote.dataset import Dataset
from emvote.errors import NameProblem
from emvote.model import ElectionKind
from emvote.prose.figures import Figure, figures
from emvote.prose.kinds import councils, cycles, mayors, targets, votes, winners
from emvote.prose.names import Name, Names, general_elections
from emvote.prose.sentence import Grammar, Sentence, Setting, Statement
from emvote.prose.text import Span, Text, sentences

GRAMMARS: Final[Sequence[Grammar]] = (votes.find, mayors.find, targets.find, winners.find, councils.find, cycles.find)
_COUNCIL: Final = re.compile(r"\b(?:councils?|councillors?|district|unitary|borough|control|seats)\b", re.IGNORECASE)
_SEAT: Final = re.compile(r"\b(?:constituency|MP|majority|votes|candidate|seat|general election|parliament)\b")
_LOCAL_YEAR: Final = re.compile(r"\b(?:local elections?|[Mm]ay|council elections?)\b[^.;]{0,20}$")
_MAYOR: Final = re.compile(r"\b[Mm]ayor(?:al|alty|s)?\b")
_OFFICE: Final = re.compile(r"\b(?:mayoral election|elected mayor|Mayor of)\b")
_LOCAL: Final = re.compile(r"\b(?:local|council) elections?\b", re.IGNORECASE)
_MEMBER: Final = re.compile(r"\b(?:MPs?|constituency|majority|votes)\b")
MOST_KNOWN: Final = 200
"""People whose surnames are looked for: those named last."""


class Passage(Struct, frozen=True):
    """A sentence with what it states; figures that no statement took are left over."""

    sentence: Sentence
    statements: tuple[Statement, ...]
    left: tuple[Figure, ...]


class About(Struct, frozen=True):
    """What an article is about, as its reader says."""

    seat: str | None = None
    council: str | None = None
    local: str | None = None
    year: int | None = None
    day: date | None = None


def about(dataset: Dataset, given: str | None, day: date | None) -> About:
    """What `--about` names: a seat, a council or an election.

    Raises:
        NameProblem: it is none of them.
    """
    base = About(day=day, local=_latest_local(dataset, day))
    if given is None:
        return base
    try:
        election = dataset.find_election(given, frozenset(ElectionKind))
    except NameProblem:
        try:
            return replace(base, seat=dataset.find_seats(given)[0].name)
        except NameProblem:
            return replace(base, council=dataset.find_council(given).id)
    if election.kind is ElectionKind.LOCAL:
        return replace(base, local=election.id)
    return replace(base, year=election.date.year)


def _latest_local(dataset: Dataset, day: date | None) -> str | None:
    if day is None:
        return None
    found = [each for each in dataset.elections.values() if each.kind is ElectionKind.LOCAL and each.date <= day]
    return max(found, key=lambda each: each.date).id if found else None


def passages(dataset: Dataset, text: Text, topic: About) -> Iterator[Passage]:
    """Every sentence of an article with its statements, in order."""
    names = Names(dataset)
    generals = general_elections(dataset)
    locals_ = {each.date.year: each.id for each in dataset.elections.values() if each.kind is ElectionKind.LOCAL}
    year = topic.year if topic.year in generals else None
    setting = Setting(
        dataset=dataset,
        seat=topic.seat,
        council=topic.council,
        year=year,
        told=year is not None,
        local=topic.local,
        generals=generals,
        locals_=locals_,
        stood=names.seats,
    )
    councils_first = topic.local is not None and topic.year is None and topic.day is None
    known: dict[str, None] = {}
    paragraph, listing = -1, ""
    for span in sentences(text.plain):
        found = tuple(names.find(text.plain, span.start, span.end, tuple(known)[-MOST_KNOWN:]))
        if span.paragraph != paragraph:
            paragraph = span.paragraph
            setting = replace(setting, person=setting.person)
        sentence = _settled(text.plain, span, found, setting, councils_first=councils_first)
        listing = _listing(sentence, span, listing)
        yield _read(sentence, listing)
        known |= {each.person: None for each in found if each.person}
        setting = _after(sentence, setting)


def _settled(text: str, span: Span, names: tuple[Name, ...], setting: Setting, *, councils_first: bool) -> Sentence:
    """A sentence with its place: one that it names, else that of the text before it."""
    numbers = tuple(figures(text, span.start, span.end))
    words = text[span.start : span.end]
    as_council = (bool(_COUNCIL.search(words)) and not _SEAT.search(words)) or (
        councils_first and not _SEAT.search(words)
    )
    as_council = as_council or (bool(_LOCAL.search(words)) and not _MEMBER.search(words))
    settled, kept = [], setting
    for name in names:
        if name.kind == "place" and name.seat and name.council:
            settled.append(replace(name, seat=None) if as_council else replace(name, council=None))
        else:
            settled.append(name)
    places = [each for each in settled if each.kind == "place" and not _is_adjective(each, words, setting)]
    seats = list(dict.fromkeys(each.seat for each in places if each.seat))
    councils_ = list(dict.fromkeys(each.council for each in places if each.council))
    person = next((each.person for each in settled if each.person), setting.person)
    firm = len(seats) + len(councils_) <= 1
    if seats:
        kept = replace(kept, seat=seats[0] if len(seats) == 1 else None, council=None)
    elif councils_:
        kept = replace(kept, council=councils_[0] if len(councils_) == 1 else None, seat=None)
    elif person and setting.seat is None and len(setting.stood.get(person, ())) == 1:
        kept = replace(kept, seat=setting.stood[person][0])
    local = [each.year for each in numbers if each.year and _LOCAL_YEAR.search(text[span.start : each.start])]
    if local and local[0] in setting.locals_:
        kept = replace(kept, local=setting.locals_[local[0]])
    mayor = _mayoralty(setting.dataset, words, setting.mayor if not (seats or span.heading) else None)
    kept = replace(kept, person=person, mayor=mayor)
    return Sentence(text, span.start, span.end, tuple(settled), numbers, kept, firm)


def _is_adjective(name: Name, words: str, setting: Setting) -> bool:
    """Whether a county only says where a seat is: `the Nottinghamshire constituency`."""
    council = setting.dataset.councils.get(name.council or "")
    return bool(setting.seat and council and council.type == "county" and _SEAT.search(words))


def _mayoralty(dataset: Dataset, words: str, before: str | None) -> str | None:
    """The mayoralty that a sentence is about: one that it names, else the one before it goes on."""
    if not _MAYOR.search(words):
        return before if before != "?" else None
    for each in dataset.record.mayoralties:
        place = each.name.removeprefix("Mayor of ").removeprefix("the ")
        if place in words and _OFFICE.search(words):
            return place
    return before or "?"


def _after(sentence: Sentence, setting: Setting) -> Setting:
    """What the next sentence takes over."""
    kept = sentence.setting
    years = [each.year for each in sentence.figures if each.year in setting.generals]
    return replace(kept, year=years[-1] if years else kept.year, local=kept.local or setting.local)


def _listing(sentence: Sentence, span: Span, before: str) -> str:
    """The words that introduce a list, for each line of it."""
    if sentence.words.rstrip().endswith(":"):
        return sentence.words
    in_list = span.heading and sentence.names and not sentence.figures
    return before if in_list else ""


def _read(sentence: Sentence, listing: str) -> Passage:
    found: list[Statement] = []
    for grammar in GRAMMARS:
        for statement in grammar(sentence):
            if not any(each.start < statement.end and statement.start < each.end for each in found):
                found.append(statement)
    if listing and not found and listing != sentence.words:
        found = _item(sentence, listing)
    taken = {(each.start, each.end) for each in found}
    inside = [(each.start, each.end) for each in found]
    left = tuple(
        each
        for each in sentence.figures
        if (each.start, each.end) not in taken and not any(a <= each.start and each.end <= b for a, b in inside)
    )
    return Passage(sentence, tuple(sorted(found, key=lambda each: each.start)), left)


def _item(sentence: Sentence, listing: str) -> list[Statement]:
    """A line of a list, read with the words above the list."""
    dataset = sentence.setting.dataset
    names = []
    for name in sentence.names:
        given = sentence.text[name.start : name.end]
        try:
            names.append(replace(name, council=dataset.find_council(given).id, seat=None))
        except NameProblem:
            names.append(name)
    whole = f"{listing} {sentence.words}"
    shift = len(listing) + 1 - sentence.start
    moved = tuple(replace(each, start=each.start + shift, end=each.end + shift) for each in names)
    asked = Sentence(whole, 0, len(whole), moved, (), sentence.setting, firm=True)
    return [replace(each, start=each.start - shift, end=each.end - shift) for each in cycles.find(asked)]
