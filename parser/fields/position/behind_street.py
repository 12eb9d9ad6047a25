"""Notice behind a numbered street that a thing there is meant, or what lies beside it."""

from collections.abc import Sequence

from address_match.parser.fields.position.pointer import LAND, LONGEST_PHRASE, NO_POINTER, Pointer, relates
from address_match.parser.fields.relabel.passed_over import TOGETHER
from address_match.parser.fields.relabel.runs import PLACES, is_street_ending
from address_match.parser.labels import Label
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.position_words import Role, position_words

_BEHIND_ITS_STREET = frozenset({"PARKING", "GARAGE", "STORE"})
"""Things by words that need another, which may stand behind a street as they are: ELM ROAD, BIN STORE."""
_BY_THEMSELVES = frozenset({"ADJACENT", "ADJ", "ADJOINING", "OPPOSITE", "OPP", "BEHIND", "R/O"})
"""Words that are a phrase behind the places of an address by themselves."""
_REAR = ["REAR"]
"""What stands behind a street by itself and is no part of its name: 12 ELM ROAD (REAR)."""
_LAST_WORDS = _BY_THEMSELVES | {"OF", "TO", "REAR", "FRONT", "SIDE"}
"""Words with which such a phrase ends."""


def pointer_behind_street(
    tokens: Sequence[str], labels: Sequence[Label], breaks: Sequence[bool], lexicon: Lexicon
) -> Pointer:
    """Return the words that say behind a numbered street that a thing there is meant: 12 ELM ROAD (GARAGE), LAND TO
    REAR.
    """
    words = position_words()
    if Label.STREET not in labels:
        return NO_POINTER
    start = labels.index(Label.STREET) + 1
    if not any(token[0].isdigit() for token in tokens[: start - 1]):
        return NO_POINTER
    while start < len(tokens) and (labels[start] is Label.STREET and tokens[start] not in words.roles):
        start += 1
    end = start
    while end < len(tokens) and end - start < LONGEST_PHRASE and tokens[end] in words.roles:
        end += 1
        if end < len(tokens) and breaks[end]:
            break
    if start == end or tokens[start] in TOGETHER or labels[start] is Label.OTHER:
        return NO_POINTER
    if labels[start] is Label.STREET and not is_street_ending(tokens[start - 1], lexicon):
        return NO_POINTER
    if end < len(tokens) and not breaks[end] and labels[end] not in PLACES:
        return NO_POINTER
    position = _position_behind(tokens[start:end])
    return Pointer(position, start, end) if position else NO_POINTER


def pointer_at_the_end(tokens: Sequence[str], labels: Sequence[Label]) -> Pointer:
    """Return the words behind the places of a numbered street that say that what lies beside it is meant: 12 ELM ROAD,
    DERBY (REAR OF).

    One word by itself may be the name of a place, as OVER is.
    """
    roles = position_words().roles
    end = len(tokens)
    while end and labels[end - 1] is Label.POSTCODE:
        end -= 1
    if not end or tokens[end - 1] not in _LAST_WORDS:
        return NO_POINTER
    start = end
    while start and end - start < LONGEST_PHRASE and tokens[start - 1] in roles:
        start -= 1
    if end - start == 1 and tokens[start] not in _BY_THEMSELVES:
        return NO_POINTER
    behind_places = start > 0 and labels[start - 1] in PLACES and Label.STREET in labels[:start]
    if not behind_places or not any(token[0].isdigit() for token in tokens[: labels.index(Label.STREET)]):
        return NO_POINTER
    position = _position_behind(tokens[start:end])
    return Pointer(position, start, end) if position else NO_POINTER


def _position_behind(phrase: Sequence[str]) -> str:
    """Return what a phrase behind a street says of another place; of a single direction or leading word, nothing."""
    words = position_words()
    if phrase == _REAR:
        return _REAR[0]
    thing = where = ""
    for place, word in enumerate(phrase):
        role = words.roles[word]
        before, following = phrase[place - 1] if place else "", "".join(phrase[place + 1 : place + 2])
        kind = words.positions[word] or words.pairs.get((before, word), "")
        if role is Role.OBJECT or (kind in _BEHIND_ITS_STREET and words.roles.get(before) is Role.KIND):
            thing = thing or kind
        elif role is Role.DIRECTION and place + 2 == len(phrase) and following == "SIDE":
            break  # SOUTH SIDE behind a street is the name of a place.
        elif relates(role, following) or (role is Role.LEADING and before == "TO"):
            where = where or kind
    return where if thing == LAND and where else thing or where
