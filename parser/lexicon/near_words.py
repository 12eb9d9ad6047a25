from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from address_match.parser.lexicon.scanner_errors import lacks_vowels, skeleton

_SHORTEST = 4
_ASKED_IN_TURN = 64
"""Words of which an answer is kept: what describes a word asks for it several times."""


class NearWords:
    """Finds the listed words that are one edit away from a written one (insertion, deletion, exchange, swap).

    A word that was written without its vowels is found as well.

    >>> NearWords(["STREET"]).near("STRETE")
    'STREET'
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_deletion: dict[str, list[str]] = {}
        self._by_skeleton: dict[str, str] = {}
        self._longest = 0
        for word in sorted(set(words)):
            self._longest = max(self._longest, len(word) + 1)
            if len(word) >= _SHORTEST:
                for key in _deletions(word):
                    self._by_deletion.setdefault(key, []).append(word)
                if bare := skeleton(word):
                    self._by_skeleton.setdefault(bare, word)
        self.near: Callable[[str], str] = lru_cache(_ASKED_IN_TURN)(self._near)
        """Gives the first listed word at one edit from a written one, or nothing."""

    def _near(self, written: str) -> str:
        # A word of ten thousand letters has as many deletions, each as long.
        if not _SHORTEST <= len(written) <= self._longest:
            return ""
        keys = _deletions(written)
        # Most unknown words share nothing, which is told at once.
        if not self._by_deletion.keys().isdisjoint(keys):
            for key in keys:
                for word in self._by_deletion.get(key, ()):
                    if OSA.distance(written, word, score_cutoff=1) <= 1:
                        return word
        return self._by_skeleton.get(written, "") if lacks_vowels(written) else ""


@lru_cache(_ASKED_IN_TURN)
def _deletions(word: str) -> tuple[str, ...]:
    """Return a word and what is left of it without one letter; several lists are asked for the same word in turn."""
    return (word, *[word[:i] + word[i + 1 :] for i in range(len(word))])
