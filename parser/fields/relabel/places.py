"""Read a place as one that was taken for a street or a postcode, ELM WAY, STREET; ELM ROAD, SALF0RD; and a postcode in
pieces as one: D L4 5 QA; and a house by its town: EASTER ELMLEY BY FORFAR.
"""

from collections.abc import Sequence

from address_match.parser.fields.relabel.runs import PLACES, WAYS_ALONE, Labels, relabelled
from address_match.parser.labels import Label
from address_match.parser.lexicon.flag import Flag
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.scanner_errors import words_meant
from address_match.parser.recognisers.postcode import is_postcode

STREET = "STREET"
"""A town of Somerset."""
KINDS_OF_PLACES = frozenset({"TOWNLAND", "PARISH", "HAMLET", "VILLAGE"})
"""What a place is said to be before its name: TOWNLAND OF ELMROE."""
BY = frozenset({"BY", "NEAR", "NR"})
"""What Scots write before the town by which a village or a farm lies."""
_OF = "OF"
_SHORTEST_TOWN = 5
_LONGEST_PIECE = 2
"""Letters that a postcode written in pieces may end in: DL4 5 QA, DL4 5Q A."""
_MOST_PIECES = 6


def postcode_in_pieces(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Take three or more last words that spell a postcode for one: D L4 5 QA. The longest is meant, D is no word."""
    if len(tokens[-1]) > _LONGEST_PIECE or not tokens[-1].isalpha():
        return labels
    for size in range(min(_MOST_PIECES, len(tokens)), 2, -1):
        start = len(tokens) - size
        before = tokens[start - 1] if start else ""
        if (
            is_postcode("".join(tokens[start:]))
            and not any(breaks[start + 1 :])
            and before not in lexicon.unit_kinds
        ):
            return [*labels[:start], *[Label.POSTCODE] * size]
    return labels


def town_called_street(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read STREET behind another street as the town, by itself between commas or behind a type that no street's name
    goes on from.

    11 ELM WAY, STREET; 11 ELM AVE STREET.
    """
    for place in range(1, len(tokens)):
        last = place + 1 == len(tokens) or breaks[place + 1] or labels[place + 1] in PLACES
        if tokens[place] != STREET or labels[place] is not Label.STREET or not last:
            continue
        if breaks[place] or _ends_a_way(tokens, labels, place - 1, lexicon):
            return relabelled(labels, place, place + 1, Label.TOWN)
    return labels


def _ends_a_way(tokens: Sequence[str], labels: Labels, place: int, lexicon: Lexicon) -> bool:
    """Return whether a word is the type of the street that its words name, one by which no street's name goes on."""
    named = place > 0 and labels[place - 1] is labels[place] is Label.STREET
    return named and lexicon.street_types.get(tokens[place]) in WAYS_ALONE


def scanned_town(tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], lexicon: Lexicon) -> Labels:
    """Read a town in which a letter was taken for a digit as the town, and no postcode: SALF0RD."""
    if Label.POSTCODE not in labels:
        return labels
    place = labels.index(Label.POSTCODE)
    word = tokens[place]
    if len(word) < _SHORTEST_TOWN or is_postcode(word) or lexicon.towns.isdisjoint(words_meant(word)):
        return labels
    return relabelled(labels, place, place + 1, Label.TOWN)


def without_kind_of_place(
    tokens: Sequence[str], labels: Labels, _breaks: Sequence[bool], _lexicon: Lexicon
) -> Labels:
    """Pass over the words that say what a place is before its name: TOWNLAND OF ELMROE."""
    for place in range(len(tokens) - 2):
        if (
            tokens[place] in KINDS_OF_PLACES
            and tokens[place + 1] == _OF
            and all(label in PLACES for label in labels[place : place + 3])
        ):
            labels = relabelled(labels, place, place + 2, Label.OTHER)
    return labels


def house_by_its_town(
    tokens: Sequence[str], labels: Labels, breaks: Sequence[bool], lexicon: Lexicon
) -> Labels:
    """Read EASTER ELMLEY BY FORFAR as a house of that name, where nothing else of the text may be one; pass over the word
    before a post town anyway: ELMLEY BY FORFAR.
    """
    place = next((i for i in range(1, len(tokens) - 1) if tokens[i] in BY), 0)
    if not place or labels[place + 1] is not Label.TOWN or labels[place - 1] is not Label.LOCALITY:
        return labels
    if not lexicon.flags_of(tokens[place + 1]) & (Flag.TOWN | Flag.TOWN_WORD):
        return labels
    house = (
        set(labels) <= PLACES
        and not any(breaks[1 : place + 1])
        and all(word.isalpha() for word in tokens[:place])
    )
    if house:
        labels = relabelled(labels, 0, place, Label.BUILDING)
    return relabelled(labels, place, place + 1, Label.OTHER)
