"""Read sub-building, building and number together: which number is whose is only clear from all of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from address_match.parser.fields.canonical_names import building_name
from address_match.parser.fields.designator import designator
from address_match.parser.fields.floors import FLOOR_WORDS, without_floor_flat
from address_match.parser.fields.house_number import HouseNumber, is_name_word, read_house_number
from address_match.parser.fields.position.position import is_position_word
from address_match.parser.fields.unit import ABOVE, OUTER, UNNAMED_KIND, Unit, designates, read_unit
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.number_words import NUMBER_WORDS
from address_match.parser.lexicon.short_forms import COMPASS, WRITTEN_OUT
from address_match.parser.recognisers.mixed_number import mixed_number

_POINTERS = frozenset({"OF", "TO", "AT", "THE", "NO", "ON", "SIDE"})
_BETWEEN = frozenset({"TO", "AND", "&"})
_PO_BOX = (["PO", "BOX"], ["BOX"])
_LETTERED = frozenset({"BLOCK", "BLK", "BUILDING", "HOUSE", "GARAGE", "WORKSHOP", "KIOSK", "ANNEXE"})
"""Words for buildings behind the letter of which there are several."""
_BLOCKS = frozenset({OUTER, "TOWER", "BUILDING", "CORE", "WING"})
"""Kinds of what flats stand in: TOWER B, 201, ELM QUAY, 5 OAK ROAD."""
_NUMBERED_POSITIONS = frozenset({"PLOT"})
_FLAT_IN_SHORT = re.compile(r"F[0-9]{1,3}[A-Z]?")
_NUMBER_WORD_NUMBER = 3
"""Words of a house's number, of a word for a part and of the number of that."""


@dataclass(frozen=True, slots=True)
class PremisesPart:
    """What a text says of the premises within its street."""

    building: str = ""
    unit: str = ""
    unit_kind: str = ""
    floor: str = ""
    side: str = ""
    number: int = -1
    number_end: int = -1
    suffix: str = ""


def read_premises(tokens: Sequence[str], labels: Sequence[Label], lexicon: Lexicon) -> PremisesPart:
    """Read the tokens labelled SubBuildingName, BuildingName and BuildingNumber.

    A number with a building's name is the unit in it when nothing else is: 14 ALDER COURT, X ROAD.
    """
    sub, building, number = _sorted_out(tokens, labels)
    if sub and building and building[0] in ABOVE:
        building = building[1:]
    if number and len(building) > 1 and building[-1] in _BETWEEN and building[-2][0].isdigit():
        building, number = building[:-2], [*building[-2:], *number]
    if number and len(building) > 2 and building[0] in _BETWEEN and building[1].isdigit():
        building, number = building[2:], [*number, *building[:2]]
    if not building and not number and _begins_with_a_house_number(sub, lexicon):
        sub, number = sub[1:], sub[:1]
    if (number or building) and len(sub) == 1 and _FLAT_IN_SHORT.fullmatch(sub[0]):
        sub = ["FLAT", sub[0][1:]]
    if len(building) > 1 and building[0] in COMPASS and _is_direction(building[1], sub, lexicon):
        building = [COMPASS[building[0]], *building[1:]]
    unit = read_unit(sub, lexicon)
    name, building_unit, building_number = _split_building(building, lexicon)
    unit = _first_said(unit, building_unit)
    named_unit = bool(unit.unit or (name and building_number))
    house = read_house_number(number, ranged=named_unit) if number else HouseNumber()
    if name:
        if (
            unit.kind in _BLOCKS
            and building_number
            and building[0] == building_number[0]
            and house.number >= 0
        ):
            unit = Unit(
                f"{designator(building_number)} {unit.unit}", f"{UNNAMED_KIND} {unit.kind}", unit.floor
            )
        elif unit.unit or (house.number < 0 and unit.floor):
            if house.number < 0 and building_number:
                house = read_house_number(building_number)
        elif building_number:
            unit = Unit(designator(building_number), unit.kind, unit.floor, unit.side, unit.name)
    elif building_number:
        house = read_house_number([*building_number, *number])
    whole_unit = _beside_its_number(" ".join(part for part in (unit.unit, house.unit) if part), house)
    return PremisesPart(
        building=building_name([*unit.name.split(), *name], lexicon),
        unit=whole_unit,
        unit_kind=unit.kind,
        floor=unit.floor,
        side=unit.side,
        number=house.number,
        number_end=house.number_end,
        suffix=house.suffix,
    )


def _beside_its_number(unit: str, house: HouseNumber) -> str:
    """Return the letter of a part that says the number of its house as well: 28 B 28 and 28B, 28 are part B of 28."""
    letter = unit.removeprefix(str(house.number)).strip()
    said_twice = house.number >= 0 and letter != unit and len(letter) == 1 and letter.isalpha()
    return letter if said_twice and not house.suffix else unit


