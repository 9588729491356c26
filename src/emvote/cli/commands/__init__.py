"""One module a command, imported only when it is asked for: parse, query, view; see `emvote.cli.command`."""
