"""Claims on pages: keys of the file, findings in shipped articles."""

from __future__ import annotations

import json
from typing import Any

from tools.pages.dataset import sentence
from tools.pages.markdown import code, grid
from tools.pages.shell import answer

from emvote import claims
from emvote.schema import docs


def claim_keys(name: str) -> None:
    """Print the keys of a dataclass of `emvote.claims`, with the docstrings under them."""
    rows = [(code(key), sentence(doc)) for key, doc in docs(getattr(claims, name)).items()]
    print(grid(("key", "meaning"), rows))


def contradicted() -> None:
    """Print every wrong claim of the shipped articles, with the right figure."""
    rows = _claims("--verdict contradicted")
    cells = [(f"{row['subject']}: {row['claim']}", *_pair(row), code(row["command"])) for row in rows]
    print(grid(("the article says", "stated", "on record", "shown by"), cells))


def counts() -> None:
    """Print how many claims of each verdict the shipped articles have."""
    summary = _answered("")["summary"]
    heads = ("claims", "confirmed", "approximate", "contradicted", "not_checkable")
    rows = [
        (f"{article['publisher']}: {article['title']}", *(str(article[key]) for key in heads))
        for article in summary["articles"]
    ]
    print(grid(("article", *(head.replace("_", " ") for head in heads)), rows))


def _claims(options: str) -> list[dict[str, Any]]:
    return list(_answered(options)["rows"])


def _answered(options: str) -> Any:
    return json.loads(answer(f"emvote claims {options} --json", terminal=False).out)


def _pair(row: dict[str, Any]) -> tuple[str, str]:
    """The value stated and the one on record."""
    stated, computed = row["stated"], row["computed"]
    if not isinstance(stated, list):
        return _number(stated), _number(computed)
    only = [name for name in stated if name not in computed]
    missing = [name for name in computed if name not in stated]
    return (
        f"{len(stated)} names, among them {', '.join(only)}",
        f"{len(computed)} names, among them {', '.join(missing)}",
    )


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
