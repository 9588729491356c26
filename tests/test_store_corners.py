"""Corners of the store: each test holds a line whose change went unnoticed before (docs/reliability.md, Figures)."""

from __future__ import annotations

from pathlib import Path

import pytest

from emvote.errors import BadData, Problem
from emvote.store import open_dataset
from emvote.store.export import Target, target_of
from emvote.store.lines import key_lines


def test_keys_in_quotes_are_on_the_lines_where_they_stand() -> None:
    """Under their names without the quotes, whichever those are."""
    text = "'a' = 1\n[\"b c\"]\nd.'e f' = 2\n[['g']]\n\"h\" = 3\n"
    assert key_lines(text) == {"a": 1, "b c": 2, "b c.d.e f": 3, "g[0]": 4, "g[0].h": 5}


def test_a_file_that_is_too_large_has_no_place_and_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty texts, which is what scripts read where there is none."""
    monkeypatch.setenv("EMVOTE_MAX_MB", "1")
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(BadData) as error:
        open_dataset(str(file))
    expected = "expected at most 1 MB; EMVOTE_MAX_MB allows more"
    assert error.value.problems == (Problem(str(file), "", "readable", "", expected),)
    file.write_bytes(b"#" * (1024 * 1024))
    with pytest.raises(BadData, match="missing"):
        open_dataset(str(file))


@pytest.mark.parametrize("ending", ["sqlite", "sqlite3", "db", "DB", "SQLite3"])
def test_every_usual_ending_of_a_database_asks_for_one(ending: str) -> None:
    """In capitals too."""
    assert target_of(Path(f"results.{ending}")) is Target.SQLITE
