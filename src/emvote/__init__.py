"""Query and report elections in the East Midlands of England.

`emvote.open()` opens a dataset, with a method for every command that answers from one:

    import emvote

    elections = emvote.open()
    elections.seat("Derby North", election="2019").rows[0].majority_votes

What is named here is public, as are the commands, options and fields. Importing this package loads nothing else.
"""

from __future__ import annotations

from emvote.version import __version__

TYPE_CHECKING = False  # as in `typing`, which is not loaded before an interrupt can be handled
if TYPE_CHECKING:
    from os import PathLike

    from emvote import errors
    from emvote.api import Answer, Emvote, Record

__all__ = ["Answer", "Emvote", "Record", "__version__", "errors", "open"]


def open(  # noqa: A001 (read as emvote.open)
    data: str | PathLike[str] | None = None, *, overlay: str | PathLike[str] | None = None
) -> Emvote:
    """Open a dataset, to be asked what the command line is asked.

    Neither variables of the environment nor the configuration file are read: what is not said here is the default.

    Args:
        data: a file, a folder, or the name of a shipped dataset (`uk`); `None`: the shipped one of the East Midlands.
        overlay: a file of corrections or results to lay over it.

    Raises:
        errors.BadData: it cannot be read, or breaks its rules.
    """
    from emvote.api import Emvote

    return Emvote(None if data is None else str(data), None if overlay is None else str(overlay))


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "errors":
        return import_module("emvote.errors")
    if name in ("Answer", "Emvote", "Record"):
        return getattr(import_module("emvote.api"), name)
    raise AttributeError(f"module 'emvote' has no attribute {name!r}")
