"""From the names of a reference, and how often each occurs, to a gazetteer."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from address_match.parser.gazetteer.gazetteer import MOST, NO_SHARE, SHARE, SMALL_SHARE, Gazetteer
from address_match.parser.gazetteer.name_field import FIELD_COUNT, NameField
from address_match.parser.gazetteer.name_key import NO_WORDS, WordKey, full_word, word_key
from address_match.parser.gazetteer.near_names import NearNames
from address_match.parser.gazetteer.word_list import WordList
from address_match.parser.lexicon.lexicon import Lexicon

NameCounts = Mapping[NameField, Mapping[str, int]]
"""By field, each name as it is folded and how many texts have it."""

_SHARE_BOUNDS = ((0.6, MOST), (0.2, SHARE), (0.03, SMALL_SHARE))
_LEAST_SHARE_OF_NAME = 0.05
"""A name that is so rarely one of a field was misread there."""
_SIZE_BOUNDS = (2, 10, 100)


def build_gazetteer(counts: NameCounts, lexicon: Lexicon) -> Gazetteer:
    """Count the words of names and pack them.

    >>> from address_match.parser.lexicon.lexicon import shipped_lexicon
    >>> known = build_gazetteer({NameField.STREET: {"ELM ROAD": 3}}, shipped_lexicon())
    >>> known.evidence("ELM").shares
    (3, 0, 0, 0, 0)
    """
    tally = _Tally(lexicon)
    for field in NameField:
        for name, count in counts.get(field, {}).items():
            tally.add(field, name, count)
    words = WordList.of(list(tally.words))
    by_word = _table([tally.words[word] for word in words])
    totals = by_word.sum(axis=1)
    hashes = np.array(list(tally.names), dtype=np.uint64)
    order = np.argsort(hashes)
    return Gazetteer(
        words=words,
        word_shares=_shares(by_word, totals),
        word_sizes=np.digitize(totals, _SIZE_BOUNDS).astype(np.uint8),
        begins=np.array([word in tally.beginnings for word in words], dtype=np.bool_),
        name_hashes=hashes[order],
        name_fields=_fields(_table(list(tally.names.values())))[order],
        near_names=NearNames.of(words),
    )


class _Tally:
    """Counts of words and names by field; words of digits count in names only."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, tuple[str, WordKey]] = {}
        self.words: defaultdict[str, list[int]] = defaultdict(lambda: [0] * FIELD_COUNT)
        self.names: defaultdict[int, list[int]] = defaultdict(lambda: [0] * FIELD_COUNT)
        self.beginnings: set[str] = set()

    def add(self, field: NameField, name: str, count: int) -> None:
        key = NO_WORDS
        for word in name.replace("-", " ").split():
            full, of_word = self._known.get(word) or self._read(word)
            if key == NO_WORDS:
                self.beginnings.add(full)
            key = key.then(of_word)
            if full.isalpha():
                self.words[full][field] += count
        if key != NO_WORDS:
            self.names[key.hash][field] += count

    def _read(self, word: str) -> tuple[str, WordKey]:
        found = full_word(word, self._lexicon), word_key(word, self._lexicon)
        self._known[word] = found
        return found


def _table(rows: list[list[int]]) -> npt.NDArray[np.int64]:
    return np.array(rows, dtype=np.int64).reshape(-1, FIELD_COUNT)


def _shares(counts: npt.NDArray[np.int64], totals: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    share = counts / np.maximum(totals, 1)[:, None]
    levels = np.full(counts.shape, NO_SHARE, dtype=np.uint8)
    for least, level in reversed(_SHARE_BOUNDS):
        levels[share >= least] = level
    return levels


def _fields(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    told = counts >= np.maximum(1, _LEAST_SHARE_OF_NAME * counts.sum(axis=1))[:, None]
    bits: npt.NDArray[np.uint8] = (told << np.arange(FIELD_COUNT)).sum(axis=1).astype(np.uint8)
    return bits
