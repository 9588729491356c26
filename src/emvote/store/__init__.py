"""Reading and writing datasets: the only package that touches files for data."""

from emvote.store.read import open_dataset, read_record

__all__ = ["open_dataset", "read_record"]
