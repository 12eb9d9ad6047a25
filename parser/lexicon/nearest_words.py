from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from address_match.parser.lexicon.scanner_errors import lacks_vowels, skeleton

_LEAST_ALIKE = 0.65
"""Likeness from which a written word may stand for a listed one: one less the edits by the letters of the longer."""
_SHORTEST_BEGINNING, _SHORTEST = 4, 5
"""Letters of a word that may be the beginning of a listed one, and of one that may be like it."""
_REMEMBERED = 1 << 14


class NearestWords:
    """Finds the listed word that a written one is likest to, however many edits away; for texts that are doubted.

    A word that was broken off or written without its vowels is found as well.

    >>> places = NearestWords(["BIRMINGHAM", "CHESTERFIELD", "LEICESTER"])
    >>> [places.nearest(word) for word in ("LEISISTER", "BIRM", "CHSTRFLD", "OAKLEIGH")]
    ['LEICESTER', 'BIRMINGHAM', 'CHESTERFIELD', '']
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if len(word) >= _SHORTEST_BEGINNING})
        self._by_beginning: dict[str, str] = {}
        self._by_skeleton: dict[str, str] = {}
        for word in self._words:
            for end in range(_SHORTEST_BEGINNING, len(word)):
                self._by_beginning.setdefault(word[:end], word)
            if bare := skeleton(word):
                self._by_skeleton.setdefault(bare, word)
        self.nearest: Callable[[str], str] = lru_cache(_REMEMBERED)(self._nearest)
        """Gives the listed word that an unlisted one most likely stands for, or nothing."""

    def _nearest(self, written: str) -> str:
        if begun := self._by_beginning.get(written):
            return begun
        if len(written) < _SHORTEST:
            return ""
        if lacks_vowels(written) and (full := self._by_skeleton.get(written)):
            return full
        likest = process.extractOne(
            written, self._words, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_ALIKE
        )
        return likest[0] if likest else ""
