"""How the House of Commons Library's file since 1918 spells seats of the East Midlands where others spell otherwise.

The file prints names in capitals, often after the county, which needs no entry: `DERBYSHIRE BELPER`.
"""

from __future__ import annotations

from typing import Final

VARIANTS: Final = {
    "North East Derbyshire": ("DERBYSHIRE NORTH EASTERN", "DERBYSHIRE NORTH EAST"),
    "South Derbyshire": ("DERBYSHIRE SOUTHERN", "DERBYSHIRE SOUTH"),
    "South East Derbyshire": ("DERBYSHIRE SOUTH EAST",),
    "West Derbyshire": ("DERBYSHIRE WESTERN", "DERBYSHIRE WEST"),
    "North West Leicestershire": ("LEICESTERSHIRE NORTH WEST",),
    "Rutland and Melton": ("RUTLAND & MELTON",),
    "Rutland and Stamford": (
        "RUTLAND & STAMFORD",
        "LINCOLNSHIRE (Parts of Kesteven and Rutlandshire) RUTLAND AND STAMFORD",
    ),
    "Boston and Skegness": ("BOSTON & SKEGNESS",),
    "East Lindsey": ("LINDSEY EAST",),
    "Gainsborough": ("LINCOLNSHIRE (Parts of Lindsey) GAINSBOROUGH",),
    "Gainsborough and Horncastle": ("GAINSBOROUGH & HORNCASTLE",),
    "Grantham": ("LINCOLNSHIRE (Parts of Kesteven and Rutlandshire) GRANTHAM",),
    "Grantham and Stamford": ("GRANTHAM & STAMFORD",),
    "Holland with Boston": ("LINCOLNSHIRE (Parts of Holland) HOLLAND WITH BOSTON",),
    "Horncastle": ("LINCOLNSHIRE (Parts of Lindsey) HORNCASTLE",),
    "Louth and Horncastle": ("LOUTH & HORNCASTLE",),
    "Sleaford and North Hykeham": ("SLEAFORD & NORTH HYKEHAM",),
    "South Holland and The Deepings": ("SOUTH HOLLAND & THE DEEPINGS",),
    "Stamford and Spalding": ("STAMFORD & SPALDING",),
    "Kettering": ("NORTHAMPTONSHIRE (and the Soke of Peterborough) KETTERING",),
    "South Northamptonshire": ("NORTHAMPTONSHIRE (and the Soke of Peterborough) SOUTH",),
    "Wellingborough": ("NORTHAMPTONSHIRE (and the Soke of Peterborough) WELLINGBOROUGH",),
}
"""Name to what the file has in its place: another order of the words, `&` or `AND`."""

DAMAGED: Final = {
    "Derby South": ("DEBRY SOUTH",),
    "Bolsover": ("DERBYSHIRE BOLSOLVER",),
    "South East Derbyshire": ("SOUTH EAST DERBYSHIE",),
    "Leicester North East": ("LEICESTERNORTH EAST",),
    "Leicester North West": ("LEICESTERNORTH WEST",),
    "Leicester South East": ("LEICESTERSOUTH EAST",),
    "Leicester South West": ("LEICESTERSOUTH WEST",),
    "Louth": ("LINCNOLSHIRE (Parts of Lindsey) LOUTH",),
    "Nottingham Central": ("NOTTINGHAMCENTRAL",),
    "Nottingham North": ("NOTTINGHAMNORTH",),
    "Nottingham South": ("NOTTINGHAMSOUTH",),
    "Nottingham West": ("NOTTINGHAMWEST",),
}
"""Name to what the file has by mistake."""
