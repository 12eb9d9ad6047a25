"""What stands in brackets and names another place than the address around them."""

import re

from address_match.parser.repair.repaired_text import Rule

_POINTING = re.compile(
    r"(?i)\b(?:abv|above|over|beneath|below|under|near|nr|opp|opposite|adj|adjacent|adjoining|next|behind|rear|r/o|beside|off)\b"
)
_WAYS = "opposite|opp\\.?|near|nr\\.?|next|beside|behind|adjacent|adj\\.?|by|facing|across"
"""Words that begin what says how to find a house."""
WAY_IN_BRACKETS = re.compile(
    rf"(?i)\((?:{_WAYS})\s(?:(?:door|to|from|of)\s){{0,2}}the\s[a-z][a-z'’ -]{{1,60}}\)"
)
_NUMBER = re.compile(r"\b[0-9]{1,5}[A-Za-z]?\b")
"""Of a house; the ordinal of a floor is none: (1ST FLOOR REAR)."""
_DIGIT = re.compile("[0-9]")


def _another_address(match: re.Match[str]) -> str | None:
    """Drop a bracket with a number and a word that points elsewhere, where a number is left outside of it."""
    if not (_NUMBER.search(match[1]) and _POINTING.search(match[1])):
        return None
    text = match.string
    outside = _DIGIT.search(text, 0, match.start()) or _DIGIT.search(text, match.end())
    return ", " if outside else None


def _way_to_it(match: re.Match[str]) -> str | None:
    """Drop a bracket that says by what a named house lies, THE FOX (OPPOSITE THE CHURCH), where the address goes on."""
    named = match.string[: match.start()].rstrip()[-1:].isalpha()
    return ", " if named and any(c.isalpha() for c in match.string[match.end() :]) else None


ASIDES: tuple[Rule, ...] = (
    Rule(re.compile(r"\(([^()]{1,200})\)"), _another_address, "("),
    Rule(WAY_IN_BRACKETS, _way_to_it, "("),
)
