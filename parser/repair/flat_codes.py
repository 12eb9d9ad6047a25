"""Flats, floors and lists of units in the short codes of registers, before a number: F/C, LIT D, F/F/L, GRD/1, 1F1/30,
2/3/4; and behind one: 97(GF).
"""

import re

from address_match.parser.repair.repaired_text import Rule

_BEGIN = r"(\A\W{0,4}|,\s{0,2})"
_BEFORE_A_NUMBER = r"(?=[ ,]{1,3}[0-9])"
_FLOORS_IN_SHORT = {
    "GF": "GROUND FLOOR",
    "LGF": "LOWER GROUND FLOOR",
    "FF": "FIRST FLOOR",
    "SF": "SECOND FLOOR",
}
_BEFORE_A_BUILDING = (
    r"(?=\s(?:[A-Za-z'’]{2,20}\s){1,3}(?:house|hse|building|bldg|court|ct|chambers|centre|mill)\b)"
)
_FLOORS = {"F": "1", "S": "2"}
"""Floors by the letter of their word, where the code for a floor has another."""

PART_IN_BRACKETS = re.compile(
    r"(?<![\w/.-])([0-9]{1,4}[A-Za-z]?|[0-9]{1,4}-[0-9]{1,4})"
    r"(?:\(([A-Za-z0-9]{1,3}[0-9]{0,3}[A-Za-z]?|UNIT[0-9]{1,3})\)|\s?\(([0-9]{1,3}|[0-9]{1,2}/[0-9]{1,2}|[0-9]F[0-9])\))"
    r"(?=,?\s[A-Za-z])"
)
"""A part as registers write it behind the number of its house: 97(GF) HANOVER STREET, 14 (2/1) HANOVER STREET."""


def _as_flat(match: re.Match[str]) -> str:
    return f"{match[1]}FLAT {match[2]}"


def _floor_and_side(match: re.Match[str]) -> str:
    floor = match[2].upper()
    return f"{match[1]}{_FLOORS.get(floor, floor)}F/{match[3]}"


def _floor_and_hand(match: re.Match[str]) -> str:
    """Write G/F/L as GFL, which is told from a postcode behind a street."""
    return _floor_and_side(match).replace("/", "")


def _part_before_number(match: re.Match[str]) -> str:
    """Write the part in brackets behind a number before it, and a letter alone as the number's: 97(GF) as GF, 97, and
    64(A) as 64A.
    """
    number, part = match[1], match[2] or match[3]
    if part.isalpha() and len(part) == 1:
        return f"{number}{part}"
    if basement := re.fullmatch(r"(?i)BF([0-9]?)", part):
        return f"BASEMENT FLAT {basement[1]}".rstrip() + f", {number}"
    spoken = re.fullmatch(r"(?i)[0-9G]F[0-9]{0,2}|PF[0-9]{1,2}|UNIT.*", part)
    return f"{part}, {number}" if spoken else f"FLAT {part}, {number}"


def _range_of_list(match: re.Match[str]) -> str | None:
    """Write three numbers in a row as their range: 2/3/4 as 2-4."""
    first, second, third = (int(number) for number in match.groups())
    return f"{first}-{third}" if (second - first, third - second) == (1, 1) else None


