"""Readers for the files that others publish, and what they make of them."""
