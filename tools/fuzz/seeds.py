# ruff: noqa: E501 (rows of files are as long as they are)
"""Small written inputs for every target, and damaged copies of them: what the fuzzer starts from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tools.fuzz.targets import BETWEEN_FILES, ROOT, SMALL, folder

DATA = ROOT / "tests" / "data"
LARGEST = 8_000
"""Bytes of a seed: larger ones are cut up."""
DAMAGED = 4
"""Damaged copies of each."""
PIECES = (
    b"9" * 40,
    b"-1",
    b"0000-01-01",
    b"9999-12-31",
    b'""',
    b"nan",
    b"inf",
    b"\0",
    b"\xff",
    b"[[",
    b"\n",
    b"\xef\xbb\xbf",
    b"true",
    b"1e400",
    b"'''",
)
"""Put in place of something else."""

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


def written(target: str) -> Iterator[bytes]:
    """Small inputs of a target that are as they should be."""
    match target:
        case "toml":
            yield from (
                path.read_bytes() for kind in ("valid", "invalid") for path in sorted((DATA / kind).glob("*.toml"))
            )
            yield SMALL.read_bytes()
        case "edited":
            yield from (
                bytes((place // 256, place % 256, how, 3 * how)) * 2 for place in range(0, 700, 23) for how in range(7)
            )
        case "overlay":
            tables = SMALL.read_text(encoding="utf-8").split("\n\n")
            yield from (table.encode() for table in tables if table.startswith("[["))
            yield (DATA / "night.toml").read_bytes()
        case "published":
            yield from (LEAP, HANDBOOK_WARDS + BETWEEN_FILES + HANDBOOK, TOTALS, COMPOSITIONS, HISTORY)
            yield CANDIDATES + BETWEEN_FILES + RESULT
            yield CANDIDATES
            yield CANDIDATES.partition(b"\n")[2] + BETWEEN_FILES + RESULT.partition(b"\n")[2]
        case "claims":
            head, *each = (DATA / "claims.toml").read_text(encoding="utf-8").split("[[claims]]")
            yield from (f"{head}[[claims]]{one}".encode() for one in each)
        case "path":
            yield from PATHS
        case "package":
            from tools.fuzz.targets import _exported

            yield from (path.name.encode() + b"\n" + path.read_bytes() for path in sorted(_exported().iterdir()))
        case "database":
            yield _database()
        case "kept":
            yield from _snapshots()
        case "completion":
            yield from (
                f"bash\n{len(line.split())}\nemvote\n{chr(10).join(line.split())}".encode() for line in COMMANDS
            )
            yield from (
                f"{shell}\n{chr(10).join(line.split()[:2])}".encode()
                for line in COMMANDS
                for shell in ("bash", "zsh", "fish")
            )
        case "command":
            yield from (chr(10).join(line.split()).encode() for line in COMMANDS)


def _database() -> bytes:
    from emvote.store import open_dataset
    from emvote.store.export import Target, export

    path = folder() / "seed.sqlite"
    path.unlink(missing_ok=True)
    export(open_dataset(str(DATA / "valid" / "council.toml")), path, Target.SQLITE)
    return path.read_bytes()


def _snapshots() -> Iterator[bytes]:
    from emvote.store import open_dataset

    where = folder() / "seeds"
    open_dataset(str(DATA / "valid" / "council.toml"), snapshots=where)
    yield from (path.read_bytes() for path in where.glob("*.snapshot"))


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A copy with something cut out, doubled, exchanged or put in."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 4, 16, 80, 400)))
        piece = chance.choice((b"", content[start:end] * 2, chance.choice(PIECES), content[end : end + 30]))
        content = content[:start] + piece + content[end:]
    return content


def corpus(target: str, where: Path, seed: int = 0) -> int:
    """Write the inputs of a target into a folder; how many there are."""
    chance = random.Random(seed)  # noqa: S311 (the same again, not a secret)
    where.mkdir(parents=True, exist_ok=True)
    number = 0
    for content in written(target):
        for each in (content, *(damaged(content, chance) for _ in range(DAMAGED))):
            (where / f"seed-{number:04}").write_bytes(each)
            number += 1
    return number
