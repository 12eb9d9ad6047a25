"""Read a run that begins with a Welsh type of street as the street: HEOL Y FELIN."""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import (
    DIGITS,
    PREMISES,
    STREET_PREFIXES,
    Labels,
    relabelled,
    runs_between_commas,
)
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon

_NAMING = frozenset(Label) - {Label.SUB_BUILDING, Label.POSTCODE, Label.COUNTY, Label.DEPARTMENT}


def begins_with_street(token: str) -> bool:
    """Return whether a word is a Welsh type of street, or a name that begins with one and is hyphened.

    >>> begins_with_street("HEOL"), begins_with_street("HEOL-Y-FELIN"), begins_with_street("HEOLDDU")
    (True, True, False)
    """
    return token.partition("-")[0] in STREET_PREFIXES


def street_by_its_first_word(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Label the one run between commas that begins with a Welsh type of street as it; what was taken for the street is
    the house before it, and a place behind it.
    """
    if not any(map(begins_with_street, tokens)):
        return labels
    found = [
        (_start_of_street(tokens, labels, start, end), start, end)
        for start, end in runs_between_commas(breaks)
    ]
    streets = [run for run in found if run[0] < run[2]]
    if not streets and Label.STREET not in labels:
        return _hyphened_streets(tokens, labels)
    if len(streets) != 1:
        return labels
    name, start, end = streets[0]
    if not set(labels[name:end]) <= _NAMING:
        return labels
    looked = list(relabelled(labels, name, end, Label.STREET))
    for place in range(start, name):
        looked[place] = Label.NUMBER if looked[place] is Label.BUILDING else looked[place]
    before = range(start) if start and tokens[start - 1] not in lexicon.street_endings else ()
    for place in before:
        looked[place] = Label.BUILDING if looked[place] is Label.STREET else looked[place]
    for place in range(end, len(looked)):
        if looked[place] is Label.STREET:
            looked[place] = Label.TOWN if tokens[place] in lexicon.towns else Label.LOCALITY
    return looked


def _hyphened_streets(tokens: Sequence[str], labels: Labels) -> Labels:
    """Label hyphened names of streets so that were taken for places, where no comma parts them from a house: BRYN
    HEOL-Y-FELIN. What was taken for a place before them is the house.
    """
    looked = [
        Label.STREET if label is Label.LOCALITY and "-" in token and begins_with_street(token) else label
        for token, label in zip(tokens, labels, strict=True)
    ]
    first = looked.index(Label.STREET) if Label.STREET in looked else 0
    if first and all(label is Label.LOCALITY for label in looked[:first]):
        return relabelled(looked, 0, first, Label.BUILDING)
    return looked


def _start_of_street(tokens: Sequence[str], labels: Labels, start: int, end: int) -> int:
    """Return where in a run a street begins that has its Welsh type in front, behind the number; the end of the run
    where none does.
    """
    while start < end and tokens[start][0] in DIGITS and labels[start] in PREMISES:
        start += 1
    named = start < end and begins_with_street(tokens[start]) and (end - start > 1 or "-" in tokens[start])
    return start if named else end
