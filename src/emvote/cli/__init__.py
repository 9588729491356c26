"""The command line: the only place that knows Typer, standard output and exit codes."""
