"""Write the man page again; with `--check`, say whether it is stale."""

from __future__ import annotations

import sys

from tools.pages.manual import FILE, manual


def is_stale() -> bool:
    """Whether the man page is not as the commands are."""
    return not FILE.exists() or FILE.read_text(encoding="utf-8") != manual()


def main(arguments: list[str]) -> int:
    """Write or check it; the exit code."""
    if arguments == ["--check"]:
        stale = is_stale()
        if stale:
            print(f"{FILE.name} is stale: python dev.py docs", file=sys.stderr)
        return int(stale)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(manual(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