def _is_direction(following: str, sub: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a letter before a word of a building's name is a direction: N LODGE, and not the letter of a block
    or a part.
    """
    named = following in lexicon.building_types and following not in _LETTERED
    return named or any(word[0].isdigit() for word in sub)


def _sorted_out(tokens: Sequence[str], labels: Sequence[Label]) -> tuple[list[str], list[str], list[str]]:
    """Return the tokens of sub-building, building and number, without words that point at another place.

    A flat in the Scottish notation (2F1) is a sub-building wherever it stands, a word without digits no number.
    """
    parts: dict[Label, list[str]] = {Label.SUB_BUILDING: [], Label.BUILDING: [], Label.NUMBER: []}
    pointing = False
    for place, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if is_position_word(token, following):
            pointing = True
            if token in _NUMBERED_POSITIONS:
                parts[Label.SUB_BUILDING].append(token)
            continue
        if pointing and token in _POINTERS:
            continue
        pointing = False
        number, flat = without_floor_flat(token)
        if number:
            named = label is Label.NUMBER and is_name_word(number)
            parts[Label.BUILDING if named else label].append(number)
        if flat:
            parts[Label.SUB_BUILDING].append(flat)
    return parts[Label.SUB_BUILDING], parts[Label.BUILDING], parts[Label.NUMBER]


def _split_building(tokens: Sequence[str], lexicon: Lexicon) -> tuple[list[str], Unit, list[str]]:
    """Return a building's name words, the unit that is named with its word, and the numbers around the name."""
    rest = [
        token
        for place, token in enumerate(tokens)
        if token not in NUMBER_WORDS or not _has_digit_or_letter("".join(tokens[place + 1 : place + 2]))
    ]
    unit = Unit()
    for box in _PO_BOX:
        size = len(box)
        if rest[:size] == box and len(rest) > size and rest[size].isdigit():
            return rest[size + 1 :], Unit(rest[size], "PO BOX"), []
    if rest and rest[0] in lexicon.unit_kinds and len(rest) > 1 and designates(rest[1]):
        end = 2
        while end < len(rest) and (_has_digit_or_letter(rest[end]) or _is_between(rest, end)):
            end += 1
        unit = read_unit(rest[:end], lexicon)
        rest = rest[end:]
    start = 0
    while (
        start < len(rest)
        and rest[start] not in WRITTEN_OUT
        and (_has_digit_or_letter(rest[start]) or (start and _is_between(rest, start)))
    ):
        start += 1
    if start:
        return rest[start:], unit, rest[:start]
    letter = [rest.pop()] if _ends_in_number_and_letter(rest) else []
    end = len(rest)
    while end > 1 and any(c.isdigit() for c in rest[end - 1]):
        end -= 1
    return rest[:end], unit, rest[end:] + letter


def _ends_in_number_and_letter(rest: Sequence[str]) -> bool:
    """Return whether a name is followed by a number and its letter: HAZEL HOUSE 17 D."""
    return len(rest) > 2 and len(rest[-1]) == 1 and rest[-1].isalpha() and rest[-2].isdigit()


def _is_between(tokens: Sequence[str], place: int) -> bool:
    """Return whether a token stands before a number as the word within a range: 4 TO 6."""
    return (
        tokens[place] in _BETWEEN and place + 1 < len(tokens) and any(c.isdigit() for c in tokens[place + 1])
    )


def _has_digit_or_letter(token: str) -> bool:
    return len(token) == 1 or any(c.isdigit() for c in token)


def _begins_with_a_house_number(sub: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a house number stands before a floor or the word for a part, or is a half, which no part has: 12A
    FLAT 2, 3 1/2.
    """
    words = [word for word in sub if word not in _POINTERS]
    if len(words) == 1 and mixed_number(words[0]) is not None:
        return True
    if _is_numbered_floor(sub, lexicon):
        return True
    return (
        len(sub) == _NUMBER_WORD_NUMBER
        and sub[0][0].isdigit()
        and lexicon.unit_kinds.get(sub[1], OUTER) != OUTER
        and designates(sub[2])
    )


def _is_numbered_floor(sub: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a house number stands before a floor, with or without FLAT between them: 5 (GROUND FLOOR FLAT)."""
    if len(sub) < 2 or not sub[0][0].isdigit() or sub[1] in FLOOR_WORDS:
        return False
    rest = sub[2:] if sub[1] in lexicon.unit_kinds else sub[1:]
    return bool(rest) and rest[0] in lexicon.floors and sub[0] not in lexicon.floors


def _first_said(first: Unit, second: Unit) -> Unit:
    return Unit(
        first.unit or second.unit,
        first.kind or second.kind,
        first.floor or second.floor,
        first.side or second.side,
        first.name,
    )
