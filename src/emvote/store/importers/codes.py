"""How the publishers of ward results abbreviate parties: code to party id.

Only what the name, abbreviation and aliases of a party do not tell already.
"""

from __future__ import annotations

from typing import Final

LEAP: Final = {
    "Ashfield": "ashind",
    "BlueRevn": "bluerev",
    "BritDem": "bdp",
    "EDP": "ed",
    "IndNwk": "indnet",
    "Lib": "liberal1989",
    "Libtn": "libertarian",
}
"""Codes of the Local Elections Archive Project."""

LEH: Final = {
    "BIG": "broxind",
    "BLUE REV": "bluerev",
    "BOST IND": "bostonind",
    "BREAK": "breakthrough",
    "Belp Ind": "belpind",
    "Blue Rev": "bluerev",
    "Bost Ind": "bostonind",
    "Brox All": "broxall",
    "C & ND IND": "candi",
    "CH IND": "chind",
    "CPB": "communist",
    "EDEM": "ed",
    "EDem": "ed",
    "FREE": "freedomalliance",
    "FreeAll": "freedomalliance",
    "GAINS IND": "gainsind",
    "HER": "heritage",
    "Her": "heritage",
    "Ind Net": "indnet",
    "LIB": "liberal1989",
    "Lib": "liberal1989",
    "Liber": "libertarian",
    "MAN IND": "mif",
    "ND": "ind",
    "NORTH IND": "nni",
    "NORTH SPS": "nsps",
    "NOTT IND": "nottmind",
    "RD & R": "reformderby",
    "RUSH IND": "rushind",
    "Rush Ind": "rushind",
    "SH IND": "shind",
    "SH Ind": "shind",
    "SKEG UDS": "suds",
    "SOCLAB": "slp",
}
"""Codes of the Local Elections Handbook; `BIG` is another party outside Nottinghamshire."""

DOUBTFUL: Final = frozenset({"RD & R", "GAINS IND", "BREAK"})
"""Codes of the handbook that have no key in it: what they are read as is not confirmed."""
KEYS: Final = {"ND": "No Description"}
"""Codes of candidates without a party that say more than that."""
