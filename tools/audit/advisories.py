"""PyPA's advisory-database in a folder, and a service on this machine that answers from it as OSV's does.

    python -m tools.audit.advisories FOLDER NAME==VERSION ...      the advisories of each, as JSON

Needs PyYAML and packaging, which pip-audit's own environment has.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

Advisories = Mapping[str, list[dict[str, Any]]]
"""Normalised name of a package to its advisories that concern the version asked about."""


def normal(name: str) -> str:
    """A package's name as registries compare it.

    >>> normal("tomli_W")
    'tomli-w'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def known(folder: Path, packages: list[str]) -> Advisories:
    """The advisories on each `name==version`."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in packages:
        name, _, version = each.partition("==")
        files = sorted((folder / "vulns" / normal(name)).glob("*.yaml"))
        found[normal(name)] = [advisory for path in files if concerns(advisory := _read(path), normal(name), version)]
    return found


def _read(path: Path) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped, unused-ignore]

    advisory: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    return advisory


def concerns(advisory: dict[str, Any], name: str, version: str) -> bool:
    """Whether a version is listed as affected, or lies in a range that is.

    >>> fixed = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.1.3"}]}
    >>> advisory = {"affected": [{"package": {"name": "Jinja2"}, "ranges": [fixed]}]}
    >>> [concerns(advisory, "jinja2", version) for version in ("3.1.2", "3.1.3", "3.1.10")]
    [True, False, False]
    """
    entries = [each for each in advisory.get("affected", ()) if normal(each["package"]["name"]) == name]
    return any(
        version in each.get("versions", ())
        or any(_within(version, span["events"]) for span in each.get("ranges", ()) if span["type"] == "ECOSYSTEM")
        for each in entries
    )


def _within(version: str, events: list[dict[str, str]]) -> bool:
    from packaging.version import Version

    inside = False
    for event in sorted(events, key=lambda event: Version(next(iter(event.values())))):
        ((kind, at),) = event.items()
        if kind == "introduced" and Version(version) >= Version(at):
            inside = True
        elif (kind == "fixed" and Version(version) >= Version(at)) or (
            kind == "last_affected" and Version(version) > Version(at)
        ):
            inside = False
    return inside


def served(advisories: Advisories) -> HTTPServer:
    """A server on a free port of this machine; a package that it was not told of is an error, not a clean answer."""

    class Answers(BaseHTTPRequestHandler):
        """Answers `{"package": {"name": ...}}`."""

        def do_POST(self) -> None:
            """Answer one question."""
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = normal(asked["package"]["name"])
            self.send_response(200 if name in advisories else 404)
            self.end_headers()
            found = advisories.get(name)
            self.wfile.write(json.dumps({"vulns": found} if found else {}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing of it."""

    return HTTPServer(("127.0.0.1", 0), Answers)


if __name__ == "__main__":
    print(json.dumps(known(Path(sys.argv[1]), sys.argv[2:])))
