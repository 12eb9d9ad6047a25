"""Let a number behind a comma begin a new item, not go on with the name before it: BETFRED, 18 BOSTON PARADE."""

import re
from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import (
    DIGITS,
    LISTING,
    Labels,
    is_street_ending,
    relabelled,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_NUMBER = re.compile(r"[0-9]{1,4}[A-Z]?(?:[-/][0-9]{1,4}[A-Z]?)?")
_NAMES = frozenset({Label.BUILDING, Label.ORGANISATION})


def number_anew(tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read what stands before a number and its comma as a name of its own.

    `ELM GARAGE, 86-92 HOLT ROAD` has the number 86-92 where that was taken for a word of the street or of the garage,
    and `BETFRED, 18 BOSTON PARADE, BOSTON ROAD` the parade as its building.
    """
    for start in range(1, len(tokens) - 1):
        if not breaks[start]:
            continue
        begins = start if tokens[start][0] in DIGITS else start + 1
        if tokens[begins][0] not in DIGITS:
            continue
        if begins > start and (breaks[begins] or tokens[start] not in lexicon.unit_kinds):
            continue
        end = next((place for place in range(begins + 1, len(tokens)) if breaks[place]), len(tokens))
        behind = _end_of_numbers(tokens, begins, end)
        is_of_part = tokens[start - 1] in lexicon.unit_kinds and (start == 1 or breaks[start - 1])
        if begins < behind < end and not is_of_part:
            labels = _anew(tokens, labels, start, behind, end, lexicon)
    return labels


def _end_of_numbers(tokens: Sequence[str], start: int, end: int) -> int:
    """Return the place behind a number, or behind the numbers of a list or range; `start` where none stands."""
    place = start
    while place < end and _NUMBER.fullmatch(tokens[place]):
        place += 1
        if place + 1 < end and tokens[place] in LISTING and _NUMBER.fullmatch(tokens[place + 1]):
            place += 1
        else:
            break
    return place


def _anew(
    tokens: Sequence[str], labels: Labels, start: int, behind: int, end: int, lexicon: Lexicon
) -> Labels:
    """Return the labels where the numbers from `start` to `behind` begin an item that ends before `end`."""
    label = labels[start]
    if label is Label.STREET:
        numbered = Label.NUMBER in labels[:start] or Label.NUMBER in labels[behind:]
        is_number = labels[behind] is Label.STREET and not numbered
        return relabelled(labels, start, behind, Label.NUMBER) if is_number else labels
    if label not in _NAMES:
        return labels
    name = behind
    while name < end and labels[name] is label:
        name += 1
    in_street = name < end and labels[name] is Label.STREET and tokens[start][0].isdigit()
    if in_street and name == behind:
        return relabelled(labels, start, behind, Label.NUMBER)
    first = start
    while first and labels[first - 1] is label:
        first -= 1
    is_numbered = (first > 0 and labels[first - 1] is Label.SUB_BUILDING) or any(
        token[0].isdigit() for token in tokens[first:start]
    )
    if first == start or is_numbered:
        return labels
    if in_street and not _ends_name(tokens[name - 1], lexicon):
        return relabelled(relabelled(labels, start, behind, Label.NUMBER), behind, name, Label.STREET)
    return (
        relabelled(labels, first, start, Label.ORGANISATION)
        if label is Label.BUILDING and name > behind
        else labels
    )


def _ends_name(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word ends the name of a building before the one of a street: 14 ALDER COURT MILL ROAD."""
    return word in lexicon.building_words or is_street_ending(word, lexicon)
