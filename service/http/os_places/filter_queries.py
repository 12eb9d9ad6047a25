"""The filters `fq`: codes of a record, alternatives with a space between; each further `fq` narrows what passes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.lookup.premises_filter import COUNTRIES

CLASSIFICATION, STATUS, LPI_STATUS, COUNTRY = (
    "CLASSIFICATION_CODE",
    "LOGICAL_STATUS_CODE",
    "LPI_LOGICAL_STATUS_CODE",
    "COUNTRY_CODE",
)
_CODES: Mapping[str, re.Pattern[str]] = {
    CLASSIFICATION: re.compile(r"[A-Z][A-Z0-9]{0,9}\*?"),
    STATUS: re.compile("[168]"),
    LPI_STATUS: re.compile("[1368]"),
    COUNTRY: re.compile("|".join((*COUNTRIES, "EN"))),
}
_ENGLAND = {"EN": "E"}
"""How the documents of the API write England beside its code."""


@dataclass(frozen=True, slots=True)
class FilterQuery:
    """One `fq`: a record passes by any of its codes."""

    codes: tuple[tuple[str, str], ...]
    """Names of fields and what they hold; a star at the end stands for the rest of a code."""

    @classmethod
    def of(cls, written: str) -> "FilterQuery":
        """Read a filter."""
        return cls(tuple(_code(part) for part in written.split()))

    def lets_pass(self, fields: Mapping[str, str]) -> bool:
        """Return whether a record with these fields passes."""
        return any(_fits(fields.get(name, ""), code) for name, code in self.codes)


def filter_queries(written: Sequence[str]) -> tuple[FilterQuery, ...]:
    """Read all filters of a request; blank ones let all pass."""
    return tuple(FilterQuery.of(one) for one in written if one.strip())


def _code(part: str) -> tuple[str, str]:
    name, _, code = part.upper().partition(":")
    if name not in _CODES or not _CODES[name].fullmatch(code):
        raise RefusedError(
            f"Parameter fq cannot be read: it takes {', '.join(_CODES)}, a colon and a code, with a space between several."
        )
    return name, _ENGLAND.get(code, code) if name == COUNTRY else code


def _fits(held: str, code: str) -> bool:
    return held.startswith(code[:-1]) if code.endswith("*") else held == code
