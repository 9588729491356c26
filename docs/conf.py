"""The site: Sphinx reads the pages of this folder as they are. `python3 dev.py site` builds it into build/site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from emvote import __version__

sys.path.insert(0, str(Path(__file__).parents[1]))

project = "emvote"
author = "The emvote developers"
release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"emvote {release}"
html_static_path = ["pictures"]
html_copy_source = False
html_show_sphinx = False
myst_heading_anchors = 4
# links to files of the repository that are no pages of the site; tests/test_docs.py follows every link
# and an example of a dataset with lines left out is not quite TOML
suppress_warnings = ["myst.xref_missing", "myst.header", "misc.highlighting_failure"]


def setup(app: Any) -> None:
    """Complete the page of commands with those that nobody has written a section for yet."""

    def complete(_: Any, page: str, source: list[str]) -> None:
        if page == "commands":
            from tools.pages.commands import sections_of_others

            source[0] += sections_of_others()

    app.connect("source-read", complete)
