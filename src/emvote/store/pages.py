"""Pages of the documentation that come with the program: what figures mean, and what to know about the data."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PAGES: Final = ("method", "data")
"""Names of the pages that a wheel carries."""


def page(name: str) -> str:
    """Return a page in Markdown.

    A wheel carries it inside the package; in a checkout and an editable installation it is in `docs/`.
    """
    package = Path(__file__).parent.parent
    within = package / "docs" / f"{name}.md"
    where = within if within.exists() else package.resolve().parent.parent / "docs" / f"{name}.md"
    return where.read_text(encoding="utf-8")
