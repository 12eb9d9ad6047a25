"""The order in which the parts of an address mostly stand, into which a text can be brought by its labels."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from address_match.parser.labels import Label
from address_match.parser.tokens import Words

_RANKS = {
    Label.OTHER: 0,
    Label.ORGANISATION: 1,
    Label.DEPARTMENT: 1,
    Label.SUB_BUILDING: 2,
    Label.BUILDING: 2,
    Label.NUMBER: 3,
    Label.STREET: 4,
    Label.LOCALITY: 5,
    Label.TOWN: 6,
    Label.COUNTY: 7,
    Label.POSTCODE: 8,
}
"""What may stand either way has one rank."""
_SAID_ONCE = (Label.NUMBER, Label.STREET, Label.POSTCODE)


def usual_order(labels: Sequence[Label], breaks: Sequence[bool]) -> list[int]:
    """Return the places of the tokens with their runs in the usual order; those of one rank stay as they stand.

    Words of no part may stand anywhere: where all others are in order, so is the text. One that says a number, a street
    or a postcode twice is not brought into any other: what belongs to which would be lost.

    >>> usual_order([Label.POSTCODE, Label.NUMBER, Label.STREET], [False] * 3)
    [1, 2, 0]
    """
    as_they_stand = list(range(len(labels)))
    runs = [list(run) for _, run in groupby(as_they_stand, key=labels.__getitem__)]
    said = Counter(labels[run[0]] for run in runs)
    ranks = [_RANKS[labels[run[0]]] for run in runs if labels[run[0]] is not Label.OTHER]
    if ranks == sorted(ranks) or any(said[label] > 1 for label in _SAID_ONCE):
        return as_they_stand
    lines = parted_runs(labels, breaks)
    lines.sort(key=lambda line: _RANKS[labels[line[0]]])
    return [place for line in lines for place in line]


def parted_runs(labels: Sequence[object], breaks: Sequence[bool]) -> list[list[int]]:
    """Return the places of the tokens run by run of those labelled alike; a comma ends one."""
    runs: list[list[int]] = []
    for place, label in enumerate(labels):
        if place and label == labels[place - 1] and not breaks[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def in_order(words: Words, order: Sequence[int]) -> Words:
    """Return words in another order; a text with commas keeps that before each, and the first word has one before it
    elsewhere.
    """
    texts, breaks = words
    parted = any(breaks)
    return Words(
        [texts[place] for place in order],
        [parted and index > 0 and (breaks[place] or place == 0) for index, place in enumerate(order)],
    )
