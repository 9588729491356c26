"""The generated parts of README.md and docs/: what cog's code in those pages calls.

Everything prints; `python dev.py docs` writes the pages again, and `python dev.py check` fails where one is stale.
"""

from __future__ import annotations

from tools.pages.claims import claim_keys, contradicted, counts
from tools.pages.commands import command_list, new_command, reference
from tools.pages.data import coverage, decisions, flag_codes, flags, judgements, sources
from tools.pages.dataset import example, file, read, rules, shipped_datasets, table
from tools.pages.figures import bands, text
from tools.pages.shell import library, pipe, run, working
from tools.pages.terms import terms

__all__ = [
    "bands",
    "claim_keys",
    "command_list",
    "contradicted",
    "counts",
    "coverage",
    "decisions",
    "example",
    "file",
    "flag_codes",
    "flags",
    "judgements",
    "library",
    "new_command",
    "pipe",
    "read",
    "reference",
    "rules",
    "run",
    "shipped_datasets",
    "sources",
    "table",
    "terms",
    "text",
    "working",
]
