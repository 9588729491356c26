"""Builds `data/results.toml` from the raw files: `python -m tools.build_dataset RAW OUT`."""
