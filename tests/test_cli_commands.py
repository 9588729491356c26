"""Every command at the command line, on the shipped dataset: what scripts may rely on."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest
from tests.examples import of_others
from tools.pages.commands import examples

from emvote.cli.registry import command_names, help_lines
from emvote.render import EVERYWHERE, Format

Emvote = Callable[..., CompletedProcess[str]]
Words = tuple[str, ...]

ENVELOPE = {
    "schema_version", "command", "query", "dataset", "baseline", "rows", "summary", "notes", "sources",
}  # fmt: skip

ANSWERED: dict[str, list[Words]] = {
    "councils": [
        ("councils",),
        ("councils", "--lost-control"),
        ("councils", "--party", "Tory", "--baseline", "last-election"),
        ("councils", "--all", "--outside"),
        ("councils", "--election", "local.2019-06-13"),
        ("councils", "--county", "lincolnshire", "--control", "noc"),
        ("councils", "--type", "unitary", "--cycle", "third"),
        ("councils", "--election", "2019", "--gained-control"),
        ("councils", "--changed-control"),
        ("councils", "--held", "--party", "LD"),
    ],
    "council": [
        ("council", "ashfield"),
        ("council", "Hinckley", "&", "Bosworth"),
        ("council", "City of Lincoln Council"),
        ("council", "E10000021"),
        ("council", "derby", "--election", "2019"),
    ],
    "seat": [
        ("seat", "Derby North"),
        ("seat", "derby", "north", "--election", "ge2019"),
        ("seat", "Leicester South"),
        ("seat", "Newark", "--election", "newark 2014"),
        ("seat", "E14000662"),
        ("seat", "Amber Valley", "--notional"),
        ("seat", "Loughborough", "--election", "2019-notional"),
    ],
    "seats": [
        ("seats",),
        ("seats", "--election", "2019", "--changed"),
        ("seats", "--election", "2019-notional"),
        ("seats", "--marginal", "--county", "nottinghamshire"),
        ("seats", "--majority-under", "2.5%"),
        ("seats", "--majority-under", "1,000"),
        ("seats", "--held-by", "Ind"),
        ("seats", "--gained-by", "reform", "--lost-by", "con"),
        ("seats", "--election", "wellingborough 2024"),
    ],
    "swing": [
        ("swing",),
        ("swing", "Rushcliffe", "--from", "2017", "--to", "2019", "--between", "lab", "con"),
        ("swing", "--from", "2017", "--to", "2019", "--method", "steed"),
        ("swing", "derby", "north"),
        ("swing", "Derby North", "Leicester South"),
        ("swing", "--between", "Green", "Lib Dem"),
        ("swing", "--from", "2019", "--to", "2024"),
    ],
    "compare": [
        ("compare", "2017", "2019"),
        ("compare", "2019", "2024"),
        ("compare", "2019-notional", "ge2024"),
        ("compare", "Derby North", "Derby South", "--election", "2019"),
        ("compare", "seat:Ashfield", "seat:Mansfield", "Leicester South"),
        ("compare", "council:Ashfield", "council:Mansfield"),
        ("compare", "council:Corby", "Derbyshire", "East Lindsey"),
        ("compare", "2010", "2015", "2017", "2019"),
        ("compare", "2024", "1970", "feb1974", "2019-notional", "2019"),
        ("compare", "seat:Derby North", "county:derbyshire", "region", "country", "--election", "2019"),
        ("compare", "region", "country", "--between", "con", "reform"),
        ("compare", "Chorley", "region:north west", "--data", "uk", "--election", "2019"),
        ("compare", "derby", "north", "derby", "south", "--election", "2017"),
    ],
    "bellwethers": [
        ("bellwethers", "--since", "feb1974"),
        ("bellwethers",),
        ("bellwethers", "--since", "1983", "--until", "2019", "--misses", "1"),
        ("bellwethers", "--all", "--county", "derbyshire"),
        ("bellwethers", "--until", "1923", "--all"),
        ("bellwethers", "--data", "uk"),
    ],
    "explain": [
        ("explain", "steed", "swing"),
        ("explain",),
        ("explain", "NOC"),
        ("explain", "bellwether"),
        ("explain", "Gallagher"),
        ("explain", "projected national share"),
    ],
    "results": [
        ("results",),
        ("results", "2019"),
        ("results", "2019", "--county", "lincolnshire", "--baseline", "2015"),
        ("results", "2019-notional"),
        ("results", "1945"),
        ("results", "corby", "2012"),
        ("results", "2015", "--scope", "uk"),
        ("results", "local-2019"),
        ("results", "local-2021", "--county", "derbyshire"),
        ("results", "local-2019", "--baseline", "eve-of-poll"),
    ],
    "project": [
        ("project", "--swing", "con:lab:5.9", "--baseline", "2019-notional"),
        ("project", "--swing", "lab:con:20", "--changed"),
        ("project", "--shares", "lab=39,con=24,Reform UK=20", "--model", "proportional"),
        ("project", "--shares", "lab=39,con=24", "--shares-of", "gb", "--county", "derbyshire"),
        ("project", "--copy", "ukip@2015:reform", "--baseline", "2019"),
        ("project", "--transfer", "reform:con:50%", "--transfer", "ld:green:5pp", "--gained-by", "con"),
        ("project", "--swing", "lab:con", "--table", "0:10:2.5"),
        ("project", "--swing", "con:ld:60", "--baseline", "1983"),
        ("project", "--equal-votes", "lab:con", "--baseline", "2019"),
        ("project", "--equal-votes", "con:lab", "--scope", "uk", "--changed"),
        ("project", "--swing", "lab:con:2", "--scope", "uk", "--changed"),
    ],
    "targets": [
        ("targets", "lab"),
        ("targets", "Labour", "--scope", "uk", "--election", "2019-notional", "--limit", "70"),
        ("targets", "con", "--holder", "lab", "--under", "5%"),
        ("targets", "reform", "uk", "--gap-only", "--county", "lincolnshire"),
        ("targets", "ld", "--election", "1983"),
        ("targets", "lab", "--defend", "--second", "con"),
        ("targets", "con", "--band", "ultra-marginal", "--stood"),
        ("targets", "lab", "--councils", "--county", "derbyshire"),
        ("targets", "Ashfield Independents", "--councils", "--holder", "reform"),
        ("targets", "lab", "--councils", "--defend"),
    ],
    "wards": [
        ("wards", "lincoln", "--election", "2024"),
        ("wards", "Rutland", "--election", "2019"),
        ("wards", "rutland"),
        ("wards", "derby", "--ward", "abbey"),
        ("wards", "Broxtowe", "--election", "local.2019-06-13"),
    ],
    "map": [
        ("map",),
        ("map", "local-2019", "--by", "change"),
        ("map", "2019", "--by", "swing", "--between", "lab", "con"),
        ("map", "2019-notional", "--by", "share", "--party", "LD"),
        ("map", "2017", "--by", "turnout"),
        ("map", "local-2019", "--by", "majority"),
    ],
    "mayor": [("mayor", "Mansfield"), ("mayor", "east", "midlands"), ("mayor", "Leicester", "--election", "2019")],
    "candidate": [("candidate", "Andrew", "Bridgen"), ("candidate", "Marianne Overton")],
    "elections": [("elections",), ("elections", "--kind", "general")],
    "parties": [("parties",), ("parties", "--kind", "local")],
    "sources": [("sources",), ("sources", "ocd-compositions")],
    "claims": [
        ("claims", "--subject", "Nottingham"),
        ("claims", "conservative-home-2019", "--verdict", "contradicted", "--verdict", "approximate"),
        ("claims", "--article", "itv-2024", "--sort", "verdict", "--desc"),
    ],
    "proof": [("proof", str(Path(__file__).parent / "data" / "article.txt"))],
    "check": [("check",)],
}
"""Questions that have an answer."""
EMPTY: dict[str, Words] = {
    "results": ("results", "2024", "--county", "rutland"),
    "project": ("project", "--swing", "con:lab:0", "--changed"),
    "targets": ("targets", "green", "--defend"),
    "councils": ("councils", "--lost-control", "--party", "green"),
    "seat": ("seat", "Derby North", "--election", "newark 2014"),
    "seats": ("seats", "--gained-by", "green"),
    "wards": ("wards", "Rutland", "--election", "2017"),
    "claims": ("claims", "--subject", "Nottingham", "--verdict", "contradicted"),
    "check": ("check",),
    "bellwethers": ("bellwethers", "--since", "1918"),
}
"""Questions that make sense and that nothing answers; the other commands have none."""
UNKNOWN: list[tuple[Words, str | None]] = [
    (("councils", "--party", "whigs"), None),
    (("councils", "--county", "Yorkshire"), None),
    (("councils", "--election", "2091"), None),
    (("councils", "--election", "2014"), "2015"),
    (("councils", "--control", "labor"), "Labour"),
    (("council", "Broxstowe"), "Broxtowe"),
    (("council", "West Lindsay"), "West Lindsey"),
    (("council", "atlantis", "--election", "2019"), None),
    (("council", "ashfield", "--election", "2091"), None),
    (("seat", "Derby Nrth"), "Derby North"),
    (("seat", "atlantis"), None),
    (("seat", "Derby North", "--election", "2091"), None),
    (("seat", ""), None),
    (("seats", "--election", "2091"), None),
    (("seats", "--election", "2018"), "2017"),
    (("seats", "--held-by", "labor"), "Labour"),
    (("seats", "--county", "Yorkshire"), None),
    (("swing", "Rushclife"), "Rushcliffe"),
    (("swing", "--from", "2091"), None),
    (("swing", "--between", "lab", "whigs"), None),
    (("compare", "2017", "2091"), None),
    (("compare", "Derby North", "Derby Suth"), "Derby South"),
    (("compare", "council:Broxstowe", "council:Ashfield"), "Broxtowe"),
    (("claims", "--subject", "Notingham"), "Nottingham"),
    (("claims", "--article", "bbc-1066"), None),
    (("sources", "ocd-composition"), "ocd-compositions"),
    (("bellwethers", "--since", "2091"), None),
    (("bellwethers", "--until", "ge2091"), None),
    (("bellwethers", "--county", "Yorkshire"), None),
    (("explain", "swng"), "swing"),
    (("explain", "phlogiston"), None),
    (("compare", "county:Yorkshire", "region"), None),
    (("compare", "region:Mercia", "country"), None),
    (("compare", "region", "country", "--between", "lab", "whigs"), None),
    (("compare", "2015", "2017", "2091"), None),
    (("results", "2091"), None),
    (("results", "1999"), "1997"),
    (("results", "2019", "--county", "Yorkshire"), None),
    (("results", "2019", "--baseline", "2091"), None),
    (("project", "--swing", "con:labor:5"), "Labour"),
    (("project", "--equal-votes", "con:labor"), "Labour"),
    (("project", "--swing", "con:lab:5", "--baseline", "2091"), None),
    (("project", "--swing", "con:lab:5", "--county", "Yorkshire"), None),
    (("project", "--copy", "ukip@2091:reform", "--baseline", "2019"), None),
    (("targets", "labor"), "Labour"),
    (("targets", "lab", "--election", "2091"), None),
    (("targets", "lab", "--county", "Yorkshire"), None),
    (("map", "2091"), None),
    (("map", "--by", "share", "--party", "labor"), "Labour"),
]
"""Names that nothing in the data has, and a near one that must be suggested."""
AMBIGUOUS: list[tuple[Words, list[str]]] = [
    (("seat", "Derby"), ["Derby North", "Derby South"]),
    (("swing", "derby"), ["Derby North", "Derby South"]),
    (("council", "Kesteven"), ["North Kesteven", "South Kesteven"]),
    (("bellwethers", "--since", "1974"), ["feb1974", "oct1974"]),
    (("explain", "votes"), ["valid votes", "votes per seat", "wasted votes"]),
    (("compare", "Ashfield", "Mansfield"), ["seat:Ashfield", "council:Ashfield"]),
]
"""Names that several things have or share."""
WRONG: list[Words] = [
    ("councils", "--json", "--csv"),
    ("councils", "--format", "table", "--csv"),
    ("councils", "--type", "parish"),
    ("councils", "--cycle", "quarter"),
    ("councils", "--baseline", "yesterday"),
    ("councils", "--control", "ind"),
    ("councils", "--sort", "nonsense"),
    ("councils", "--sort", "seats_net"),
    ("councils", "--columns", "council,nonsense"),
    ("councils", "--columns", ""),
    ("councils", "--limit", "-1"),
    ("councils", "--limit", "x"),
    ("councils", "--nonsense"),
    ("parties", "extra"),
    ("council", "ashfield", "--nonsense"),
    ("seat", "Derby North", "--sort", "candidates"),
    ("seat", "Derby North", "--json", "--excel"),
    ("seats", "--majority-under", "few"),
    ("seats", "--majority-under", "-1"),
    ("seats", "--majority-under", "nan"),
    ("swing", "--from", "2017", "--to", "2024"),
    ("swing", "--from", "2019", "--to", "2017"),
    ("swing", "--from", "2019", "--to", "2019"),
    ("swing", "--between", "lab", "Labour"),
    ("swing", "--between", "reform", "brexit"),
    ("swing", "--between", "lab", "ind"),
    ("swing", "--between"),
    ("swing", "--method", "hare"),
    ("swing", "Sherwood"),
    ("claims", "--verdict", "true"),
    ("claims", "--sort", "stated"),
    ("compare", "2017"),
    ("compare", "2017", "2024"),
    ("compare", "2019", "2017"),
    ("compare", "2015", "2017", "2015"),
    ("compare", "2015", "2017", "local-2019"),
    ("compare", "2015", "corby 2012", "2017"),
    ("compare", "region", "country", "--election", "1992"),
    ("compare", "region", "council:Ashfield", "--election", "corby 2012"),
    ("compare", "region", "country", "--between", "lab", "lab"),
    ("compare", "Derby North", "Derby South", "--between", "lab", "con"),
    ("compare", "2017", "Derby North"),
    ("bellwethers", "--since", "2019", "--until", "2017"),
    ("bellwethers", "--misses", "-1"),
    ("bellwethers", "--sort", "lineages"),
    ("explain", "swing", "--columns", "meaning"),
    ("compare", "local-2019", "2019"),
    ("councils", "--output", ""),
    ("councils", "--data", ""),
    ("seats", "--bands", "2,5,10,20"),
    ("seats", "--bands", "2,5,5,20,50"),
    ("seats", "--bands", "0,5,10,20,50"),
    ("results", "2019", "--bands", "close"),
    ("results", "local-2019", "--bands", "2,5,10,20,50"),
    ("targets", "lab", "--bands", "2,5,10,20,101"),
    ("targets", "lab", "--councils", "--bands", "2,5,10,20,50"),
    ("councils", "--overlay", ""),
    ("check", ""),
    ("diff", "", "results"),
    ("diff", "results", ""),
    ("swing", "--between", "lab", "--from", "2017"),
    ("map", "--by", "swing", "--between", "lab", "--csv"),
    ("map", "2019-notional", "--by", "swing"),
    ("councils", "--election", "ge2019"),
    ("seats", "--election", "local-2019"),
    ("targets", "lab", "--election", "local-2019"),
    ("project", "--swing", "con:lab:1", "--baseline", "local-2019"),
    ("swing", "--from", "local-2019", "--to", "2019"),
    ("wards", "Derby", "--election", "ge2019"),
    ("compare", "seat:Ashfield", "council:Ashfield"),
    ("compare", "2017", "2019", "--election", "2019"),
    ("compare", "council:North Northamptonshire", "council:Ashfield"),
    ("results", "2024", "--baseline", "2017"),
    ("results", "2015", "--baseline", "2019"),
    ("results", "local-2019", "--baseline", "2015"),
    ("results", "mayor.mansfield.2023-05-04"),
    ("results", "--scope", "uk", "--data", "results"),
    ("results", "--scope", "europe"),
    ("results", "--sort", "nonsense"),
    ("project",),
    ("project", "--swing", "con:lab"),
    ("project", "--swing", "con:lab:-5"),
    ("project", "--swing", "con:con:5"),
    ("project", "--equal-votes", "con:con"),
    ("project", "--equal-votes", "con:lab", "--swing", "con:lab:5"),
    ("project", "--shares", "lab=60,con=41"),
    ("project", "--shares", "lab=9", "--model", "guess"),
    ("project", "--shares", "lab=9", "--shares-of", "europe"),
    ("project", "--swing", "con:lab:5", "--shares-of", "gb"),
    ("project", "--copy", "ukip@2015:reform"),
    ("project", "--transfer", "reform:con:most"),
    ("project", "--swing", "con:lab:5", "--baseline", "corby 2012", "--scope", "moon"),
    ("targets",),
    ("targets", "ind"),
    ("targets", "lab", "--under", "few"),
    ("targets", "lab", "--band", "wobbly"),
    ("targets", "lab", "--scope", "europe"),
    ("targets", "lab", "--scope", "uk", "--data", "results"),
    ("targets", "lab", "--defend", "--holder", "con"),
    ("targets", "ind", "--councils"),
    ("targets", "lab", "--councils", "--under", "5"),
    ("targets", "lab", "--councils", "--scope", "uk"),
    ("elections", "--kind", "duel"),
    ("parties", "--kind", "tea"),
    ("sources", "--columns", "nonsense"),
    ("check", "--nonsense"),
    ("schema", "schema"),
    ("schema", "seet"),
    ("schema", "seat", "--csv"),
    ("nonsense",),
]
"""Questions that make no sense."""
OF_THE_READER = {"my-results.toml", "my-article.toml", "article.txt", "article.html"}
"""Files of the reader's, in examples."""
OF_THEIR_OWN = {"schema", "export", "diff", "import", "cache", "config", "completion", "report", "browse", "mcp"}
"""Commands whose answers are no records, or that take or make files: their tests are elsewhere."""
ANSWERED |= of_others(ANSWERED.keys() | OF_THEIR_OWN)
REMEMBERED: dict[Words, CompletedProcess[str]] = {}
"""What was asked already: many tests look at the same answers."""

