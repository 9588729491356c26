"""How the Local Elections Archive Project abbreviates parties: code to party id.

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
