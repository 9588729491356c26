"""`python -m emvote` is the same as `emvote`."""

from emvote.cli.main import main

if __name__ == "__main__":
    main()
