"""What stands in brackets and names another place than the address around them."""

import re

from address_match.parser.lexicon.position_words import Role, position_words
from address_match.parser.repair.repaired_text import Rule

_POINTING = re.compile(
    r"(?i)\b(?:abv|above|over|beneath|below|under|near|nr|opp|opposite|adj|adjacent|adjoining|next|behind|rear|r/o|beside|off"
    r"|correspondence|invoices?|billing|mail|post\sto|owners?)\b"
)
_WAYS = "opposite|opp\\.?|near|nr\\.?|next|beside|behind|adjacent|adj\\.?|by|facing|across"
"""Words that begin what says how to find a house."""
WAY_IN_BRACKETS = re.compile(
    rf"(?i)\((?:{_WAYS})\s(?:(?:door|to|from|of)\s){{0,2}}the\s[a-z][a-z'’ -]{{1,60}}\)"
)
THING_IN_WORDS = re.compile(
    r"\A\W{0,4}((?:[A-Za-z/]{1,16}\s){0,2}[A-Za-z/]{3,16})\s\([A-Za-z ,'-]{3,60}\)(?=,?\s[0-9])"
)
"""What a text begins with, a bracket that says which and the number of a house: ATM (THROUGH THE GLASS) 12."""
HOUSE_IN_BRACKETS = re.compile(
    r"(?i)(?<=[a-z])\s?\(((?:[a-z'’-]{2,20}\s){1,3}(?:cottage|house|hse|lodge|bungalow|villa|farmhouse))\)"
)
"""The name of a house behind its street: 12 ELM ROAD (ROSE COTTAGE)."""
_PLOT = r"plots?\s(?:no\.?\s)?[0-9A-Z-]{1,5}"
_FORMERLY = r"(?:formerly|formally|previously|fmly|was|ex)"
FORMER_IN_BRACKETS = re.compile(
    rf"(?i),?\s?\({_FORMERLY}\s(?:known\sas\s|called\s|part\sof\s)?(?:(?:no\.?\s|number\s)?[0-9]{{1,4}}[a-z]?|[a-z'’ .-]{{1,60}})\),?"
)
"""What a place was called or numbered, and no other address: 35 (FORMERLY ROSE HOUSE) ELM ROAD."""
PLOT_IN_BRACKETS = re.compile(rf"(?i)(?<=[a-z]),?\s?\({_PLOT}\)")
"""The plot on which a house was built, behind its street: 8 ELM ROAD (PLOT 22)."""
_KNOWN_AS = r"(?:a\.?k\.?a\.?|(?:also|otherwise|now)\s(?:known|called)(?:\sas)?|known\sas)"
_NUMBER = re.compile(r"\b[0-9]{1,5}[A-Za-z]?\b")
"""Of a house; the ordinal of a floor is none: (1ST FLOOR REAR)."""
_NUMBER_BEHIND = re.compile(r"[\s,]{0,3}[0-9]")
_FARTHEST_NUMBER = 120
"""Characters before a bracket among which the number of its house is looked for, so that time grows as the text does."""
_DIGIT = re.compile("[0-9]")


def _another_address(match: re.Match[str]) -> str | None:
    """Drop a bracket with a number and a word that points elsewhere or says whose it is, where a number is left outside of it."""
    if not (_NUMBER.search(match[1]) and _POINTING.search(match[1])):
        return None
    text = match.string
    outside = _DIGIT.search(text, 0, match.start()) or _DIGIT.search(text, match.end())
    return ", " if outside else None


def _way_to_it(match: re.Match[str]) -> str | None:
    """Drop a bracket that says by what a named house lies, THE FOX (OPPOSITE THE CHURCH), where the address goes on."""
    named = match.string[: match.start()].rstrip()[-1:].isalpha()
    return ", " if named and any(c.isalpha() for c in match.string[match.end() :]) else None


def _former(match: re.Match[str]) -> str | None:
    """Drop what a place was called or numbered, where a number is left outside of the bracket."""
    text = match.string
    before = max(0, match.start() - _FARTHEST_NUMBER)
    numbered = _NUMBER.search(text, before, match.start()) or _NUMBER_BEHIND.match(text, match.end())
    return " " if numbered else None


def _plot_of_a_house(match: re.Match[str]) -> str | None:
    """Drop the plot of a house whose number the text begins with."""
    return ", " if re.match(r"\W{0,4}[0-9]", match.string) else None


def _which_thing(match: re.Match[str]) -> str | None:
    """Drop a bracket that says which thing at a house is meant."""
    thing = position_words().roles.get(match[1].split()[-1].upper())
    return f"{match[1]} " if thing in {Role.OBJECT, Role.HELD} else None


def _other_name(match: re.Match[str]) -> str | None:
    """Set the number or the name by which a house is known as well apart by a comma; two numbers may be two houses."""
    text = match.string
    numbered = _DIGIT.search(text, 0, match.start()) and re.match(r"\W{0,3}[0-9]", text[match.end() :])
    return None if numbered else ", "


ASIDES: tuple[Rule, ...] = (
    Rule(re.compile(r"\(([^()]{1,200})\)"), _another_address, "("),
    Rule(WAY_IN_BRACKETS, _way_to_it, "("),
    Rule(THING_IN_WORDS, _which_thing, "("),
    Rule(FORMER_IN_BRACKETS, _former, "("),
    Rule(PLOT_IN_BRACKETS, _plot_of_a_house, "plot"),
    Rule(HOUSE_IN_BRACKETS, lambda match: f", {match[1]},", "("),
    # The plot on which a house was built, once the house has a number.
    Rule(
        re.compile(
            rf"(?i)\A\W{{0,4}}{_PLOT},?\s\(?(?:now(?:\s(?:known|called|numbered)(?:\sas)?)?|{_KNOWN_AS})\s(?=[0-9])"
        ),
        lambda _: "",
        "plot",
    ),
    Rule(
        re.compile(
            rf"(?i)(?<=[a-z0-9])[\s,]{{1,3}}\(?(?:formerly|previously|was)\s(?:known\sas\s)?{_PLOT}\)?(?=\W|\Z)"
        ),
        lambda _: ", ",
        "plot",
    ),
    Rule(re.compile(rf"(?i)(?<!formerly)(?<!previously)[\s,(]{{1,4}}\b{_KNOWN_AS}\s(?=\w)"), _other_name),
)
