"""Colours of drawings: the default, and of letters on a colour."""

from __future__ import annotations

from typing import Final

NEUTRAL: Final = "#d0d0d0"
"""Held, not known, or of no colour on record."""


def ink(background: str) -> str:
    """Black or white, whichever reads better on a colour.

    >>> ink("#ffffcc"), ink("#253494")
    ('#000000', '#ffffff')
    """
    red, green, blue = (int(background[start : start + 2], 16) / 255 for start in (1, 3, 5))
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    # the contrast ratio of WCAG is the better of the two
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"
