"""The record: what a dataset holds, as frozen dataclasses.

Only facts as published or overridden live here; everything that can be computed from them (majorities, control, swings)
is computed by `emvote.queries` with the formulas of `emvote.measures`. `None` means that the record does not say; it
is never a zero. The TOML file has the same names: `docs/dataset.md` describes it key by key.

A part is imported when something in it is first used: a dataclass takes 0.4 ms to define, and a question uses some ten
of the thirty. Modules that need a class of another part in annotations alone import it for type checkers alone.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from emvote.model.common import *  # noqa: F403 (everything)

if TYPE_CHECKING:
    from emvote.model.councils import *  # noqa: F403
    from emvote.model.governments import *  # noqa: F403
    from emvote.model.maps import *  # noqa: F403
    from emvote.model.mayors import *  # noqa: F403
    from emvote.model.parliament import *  # noqa: F403
    from emvote.model.people import *  # noqa: F403
    from emvote.model.wards import *  # noqa: F403
else:
    PARTS: Final = {
        "councils": (
            "Administration",
            "Composition",
            "Council",
            "CouncilPoll",
            "CouncilType",
            "Cycle",
            "CyclePeriod",
            "SeatsHeld",
        ),
        "governments": ("Government", "GovernmentForm"),
        "maps": ("HexMap", "HexPlaces", "Hexagon"),
        "mayors": ("MayorCandidacy", "MayorContest", "Mayoralty"),
        "parliament": ("Candidacy", "Contest", "Seat"),
        "people": ("AdministrationType", "CouncilAdministration", "Councillor", "Current", "WardCouncillors"),
        "wards": ("WardCandidacy", "WardContest"),
    }
    """What is in each part that not every question uses."""

    def __getattr__(name: str) -> Any:
        for part, names in PARTS.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{part}"), name)
        raise AttributeError(f"module {__name__} has no attribute {name}")
