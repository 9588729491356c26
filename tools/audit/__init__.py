"""Known vulnerabilities of what emvote needs: see `__main__`."""