QUESTIONS = [question for questions in ANSWERED.values() for question in questions]
IDS: dict[str, Any] = {"ids": " ".join}
every_question = pytest.mark.parametrize("question", QUESTIONS, **IDS)
every_command = pytest.mark.parametrize("question", [questions[0] for questions in ANSWERED.values()], **IDS)


def refuse(constant: str) -> None:
    """Neither NaN nor infinity is JSON."""
    raise AssertionError(constant)


def once(emvote: Emvote, *words: str) -> CompletedProcess[str]:
    """What a command line says; it is run once however many tests ask."""
    if words not in REMEMBERED:
        REMEMBERED[words] = emvote(*words)
    return REMEMBERED[words]


def ask(emvote: Emvote, *words: str) -> Any:
    """The JSON answer, strictly parsed; nothing but it goes to standard output."""
    done = once(emvote, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout, parse_constant=refuse)


@pytest.fixture(scope="session")
def schema(emvote: Emvote) -> Callable[[str], Any]:
    """The published schema of a command's answer."""

    @cache
    def published(command: str) -> Any:
        return json.loads(emvote("schema", command).stdout)

    return published


def table(text: str, delimiter: str = ",") -> list[list[str]]:
    """CSV as its cells."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


# --- JSON ---------------------------------------------------------------------------------------------------------


@every_question
def test_every_answer_fits_the_schema_that_is_published_for_it(
    emvote: Emvote, schema: Callable[[str], Any], question: Words
) -> None:
    """With the envelope's keys and no other; the query is what was understood."""
    answer = ask(emvote, *question)
    assert set(answer) == ENVELOPE
    jsonschema.Draft202012Validator(schema(question[0])).validate(answer)
    assert (answer["schema_version"], answer["command"]) == (1, question[0])
    assert answer["rows"] or question[0] == "check"
    assert re.fullmatch(r"[0-9a-f]{64}", answer["dataset"]["sha256"])


