"""Read floors and codes of flats as parts, where they were taken for a street, a place or a postcode: 12 ELM ROAD, GFF;
12 ELM ROAD (2/1).
"""

import re
from collections.abc import Sequence

from address_match.parser.fields.floors import FLOOR_WORDS, JOINS, is_floor_flat
from address_match.parser.fields.relabel.runs import Labels, relabelled
from address_match.parser.fields.unit import is_up
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_OF = "OF"
_NO_FLOORS = frozenset({Label.STREET, Label.LOCALITY, Label.TOWN, Label.NUMBER})
_BASEMENT = "B"
_NO_CODES = frozenset({Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY})
_TENEMENT_FLAT = re.compile(r"[0-9]{1,2}/(?:[0-9]{1,2}|[LR])")
_FLOOR_AND_SIDE = re.compile(r"[0-9]{1,2}[LR]")
"""Behind a street alone, since such a code may be the number of a house."""
_ORDINAL = re.compile(r"[0-9]{1,2}(?:ST|ND|RD|TH)")
_MAY_BE_CODES = re.compile(
    r"\b(?:[0-9]{1,2}/[0-9LR]|F[0-9]|(?:[0-9]{1,2}|[BGFPST]|LG)F[0-9LR]|[0-9](?:ST|ND|RD|TH|L|R)\b)"
)
_FLAT_IN_SHORT = re.compile(r"F[0-9]{1,3}[A-Z]?|[0-9]F[LR]")
"""No postcode begins with F alone, nor is one 2FL without its first half."""


def codes_of_parts(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read `12 ELM ROAD (2/1)`, `12 FFL ELM ROAD` and `12 ELM ROAD F4B` as flats of number 12: none is a street, a
    place or a postcode.

    Nor is an ordinal a postcode by itself, which begins a name: 6TH FORM COLLEGE.
    """
    if not _MAY_BE_CODES.search(" ".join(tokens)):
        return labels
    looked: list[Label] | None = None
    for place, token in enumerate(tokens):
        label = labels[place]
        if (
            label is Label.POSTCODE
            and _ORDINAL.fullmatch(token)
            and Label.POSTCODE not in labels[max(place - 1, 0) : place]
            and labels[place + 1 : place + 2]
        ):
            looked = looked if looked is not None else list(labels)
            looked[place] = labels[place + 1]
        elif (label in _NO_CODES and _is_code_of_a_flat(tokens, labels, place)) or (
            label is Label.POSTCODE
            and _FLAT_IN_SHORT.fullmatch(token)
            and Label.POSTCODE not in labels[max(place - 1, 0) : place]
            and not tokens[min(place + 1, len(tokens) - 1)][0].isdigit()
        ):
            looked = looked if looked is not None else list(labels)
            looked[place] = Label.SUB_BUILDING
    return labels if looked is None else looked


def _is_code_of_a_flat(tokens: Sequence[str], labels: Labels, place: int) -> bool:
    token = tokens[place]
    if _FLOOR_AND_SIDE.fullmatch(token):
        return place > 1 and labels[place - 1] is Label.STREET
    return is_floor_flat(token) or _TENEMENT_FLAT.fullmatch(token) is not None


def floors_as_parts(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read `12 (FIRST FLOOR FLAT) ELM ROAD` and `12 ELM ROAD, GFF` as flats of number 12: no street or place has such a
    name.
    """
    looked = list(labels)
    if looked[:2] == [Label.BUILDING] * 2 and tokens[0] in lexicon.floors and tokens[1] == _OF:
        looked[:2] = [Label.SUB_BUILDING] * 2
    for place, token in enumerate(tokens):
        if (
            looked[place] is Label.BUILDING
            and place
            and tokens[place - 1] in FLOOR_WORDS
            and token in lexicon.floors
        ):
            looked[place - 1 : place + 1] = [Label.SUB_BUILDING] * 2
        if looked[place] not in _NO_FLOORS or token not in lexicon.floors:
            continue
        end = place + 1
        while end < len(tokens) and (tokens[end] in FLOOR_WORDS or tokens[end] in lexicon.unit_kinds):
            end += 1
        worded = end > place + 1 and (
            tokens[place + 1] in FLOOR_WORDS or labels[place + 1] is Label.SUB_BUILDING
        )
        if worded or token in lexicon.floor_kinds or lexicon.floors[token] == _BASEMENT:
            looked[place:end] = [Label.SUB_BUILDING] * (end - place)
    _join_floors(tokens, looked, lexicon)
    return looked


def floors_counted_up(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Read `2 UP LEFT, 12 ELM ROAD` as the left flat of the second floor, as Scots count the stairs."""
    for place in range(1, len(tokens) - 1):
        if is_up(tokens, place) and tokens[place - 1].isdecimal():
            labels = relabelled(labels, place - 1, place + 2, Label.SUB_BUILDING)
    return labels


def _join_floors(tokens: Sequence[str], labels: list[Label], lexicon: Lexicon) -> None:
    """Label FIRST AND SECOND FLOORS as one part where either floor is labelled so."""
    for place in range(1, len(tokens) - 1):
        if tokens[place] not in JOINS or tokens[place + 1] not in lexicon.floors:
            continue
        start = place - 1 - (tokens[place - 1] in FLOOR_WORDS and place > 1)
        if tokens[start] in lexicon.floors and Label.SUB_BUILDING in (labels[start], labels[place + 1]):
            labels[start : place + 2] = [Label.SUB_BUILDING] * (place + 2 - start)
