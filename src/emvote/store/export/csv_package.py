"""A dataset as a folder of CSV files, described by a Frictionless data package."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, Final, TextIO

from emvote.dataset import Dataset
from emvote.relations import RELATIONS, Relation, Type, header
from emvote.store.export.written import Written
from emvote.version import __version__

TYPES: Final = {
    Type.TEXT: "string",
    Type.INTEGER: "integer",
    Type.NUMBER: "number",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
}
LICENCES: Final = {"CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}


class _Lines:
    """Writes lines that end in a line feed alone.

    The writer puts quotation marks around what holds a character of its line ends: told of a line feed alone, it would
    leave a carriage return inside a text bare, which readers take for the end of a row.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, line: str) -> None:
        """One row."""
        self._stream.write(f"{line.removesuffix(chr(13) + chr(10))}\n")


def write(dataset: Dataset, path: Path) -> tuple[Written, ...]:
    """Write the folder anew."""
    path.mkdir()
    written = []
    for relation in RELATIONS:
        file = f"{relation.name}.csv"
        rows = 0
        with (path / file).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(_Lines(stream), lineterminator="\r\n")
            writer.writerow([column.name for column in relation.columns])
            for row in relation.rows(dataset):
                writer.writerow(map(_text, row))
                rows += 1
        written.append(Written(relation.name, rows, file))
    text = json.dumps(package(dataset), ensure_ascii=False, indent=2)
    (path / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")
    return tuple(written)


def package(dataset: Dataset) -> dict[str, Any]:
    """The description of the folder: Frictionless Tabular Data Package 1."""
    record = dataset.record
    licence: dict[str, str] = {"name": record.licence}
    if record.licence in LICENCES:
        licence["path"] = LICENCES[record.licence]
    else:
        licence["title"] = record.licence
    return {
        "profile": "tabular-data-package",
        "name": "emvote",
        "title": record.title,
        "version": record.version,
        "description": record.attribution,
        "licenses": [licence],
        "contributors": [{"title": f"emvote {__version__}", "role": "wrangler"}],
        "emvote": header(record),
        "resources": [_resource(relation) for relation in RELATIONS],
    }


def _resource(relation: Relation) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": relation.name,
        "path": f"{relation.name}.csv",
        "description": relation.doc,
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": column.name, "type": TYPES[column.type], "description": column.doc}
                for column in relation.columns
            ],
            "missingValues": [""],
            "primaryKey": list(relation.key),
            "foreignKeys": [
                {
                    "fields": list(reference.columns),
                    # the specification's way to name the resource itself
                    "reference": {
                        "resource": "" if reference.relation == relation.name else reference.relation,
                        "fields": list(reference.keys),
                    },
                }
                for reference in relation.references
            ],
        },
    }


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else value