@every_question
def test_every_row_has_the_same_fields_in_the_same_order(emvote: Emvote, question: Words) -> None:
    """Also nested records; a map of parties may have different parties."""
    rows = ask(emvote, *question)["rows"]
    assert len({tuple(row) for row in rows}) <= 1
    for row in rows:
        for each in (row.get(key) for key in ("candidates", "party_votes")):
            # a scoreboard counts candidates
            assert not isinstance(each, list) or len({tuple(element) for element in each}) <= 1


@every_question
def test_fields_that_measure_carry_their_unit_in_range(emvote: Emvote, question: Words) -> None:
    """Percentages run from nought to a hundred, differences from minus to plus a hundred, counts are whole."""
    for path, value in numbers(ask(emvote, *question)["rows"]):
        name = next(part for part in reversed(path) if not part.isdigit())
        group = path[0] if path[0].endswith(("_pct", "_pp")) else name
        if group.endswith("_pct"):
            assert 0 <= value <= 100, path
        elif group.endswith("_pp"):
            assert -100 <= value <= 100, path
        elif group not in OF_ANY_UNIT:
            assert isinstance(value, int), path


OF_ANY_UNIT = {"stated", "computed", "tolerance", "seat_vote_ratio", "votes_per_seat", "value"}
"""Fields of `claims` and `explain`, whose unit is that of what they are about; and ratios, which have none."""


