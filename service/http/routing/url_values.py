"""Values of URL parameters, which come as text; in a body they must be of their kind."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Strict

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?([eE]-?[0-9]{1,3})?")


def _written_integer(value: Any) -> Any:
    """Read a number as JSON would write it; what is none is left to be refused."""
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value


def _written_number(value: Any) -> Any:
    """Read a number with or without decimals; what is none is left to be refused."""
    read = read_number(value) if isinstance(value, str) else None
    return value if read is None else read


def read_number(written: str) -> float | None:
    """Read a number with or without decimals; None where it is none."""
    return float(written) if _NUMBER.fullmatch(written) else None


def _written_boolean(value: Any) -> Any:
    """Read `true` or `false`; anything else is left to be refused."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


WRITTEN_NUMBER = (Strict(), BeforeValidator(_written_number))
"""For a number that has bounds: these stand before it, else no schema tells them."""
WrittenInteger = Annotated[int, Strict(), BeforeValidator(_written_integer)]
WrittenNumber = Annotated[float, *WRITTEN_NUMBER]
WrittenBoolean = Annotated[bool, Strict(), BeforeValidator(_written_boolean)]
