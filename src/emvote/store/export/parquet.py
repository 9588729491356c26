"""A dataset as a folder of Parquet files: what DuckDB, Spark or Trino query as it stands.

Results are divided by kind and year of their election (`contests/kind=general/year=2019/…`), so that a question about
one year reads that year only. Needs pyarrow: the optional extra `emvote[parquet]`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from emvote.dataset import Dataset
from emvote.errors import UsageProblem
from emvote.relations import RELATIONS, Relation, Type
from emvote.store.export.written import Written

if TYPE_CHECKING:
    import pyarrow as pa


def write(dataset: Dataset, path: Path) -> tuple[Written, ...]:
    """Write the folder anew.

    Raises:
        UsageProblem: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.dataset as parquet
        import pyarrow.parquet as single
    except ImportError:
        raise UsageProblem("Parquet needs pyarrow: pip install 'emvote[parquet]'") from None
    path.mkdir()
    written = []
    for relation in RELATIONS:
        table = _table(pa, dataset, relation)
        if not table.num_rows:  # divided by its elections it would have no file, and a query no columns
            (path / relation.name).mkdir()
            single.write_table(table, path / relation.name / "part-0.parquet")
            written.append(Written(relation.name, 0, relation.name))
            continue
        schema = pa.schema([table.schema.field(name) for name in relation.partition])
        parquet.write_dataset(
            table,
            path / relation.name,
            format="parquet",
            basename_template="part-{i}.parquet",
            partitioning=parquet.partitioning(schema, flavor="hive") if relation.partition else None,
        )
        written.append(Written(relation.name, table.num_rows, relation.name))
    return tuple(written)


def _table(pa: Any, dataset: Dataset, relation: Relation) -> pa.Table:
    types = {
        Type.TEXT: pa.string(),
        Type.INTEGER: pa.int64(),
        Type.NUMBER: pa.float64(),
        Type.BOOLEAN: pa.bool_(),
        Type.DATE: pa.date32(),
    }
    rows = list(relation.rows(dataset))
    columns = {
        column.name: pa.array([row[i] for row in rows], types[column.type]) for i, column in enumerate(relation.columns)
    }
    if relation.partition:
        elections = [dataset.elections[row[0]] for row in rows]
        columns["kind"] = pa.array([str(election.kind) for election in elections], pa.string())
        columns["year"] = pa.array([election.date.year for election in elections], pa.int32())
    return pa.table(columns)
