"""Looks for inputs that emvote answers wrongly: see `__main__`."""