def numbers(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every number of an answer's rows, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from numbers(each, (*path, key))
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


@pytest.mark.parametrize("question", [("seat", "Derby North"), ("councils", "--lost-control"), ("swing",)], **IDS)
def test_workings_are_added_to_json_when_asked_for(
    emvote: Emvote, schema: Callable[[str], Any], question: Words
) -> None:
    """Each with its formula, its inputs and its result; the rest of the answer is the same."""
    plain, explained = ask(emvote, *question), ask(emvote, *question, "--explain")
    workings = explained.pop("explain")
    assert explained == plain
    assert workings
    assert all(working["formula"] and working["inputs"] for working in workings)
    jsonschema.Draft202012Validator(schema(question[0])).validate({**explained, "explain": workings})


@every_command
def test_json_cites_its_sources_unasked(emvote: Emvote, question: Words) -> None:
    """Whoever uses the figures has their licence at hand; what has no figures cites nothing."""
    sources = ask(emvote, *question)["sources"]
    assert all(source["title"] and source["publisher"] and source["licence"] for source in sources)
    assert bool(sources) == (question[0] not in {"sources", "check"}) or question[0] == "sources"


# --- formats ------------------------------------------------------------------------------------------------------


@every_question
def test_csv_has_the_fields_of_json_flattened_and_a_line_a_row(
    emvote: Emvote, schema: Callable[[str], Any], question: Words
) -> None:
    """Maps and records have a column a key, lists of records none; TSV and JSON Lines hold the same rows."""
    rows = ask(emvote, *question)["rows"]
    lines = table(once(emvote, *question, "--csv").stdout)
    items = schema(question[0])["properties"]["rows"]["items"]
    assert lines[0] == list(
        flat_header(items, rows, lines[0] if question[0] in {"councils", "project", "seats"} else None)
    )
    assert len(lines) == len(rows) + 1
    assert {len(line) for line in lines} == {len(lines[0])}
    assert table(once(emvote, *question, "--format", "tsv").stdout, "\t") == lines
    assert [json.loads(line) for line in once(emvote, *question, "--format", "jsonl").stdout.splitlines()] == rows


NOUGHT_WHERE_ABSENT = {"seats_last_election", "seats_won", "seats_net", "from", "to"}
WHOLE_COUNCIL = {"seats_before", "seats_after", "seats"}


def absent(column: str, entries: Any) -> int | None:
    """What a party that a map does not name has: none, unless an aggregate may hold it; null where not known."""
    field = column.partition(".")[0]
    nought = field in NOUGHT_WHERE_ABSENT or (field in WHOLE_COUNCIL and "other" not in (entries or ()))
    return 0 if entries and nought else None


def test_the_columns_of_councils_are_the_same_whichever_are_kept(emvote: Emvote) -> None:
    """Also where none is kept, or none shown."""
    questions: list[Words] = [(), ("--lost-control",), ("--party", "ukip"), ("--county", "rutland"), ("--limit", "0")]
    headers = [table(once(emvote, "councils", *question, "--csv").stdout)[0] for question in questions]
    assert headers == [headers[0]] * len(questions)
    assert "seats_net.ashind" in headers[0]


def test_a_party_that_is_not_named_has_no_seats_and_one_unknown_has_an_empty_cell(emvote: Emvote) -> None:
    """In CSV, in JSON with --columns, and when sorted."""
    asked = ("councils", "--county", "derbyshire", "--columns", "council,seats_net.ind")
    cells = dict(table(once(emvote, *asked, "--csv").stdout)[1:])
    assert (cells["Chesterfield"], cells["Erewash"], cells["Bolsover"]) == ("", "0", "11")
    rows = {row["council"]: row["seats_net"]["ind"] for row in ask(emvote, *asked)["rows"]}
    assert (rows["Chesterfield"], rows["Erewash"], rows["Bolsover"]) == (None, 0, 11)
    names = [row["council"] for row in ask(emvote, *asked, "--sort", "seats_net.ind")["rows"]]
    assert names[-1] == "Chesterfield"


@pytest.mark.parametrize("column", ["seats_net.zzz", "seats_net.", "seats_net.con.x"])
def test_a_field_below_a_map_is_the_id_of_a_party(emvote: Emvote, column: str) -> None:
    """Or its name; anything else is wrong usage, for --columns and for --sort."""
    assert once(emvote, "councils", "--columns", column).returncode == 2
    assert once(emvote, "councils", "--sort", column).returncode == 2


def flat_header(items: Any, rows: list[Any], fixed: list[str] | None = None) -> Iterator[str]:
    """The columns that some rows flatten to, by the schema and the keys of their maps.

    Where the columns of maps are `fixed` for all answers about an election, those of the rows must be among them.
    """
    kinds = items.get("anyOf", [items])
    fields = next(each for each in kinds if not rows or list(each["properties"]) == list(rows[0]))["properties"]
    for key, field in fields.items():
        types = field["type"] if isinstance(field["type"], list) else [field["type"]]
        if "additionalProperties" in field:
            found = dict.fromkeys(f"{key}.{each}" for row in rows for each in row[key] or ())
            columns = [name for name in fixed if name.startswith(f"{key}.")] if fixed else list(found)
            assert set(found) <= set(columns)
            yield from columns
        elif "object" in types:
            yield from (f"{key}.{each}" for each in field["properties"])
        elif "array" not in types or field["items"]["type"] != "object":
            yield key


@every_question
def test_csv_has_the_figures_of_json_unrounded(emvote: Emvote, question: Words) -> None:
    """Unknown is an empty cell, never nought, and no cell says None or NaN."""
    rows = ask(emvote, *question)["rows"]
    lines = list(csv.DictReader(io.StringIO(once(emvote, *question, "--csv").stdout, newline="")))
    for row, line in zip(rows, lines, strict=True):
        for column, cell in line.items():
            value: Any = row
            for key in column.split("."):
                value = value.get(key, absent(column, value)) if isinstance(value, dict) else None
            assert cell not in {"None", "nan", "NaN"}
            if value is None:
                assert cell == "", column
            elif isinstance(value, float):
                assert float(cell) == value, column
            elif isinstance(value, int) and not isinstance(value, bool):
                assert cell == str(value), column


@pytest.mark.parametrize(
    "question", [*(questions[0] for questions in ANSWERED.values()), *ANSWERED["compare"][3:]], **IDS
)
@pytest.mark.parametrize("form", EVERYWHERE)
def test_every_format_answers_every_command(emvote: Emvote, question: Words, form: Format) -> None:
    """Without escape sequences or anything of Python's; standard output is no terminal here."""
    done = once(emvote, *question, "--format", form.value)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("\n") or (question[0] == "check" and form is Format.JSONL)
    assert_plain(done.stdout)
    # check finds nothing and says so aside; JSON Lines of no rows are no lines
    assert done.stderr == "" or question[0] == "check"


def assert_plain(text: str) -> None:
    """Nothing acts on a terminal, is cut, or is Python's way to write it."""
    for bad in ("\x1b", "Kind.", "Value("):
        assert bad not in text, bad
    assert not re.search(r"\b(None|nan|NaN)\b", text)
    # the pattern of some sources' ids has an ellipsis of its own
    assert "…" not in text.replace("web-…", "").replace("web-mayor-…", "")


@every_question
def test_an_answer_is_the_same_each_time_it_is_asked(emvote: Emvote, question: Words) -> None:
    """No clock, no chance, no order of a set."""
    assert emvote(*question, "--json").stdout == once(emvote, *question, "--json").stdout
    text = emvote(*question).stdout
    assert text == once(emvote, *question, "--format", "table").stdout
    assert_plain(text)


def test_people_see_names_whole_and_figures_rounded_half_up(emvote: Emvote) -> None:
    """One decimal, thousands separated, a sign on changes."""
    text = emvote("councils").stdout
    assert "North West Leicestershire" in text
    assert "Hinckley and Bosworth" in text
    assert "Ashfield Ind gain from NOC" in text
    seat = emvote("seat", "Derby North", "--election", "2019").stdout
    for figure in ("Amanda Solloway", "21,259", "2,540", "5.4%", "64.2%", "45.2%"):
        assert figure in seat, figure
    swing = emvote("swing", "Rushcliffe", "--from", "2017", "--to", "2019", "--between", "lab", "con").stdout
    assert re.search(r"Rushcliffe +0\.6 Con→Lab +0\.0 Lab→Con ", swing)
    assert "-0.0" not in emvote("swing", "--from", "2017", "--to", "2019").stdout


def test_people_see_places_side_by_side_as_figures(emvote: Emvote) -> None:
    """Each independent apart, by name."""
    text = emvote("compare", "Derby North", "Derby South", "--election", "2019").stdout
    assert re.search(r"Majority +2,540 +6,019\n", text)
    assert re.search(r"Turnout +64\.2% +58\.1%\n", text)
    assert re.search(r"Ind: Chris Williamson +1\.4% +–\n", text)


def test_spreadsheets_get_a_byte_order_mark_only_when_asked_for(emvote: Emvote) -> None:
    """And literal text otherwise."""
    assert emvote("parties", "--csv").stdout.startswith("party,")
    assert emvote("parties", "--csv", "--excel").stdout.startswith("\ufeffparty,")


def test_a_long_csv_has_a_line_a_candidate(emvote: Emvote) -> None:
    """The fields of the result repeated on each."""
    lines = table(emvote("seat", "Derby North", "--election", "2019", "--csv", "--long").stdout)
    column = {name: lines[0].index(name) for name in ("seat", "candidates.candidate", "candidates.votes")}
    assert [(line[column["candidates.candidate"]], line[column["candidates.votes"]]) for line in lines[1:3]] == [
        ("Amanda Solloway", "21259"),
        ("Tony Tinley", "18719"),
    ]
    assert {line[column["seat"]] for line in lines[1:]} == {"Derby North"}


# --- listing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (("councils",), "seats_net.con"),
        (("councils",), "council"),
        (("seats",), "majority_votes"),
        (("seats",), "swing.butler_pp"),
        (("seat", "Derby North"), "turnout_pct"),
        (("swing",), "butler_pp"),
        (("compare", "2017", "2019"), "share_change_pp"),
        (("elections",), "contests"),
        (("parties",), "name"),
        (("sources",), "used"),
        (("council", "Ashfield"), "seats.lab"),
    ],
)
def test_rows_are_sorted_by_a_field_with_unknown_values_last(emvote: Emvote, question: Words, field: str) -> None:
    """Either way round, and by a field within another."""

    def values(*more: str) -> list[Any]:
        found = []
        for row in ask(emvote, *question, "--sort", field, *more)["rows"]:
            value: Any = row
            for key in field.split("."):
                value = value.get(key, absent(field, value)) if value is not None else None
            found.append(value.casefold() if isinstance(value, str) else value)
        return found

    rising, falling = values(), values("--desc")
    known = [value for value in rising if value is not None]
    assert known == sorted(known)
    assert rising == known + [None] * (len(rising) - len(known))
    assert falling == known[::-1] + [None] * (len(rising) - len(known))
    assert len(set(known)) > 1


