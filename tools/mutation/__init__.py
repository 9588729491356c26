"""Mutation testing: whether a test fails when a line of the arithmetic is changed. Run outside CI."""
