"""What the Local Elections Handbook's own keys say of its abbreviations of parties, year by year.

The workbook of 2023 has no key: what the keys of all other years agree on, and what was judged for the East Midlands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# fmt: off
HANDBOOK: Final[Mapping[int, Mapping[str, str]]] = {
    2021: {
        "ADF": "Alliance for Democracy & Freedom", "AFP": "Active for Plymouth", "AFW": "Active for Westhoughton",
        "AGS": "Alliance for Green Socialism", "AND IND": "Andover Independents", "ASHIND": "Ashfield Independents",
        "ASHT IND": "Ashtead Independent", "ATC": "Abolish Town Council",
        "B&D IND": "Basingstoke & Deane Independents", "BCP": "Black Country Party", "BD": "British Democrats",
        "BFC": "Bolton for Change", "BIG": "Barnsley Independents Group", "BNP": "British National Party",
        "BPIND": "Burnley and Padiham Independents", "BUCKS": "Bucks Together",
        "CC IND": "Cannock Chase Independents", "CCH": "Community Campaign (Hart)", "CF": "Community First",
        "CH IND": "Chesterfield Independents", "CI IND": "Canvey Island Independents", "CON": "Conservative",
        "CORE IND": "Core Independents", "COVCIT": "Coventry Citizens", "CPA": "Christian Peoples Alliance",
        "CPB": "Communist Party of Britain", "DEM": "Democrat", "DEMNET": "Democratic Network",
        "DER IND": "Derwentside Independents", "DEWS IND": "Dewsbury Borough Independents",
        "EDEM": "English Democrat", "EWF": "Edlington & Warmsworth First", "F IND": "Failsworth Independents",
        "FA": "Freedom Alliance", "FBM": "For Britain Movement", "FIVESTAR": "Five Star Party",
        "FKF": "Farnworth & Kearsley First", "FOUND": "Foundation Party", "FRAG": "Formby Residents Action Group",
        "FREE": "Freedom Alliance", "FTPNTP": "For the People Not the Party",
        "GARF IND": "Garforth & Swillington Independents Party", "GGG": "Guildford Green-belt Group",
        "GREEN": "Green", "GREEN ACCIDENTAL CANDIDATE": "Green", "H&B F IND": "Horwich & Blackrod First Independents",
        "HALL": "Harlow Alliance", "HANTS IND": "Hampshire Independents", "HER": "Heritage",
        "HIU": "Hartlepool Independent Union", "HOSEM": "Holland on Sea & Eastcliff Matters",
        "IEDA": "Independent East Devon Alliance", "IHC": "Independent Health Concern",
        "IIN": "Island Independent Network", "IND": "Independent", "INDNET": "Independent Network",
        "JACP": "Justice & Anti-Corruption Party", "KES": "Keep Equality Safe Party", "LAB": "Labour",
        "LAB ACCIDENTAL CANDIDATE": "Labour", "LALL": "Local Alliance",
        "LATT": "Leigh, Atherton & Tyldesley Together", "LD": "Liberal Democrats", "LIB": "Liberal Party",
        "LIBER": "Libertarian Party", "LINCS IND": "Lincolnshire Independents", "LINK": "Link Party",
        "LRA": "Loughton & Residents Association", "MAN IND": "Mansfield Independents", "MF": "Mexborough First",
        "MK": "Mebyon Kernow", "MORL IND": "Morley Borough Independents", "MRLP": "Monster Raving Loony Party",
        "N HRT": "Northern Heart", "ND": "No Description", "NEP": "North East Party",
        "NEW IND": "Newcastle Independents", "NF": "National Front", "NHA": "National Health Action Party",
        "NORTH IND": "Northamptonshire Independents", "NORTH SPS": "Northampton Save Our Public Services",
        "OI": "Our Island", "OSAC": "Old Swan Against the Cuts", "OWL": "Our West Lancashire",
        "PABAG": "People Against Bureaucracy Action Group", "PATRIA": "Patria",
        "PEACE": "The Peace Party - Non-violence, Justice, Environment", "PINK": "Burning Pink",
        "POP": "Populist Party", "POS": "Proud of Oldham & Saddleworth", "PSYCH": "Psychedelic Movement",
        "PUP": "Political Unity for Progress", "RADF": "Radcliffe First", "RDP": "Rotherham Democratic Party",
        "RDR": "Rochford District Residents", "REBOOT": "Rebooting Democracy", "REF": "Reform UK",
        "RES": "Residents Association", "RESIST": "Resist", "SAVE": "Save Us Now", "SCP": "Seham Community Party",
        "SDP": "Social Democratic Party", "SGRA": "Swanscombe and Greenhithe Residents' Association",
        "SHEV IND": "Shevington Independents", "SHIND": "South Holland Independents",
        "SKIND": "Skelmersdale Independents", "SNIG": "St Neots Independent Group",
        "SOB IND": "Save Our Beeston and Holbeck Independents", "SOCLAB": "Socialist Labour Party",
        "SPGB": "Socialist Party of Great Britain", "STP": "Stalybridge Town Party",
        "SUDS": "Skegness Urban District Society", "SWFCTA": "South Woodham Ferrers Council Taxpayers Association",
        "SWIND": "Swale Independents", "TF": "Tendring First", "THA IND": "Thanet Independents",
        "THIND": "Thurrock Independents", "TUSC": "Trade Union and Socialist Coalition",
        "TWA": "Tunbridge Wells Alliance", "UKIP": "United Kingdom Independence Party", "UKV": "UK Voice",
        "VECTIS": "Vectis", "VOICE": "Voice", "VOLT": "Volt UK", "VPP": "Veterans and People's Party",
        "WALSOC": "Walton Society", "WBCP": "Whitehill & Bordon Community Party", "WEP": "Women's Equality Party",
        "WEST F IND": "Westhoughton First Independents", "WF": "Werrington First", "WICKIND": "Wickford Independents",
        "WP": "Workers Party", "WS IND": "West Suffolk Independents", "WSTGI": "Weybridge & St George's Independents",
        "WYC IND": "Wycombe Independent", "YESHUA": "Yeshua Party", "YORKS": "Yorkshire Party",
        "YPP": "Young People's Party",
    },
    2022: {
        "ABTV": "Abolish the TV Licence", "ADF": "Alliance for Democracy & Freedom",
        "AGS": "Alliance for Green Socialism", "AIAR": "Ashtead Independent, working with Ashtead Residents",
        "ASP": "Aspire", "AWA": "Abolish the Welsh Assembly", "AWP": "Animal Welfare Party",
        "B&D IND": "Basingstoke & Deane Independents", "BDP": "British Democratic Party",
        "BIG": "Barnsley Independent Group", "BP": "Breakthrough Party",
        "BP IND": "Burnley & Padiham Independents Group", "BR DEM": "British Democrats", "BRFIRST": "Britain First",
        "BRITF": "Britain First", "CCH": "Community Campaign Hart", "CCI": "Chase Community Independents",
        "CCP": "Coventry Citizens Party", "CFP": "Change for Plymouth", "CIIP": "Canvey Island Independent Party",
        "CM": "Chislehurst Matters", "COMM": "Communist Party of Britain", "CON": "Conservative",
        "CONFEL": "Confelicity", "CPA": "Christian Peoples Alliance", "ECP": "English Constitution Party",
        "EDEM": "English Democrats", "F & K FIRST": "Farnworth & Kearsley First Party", "FBM": "For Britain Movement",
        "FIG": "Fareham Independent Group", "FIP": "Failsworth Independent Party",
        "FIRST": "Bolton First or Rossendale First", "FREE": "Freedom Alliance",
        "G & S IND": "Garforth & Swillington Independents Party", "GREEN": "Green", "GWLAD": "Gwlad",
        "H & B FIRST": "Horwich & Blackrod First Independents", "H & U IND": "Hornchurch & Upminster Independents",
        "HALL": "Harlow Alliance", "HAMPS IND": "Hampshire Independents", "HER": "Heritage Party",
        "HIU": "Hartlepool Independent Union", "HRES": "Harold Wood Residents Association",
        "I RES": "Independent Residents", "IND": "Independent", "IND 4 FROME": "Independents for Frome",
        "IND NET": "Independent Network", "INDN": "Independent Network",
        "KIRG": "Kingston Independents Residents Group", "LAB": "Labour", "LD": "Liberal Democrats",
        "LIB": "Liberal Party", "LIBER": "Libertarian Party", "LL&D FIRST": "Little Lever & Darcy Lever First",
        "LLAN FIRST IND": "Llantwit First Independents", "LLL": "Let London Live",
        "MBI": "Morley Borough Independents", "MIP": "Middleton Independents Party",
        "MRLP": "Official Monster Raving Loony Party", "ND": "No description", "NEP": "The North East Party",
        "NEWC IND": "Newcastle Independents", "NF": "National Front", "NH": "Northern Heart",
        "NHAP": "National Health Action Party", "NHP": "National Housing Party", "NIP": "Northern Independence Party",
        "OK": "One Kearsley", "OMRL": "Official Monster Raving Loony Party", "OWL": "Our West Lancashire",
        "PABAG": "People Against Bureaucracy", "PC": "Plaid Cymru", "PIP": "People's Independent Party",
        "PORT IND": "Portsmouth Independents", "PROP": "Propel", "PROUD": "Proud of Oldham and Saddleworth",
        "RAD FIRST": "Radcliffe First", "REF": "Reform UK", "REJEU": "Rejoin EU", "RES": "Residents Association",
        "RESYP": "Resurrection Young People", "REU": "Rejoin EU", "SDP": "Social Democratic Party",
        "SFA": "Stockport Fights Austerity", "SG": "Shared Ground", "SOC": "Socialist Party of Great Britain",
        "SOV": "Sovereign Party", "STN IND": "St. Neots Independent Group", "SUN": "Save Us Now",
        "TH IND": "Thurrock Independents", "TTI": "Taking the Initiative Party",
        "TUSC": "Trade Union and Socialist Coalition", "TWA": "Tunbridge Wells Alliance",
        "UKIP": "United Kingdom Independence Party", "UP": "Uplands", "VOICE": "UK Voice", "VOLT": "Volt UK",
        "W & STG IND": "Weybridge and St. George's Independents", "WAI": "Whitby Area Independents",
        "WALSOC": "Walton Society", "WEP": "Womens Equality Party", "WERR FIRST": "Werrington First",
        "WFI": "Westhoughton First Independents", "WICK IND": "Wickford Independents", "WM": "We Matter Party",
        "WP": "Workers Part of Britain", "WPB": "Workers Party of Britain", "YESH": "Yeshua",
        "YORKS": "Yorkshire Party",
    },
    2023: {
        "ADF": "Alliance for Democracy & Freedom", "AGS": "Alliance for Green Socialism",
        "ASH IND": "Ashfield Independents", "ASHF IND": "Ashford Independent", "ASHT IND": "Ashtead Independent",
        "AWP": "Animal Welfare Party", "B & D IND": "Basingstoke & Deane Independents",
        "BDP": "British Democratic Party", "BELPER IND": "Belper Independents", "BLUE REV": "Blue Revolution",
        "BOST IND": "Boston Independent", "BREAK": "Breakthrough Party", "BRIT 1ST": "Britain First",
        "C & ND IND": "Chesterfield And North Derbyshire Independents (CANDI)", "CCH": "Community Campaign Hart",
        "CCP": "Coventry Citizens Party", "CIIP": "Canvey Island Independent Party", "CMTY 1ST": "Community First",
        "CON": "Conservative", "CONFEL": "Confelicity", "CPA": "Christian Peoples Alliance",
        "CPB": "Communist Party of Britain", "ECA": "Edgeley Community Association", "ENG DEM": "English Democrats",
        "ERA": "Esher Residents Association", "FAIL IND": "Failsworth Independents", "FOUND": "Foundation Party",
        "FRAG": "Formby Residents Action Group", "G & S IND": "Garforth & Swillington Independents",
        "GAINS IND": "Gainsborough Independents", "GGG": "Guildford Green-belt Group", "GREEN": "Green",
        "HAMPS IND": "Hampshire Independents", "HEN RES": "Henley Residents Group", "HER": "Heritage Party",
        "IND": "Independent", "IND CHOICE": "Independent Choice", "IND NET": "Independent Network",
        "L & A IND": "Leigh & Atherton Independent", "LAB": "Labour", "LD": "Liberal Democrats",
        "LIB": "Liberal Party", "LIBER": "Libertarian Party", "LINCS IND": "Lincolnshire Independents",
        "MAN IND": "Mansfield Independents", "MBIND": "Morley Borough Independents",
        "MIDDLE IND": "Middleton Independents", "NEW IND": "Newcastle Independents", "NF": "National Front",
        "NH": "Northern Heart", "NHP": "National Housing Party", "NIP": "Northern Independence Party",
        "NORK RES": "Nork Residents Association", "NOTT IND": "Nottingham Independents", "OK": "One Kearsley",
        "OMRL": "Official Monster Raving Loony Party", "OSAC": "Old Swan Against the Cuts",
        "OWL": "Our West Lancashire", "PATRIA": "Patria",
        "PEACE": "The Peace Party - Non-violence, Justice, Environment", "PIP": "People's Independent Party",
        "PORT IND": "Portsmouth Independents", "PSYCH": "Psychedelic Movement", "RAD 1ST": "Radcliffe First",
        "RD": "Reform Derby", "RD & R": "Reform Derby", "REF": "Reform UK",
        "REF & BFC": "Reform UK & Bolton for Change", "RES": "Residents Association",
        "RUSH IND": "Rushcliffe Independents", "SDP": "Social Democratic Party",
        "SH IND": "South Holland Independents", "SKEG UDS": "Skegness Urban District Society",
        "SPGB": "Socialist Party of Great Britain", "STAND IND": "Standish Independents", "SUN": "Save Us Now",
        "SWALE IND": "Swale Independents", "SWFCTA": "South Woodham Ferrers Council Taxpayers Association",
        "T & T IND": "Tewkesbury and Twyning Independents", "TH IND": "Thurrock Independents",
        "TUSC": "Trade Unionist and Socialist Coalition", "TWA": "Tunbridge Wells Alliance",
        "UKIP": "UK Independence Party (UKIP)", "W & ST.G IND": "Weybridge & St.Georges Independents",
        "WALSOC": "Walton Society", "WEP": "Womens Equality Party", "WICK IND": "Wickford Independents",
        "WPB": "Workers Party of Britain", "WS IND": "West Suffolk Independents", "YESHUA": "Yeshua Party",
        "YORKS": "Yorkshire Party",
    },
    2024: {
        "AN Ind": "Atherton North Independent", "B & D Ind": "Basingstoke & Deane Independents",
        "Brit 1st": "Britain First", "Brit Dem": "British Democrats", "Bury Ind": "Bury Independents",
        "Cater Res": "Caterham Residents", "CCH": "Community Campaign (Hart)", "CCP": "Coventry Citizens Party",
        "CIIP": "Canvey Island Independent Party", "Cmty 1st": "Community First", "Comm": "Communist",
        "Comm Fut": "Communist Future", "COMMUNIST FUTURE": "Communist Future", "Con": "Conservative",
        "Confel": "Confelicity", "CPA": "Christian Peoples Alliance", "CRA": "Canvey Residents' Alliance",
        "ECA": "Edgeley Community Association", "ED": "English Democrats", "ERA": "Esher Residents Association",
        "F & O Ind": "Fant & Oakwood Independents", "F&KFP": "Farnworth and Kearsley First Party",
        "Fail Ind": "Failsworth Independents", "FANT and OAKWOOD INDEPENDENTS": "Fant & Oakwood Independents",
        "Free": "Freedom Party", "G & S Ind": "Garforth & Swillington Independents", "Green": "Green",
        "H&BFI": "Horwich & Bolfton First Independents", "HAll": "Harlow Alliance",
        "Hamps Ind": "Hampshire Independents", "Her": "Heritage Party", "Home": "Home",
        "Hsg": "National Housing Party", "HW & WG": "Hinchley Wood & Weston Green Independents", "Ind": "Independent",
        "Ind 4 Dorset": "Independents for Dorset", "Ind Choice": "Independent Choice", "Ind Green": "Ind Green",
        "Ind Net": "Independent Network", "IOA": "Independent Oxford Alliance",
        "IRTW": "Independents for Royal Tunbridge Wells", "ITW": "Independents Tunbridge Wells", "Justice": "Justice",
        "Know Cmty": "Knowle Community", "L & A Ind": "Leigh & Atherton Independent",
        "L & C Res": "Lingfield & Crowhurst Residents Association",
        "L & M Ind": "Lydiate and Maghull Community Independents", "Lab": "Labour", "LD": "Liberal Democrats",
        "Leigh Ind": "Leigh Independents", "Lib": "Liberal Party", "Liber": "Libertarian",
        "Lincs Ind": "Lincolnshire Independents", "MB Ind": "Morley Borough Independents",
        "Middle Ind": "Middleton Independents", "MRA": "Molesey Residents Association", "ND": "No Description",
        "NEP": "North East Party", "Newc Ind": "Newcastle Independents",
        "NEWCASTLE INDEPENDENTS": "Newcastle Independents", "Nork RA": "Nork Residents Association",
        "NORK RES": "Nork Residents Association", "Northern Heart": "Northern Heart",
        "O & L Res": "Oxted & Limpsfield Residents", "OMRLP": "The Official Monster Raving Loony Party",
        "OWL": "Our West Lancashire", "PABAG": "People Against Bureaucracy Action Group",
        "Pete First": "Peterborough First", "PIP": "People's Independent Party",
        "Ports Ind": "Portsmouth Independents", "PoW": "Party of Women", "Rad 1st": "Radcliffe First",
        "Ref": "Reform UK", "Ref & BFC": "Reform UK & Bolton for Change", "Res": "Residents Association",
        "Save": "Save Us Now", "SDP": "Social Democrat Party", "Shev Ind": "Shevington Independents",
        "Soc Lab": "Socialist Labour", "Stand Ind": "Standish Independents",
        "T & P Res": "Tattenham & Preston Residents Association",
        "TD & WG": "Thames Ditton & Weston Green Independents",
        "THE OFFICIAL MONSTER RAVING LO": "The Official Monster Raving Loony Party",
        "TUSC": "Trade Union and Socialist Coalition", "TWA": "Tunbridge Wells Alliance",
        "UKIP": "UK Independence Party (UKIP)", "W & St.G Ind": "Weybridge & St.Georges Independents",
        "Wake & D": "Wakefield & District", "WalSoc": "Walton Society", "WEP": "Women's Equality Party",
        "WFI": "Westhoughton First Independents", "Why Res": "Whyteleafe Residents",
        "Wick Ind": "Wickford Independents", "WP": "Workers Party", "Yeshua": "Yeshua",
        "Yorks": "The Yorkshire Party",
    },
}
# fmt: on
"""Year of the sheets, and code, to the name of the party in full."""

SHORTER: Final = {
    "Communist": "Communist Party of Britain",
    "English Democrat": "English Democrats",
    "Green": "Green Party",
    "Heritage": "Heritage Party",
    "Libertarian": "Libertarian Party",
    "Social Democrat Party": "Social Democratic Party",
    "Socialist Labour": "Socialist Labour Party",
    "Workers Part of Britain": "Workers Party of Britain",
}
"""Names of the keys that leave out a word, or misspell one, to the party's own name."""
LARGE: Final = frozenset({"CON", "LAB", "LD", "GREEN", "UKIP", "REF", "PC", "SNP", "IND"})
"""Abbreviations that mean one party everywhere, whatever a dataset calls it in full."""
NO_PARTY: Final = "ND"
"""Abbreviation of candidates without a description."""
DOUBTFUL: Final = frozenset({"RD & R", "GAINS IND", "BREAK"})
"""Abbreviations of 2023 of which no other year's key tells anything: what they are read as is not confirmed."""


def in_full(year: int, code: str) -> str | None:
    """The name in full of an abbreviation in the sheets of a year; `None`: its key lacks it.

    >>> in_full(2021, "BIG"), in_full(2024, "B and D IND"), in_full(2024, "FREE"), in_full(2021, "XYZ")
    ('Barnsley Independents Group', 'Basingstoke & Deane Independents', 'Freedom Party', None)
    """
    name = _FOLDED.get((year, _folded(code)))
    return SHORTER.get(name, name) if name else None


def _folded(code: str) -> str:
    """A code without what the key and the sheets of one workbook write differently."""
    return code.upper().replace("&", "AND").replace(" ", "")


_FOLDED: Final = {(year, _folded(code)): name for year, key in HANDBOOK.items() for code, name in key.items()}
