"""Runs the tests on every Python and with every age of dependency that emvote allows: see `__main__`."""
