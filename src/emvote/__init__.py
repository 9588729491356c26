"""Query and report elections in the East Midlands of England.

`emvote` is a command-line tool; as a library, `emvote.store.open_dataset` gives a `Dataset` and the modules of
`emvote.queries` answer questions about it with frozen structs. Importing this package loads nothing else.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
