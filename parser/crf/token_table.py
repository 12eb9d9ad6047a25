from dataclasses import replace
from itertools import count
from threading import Lock

import numpy as np
import numpy.typing as npt

from address_match.parser.crf.weights import CrfWeights
from address_match.parser.features.token_profile import profile
from address_match.parser.features.token_rows import TokenRows
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.lexicon.lexicon import Lexicon

_MOST_TOKENS = 100_000
"""Distinct tokens whose rows are kept; at 3 rows of 11 weights that is 26 MB."""


class TokenTable:
    """Emission weights of the distinct tokens seen so far; id 0 is the padding, which weighs nothing."""

    def __init__(self, weights: CrfWeights, lexicon: Lexicon, gazetteer: Gazetteer | None = None) -> None:
        self._weights = weights
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._lock = Lock()
        self._clear()

    def _clear(self) -> None:
        self._ids: dict[str, int] = {}
        self._rows = TokenRows(
            classes=np.zeros(1024, dtype=np.int64),
            values=np.zeros(1024, dtype=np.int64),
            begins_phrase=np.zeros(1024, dtype=np.bool_),
            slips=np.zeros(1024, dtype=np.bool_),
            begins_name=np.zeros(1024, dtype=np.bool_),
            keys=np.zeros((1024, 2), dtype=np.uint64),
            weights=np.zeros((1024, 3, len(self._weights.labels))),
        )

    def look_up(self, tokens: list[str]) -> tuple[npt.NDArray[np.int64], TokenRows]:
        """Return the ids of tokens, and rows in which they are found; new tokens are described first."""
        with self._lock:
            if len(self._ids) > _MOST_TOKENS:
                self._clear()
            ids = self._ids
            if new := [token for token in dict.fromkeys(tokens) if token not in ids]:
                self._add(new)
            return np.array([ids[token] for token in tokens], dtype=np.int64), self._rows

    def _add(self, new: list[str]) -> None:
        """Describe distinct tokens that have no row yet."""
        profiles = [profile(token, self._lexicon, self._gazetteer) for token in new]
        described = TokenRows.described_by(profiles)
        sums = self._weights.sums_of(
            [features for p in profiles for features in (p.own, p.to_the_right, p.to_the_left)]
        )
        weights = sums.reshape(len(new), 3, len(self._weights.labels))
        start = len(self._ids) + 1
        self._rows = self._rows.with_rows(start, replace(described, weights=weights))
        self._ids.update(zip(new, count(start)))
