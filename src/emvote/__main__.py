"""`python -m emvote` is the same as `emvote`."""

from emvote.cli.entry import main

if __name__ == "__main__":
    main()
