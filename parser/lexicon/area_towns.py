"""The post towns of each postcode area: which of them a word or a name of a text may be meant for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD_ALIKE, _NAME_ALIKE = 0.6, 0.5
"""Likeness from which a word is one of a town's name, and from which a name may be that of a town: one less the edits
by the letters of the longer. Of the few towns of an area even a distant one may be meant.
"""
_SHORTEST = 4
"""Letters of a word or name that may be like another."""
_REMEMBERED = 1 << 14


class AreaTowns:
    """Knows the post towns of each postcode area; names are folded and have no hyphens.

    >>> towns = AreaTowns({"S": ["BARNSLEY", "SHEFFIELD", "HOPE VALLEY"]})
    >>> towns.word_meant("VARNSSLEY", "S"), towns.word_meant("LEEDS", "S")
    ('BARNSLEY', '')
    >>> sorted(towns.places_of_towns(["MILL", "ROAD", "HOPE", "VALLEY", "S1"], "S"))
    [2, 3]
    >>> towns.may_name_one(["LITTLE", "SHEFIELD"], "S"), towns.may_name_one(["HALES"], "S")
    (True, False)
    """

    def __init__(self, towns: Mapping[str, Sequence[str]]) -> None:
        """`towns` are the names by the letters with which the postcodes of their area begin."""
        self._names = {area: frozenset(map(_without_hyphens, names)) for area, names in towns.items()}
        self._words = {
            area: sorted(
                {word for name in names for word in (*name.split(), *_without_hyphens(name).split())}
            )
            for area, names in towns.items()
        }
        self._all = frozenset(name for names in self._names.values() for name in names)
        self._longest = max(name.count(" ") + 1 for name in self._all)
        self.word_meant: Callable[[str, str], str] = lru_cache(_REMEMBERED)(self._word_meant)
        """Gives the word of a town of an area that a word is likest to, or nothing."""
        self._is_like_a_name: Callable[[str, str], bool] = lru_cache(_REMEMBERED)(self._compare)

    def may_name_one(self, words: Sequence[str], area: str) -> bool:
        """Return whether any of these words, or several in a row, may be the name of a town of an area, or are that of
        any post town.
        """
        return any(self._is_like_a_name(" ".join(words[span]), area) for span in self._spans(len(words)))

    def places_of_towns(self, words: Sequence[str], area: str) -> set[int]:
        """Return the places of the words that are, alone or with those beside them, the name of a town of an area."""
        names = self._names[area]
        return {
            place
            for span in self._spans(len(words))
            if " ".join(words[span]) in names
            for place in range(span.start, span.stop)
        }

    def _spans(self, count: int) -> Iterator[slice]:
        """Yield what of so many words may be the name of a town: any in a row, no more than the longest name has."""
        for start in range(count):
            for end in range(start + 1, min(start + self._longest, count) + 1):
                yield slice(start, end)

    def _word_meant(self, word: str, area: str) -> str:
        if len(word) < _SHORTEST:
            return ""
        likest = process.extractOne(
            word, self._words[area], scorer=OSA.normalized_similarity, score_cutoff=_WORD_ALIKE
        )
        return likest[0] if likest else ""

    def _compare(self, name: str, area: str) -> bool:
        if name in self._all:
            return True
        likest = process.extractOne(
            name, self._names[area], scorer=OSA.normalized_similarity, score_cutoff=_NAME_ALIKE
        )
        return likest is not None and len(name) >= _SHORTEST


def _without_hyphens(name: str) -> str:
    return name.replace("-", " ")
