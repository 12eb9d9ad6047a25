"""Notice a text that names the addresses of two premises, of which it cannot be told which is meant."""

from collections.abc import Sequence

from address_match.parser.lexicon.lexicon import Lexicon

JOINING = frozenset({"AND", "&", "OR", "FORMERLY", "FORMALLY", "PREVIOUSLY", "FMLY", "WAS", "THEN"})
"""Words between two addresses."""
SEVERAL = "SEVERAL"
"""The position of such a text: whichever premises it quotes first, it does not name that one alone."""
_BEFORE_A_NUMBER = frozenset({"AT", "OF", "KNOWN", "AS", "NO", "NUMBER"})
_MOST_WORDS_OF_A_STREET = 4
_SHORT_STREET = "ST"


def names_second_address(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a word joins a numbered street to another one before it.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> names_second_address("6 ELM LANE OR 3 OAK ROW".split(), shipped_lexicon())
    True
    >>> names_second_address("6 AND 8 ELM LANE".split(), shipped_lexicon())
    False
    """
    joined = next((place for place, token in enumerate(tokens) if token in JOINING), 0)
    while joined:
        if any(_begins_numbered_street(tokens[:joined], place, lexicon) for place in range(joined)):
            return _names_numbered_street_behind(tokens, joined, lexicon)
        joined = next((place for place in range(joined + 1, len(tokens)) if tokens[place] in JOINING), 0)
    return False


def _names_numbered_street_behind(tokens: Sequence[str], joined: int, lexicon: Lexicon) -> bool:
    """Return whether a word that joins stands right before a numbered street, at `joined` or behind it."""
    for place in range(joined, len(tokens)):
        if tokens[place] not in JOINING:
            continue
        start = place + 1
        while start < len(tokens) and tokens[start] in _BEFORE_A_NUMBER:
            start += 1
        if _begins_numbered_street(tokens, start, lexicon):
            return True
    return False


def _begins_numbered_street(tokens: Sequence[str], start: int, lexicon: Lexicon) -> bool:
    if start >= len(tokens) or not tokens[start][0].isdigit():
        return False
    words = tokens[start + 1 : start + 2 + _MOST_WORDS_OF_A_STREET]
    for place, word in enumerate(words):
        if not word.isalpha():
            return False
        if place and (word in lexicon.street_endings or word == _SHORT_STREET):
            return True
    return False