def test_sorted_tables_for_people_have_the_order_of_the_rows(emvote: Emvote) -> None:
    """The two halves of a view cannot disagree."""
    rows = ask(emvote, "seats", "--sort", "majority_votes", "--limit", "5")["rows"]
    text = emvote("seats", "--sort", "majority_votes", "--limit", "5").stdout
    places = [text.index(f"\n{row['seat']} ") for row in rows]
    assert len(rows) == 5
    assert places == sorted(places)


@every_command
def test_a_limit_cuts_rows_and_says_so(emvote: Emvote, question: Words) -> None:
    """The summary stays that of the whole answer."""
    whole, cut = ask(emvote, *question), ask(emvote, *question, "--limit", "1")
    assert cut["rows"] == whole["rows"][:1]
    assert cut["summary"] == whole["summary"]
    told = f"1 of {len(whole['rows'])} rows shown (--limit)"
    assert (told in cut["notes"]) == (len(whole["rows"]) > 1)


def test_a_limit_of_nothing_is_not_told_as_nothing_found(emvote: Emvote) -> None:
    """Rows were there; they were not wanted."""
    done = emvote("councils", "--limit", "0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 33 rows shown (--limit)" in done.stdout
    assert ask(emvote, "councils", "--limit", "0")["rows"] == []


def test_columns_choose_fields_and_parts_of_fields(emvote: Emvote) -> None:
    """In the order given; JSON keeps the nesting, CSV has the dotted names."""
    columns = "council,seats_net.con,seats_won.ld"
    lines = table(emvote("councils", "--columns", columns, "--csv").stdout)
    assert lines[0] == columns.split(",")
    assert lines[1] == ["Amber Valley", "-6", "0"]
    row = ask(emvote, "councils", "--columns", columns)["rows"][0]
    assert row == {"council": "Amber Valley", "seats_net": {"con": -6}, "seats_won": {"ld": 0}}
    swing = ask(emvote, "seat", "Derby North", "--columns", "swing.from_party,winner")["rows"][0]
    assert swing == {"swing": {"from_party": "con"}, "winner": "Catherine Atkinson"}
    assert "Amber Valley" in emvote("councils", "--columns", "council,vacancies").stdout


def test_columns_of_a_list_take_parts_of_its_elements(emvote: Emvote) -> None:
    """CSV needs a line for each of them."""
    question = ("seat", "Derby North", "--election", "2019", "--columns", "candidates.votes")
    assert ask(emvote, *question)["rows"][0]["candidates"][0] == {"votes": 21259}
    refused = emvote(*question, "--csv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--long" in refused.stderr
    assert table(emvote(*question, "--csv", "--long").stdout)[:2] == [["candidates.votes"], ["21259"]]


# --- citations and workings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [("councils",), ("seat", "Derby North"), ("swing",), ("compare", "2017", "2019")])
def test_sources_are_cited_under_the_answer_when_asked_for(emvote: Emvote, question: Words) -> None:
    """With publisher and licence; for rows alone on standard error, so that the lines stay lines."""
    cited = ask(emvote, *question)["sources"]
    text = emvote(*question, "--sources").stdout
    aside = emvote(*question, "--sources", "--csv")
    assert cited
    for source in cited:
        assert source["title"] in text
        assert source["licence"] in text
        assert source["title"] in aside.stderr
    assert aside.stdout == emvote(*question, "--csv").stdout
    assert "Sources:" not in emvote(*question).stdout


def test_the_working_of_a_swing_gives_formula_and_numbers(emvote: Emvote) -> None:
    """So that anybody can do the sum again."""
    question = ("swing", "Rushcliffe", "--from", "2017", "--to", "2019", "--between", "lab", "con", "--explain")
    text = emvote(*question).stdout
    for part in ("/ 2; positive is to B", "22,213", "21,122", "30,223", "28,765", "58,311", "60,505", "result: -0.6"):
        assert part in text, part


def test_the_working_of_control_names_both_baselines(emvote: Emvote) -> None:
    """Every answer about councils does, and the options set both to one."""
    assert ask(emvote, "councils")["baseline"] == {"control": "eve-of-poll", "seats": "last-election"}
    for name in ("eve-of-poll", "last-election"):
        assert ask(emvote, "councils", "--baseline", name)["baseline"] == {"control": name, "seats": name}
    text = emvote("councils").stdout
    assert "Control compared with the eve of the poll (19 of 33 councils: May 2018), seats with the last" in text
    assert ask(emvote, "seats", "--election", "2024")["baseline"]["type"] == "notional"
    assert ask(emvote, "seats", "--election", "2019")["baseline"] == {"election": "parl.2017-06-08", "type": "actual"}


# --- summaries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", ANSWERED["councils"], **IDS)
def test_totals_of_councils_are_those_of_their_rows_in_the_region(emvote: Emvote, question: Words) -> None:
    """Councils that did not vote, or are elsewhere, never count."""
    answer = ask(emvote, *question)
    rows = [row for row in answer["rows"] if row["region"] == "East Midlands" and row["cycle"]]
    summary = answer["summary"]
    assert summary["councils"] == len(rows)
    assert summary["seats_up"] == sum(row["seats_up"] for row in rows)
    for party, total in summary["parties"].items():
        assert total["seats_won"] == sum(row["seats_won"].get(party, 0) for row in rows)
        nets = [row["seats_net"][party] for row in rows if party in row["seats_net"]]
        assert total["seats_net"] == (None if None in nets else sum(nets))
        assert total["net"] == total["gained"] - total["lost"]
        assert total["held"] == sum(row["control_before"] == row["control_after"] == party for row in rows)
    assert sum(total["net"] for total in summary["parties"].values()) + summary["noc"]["net"] == 0


@pytest.mark.parametrize("question", ANSWERED["councils"], **IDS)
def test_rows_of_councils_hold_together(emvote: Emvote, question: Words) -> None:
    """Outcome, change and control say one thing; seats won and vacancies are the seats up."""
    for row in ask(emvote, *question)["rows"]:
        before, after = row["control_before"], row["control_after"]
        if row["cycle"] is None:
            assert (row["outcome"], row["control_change"], row["seats_won"]) == ("no election", None, {})
            continue
        change = "none" if before == after == "noc" else "hold" if before == after else "loss"
        assert row["control_change"] == ("gain" if before != after != "noc" else change)
        assert sum(row["seats_won"].values()) <= row["seats_up"] <= row["seats_total"]
        assert row["seats_needed"] == row["seats_total"] // 2 + 1
        majority = [party for party, n in row["seats_after"].items() if 2 * n > row["seats_total"] and party != "ind"]
        assert after == (majority[0] if majority else "noc")
        assert "lose to NOC" in row["outcome"] if row["control_change"] == "loss" else True


@pytest.mark.parametrize("election", ["2010", "2015", "2017", "2019", "2024"])
def test_totals_of_seats_are_those_of_the_unfiltered_rows(emvote: Emvote, election: str) -> None:
    """A filter changes what is shown, not what the totals are of."""
    whole = ask(emvote, "seats", "--election", election)
    filtered = ask(emvote, "seats", "--election", election, "--changed")
    rows = whole["rows"]
    assert whole["summary"]["seats"] == len(rows) == filtered["summary"]["seats"]
    assert filtered["summary"]["parties"] == whole["summary"]["parties"]
    assert filtered["rows"] == [row for row in rows if row["change"] == "gain"]
    for total in whole["summary"]["parties"]:
        party = total["party"]
        assert total["seats"] == sum(row["winner_party"] == party for row in rows) == total["held"] + total["gained"]
        assert total["lost"] == sum(row["previous_party"] == party != row["winner_party"] for row in rows)
    assert sum(total["net"] for total in whole["summary"]["parties"]) == 0


@pytest.mark.parametrize("question", ANSWERED["seat"] + ANSWERED["seats"], **IDS)
def test_rows_of_seats_hold_together(emvote: Emvote, question: Words) -> None:
    """Majority, turnout and outcome follow from the other fields of the row."""
    for row in ask(emvote, *question)["rows"]:
        assert row["turnout_pct"] == pytest.approx(100 * row["valid_votes"] / row["electorate"])
        if row["majority_votes"] is not None:
            assert row["majority_pct"] == pytest.approx(100 * row["majority_votes"] / row["valid_votes"])
        if row["change"] in {"hold", "gain"}:
            assert (row["winner_party"] == row["previous_party"]) == (row["change"] == "hold")
            assert row["change"] in row["outcome"]
        candidates = row.get("candidates") or []
        assert bool(candidates) == row["candidates_known"] or "candidates" not in row
        assert sum(each["votes"] for each in candidates) in {0, row["valid_votes"]}
        assert [each["votes"] for each in candidates] == sorted((each["votes"] for each in candidates), reverse=True)


def test_the_swing_of_the_region_is_of_totals_and_its_mean_of_rows(emvote: Emvote) -> None:
    """Two figures, never taken for each other."""
    answer = ask(emvote, "swing", "--from", "2017", "--to", "2019", "--between", "lab", "con")
    compared = ask(emvote, "compare", "2017", "2019")
    change = {row["party"]: row["share_change_pp"] for row in compared["rows"]}
    summary = answer["summary"]
    assert summary["butler_pp"] == pytest.approx((change["con"] - change["lab"]) / 2)
    swings = [row["butler_pp"] for row in answer["rows"]]
    assert summary["mean_butler_pp"] == pytest.approx(sum(swings) / len(swings))
    assert summary["mean_butler_pp"] != summary["butler_pp"]
    assert summary["seats_in_mean"] == len(swings)
    for row in answer["rows"]:
        assert row["butler_pp"] == pytest.approx((row["to_change_pp"] - row["from_change_pp"]) / 2)


def test_swings_of_seats_and_their_own_row_agree(emvote: Emvote) -> None:
    """`seat`, `seats` and `swing` compute the same figure for the same pair."""
    by_seat = {row["seat"]: row["swing"] for row in ask(emvote, "seats", "--election", "2019")["rows"]}
    asked = ask(emvote, "swing", "Derby North", "--to", "2019")["rows"][0]
    alone = ask(emvote, "seat", "Derby North", "--election", "2019")["rows"][0]["swing"]
    assert alone == by_seat["Derby North"] == {key: asked[key] for key in alone}


@pytest.mark.parametrize("pair", [("2017", "2019"), ("2010", "2015"), ("2019-notional", "2024")])
def test_two_elections_compared_add_up(emvote: Emvote, pair: tuple[str, str]) -> None:
    """Seats to the number of seats, shares to a hundred, nets to nothing, seats that changed hands to the nets."""
    answer = ask(emvote, "compare", *pair)
    rows, summary = answer["rows"], answer["summary"]
    for side in ("from", "to"):
        assert sum(row[f"seats_{side}"] for row in rows) == summary["seats"]
        assert sum(row[f"share_{side}_pct"] or 0 for row in rows) == pytest.approx(100)
    assert sum(row["seats_net"] for row in rows) == 0
    for row in rows:
        gained = sum(seat["to_party"] == row["party"] for seat in summary["changed_hands"])
        lost = sum(seat["from_party"] == row["party"] for seat in summary["changed_hands"])
        assert row["seats_net"] == gained - lost == row["seats_to"] - row["seats_from"]


def test_unknown_is_null_and_never_nought(emvote: Emvote) -> None:
    """The parts of an aggregate, an independent's change, rejected ballots that nobody published."""
    rows = {row["council"]: row for row in ask(emvote, "councils", "--baseline", "eve-of-poll")["rows"]}
    assert rows["East Lindsey"]["seats_before"]["suds"] is None
    assert rows["East Lindsey"]["seats_net"]["suds"] is None
    assert rows["East Lindsey"]["seats_before"]["other"] == 9
    assert rows["Ashfield"]["seats_before"]["con"] is rows["Ashfield"]["seats_net"]["con"] is None
    assert rows["Ashfield"]["seats_net"]["ashind"] == 18
    by_election = ask(emvote, "seat", "Leicester South", "--election", "leicester south 2011")["rows"][0]
    assert by_election["invalid_votes"] is by_election["turnout_ballot_pct"] is None
    candidates = ask(emvote, "seat", "Leicester South", "--election", "2024")["rows"][0]["candidates"]
    adam = next(each for each in candidates if each["candidate"] == "Shockat Adam")
    assert (adam["party"], adam["key"], adam["change_pp"], adam["elected"]) == ("ind", "ind:adam", None, True)


def test_a_result_without_swing_says_why(emvote: Emvote) -> None:
    """Null with the reason in the notes."""
    answer = ask(emvote, "seat", "Leicester South", "--election", "2024")
    assert answer["rows"][0]["swing"] is None
    assert any(note.endswith("an independent's change is not known") for note in answer["notes"])


def test_what_is_joined_or_notional_is_said(emvote: Emvote) -> None:
    """Reform UK's change is from the Brexit Party's share, and 2024 is compared with an estimate."""
    answer = ask(emvote, "seat", "Derby North", "--election", "2024")
    assert any("Reform UK is compared with its predecessor, The Brexit Party" in note for note in answer["notes"])
    swing = ask(emvote, "swing", "--from", "2019", "--to", "2024")
    assert swing["query"]["from"] == "parl.2019-12-12.notional"
    assert any("notional" in note for note in swing["notes"])


def test_every_flag_of_a_row_is_explained_in_the_notes(emvote: Emvote, shipped: Any) -> None:
    """What a source disputes or the dataset overrides is never silent."""
    flags = {flag.note for poll in shipped.record.council_polls for flag in poll.flags}
    notes = " ".join(ask(emvote, "councils", "--outside")["notes"])
    row = next(row for row in ask(emvote, "councils")["rows"] if row["council"] == "South Kesteven")
    assert "override" in row["flags"]
    polled = [poll for poll in shipped.record.council_polls if poll.election == "local.2019-05-02"]
    assert flags
    for poll in polled:
        assert all(flag.note in notes for flag in poll.flags)


def test_the_evidence_of_a_baseline_is_in_the_notes(emvote: Emvote, shipped: Any) -> None:
    """Why a part of it is not told apart."""
    notes = " ".join(ask(emvote, "councils", "--outside")["notes"])
    polled = [poll for poll in shipped.record.council_polls if poll.election == "local.2019-05-02"]
    evidence = {held.note for poll in polled for held in (poll.eve, poll.last_election) if held.note}
    assert any("East Lindsey Independent Group" in note for note in evidence)
    assert any("as published: Boston Standard" in note for note in evidence)
    assert all(note in notes for note in evidence)


@pytest.mark.parametrize(
    "question",
    ["councils", "council Ashfield", "results local-2019", "map local-2019", "compare council:Derby council:Ashfield"],
)
def test_an_answer_about_what_councils_gained_names_both_baselines(emvote: Emvote, question: str) -> None:
    """Control against the eve of the poll, seats against the last ordinary election."""
    assert ask(emvote, *question.split())["baseline"] == {"control": "eve-of-poll", "seats": "last-election"}


# --- names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (("seat", "derby", "north"), ("seat", "Derby North")),
        (("seat", "DERBY-NORTH"), ("seat", "Derby North")),
        (("council", "hinckley", "&", "bosworth"), ("council", "Hinckley and Bosworth")),
        (("council", "City of Lincoln"), ("council", "Lincoln")),
        (("council", "Ashfield District Council"), ("council", "E07000170")),
        (("swing", "north", "east", "derbyshire"), ("swing", "North East Derbyshire")),
        (("seats", "--election", "ge2019"), ("seats", "--election", "parl.2019-12-12")),
        (("seats", "--election", "2019-notional"), ("seats", "--election", "parl.2019-12-12.notional")),
        (("seats", "--lost-by", "LIB DEM", "--election", "2010"), ("seats", "--lost-by", "ld", "--election", "2010")),
        (("seats", "--held-by", "Tory"), ("seats", "--held-by", "con")),
        (("councils", "--election", "local-2019"), ("councils",)),
        (("councils", "--control", "NOC"), ("councils", "--control", "noc")),
    ],
)
def test_names_are_taken_as_people_type_them(emvote: Emvote, typed: Words, plain: Words) -> None:
    """Case, accents, punctuation, `&` and quotes make no difference, and several forms mean one election."""
    assert ask(emvote, *typed)["rows"] == ask(emvote, *plain)["rows"]
    assert ask(emvote, *plain)["rows"]


