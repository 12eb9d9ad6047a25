from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_STRIDE = 64
"""Every so manyth word is kept as one, and those from it to the next where a word was looked for among them, so that a
search compares words and makes none.
"""


class WordList(Sequence[str]):
    """Distinct words in ascending order of their UTF-8 bytes, packed into two arrays that may be memory maps."""

    def __init__(self, letters: npt.NDArray[np.uint8], ends: npt.NDArray[np.uint32]) -> None:
        """`letters` are the words one after the other; `ends` (words,) says where each ends."""
        self.letters = letters
        self.ends = ends
        # A place is asked for so often that making numbers and words out of arrays would be most of a search.
        self._bounds: list[int] = [0, *ends.tolist()]
        self._packed = letters.tobytes()
        self._some = [self._bytes(place) for place in range(0, len(ends), _STRIDE)]
        self._read: dict[int, list[bytes]] = {}
        """The words of the stretches that were looked into, by the number of each."""

    @classmethod
    def of(cls, words: Sequence[str]) -> "WordList":
        """Pack words; they are sorted first."""
        encoded = sorted(word.encode() for word in set(words))
        ends = np.cumsum([len(word) for word in encoded], dtype=np.uint32)
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]  # slices are not needed
        return self._bytes(place).decode()

    def find(self, word: str) -> int:
        """Return the place of a word, -1 where it is not listed.

        >>> WordList.of(["ELM", "ASH"]).find("ELM")
        1
        """
        wanted = word.encode()
        stretch = max(bisect_right(self._some, wanted) - 1, 0)
        words = self._read.get(stretch)
        if words is None:
            words = self._read[stretch] = self._words_of(stretch)
        place = bisect_left(words, wanted)
        return stretch * _STRIDE + place if words[place : place + 1] == [wanted] else -1

    def _words_of(self, stretch: int) -> list[bytes]:
        first = stretch * _STRIDE
        return [self._bytes(place) for place in range(first, min(first + _STRIDE, len(self)))]

    def _bytes(self, place: int) -> bytes:
        return self._packed[self._bounds[place] : self._bounds[place + 1]]
