"""Notice the words with which a text points at another place than the one whose number it quotes."""

from collections.abc import Sequence

from address_match.parser.labels import Label

_LAND = "LAND"
_PREPOSITIONS = frozenset({"OF", "TO", "AT", "ON", "OFF"})
_ALWAYS = {
    "LAND": "LAND",
    "ADJACENT": "ADJACENT",
    "ADJ": "ADJACENT",
    "ADJOINING": "ADJACENT",
    "OPPOSITE": "OPPOSITE",
    "OPP": "OPPOSITE",
    "BEHIND": "REAR",
    "R/O": "REAR",
    "BESIDE": "ADJACENT",
    "PLOT": "PLOT",
    "BETWEEN": "ADJACENT",
}
_WITH_PREPOSITION = {
    "REAR": "REAR",
    "SITE": "LAND",
    "FRONT": "ADJACENT",
    "NEXT": "ADJACENT",
    "SIDE": "ADJACENT",
}
_NAMES = frozenset(
    {Label.STREET, Label.LOCALITY, Label.TOWN, Label.COUNTY, Label.POSTCODE, Label.ORGANISATION}
)
POSITION_TOKENS = frozenset({*_ALWAYS, *_WITH_PREPOSITION})


def read_position(tokens: Sequence[str], labels: Sequence[Label]) -> str:
    """Return REAR, ADJACENT, OPPOSITE, PLOT or LAND when a text points at another place, else nothing.

    The most telling word wins: LAND AT THE REAR OF 12 is at the rear.

    >>> read_position(["REAR", "OF", "12"], [Label.OTHER, Label.OTHER, Label.NUMBER])
    'REAR'
    """
    found = ""
    for place, token in enumerate(tokens):
        if token not in POSITION_TOKENS or labels[place] in _NAMES:
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not is_position_word(token, following):
            continue
        position = _ALWAYS.get(token) or _WITH_PREPOSITION[token]
        if not found or found == _LAND:
            found = position
    return found


def is_position_word(token: str, following: str) -> bool:
    """Return whether a word points at another place, given the word after it.

    >>> is_position_word("REAR", "OF"), is_position_word("REAR", "FLAT"), is_position_word("LAND", "REGISTRY")
    (True, False, False)
    """
    if token in _WITH_PREPOSITION:
        return following in _PREPOSITIONS
    if token == _LAND:
        return not following or following in _PREPOSITIONS or following in POSITION_TOKENS
    return token in _ALWAYS
