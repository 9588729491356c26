"""An article as `proof` reads it, and the claims file that it writes."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from emvote.errors import BadData, Problem, UsageProblem

if TYPE_CHECKING:
    from emvote.prose.proof import ProofAnswer

LARGEST: Final = 2_000_000
"""Bytes of an article: a long one has some thirty thousand."""
STREAM: Final = "-"


def read_article(name: str) -> str:
    """The text of a file, or of standard input for `-`.

    Raises:
        BadData: it cannot be read, is too large, or is no text.
    """
    from emvote.store.files import read_bytes

    if name == STREAM:
        content = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""
    else:
        content = read_bytes(Path(name), name)
    if len(content) > LARGEST:
        raise BadData((Problem(name, "", "readable", "", f"expected at most {LARGEST:,} bytes of text"),))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise BadData((Problem(name, place, "readable", "", "expected a text in UTF-8"),)) from None


def day_of(given: str | None) -> date | None:
    """The day that `--date` names.

    Raises:
        UsageProblem: it is none.
    """
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise UsageProblem(f"--date {given!r}: expected a day as 2019-05-04") from None


def write_claims(answer: ProofAnswer, article: str, given: str | None) -> None:
    """Write the statements that were read as a claims file, where one is named.

    Raises:
        UsageProblem: nothing was read, or the file is the article itself.
        OutputProblem: it cannot be written.
    """
    if given is None:
        return
    from emvote.claims import Article, Claims
    from emvote.cli.streams import write_file
    from emvote.store.write import dump_claims

    claims = tuple(each.claim for each in answer.proved if each.claim)
    if not claims:
        raise UsageProblem("--claims: nothing was read that a claims file could hold")
    title = "standard input" if article == STREAM else Path(article).name
    read = () if article == STREAM else (Path(article),)
    write_file(Path(given), dump_claims(Claims(article=Article(title=title), claims=claims)).encode(), read)
