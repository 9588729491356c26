"""What a JMESPath expression takes from an answer in JSON."""

from __future__ import annotations

from typing import Any, Final

import jmespath
import msgspec

from emvote.errors import UsageProblem

LONGEST: Final = 2_000
"""Characters of an expression."""


def render_query(answer: str, expression: str) -> str:
    """Return what an expression takes from an answer: as JSON, a single text or number bare.

    Args:
        answer: in JSON.
        expression: in JMESPath (https://jmespath.org); what leads nowhere is null.

    Raises:
        UsageProblem: it is no expression, or asks for what cannot be computed.
    """
    found = _search(expression, msgspec.json.decode(answer))
    if isinstance(found, str):
        return f"{found}\n"
    return f"{msgspec.json.format(msgspec.json.encode(found), indent=2).decode()}\n"


def _search(expression: str, data: Any) -> Any:
    if len(expression) > LONGEST:
        raise UsageProblem(f"--query takes at most {LONGEST:,} characters")
    try:
        return jmespath.search(expression, data)
    except RecursionError:
        raise UsageProblem("--query: too deeply nested") from None
    # JMESPath leaves steps of 0, numbers with too many digits and what cannot be compared to Python
    except (jmespath.exceptions.JMESPathError, ValueError, ArithmeticError, TypeError) as error:
        raise UsageProblem(f"--query: {' '.join(str(error).split())[:LONGEST]}") from None
