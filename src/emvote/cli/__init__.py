"""The command line: options, standard output and exit codes."""
