"""A whole dataset, as in its file.

Each class of rows is named through `emvote.model`, so that a question that reads one table defines the classes of that
table only.
"""

from __future__ import annotations

from typing import Any, Final

from emvote import model
from emvote.model.rows import Row, dataclass


@dataclass(frozen=True, kw_only=True)
class Record(Row):
    """A whole dataset, as in its file."""

    schema: int
    """Version of the format."""
    title: str
    """Name of the dataset, printed with every answer."""
    version: str
    """Version of the dataset, printed with every answer."""
    licence: str
    """Licence of the dataset."""
    attribution: str
    """What must be said when it is passed on."""
    region: str
    """The region whose councils and seats make its totals; anything else in the file is outside it."""
    default_local: model.ElectionId | None = None
    """Local election that `councils` answers for unless another is asked for."""
    sources: tuple[model.Source, ...] = ()
    parties: tuple[model.Party, ...] = ()
    """See [Party](#party); their order is that of columns in tables."""
    elections: tuple[model.Election, ...] = ()
    seats: tuple[model.Seat, ...] = ()
    contests: tuple[model.Contest, ...] = ()
    councils: tuple[model.Council, ...] = ()
    council_polls: tuple[model.CouncilPoll, ...] = ()
    mayoralties: tuple[model.Mayoralty, ...] = ()
    mayor_contests: tuple[model.MayorContest, ...] = ()
    hex_maps: tuple[model.HexMap, ...] = ()
    governments: tuple[model.Government, ...] = ()
    wards: tuple[model.WardContest, ...] = ()
    """Of a dataset in one file: kept in another beside it, `X.wards.toml`, and read only where they are asked for."""
    ward_councillors: tuple[model.WardCouncillors, ...] = ()
    """Of a dataset in one file: kept in another beside it, `X.people.toml`, and read only where they are asked for."""
    council_administrations: tuple[model.CouncilAdministration, ...] = ()
    """In the same file as the councillors."""


TABLES: Final = tuple(name for name in Record.__annotations__ if getattr(Record, name, None) == ())
"""Names of the tables of a record."""


def row_class(table: str) -> type[Any]:
    """The class of a table's rows; defines those of no other table."""
    name = Record.__annotations__[table].removeprefix("tuple[model.").removesuffix(", ...]")
    row: type[Any] = getattr(model, name)
    return row
