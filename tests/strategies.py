# ruff: noqa: E501 (rows of files are as long as they are)
"""Hypothesis strategies of hostile inputs, for the tests and for the fuzzer: sound files, and damage to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from hypothesis import strategies as st
from tests.targets import BETWEEN_FILES, SMALL, exported, folder

from emvote.store import open_dataset
from emvote.store.export import Target, export

DATA: Final = Path(__file__).parent / "data"
PIECES: Final = (
    *(b"9" * 40, b"-1", b"0000-01-01", b"9999-12-31", b'""', b"nan", b"inf", b"\0", b"\xff", b"[[", b"\n"),
    *(b"\xef\xbb\xbf", b"true", b"1e400", b"'''"),
)
"""Put in place of something else."""
VALUES: Final = (
    *("0", "1", "-1", "2", "3", "10", "100", "40000", "999999999999", "1.5", "nan", "true", "false", '""', '"red"'),
    *('"ind"', '"other"', '"C01"', "[]", "{}", '["red"]', "2017-06-08", "2019-05-02", "0001-01-01", "9999-12-31"),
    *('"general"', '"notional"', '"local"', '"by-election"', '"all"', '"third"', '"2010"', '"2024"', '"x"'),
    "{ red = 1 }",
)
"""Values of a key in an edited dataset."""

LEAP = b"""council_name,council_ons,ward_name,ward_ons,candidate_name,party_short,votes,elected_flag
Boston,E07000136,Coastal,E05005682,Anne Ash,C,1012,1
Boston,E07000136,Coastal,E05005682,Ben Birch,Lab,400,0
"""
HANDBOOK_WARDS = b"""Ward/ County Electoral District name,ONS ward code,Upper tier authority,Seats,Electorate,Turnout (EC method)
Alfreton & Somercotes,E58001858,Derbyshire,1,10339,0.284
"""
HANDBOOK = b"""Ward/ County Electoral District name,ONS ward code,Candidate name,Party name,Votes cast,Elected
Alfreton & Somercotes,E58001858,Ann Alder,Reform UK,1476,TRUE
Alfreton & Somercotes,E58001858,Bob Beech,Labour and Co-operative Party,622,FALSE
"""
TOTALS = b"""COUNTYNAME,DISTRICTNAME,WARDNAME,VACS,TYPE,ELECT,TURNOUT,CON,LAB,GAINS IND,Grand Total
Lincolnshire,West Lindsey,GAINSBOROUGH EAST,2,SDA,"5,000",21.5,300,200,100,600
"""
COMPOSITIONS = b"""id,council_id,authority,year,total,con,lab,ld,green,ukip,ref,pc,snp,other,majority
1,2,Derby,2015,51,14,29,4,0,2,0,0,0,2,LAB
1,2,Lincoln,2016,33,6,27,0,0,0,0,0,0,0,LAB
"""
HISTORY = b"""constituency_id,seats,constituency,country/region,electorate,con_votes,con_share,lib_votes,lib_share,lab_votes,lab_share,natSW_votes,natSW_share,oth_votes,oth_share,total_votes,turnout,election,boundary_set
1,1,DERBY NORTH,East Midlands,70000,20000,0.4,5000,0.1,25000,0.5,0,,0,0,50000,0.714,1997,1997-2005
2,1,LINCOLN,East Midlands,60000,10000,0.25,0,,30000,0.75,,,,,40000,0.667,1974O,1974-1979
"""
CANDIDATES = b"""election_date,ons_id,ons_region_id,constituency_name,county_name,region_name,country_name,constituency_type,party_name,party_abbreviation,ec_party_id,mnis_party_id,ec_adjunct_party_id,candidate_first_name,candidate_surname,candidate_gender,sitting_mp,former_mp,member_mnis_id,votes,share,change
2019-12-12,E14000662,E12000004,Derby North,Derbyshire,East Midlands,England,Borough,Conservative,Con,PP52,4,,Ann,Ash,Female,No,No,,300,0.6,0.1
2019-12-12,E14000662,E12000004,Derby North,Derbyshire,East Midlands,England,Borough,Labour,Lab,PP53,15,,Bob,Birch,Male,Yes,No,,200,0.4,-0.1
"""
RESULT = b"""election_date,ons_id,ons_region_id,constituency_name,county_name,region_name,country_name,constituency_type,declaration_time,member_first_name,member_surname,member_gender,result,first_party,second_party,electorate,valid_votes,invalid_votes,majority,con,lab,ld,brx,green,snp,pc,dup,sf,sdlp,uup,apni,all_other_candidates
2019-12-12,E14000662,E12000004,Derby North,Derbyshire,East Midlands,England,Borough,,Ann,Ash,Female,Con gain from Lab,Con,Lab,1000,500,5,100,300,200,0,0,0,0,0,0,0,0,0,0,0
"""
PATHS = (
    b"rows[0].seat",
    b"rows[?votes > `3`].seat",
    b"length(rows)",
    b"summary.swing.red",
    b"rows[].{a: seat, b: votes}",
    b"sum(rows[].votes)",
    b"max_by(rows, &votes).seat",
    b"sort_by(rows, &share_pct)[-1].votes",
    b"rows[::-1].flags[]",
    b"rows[*].flags | [0]",
    b"join(', ', rows[].seat)",
    b"to_number('12')",
    b"not_null(summary.swing.red, `1`)",
    b"rows[?contains(flags, 'a') && !starts_with(seat, 'B')]",
    b"keys(summary)",
    b"map(&[@,@], rows)",
    b"to_string(@)",
    b"merge(summary, summary)",
    b"avg(rows[].share_pct)",
    b"type(@)",
    b"reverse(rows)",
    b"abs(`-1`)",
    b"ceil(`1.5`)",
    b"values(summary.swing)",
    b'"rows"[1]',
)
COMMANDS = (
    "results 2017",
    "seat Aldermere --election 2017 --explain",
    "seats --changed --csv",
    "swing --from 2015 --to 2017 --between red blu",
    "compare 2015 2017 --json",
    "compare Aldermere Brackwater",
    "targets red --scope region --under 5.5",
    "project --swing red:blu:5.9",
    "project --shares red=39,blu=24 --model proportional",
    "councils --all --baseline eve-of-poll",
    "council Aldermere",
    "wards Aldermere --format jsonl",
    "bellwethers",
    "candidate Ann",
    "map",
    "elections --kind general",
    "sources --sources",
    "check --format markdown",
    "schema seat",
    "explain swing",
    "seats --sort majority_pct --desc --limit 3 --columns seat,winner",
    "--version",
    "mayor fenmark",
    "seats --majority-under 5%",
    "claims --verdict contradicted",
    "diff results results",
    "project --transfer red:blu:5 --copy grn@2015:new",
)


def _datasets() -> Iterator[bytes]:
    yield from (path.read_bytes() for kind in ("valid", "invalid") for path in sorted((DATA / kind).glob("*.toml")))
    yield SMALL.read_bytes()


def _overlays() -> Iterator[bytes]:
    tables = SMALL.read_text(encoding="utf-8").split("\n\n")
    yield from (table.encode() for table in tables if table.startswith("[["))
    yield (DATA / "night.toml").read_bytes()


def _published() -> Iterator[bytes]:
    yield from (LEAP, HANDBOOK_WARDS + BETWEEN_FILES + HANDBOOK, TOTALS, COMPOSITIONS, HISTORY)
    yield CANDIDATES + BETWEEN_FILES + RESULT
    yield CANDIDATES
    yield CANDIDATES.partition(b"\n")[2] + BETWEEN_FILES + RESULT.partition(b"\n")[2]


def _claims() -> Iterator[bytes]:
    head, *claims = (DATA / "claims.toml").read_text(encoding="utf-8").split("[[claims]]")
    yield from (f"{head}[[claims]]{claim}".encode() for claim in claims)


def _package() -> Iterator[bytes]:
    yield from (path.name.encode() + b"\n" + path.read_bytes() for path in sorted(exported().iterdir()))


def _database() -> Iterator[bytes]:
    path = folder() / "seed.sqlite"
    export(open_dataset(str(DATA / "valid" / "council.toml")), path, Target.SQLITE, force=True)
    yield path.read_bytes()


def _snapshots() -> Iterator[bytes]:
    where = folder() / "seeds"
    open_dataset(str(DATA / "valid" / "council.toml"), snapshots=where)
    yield from (path.read_bytes() for path in where.glob("*.snapshot"))


def _completions() -> Iterator[bytes]:
    for words in map(str.split, COMMANDS):
        yield "\n".join(["bash", " ".join(["emvote", *words]), "=:"]).encode()
        yield "\n".join(["words", *words]).encode()


def _command_lines() -> Iterator[bytes]:
    yield from ("\n".join(line.split()).encode() for line in COMMANDS)


SOUND: Final[Mapping[str, Callable[[], Iterator[bytes]]]] = {
    "toml": _datasets,
    "overlay": _overlays,
    "published": _published,
    "claims": _claims,
    "path": lambda: iter(PATHS),
    "package": _package,
    "database": _database,
    "kept": _snapshots,
    "completion": _completions,
    "command": _command_lines,
}
"""Inputs of each target without damage."""


@st.composite
def damaged(draw: st.DrawFn, target: str) -> bytes:
    """A sound input, with up to three pieces of it cut out, doubled, moved or exchanged."""
    content = draw(st.sampled_from(_sound(target)))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 1, 4, 16, 80, 400))))
        pieces = st.sampled_from((*PIECES, b"", content[start:end] * 2, content[end : end + 30]))
        content = content[:start] + draw(pieces | st.binary(max_size=8)) + content[end:]
    return content


@cache
def _sound(target: str) -> tuple[bytes, ...]:
    return tuple(SOUND[target]())


@st.composite
def edited(draw: st.DrawFn) -> bytes:
    """A dataset with everything in it, some of its lines edited: much of it still keeps the rules."""
    lines = list(_lines())
    for _ in range(draw(st.integers(1, 12))):
        at, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.sampled_from(("delete", "double", "exchange", "value", "value", "borrow", "number"))):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(at, lines[other])
            case "exchange":
                lines[at], lines[other] = lines[other], lines[at]
            case "value":
                lines[at] = f"{lines[at].partition(' = ')[0]} = {draw(st.sampled_from(VALUES))}"
            case "borrow":
                lines[at] = f"{lines[at].partition(' = ')[0]} = {lines[other].partition(' = ')[2] or 1}"
            case _ if numbers := re.findall(r"\d+", lines[at]):
                number = draw(st.sampled_from(numbers))
                changed = max(0, int(number) + draw(st.integers(-128, 128)))
                lines[at] = lines[at].replace(number, str(changed), 1)
    return "\n".join(lines).encode()


@cache
def _lines() -> tuple[str, ...]:
    """A sound dataset with everything in it, a line a key or candidate."""
    wards = (DATA / "valid" / "wards.toml").read_text(encoding="utf-8")
    own = wards[wards.index("[[mayoralties]]") :].replace('"blue"', '"blu"').replace('"C1"', '"C01"')
    mayor = (
        '[[elections]]\nid = "mayor.fenmark.2019-05-02"\nname = "m"\nkind = "mayor"\ndate = 2019-05-02\nsource = "s"\n'
    )
    text = SMALL.read_text(encoding="utf-8")
    source = text[text.index("[[sources]]") :].partition('id = "')[2].partition('"')[0]
    whole = f"{text}\n{mayor}\n{own}".replace('source = "s"', f'source = "{source}"')
    return tuple(line for line in whole.replace('"gazette"', f'"{source}"').splitlines() if line and line[0] != "#")


INPUTS: Final[Mapping[str, st.SearchStrategy[bytes]]] = {
    **{target: damaged(target) for target in SOUND},
    "toml": damaged("toml") | edited(),
}
"""Hostile inputs of each target."""
