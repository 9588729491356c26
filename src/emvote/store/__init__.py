"""Reading and writing datasets: the only package that touches files for data."""

from emvote.store.read import examine, open_dataset

__all__ = ["examine", "open_dataset"]