@pytest.mark.parametrize(("question", "near"), UNKNOWN, ids=[" ".join(question) for question, _ in UNKNOWN])
def test_a_name_that_nothing_has_is_exit_3_and_at_most_suggested(
    emvote: Emvote, question: Words, near: str | None
) -> None:
    """Never silently taken for a near one."""
    done = emvote(*question)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("emvote: ")
    error = json.loads(emvote(*question, "--json").stderr)["error"]
    assert error["code"] == 3
    assert len(error["suggestions"]) <= 5
    if near:
        assert near in error["suggestions"]
        assert near in done.stderr


@pytest.mark.parametrize(("question", "things"), AMBIGUOUS, ids=[" ".join(question) for question, _ in AMBIGUOUS])
def test_a_name_that_several_things_have_is_exit_3_and_lists_them(
    emvote: Emvote, question: Words, things: list[str]
) -> None:
    """What it lists can be typed."""
    done = emvote(*question, "--json")
    assert (done.returncode, done.stdout) == (3, "")
    error = json.loads(done.stderr)["error"]
    assert error["suggestions"] == things
    assert "ambiguous" in error["message"]


# --- wrong usage and exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", WRONG, **IDS)
def test_a_question_that_makes_no_sense_is_exit_2_with_an_empty_output(emvote: Emvote, question: Words) -> None:
    """One message on standard error that is no traceback, and an object where the answer would have been JSON."""
    done = emvote(*question)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    asked = emvote(*question, "--json") if not {"--json", "--csv", "--format"} & {*question} else done
    assert (asked.returncode, asked.stdout) == (2, "")
    if asked.stderr.startswith("{"):
        error = json.loads(asked.stderr)["error"]
        assert set(error) == {"code", "message", "suggestions"}
        assert error["code"] == 2
        assert error["message"]
    else:
        assert asked is done


