"""Other words for a text whose labels are doubted: those that it was perhaps meant to hold."""

import re
from collections.abc import Callable, Iterator

from address_match.parser.crf.towns_of_the_area import TownsOfTheArea
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.lexicon.lexicon import Lexicon
from address_match.parser.lexicon.scanner_errors import letters_for_digits
from address_match.parser.recognisers.postcode import postcode_readings
from address_match.parser.tokens import Words

DOUBTED_BELOW = 0.9
"""Probability of a labelling below which a text is looked at again."""
MOST_WORDS = 40
"""Words of a text that is looked at again; a longer one is no damaged address."""
_MARGIN_UNAIDED, _MARGIN_WITH_NAMES = 2.0, 1.0
"""How many times as probable the labels must be under the known words that unknown ones are like.

Without the names of a reference most unknown words are names that are well written; with them, few are.
"""
_FEWEST_LETTERS = 3
_WORD_AND_NUMBERS = re.compile(r"[0-9]*([A-Z]+)[0-9]*")


class SecondLook:
    """Proposes other words for a doubted text, one for each of its own, so that labels of theirs are labels of it."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer | None, towns: TownsOfTheArea) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._towns = towns
        self._margin = _MARGIN_UNAIDED if gazetteer is None else _MARGIN_WITH_NAMES

    def proposals(self) -> Iterator[tuple[Callable[[Words], Words], float]]:
        """Yield ways to change the words of a text, and how many times as probable its labels must be under them."""
        yield self._with_letters, 1.0
        yield self._towns.words_meant, 1.0
        yield self._with_known_words, self._margin

    def _with_letters(self, words: Words) -> Words:
        """Read digits within words as the letters that look like them: C0TTAG3."""
        return words._replace(texts=[self._letters_of(word) for word in words.texts])

    def _with_known_words(self, words: Words) -> Words:
        """Put the known words in the place of unknown ones that are like them: LEICESTER for LEISISTER."""
        return words._replace(texts=[self._known_word_of(word) for word in words.texts])

    def _letters_of(self, word: str) -> str:
        digits = sum(character.isdigit() for character in word)
        letters = len(word) - digits
        if not digits or not word.isalnum() or letters < max(digits, _FEWEST_LETTERS):
            return word
        beside = _WORD_AND_NUMBERS.fullmatch(word)
        if postcode_readings(word) or (beside and beside[1] in self._lexicon.flags):
            return word
        return letters_for_digits(word)

    def _known_word_of(self, word: str) -> str:
        if not word.replace("-", "").isalpha() or self._is_known(word):
            return word
        return self._lexicon.nearest_words.nearest(word) or word

    def _is_known(self, word: str) -> bool:
        if self._lexicon.flags_of(word) or self._lexicon.word_of_place(word):
            return True
        return self._gazetteer is not None and self._gazetteer.evidence(word) is not None
