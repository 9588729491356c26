"""The page of terms, made of what `emvote explain` says."""

from __future__ import annotations

import shlex

from tools.pages.markdown import code, grid

from emvote.views.terms import TERMS

HEADER = ("term", "meaning", "formula", "source", "example")


def terms() -> None:
    """Print every term."""
    rows = [
        (
            f"**{term.term}**" + (f" ({', '.join(term.also)})" if term.also else ""),
            term.definition,
            code(term.formula) if term.formula else "",
            term.source or "",
            code(shlex.join(["emvote", "explain", *term.term.split()])) if term.command else "",
        )
        for term in TERMS
    ]
    print(grid(HEADER, rows))