@pytest.mark.parametrize("command", EMPTY)
def test_an_empty_answer_is_exit_0_in_every_format(emvote: Emvote, command: str) -> None:
    """No rows, a header only, and a word on standard error."""
    question = EMPTY[command]
    assert ask(emvote, *question)["rows"] == []
    lines = table(once(emvote, *question, "--csv").stdout)
    assert len(lines) == 1
    assert set(lines[0]) >= {"councils": {"council"}, "seat": {"winner"}, "seats": {"winner"}}.get(command, set())
    assert once(emvote, *question, "--format", "jsonl").stdout == ""
    for form in EVERYWHERE:
        done = once(emvote, *question, "--format", form.value)
        assert done.returncode == 0
        assert done.stderr.startswith("emvote: ")


@pytest.mark.parametrize("words", [("seat", "Derby North"), ("councils",), ("check",), ("elections",)], **IDS)
@pytest.mark.parametrize("path", ["no/such/file.toml", "nonsense"])
def test_data_that_is_not_there_is_exit_4_and_named(emvote: Emvote, words: Words, path: str) -> None:
    """A missing path as a missing name; `check` prints it as its row."""
    done = emvote(*words, "--data", path)
    assert done.returncode == 4
    assert path in (done.stdout if words[0] == "check" else done.stderr)
    assert (done.stdout == "") == (words[0] != "check")