FLAT_CODES: tuple[Rule, ...] = (
    Rule(re.compile(rf"(?i){_BEGIN}U\.?(?=[0-9]{{1,3}}[A-Z]?[ ,])"), lambda match: f"{match[1]}UNIT ", "u"),
    Rule(PART_IN_BRACKETS, _part_before_number, "("),
    Rule(
        re.compile(rf"(?i){_BEGIN}PH\.?(?=[0-9]{{1,2}}[A-Z]?[ ,]{{1,3}}(?![0-9][A-Z]{{2}}\b))"),
        lambda match: f"{match[1]}PENTHOUSE ",
        "ph",
    ),
    # The floor of an office building, where GF alone would be a word of its name.
    Rule(
        re.compile(rf"(?i){_BEGIN}({'|'.join(_FLOORS_IN_SHORT)}){_BEFORE_A_BUILDING}"),
        lambda match: f"{match[1]}{_FLOORS_IN_SHORT[match[2].upper()]},",
        "f",
    ),
    # The flat on a floor, and the main door flat, with what other codes leave out or apart: GFF1, PF 1, 2F/1.
    Rule(
        re.compile(rf"(?i){_BEGIN}([GBT])FF\s?([0-9]{{1,2}}){_BEFORE_A_NUMBER}"),
        lambda match: f"{match[1]}{match[2]}F{match[3]}",
        "ff",
    ),
    Rule(
        re.compile(rf"(?i){_BEGIN}([PGBT0-9]F)[\s/]([0-9]{{1,2}}){_BEFORE_A_NUMBER}"),
        lambda match: f"{match[1]}{match[2]}{match[3]}",
        "f",
    ),
    # A room of a flat behind a name: ELM HALL F4 R12.
    Rule(
        re.compile(
            r"(?i)(?<=[a-z])[\s,]{1,3}F\.?([0-9]{1,3}[A-Z]?)[\s,/]{0,2}R(?:M\.?\s)?([0-9]{1,3}[A-Z]?)(?=,|\Z|\s[A-Z]{3})"
        ),
        lambda match: f", FLAT {match[1]} ROOM {match[2]}",
        "f",
    ),
    Rule(re.compile(rf"(?i){_BEGIN}M/?D{_BEFORE_A_NUMBER}"), lambda match: f"{match[1]}MAIN DOOR,"),
    Rule(re.compile(rf"(?i){_BEGIN}LIT\.?\s{{1,2}}([A-Z]){_BEFORE_A_NUMBER}"), _as_flat, "lit"),
    Rule(re.compile(rf"(?i){_BEGIN}F/([A-EGHJKM-QT-Z]){_BEFORE_A_NUMBER}"), _as_flat, "/"),
    Rule(re.compile(rf"(?i){_BEGIN}F([A-E]){_BEFORE_A_NUMBER}"), _as_flat),
    Rule(re.compile(rf"(?i){_BEGIN}F([0-9]/[0-9]){_BEFORE_A_NUMBER}"), _as_flat, "/"),
    Rule(re.compile(rf"(?i){_BEGIN}F/L\s([0-9]/[0-9]){_BEFORE_A_NUMBER}"), _as_flat, "/"),
    Rule(re.compile(rf"(?i){_BEGIN}([FSTGB])/F/([LRFB]){_BEFORE_A_NUMBER}"), _floor_and_side, "/"),
    Rule(re.compile(r"(?i)((?<=[a-z])[ ,(]{1,3})([FSTGB])/F/([LR])(?=[,)]|\Z)"), _floor_and_hand, "/"),
    Rule(re.compile(r"(?i)\b(?:GROUND|GRND|GRD|GND|GR)/0?(?=[0-9]\b)"), lambda _: "0/", "/"),
    Rule(re.compile(r"(?i)\b(?:GROUND|GRND|GRD|GND|GR)/(?=[LRFB]\b)"), lambda _: "G/", "/"),
    Rule(
        re.compile(rf"(?i){_BEGIN}([0-9PGBT]F[0-9])/(?=[0-9]{{1,4}}[A-Z]?[ ,])"),
        lambda match: f"{match[1]}{match[2]}, ",
        "/",
    ),
    Rule(re.compile(r"(?<![\w/-])([0-9]{1,3})[/+]([0-9]{1,3})[/+]([0-9]{1,3})(?![\w/-])"), _range_of_list),
    Rule(re.compile(r"(?<=[0-9])\s?\+\s?(?=[0-9])"), lambda _: " & ", "+"),
)
"""In the order in which they are looked for."""
