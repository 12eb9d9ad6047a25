"""Notice a text that names two addresses, of which nobody can tell which is meant."""

from collections.abc import Sequence

from address_match.parser.fields.house_number import NEXT_ON_ITS_SIDE
from address_match.parser.fields.relabel.runs import is_street_ending
from address_match.parser.lexicon.lexicon import Lexicon

JOINING = frozenset({"AND", "&", "OR", "FORMERLY", "FORMALLY", "PREVIOUSLY", "FMLY", "WAS", "THEN", "NEU"})
"""Words between two addresses."""
_EITHER = frozenset({"OR", "NEU"})
"""Words between two numbers of which nobody knows which is meant, in English and Welsh."""
SEVERAL = "SEVERAL"
"""The position of such a text: whichever premises it quotes first, it does not name that one alone."""
LISTED = "LISTED"
"""The position of a text whose two numbers are no neighbours, and no range either: 1 & 5 ELM ROAD."""
_AND = frozenset({"AND", "&"})
_BEFORE_A_NUMBER = frozenset({"AT", "OF", "KNOWN", "AS", "NO", "NUMBER"})
_MOST_WORDS_OF_A_STREET = 4


def names_second_address(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """Return whether a word joins a numbered street to another one before it.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> names_second_address("6 ELM LANE OR 3 OAK ROW".split(), shipped_lexicon())
    True
    >>> names_second_address("6 AND 8 ELM LANE".split(), shipped_lexicon())
    False
    >>> names_second_address("6 OR 8 ELM LANE".split(), shipped_lexicon())
    True
    """
    ended = len(tokens)  # where the first numbered street ends
    for place, token in enumerate(tokens):
        if (
            token in _EITHER
            and 0 < place < len(tokens) - 1
            and _are_numbers(tokens[place - 1], tokens[place + 1])
        ):
            return True
        if token[0].isdigit():
            ended = min(ended, _end_of_numbered_street(tokens, place, lexicon))
        elif token in JOINING and ended < place:
            start = place + 1
            while start < len(tokens) and tokens[start] in _BEFORE_A_NUMBER:
                start += 1
            if _end_of_numbered_street(tokens, start, lexicon) < len(tokens):
                return True
    return False


def lists_houses_apart(tokens: Sequence[str], number: int, number_end: int) -> bool:
    """Return whether the ends of a range are two houses with others between them, which a word for AND joins.

    >>> lists_houses_apart("1 & 5 ELM ROAD".split(), 1, 5), lists_houses_apart("1 TO 5 ELM ROAD".split(), 1, 5)
    (True, False)
    >>> lists_houses_apart("3 & 5 ELM ROAD".split(), 3, 5), lists_houses_apart("1 3 & 5 ELM ROAD".split(), 1, 5)
    (False, False)
    """
    if number_end - number <= NEXT_ON_ITS_SIDE:
        return False
    return any(
        word in _AND and tokens[place : place + 3 : 2] == [str(number), str(number_end)]
        for place, word in enumerate(tokens[1:])
    )


def _are_numbers(*words: str) -> bool:
    return all(word[0].isdigit() for word in words)


def _end_of_numbered_street(tokens: Sequence[str], start: int, lexicon: Lexicon) -> int:
    """Return the place of the last word of a street whose number stands at `start`; the number of tokens where none
    does.
    """
    if start >= len(tokens) or not tokens[start][0].isdigit():
        return len(tokens)
    for place in range(start + 1, min(start + 2 + _MOST_WORDS_OF_A_STREET, len(tokens))):
        word = tokens[place]
        if not word.isalpha():
            break
        if place > start + 1 and is_street_ending(word, lexicon):
            return place
    return len(tokens)
