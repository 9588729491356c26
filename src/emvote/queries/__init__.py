"""Questions: each module asks a dataset one thing and answers with frozen dataclasses of exact figures.

Queries are pure. They read no file, print nothing and round nothing.
"""
