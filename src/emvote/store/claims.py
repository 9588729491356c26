"""Claims files: from TOML to claims, or to every place where the file is wrong, with its line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from msgspec import structs

from emvote.claims import Claim, Claims, ClaimsFile, Wording, located
from emvote.errors import BadData, Problem
from emvote.store.bounds import limited
from emvote.store.files import MEGABYTE, not_shipped, read_bytes, shipped_folder
from emvote.store.lines import key_lines
from emvote.store.read import parse
from emvote.store.structure import fit

RULE: Final = "claims"
MOST_PLACES: Final = 10
LARGEST: Final = 4
"""Megabytes of a claims file: an article has some dozens of claims, and each is a question of its own."""


def shipped_claims() -> tuple[str, ...]:
    """Names of the claims files that come with emvote."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def read_claims(where: str) -> ClaimsFile:
    """A claims file at a path, or of a shipped name; with a slash or an ending it is always a path.

    Raises:
        BadData: it cannot be read, or is no claims file; every problem is listed, with its line.
    """
    content = read_bytes(_located(where), where)
    if len(content) > LARGEST * MEGABYTE:
        expected = f"expected at most {LARGEST} MB of claims: divide the file"
        raise BadData((Problem(where, "", "readable", "", expected),))
    data = parse(content, where)
    lines = key_lines(content.decode("utf-8-sig"))
    read, found = fit(data, Claims, where)
    problems = tuple(structs.replace(problem, place=located(problem.place, lines)) for problem in found)
    if read is None or problems:
        raise BadData(problems)
    article = read.article if read.article.id else replace(read.article, id=Path(where).stem)
    file = ClaimsFile(where, article, read.claims, lines)
    problems = limited(_broken(file))
    if problems:
        raise BadData(problems)
    return file


def _folder() -> Path:
    return shipped_folder() / "claims"


def _located(where: str) -> Path:
    path = Path(where)
    if "/" in where or "\\" in where or path.suffix:
        return path
    shipped = _folder() / f"{where}.toml"
    with suppress(OSError):  # a name may be too long to be looked up
        if shipped.exists():
            return shipped
    raise not_shipped(where, "claims file", shipped_claims())


def _broken(file: ClaimsFile) -> Iterator[Problem]:
    """What is wrong beyond the structure."""
    seen: set[str] = set()
    for index, claim in enumerate(file.claims):
        if claim.id in seen or not claim.id.strip():
            expected = "another claim has this id; each needs its own" if claim.id.strip() else "expected an id"
            yield Problem(file.file, file.place(index, "id"), RULE, repr(claim.id), expected)
        seen.add(claim.id)
        for key, value, expected in _misstated(claim):
            yield Problem(file.file, file.place(index, key), RULE, value, expected)


def _misstated(claim: Claim) -> Iterable[tuple[str, str, str]]:
    """Keys of a claim that do not go together: key, value, what was expected."""
    for key in ("subject", "claim"):
        if not getattr(claim, key).strip():
            yield key, "''", "expected a text"
    if claim.not_checkable:
        given = [key for key in ("query", "where", "take", "alternatives") if getattr(claim, key)]
        yield from ((key, "", "a claim that is not checkable has none: leave out one of the two") for key in given)
        return
    for key in ("query", "take"):
        if not getattr(claim, key).strip():
            yield key, "", "missing; a claim has query, take and stated, or says why it is not_checkable"
    yield from _misvalued(claim)
    for number, other in enumerate(claim.alternatives):
        if bool(other.options) == bool(other.query):
            yield f"alternatives[{number}]", "", "expected either options to add to the query, or another query"


def _misvalued(claim: Claim) -> Iterable[tuple[str, str, str]]:
    """What cannot be a value stated, and what does not go with it."""
    stated = claim.stated
    number = _is_number(stated)
    if stated is None:
        yield "stated", "", "missing; the value that the article states"
    elif not (number or isinstance(stated, (bool, str, date)) or _is_list(stated)):
        yield "stated", repr(stated)[:60], "expected a number, a text, true or false, a date, or a list of texts"
    if claim.wording is not Wording.EXACTLY and not number:
        yield "wording", repr(claim.wording.value), "only a number is stated in other words than 'exactly'"
    tolerance = claim.tolerance
    if tolerance is not None and not (math.isfinite(tolerance) and tolerance >= 0):
        yield "tolerance", str(tolerance), "expected a number that is not negative"
    elif tolerance is not None and not (number or isinstance(stated, list)):
        yield "tolerance", str(tolerance), "only a number or a list has a tolerance"
    if claim.places is not None and not (number and 0 <= claim.places <= MOST_PLACES):
        yield "places", str(claim.places), f"expected 0 to {MOST_PLACES}, beside a number"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
