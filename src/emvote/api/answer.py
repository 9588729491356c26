"""An answer in Python: records, frames, text, with its notes and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from emvote.api.records import Record, records, title_of
from emvote.errors import UsageProblem
from emvote.render import Format, Options, render
from emvote.render.records import flatten, nested

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from emvote.render.records import Flat
    from emvote.views.view import View

Row = TypeVar("Row", bound=Record)


class Answer(Generic[Row]):
    """The answer to one question.

    Iterating yields its rows. Figures are in full: nothing is rounded but in texts for people (`print(answer)`,
    `to_markdown`, the table in a notebook). Unknown is `None`, in frames a missing value.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows as records, in the order of the answer; empty: nothing matches."""
        return records(self._view.fields, nested(self._view, ()), title_of(self.command))  # type: ignore[return-value]

    @property
    def command(self) -> str:
        """The command that gives the same answer."""
        return self._view.command

    @property
    def query(self) -> dict[str, Any]:
        """The question as understood, with ids in place of names."""
        return dict(self._view.query)

    @property
    def summary(self) -> dict[str, Any]:
        """Totals of the answer; empty where it has none."""
        return dict(self._view.summary or {})

    @property
    def baseline(self) -> dict[str, Any] | None:
        """What control and seats are compared with; `None`: nothing is compared."""
        return None if self._view.baseline is None else dict(self._view.baseline)

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know before a figure is used."""
        return self._view.notes

    @property
    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """Where the figures come from: id, title, publisher, licence, url."""
        return self._view.sources

    @property
    def dataset(self) -> dict[str, Any]:
        """Title, version and sha256 of the dataset."""
        return dict(self._view.dataset)

    def __len__(self) -> int:
        return len(self._view.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        number = len(self)
        return f"<emvote: {self.command}, {number} row{'' if number == 1 else 's'}>"

    def __str__(self) -> str:
        return self._text(Format.PLAIN).rstrip("\n")

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """Return the answer as plain data: what `--json` prints.

        Args:
            explain: add the formulas with the numbers put into them.
        """
        return msgspec.json.decode(self.to_json(explain=explain))  # type: ignore[no-any-return]

    def to_json(self, *, explain: bool = False) -> str:
        """Return what `--json` prints; `explain` adds the formulas with the numbers put into them."""
        return self._text(Format.JSON, explain=explain)

    def to_csv(self, *, long: bool = False) -> str:
        """Return what `--csv` prints; `long` gives a line for each element of a list, as candidates."""
        return self._text(Format.CSV, long=long)

    def to_markdown(self) -> str:
        """Return the answer as people see it, in Markdown."""
        return self._text(Format.MARKDOWN)

    def to_pandas(self, *, long: bool = False) -> pd.DataFrame:
        """Return the rows as a frame of pandas: flat, a column a figure, `seats_net.con`.

        Its `attrs` hold the question, the notes, the sources and the dataset.

        Args:
            long: a line for each element of a list, as candidates, which are left out otherwise.

        Raises:
            UsageProblem: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise _missing("pandas", "to_pandas") from None
        flat = self._flat(long=long)
        frame = pd.DataFrame(list(flat.rows), columns=_names(flat)).convert_dtypes()
        frame.attrs.update(self._about())
        return frame

    def to_polars(self, *, long: bool = False) -> pl.DataFrame:
        """Return the rows as a frame of polars; see `to_pandas`. Such a frame has no room for notes and sources.

        Raises:
            UsageProblem: polars is not installed.
        """
        try:
            import polars as pl
        except ImportError:
            raise _missing("polars", "to_polars") from None
        flat = self._flat(long=long)
        by_column = zip(*flat.rows, strict=True) if flat.rows else ((),) * len(flat.columns)
        return pl.DataFrame(
            {
                name: pl.Series(name, list(each), strict=False)
                for name, each in zip(_names(flat), by_column, strict=True)
            }
        )

    def _about(self) -> dict[str, Any]:
        return {
            "command": self.command,
            "query": self.query,
            "dataset": self.dataset,
            "notes": list(self.notes),
            "sources": [dict(source) for source in self.sources],
        }

    def _flat(self, *, long: bool) -> Flat:
        return flatten(self._view, long=long)

    def _repr_html_(self) -> str:
        """The answer as a table, for a notebook."""
        return self._text(Format.HTML)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _text(self, format: Format, *, explain: bool = False, long: bool = False) -> str:  # noqa: A002 (as everywhere)
        return render(self._view, Options(format=format, explain=explain, long=long))


def _names(flat: Flat) -> list[str]:
    return [".".join(column.path) for column in flat.columns]


def _missing(library: str, method: str) -> UsageProblem:
    return UsageProblem(f"{method} needs {library}: pip install 'emvote[{library}]'")
