import re

from address_match.service.lookup.classification_filter import FIRST_LETTERS, PRESETS

_VALID = re.compile(rf"\b(?:{'|'.join(PRESETS)}|[{FIRST_LETTERS}]\w*)\b.*", re.IGNORECASE)
INVALID, MIXED = 15, 34
"""Codes of filters that are refused."""


def filter_problem(written: str) -> int:
    """Return the code of what is wrong with a filter of classifications, 0 for none.

    >>> filter_problem("RD02,RD04"), filter_problem("BR12"), filter_problem("RD*,RD02")
    (0, 15, 34)
    """
    if not written:
        return 0
    if "*" in written and "," in written:
        return MIXED
    return 0 if _VALID.fullmatch(written) else INVALID
