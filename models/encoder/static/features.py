"""Reads texts into features: the words of each, and what stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.models.encoder.static.hashing import NUMBERS, WORDS, rows_of
from address_match.models.encoder.static.positions import position_features
from address_match.models.encoder.static.words import Word, WordKind, read_postcode, read_token
from address_match.parser.tokens import words_of
from address_match.ragged import bounds_of

FEATURE_VERSION = 1
"""Raised whenever a text would be read into other features: an encoder serves the version that it was trained with."""

_NEIGHBOURS_WEIGHT = 1.0
_MAX_WORDS = 60
"""Words of one text that are read; addresses have about ten."""


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """Features of a batch of texts, as ragged arrays; `words` are positions in `FeatureReader.words`."""

    words: NDArray[np.int64]
    word_starts: NDArray[np.int64]
    """Shape (texts + 1,): the words of text i are `words[word_starts[i]:word_starts[i + 1]]`."""
    rows: NDArray[np.int64]
    """Rows of the table for what stands between words."""
    weights: NDArray[np.float32]
    row_starts: NDArray[np.int64]


class FeatureReader:
    """Reads texts and remembers the words it has met, so that a word is taken apart once."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._by_token: dict[str, tuple[int, ...]] = {}
        self._by_postcode: dict[tuple[str, str], int] = {}
        self._outcodes: set[str] = set()
        """Tokens that end in an outcode; texts without one have no postcode to join."""
        self._hashes = np.zeros(1024, np.uint64)
        self._powers = np.zeros(1024, np.uint64)

    def forget(self) -> None:
        """Forget all words; positions given before are void."""
        self.words.clear()
        self._by_token.clear()
        self._by_postcode.clear()
        self._outcodes.clear()

    def read(self, texts: Sequence[str]) -> TextFeatures:
        """Read the features of texts, in their order."""
        return self.read_words([words_of(text).texts for text in texts])

    def read_words(self, texts: Sequence[Sequence[str]]) -> TextFeatures:
        """Read the features of texts given by their words as `words_of` parts them, in their order."""
        word_ids: list[int] = []
        word_starts = [0]
        hashes: list[int] = []
        weights: list[float] = []
        row_counts: list[int] = []
        for tokens in texts:
            ids = self._word_ids(tokens[:_MAX_WORDS])
            word_ids += ids
            word_starts.append(len(word_ids))
            found = list(position_features([self.words[i] for i in ids]))
            hashes += [value for value, _ in found]
            weights += [weight for _, weight in found]
            row_counts.append(len(found))
        words = np.array(word_ids, np.int64)
        starts = np.array(word_starts, np.int64)
        return self._with_neighbours(words, starts, hashes, weights, row_counts)

    def _with_neighbours(
        self,
        words: NDArray[np.int64],
        starts: NDArray[np.int64],
        hashes: list[int],
        weights: list[float],
        row_counts: list[int],
    ) -> TextFeatures:
        """Add two neighbouring words as one word written together: CORN MILL is CORNMILL."""
        joins = np.ones(max(len(words) - 1, 0), bool)
        inner = starts[1:-1]
        joins[inner[(inner > 0) & (inner < len(words))] - 1] = False
        powers = self._powers[words]
        if len(words):
            joins &= (powers[:-1] > 1) & (powers[1:] > 1)
        first = np.flatnonzero(joins)
        glued = self._hashes[words[first]] * powers[first + 1] + self._hashes[words[first + 1]]
        text_of_pair = np.searchsorted(starts, first, side="right") - 1
        text_of_row = np.repeat(np.arange(len(row_counts)), row_counts)
        text = np.concatenate([text_of_row, text_of_pair])
        order = np.argsort(text, kind="stable")
        all_rows = np.concatenate([rows_of(NUMBERS, np.array(hashes, np.uint64)), rows_of(WORDS, glued)])
        neighbours = np.full(len(first), _NEIGHBOURS_WEIGHT, np.float32)
        all_weights = np.concatenate([np.array(weights, np.float32), neighbours])
        row_starts = bounds_of(np.bincount(text, minlength=len(row_counts)))
        return TextFeatures(words, starts, all_rows[order], all_weights[order], row_starts)

    def _word_ids(self, tokens: Sequence[str]) -> list[int]:
        """Return the positions of the words of a text, each of its postcodes as one word."""
        by_token = self._by_token
        ids = [i for token in tokens for i in by_token.get(token) or self._learn(token)]
        if not self._outcodes.isdisjoint(tokens):
            self._join_postcodes(ids)
        return ids

    def _join_postcodes(self, ids: list[int]) -> None:
        """Put one word in place of an outcode and its incode, or of an outcode that ends the text behind a word."""
        words = self.words
        outcodes = [position for position, i in enumerate(ids) if words[i].kind is WordKind.OUTCODE]
        for position in reversed(outcodes):
            outcode = words[ids[position]].text
            if position + 1 < len(ids):
                following = words[ids[position + 1]]
                if following.kind is WordKind.INCODE:
                    ids[position : position + 2] = [self._postcode_id(outcode, following.text)]
            elif position and words[ids[position - 1]].kind is WordKind.WORD:
                ids[position] = self._postcode_id(outcode, "")

    def _postcode_id(self, outcode: str, incode: str) -> int:
        key = (outcode, incode)
        if key not in self._by_postcode:
            self._by_postcode[key] = self._remember(read_postcode(outcode, incode))
        return self._by_postcode[key]

    def _learn(self, token: str) -> tuple[int, ...]:
        self._by_token[token] = ids = tuple(self._remember(word) for word in read_token(token))
        if self.words[ids[-1]].kind is WordKind.OUTCODE:
            self._outcodes.add(token)
        return ids

    def _remember(self, word: Word) -> int:
        position = len(self.words)
        if position == len(self._hashes):
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
            self._powers = np.concatenate([self._powers, np.zeros_like(self._powers)])
        self._hashes[position] = word.hash
        self._powers[position] = word.power if word.kind in _JOINABLE else 1
        self.words.append(word)
        return position


_JOINABLE = frozenset({WordKind.WORD, WordKind.UNIT, WordKind.LETTER})