@pytest.mark.parametrize("command", command_names())
def test_every_command_has_help_with_an_example_of_itself(emvote: Emvote, command: str) -> None:
    """The example can be typed as it stands."""
    done = emvote(command, "--help")
    assert done.returncode == 0
    assert help_lines()[command].split(".")[0][:30] in " ".join(done.stdout.split())
    assert re.search(rf"^ +emvote {command}\b", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    "command", [name for name in command_names() if name not in {"export", "diff", "import", "browse", "mcp", "proof"}]
)
def test_the_examples_of_the_help_work(
    emvote: Emvote, command: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for those that name a file of the reader's, or need a terminal."""
    monkeypatch.chdir(tmp_path)
    found = [words for words in examples(command) if OF_THE_READER.isdisjoint(words)]
    assert found
    for words in found:
        assert emvote(*words).returncode == 0, words


# --- as a process -------------------------------------------------------------------------------------------------


def process(*words: str, **environment: str) -> CompletedProcess[str]:
    """The program as a shell runs it, on pipes."""
    kept = {key: value for key, value in os.environ.items() if key not in {"EMVOTE_DATA", "NO_COLOR", "FORCE_COLOR"}}
    return subprocess.run(
        [sys.executable, "-m", "emvote", *words],
        capture_output=True,
        encoding="utf-8",
        env={**kept, "PYTHONUTF8": "1", **environment},
        check=False,
        timeout=60,
    )


def test_a_process_answers_as_the_program_does_in_ours(emvote: Emvote) -> None:
    """Byte for byte."""
    for words in (("councils", "--lost-control"), ("seat", "Derby North", "--json")):
        done = process(*words)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == emvote(*words).stdout


def test_a_process_ends_with_the_code_of_its_error() -> None:
    """Standard output stays empty, so that nothing wrong is piped on."""
    for words, code in ((("seat", "Derby"), 3), (("swing", "--from", "2017", "--to", "2024"), 2), (("nonsense",), 2)):
        done = process(*words)
        assert (done.returncode, done.stdout) == (code, "")
        assert "Traceback" not in done.stderr


def test_a_pipe_is_never_coloured_or_cut_even_when_a_terminal_is_narrow() -> None:
    """Only a terminal has a width."""
    done = process("councils", COLUMNS="40")
    assert "\x1b" not in done.stdout
    assert "…" not in done.stdout
    assert "North West Leicestershire" in done.stdout


def test_the_dataset_can_be_named_by_the_environment() -> None:
    """And an option overrides it."""
    assert process("seats", EMVOTE_DATA="no/such.toml").returncode == 4
    assert process("seats", "--data", "results", "--csv", EMVOTE_DATA="no/such.toml").returncode == 0
