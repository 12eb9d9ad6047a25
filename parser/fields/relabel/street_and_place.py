"""Part a street from the place behind it where a comma does: WINDY STREET, CHIPPING; HIGH STREET EAST, MALBY."""

import re
from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import (
    PREMISES,
    STREET_PREFIXES,
    Labels,
    is_street_ending,
    relabelled,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.short_forms import COMPASS

DIRECTIONS = frozenset(COMPASS) | frozenset(COMPASS.values())
"""Words that stand behind the type of a street as before the name of a place."""
BEHIND_A_TYPE = DIRECTIONS | {"CENTRAL"}
"""Words by which streets of one name are told apart: PARK NORTH, PARK CENTRAL."""
_HOUSES = frozenset({"COTTAGE", "HOUSE", "LODGE", "BUNGALOW", "VILLA", "FARMHOUSE"})
"""Last words of the names of houses that stand behind their street, and of no place."""
_NUMBER = re.compile(r"[0-9]{1,4}[A-Z]?")
_NO_PLACE = Flag.BUILDING_TYPE | Flag.ORGANISATION_WORD | Flag.UNIT_WORD | Flag.STREET_TYPE | Flag.TITLE
"""Words that no name of a village holds."""
_MAY_BE_A_PLACE = frozenset(
    {Label.LOCALITY, Label.TOWN, Label.BUILDING, Label.ORGANISATION, Label.STREET, Label.COUNTY}
)
_PLACES_TO_BE = frozenset({Label.LOCALITY, Label.TOWN})


def place_behind_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read what stands between the comma behind a street's type and the next as a place, where it has no type of its
    own.

    4 WINDY STREET, CHIPPING, PRESTON; THE FORGE, MAIN STREET, N. COTHAM. A direction by itself stays the street's: 4
    WINDY PLACE, EAST, PRESTON. A house is a building there as well: 4 WINDY STREET, ROSE COTTAGE, PRESTON.
    """
    if Label.STREET not in labels:
        return labels
    start = _second_run(labels, breaks)
    if start < 2 or labels[start - 2] is not Label.STREET or not _is_ended(tokens[start - 1], lexicon):
        return labels
    house = _end_of_house(tokens, labels, breaks, start)
    if house:
        return relabelled(labels, start, house, Label.BUILDING)
    end = start
    while end < len(tokens) and labels[end] is Label.STREET and not (end > start and breaks[end]):
        end += 1
    if any(_may_be_of_a_street(token, lexicon) for token in tokens[start:end]):
        return labels
    direction = DIRECTIONS.issuperset(tokens[start:end])
    if end == len(tokens) or breaks[end] or labels[end] is Label.POSTCODE:
        return labels if direction else relabelled(labels, start, end, Label.LOCALITY)
    if labels[end] in _PLACES_TO_BE and direction:
        return relabelled(labels, start, end, labels[end])
    return labels


def place_before_its_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `NETHERBY, HIGH STREET 7` as number 7 of a street in the place that a comma parts from it, where that is all
    of the text but a postcode, and the place is no house, business or part by its words.
    """
    end = len(tokens)
    while end and labels[end - 1] is Label.POSTCODE and not _NUMBER.fullmatch(tokens[end - 1]):
        end -= 1
    number = end - 1
    start = next((place for place in range(1, end) if breaks[place]), 0)
    if not 0 < start < number - 1 or not _NUMBER.fullmatch(tokens[number]) or any(breaks[start + 1 : number]):
        return labels
    named = all(word.isalpha() for word in tokens[:number]) and is_street_ending(tokens[number - 1], lexicon)
    placed = not any(lexicon.flags_of(word) & _NO_PLACE for word in tokens[:start])
    numbered = labels[number] in PREMISES or labels[number] is Label.POSTCODE
    if not (named and placed and numbered and _MAY_BE_A_PLACE.issuperset(labels[:start])):
        return labels
    first = relabelled(relabelled(labels, 0, start, Label.LOCALITY), start, number, Label.STREET)
    return relabelled(first, number, number + 1, Label.NUMBER)


def _end_of_house(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], start: int) -> int:
    """Return where the house ends, exclusive, that is all of a run behind a numbered street; 0 where none is."""
    end = start + 1
    while end < len(tokens) and not breaks[end]:
        end += 1
    named = (
        end - start > 1 and tokens[end - 1] in _HOUSES and all(token.isalpha() for token in tokens[start:end])
    )
    taken = {Label.STREET, Label.LOCALITY}.issuperset(labels[start:end])
    return end if named and taken and Label.NUMBER in labels[:start] else 0


def direction_before_a_comma(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read a direction that a comma parts from the place behind it, and none from the street before it, as the
    street's.

    10 HIGH STREET EAST, MALBY is not 10 HIGH STREET, EAST MALBY.
    """
    for place in range(2, len(tokens)):
        if (
            tokens[place] in BEHIND_A_TYPE
            and labels[place] in _PLACES_TO_BE
            and labels[place - 1] is Label.STREET
            and not breaks[place]
            and (place + 1 == len(tokens) or breaks[place + 1])
            and is_street_ending(tokens[place - 1], lexicon)
        ):
            return relabelled(labels, place, place + 1, Label.STREET)
    return labels


def _second_run(labels: Labels, breaks: Sequence[bool]) -> int:
    """Return where the street goes on behind a comma; 0 where it does not."""
    first = labels.index(Label.STREET)
    for place in range(first + 1, len(labels)):
        if labels[place] is not Label.STREET:
            return 0
        if breaks[place]:
            return place
    return 0


def _is_ended(word: str, lexicon: Lexicon) -> bool:
    return is_street_ending(word, lexicon) or word in lexicon.building_types


def _may_be_of_a_street(word: str, lexicon: Lexicon) -> bool:
    return not word.isalpha() or is_street_ending(word, lexicon) or word in STREET_PREFIXES
