"""Choose among the texts that a channel brought those that it proposes: ordered by the embedded engine's own measures,
ties by row.
"""

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.elastic.stored.records import Records
from address_match.indexer.lexical.query_terms import (
    ASKED_NUMBER,
    COSINE_AGAINST_RARITY,
    QueryTerms,
    TermWeighting,
    has_number,
    length_factor,
)
from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.search.quantisation import cosines_of_products
from address_match.ragged import places_in_rows


class ChannelTopK:
    """Chooses among the texts of one batch of answers; texts are positions in its records, which ascend by row."""

    def __init__(
        self, records: Records, vocabulary: Vocabulary, term_weighting: TermWeighting, terms_a_text: float
    ) -> None:
        self._records = records
        self._term_weighting = term_weighting
        self._terms_a_text = terms_a_text
        term_ids, self._bounds = records.terms()
        positions = vocabulary.positions(term_ids)
        self._words = np.where(positions >= 0, positions, len(vocabulary))

    def sharing_words(self, terms: QueryTerms, texts: NDArray[np.int64], quota: int) -> NDArray[np.int64]:
        """Return up to `quota` of the texts, those that share most with the words of a query, best first."""
        shared, lengths = self._shared(terms, texts)
        return _best(texts, shared * length_factor(lengths.astype(np.float32), self._terms_a_text), quota)

    def in_block(
        self, terms: QueryTerms, vector: NDArray[np.int8], number: int, texts: NDArray[np.int64], quota: int
    ) -> NDArray[np.int64]:
        """Return the texts of a crowded postcode that fit a query best, which asks for a number; all of another."""
        if len(texts) <= quota:
            return texts
        products = self._records.vectors[texts].astype(np.float32) @ vector.astype(np.float32)
        cosines = cosines_of_products(products)
        shared, _ = self._shared(terms, texts)
        scores = shared + COSINE_AGAINST_RARITY * cosines
        scores[has_number(*self._records.numbers(texts), number)] += ASKED_NUMBER
        return _best(texts, scores, quota)

    def _shared(
        self, terms: QueryTerms, texts: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the rarity that each text shares with a query, and its number of words."""
        places, bounds = places_in_rows(self._bounds, texts)
        return self._term_weighting.shared_rarity(terms, self._words[places], bounds), np.diff(bounds)


def _best(texts: NDArray[np.int64], scores: NDArray[np.float32], quota: int) -> NDArray[np.int64]:
    best: NDArray[np.int64] = texts[np.lexsort((texts, -scores))[:quota]]
    return best
