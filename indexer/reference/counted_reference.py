"""What is counted over a whole reference, as it is read; `statistics_files` writes it, with all that builds an index."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.reference.streets.street_places import StreetPlaces


@dataclass(frozen=True, slots=True)
class CountedReference:
    """What matching asks of a whole reference; satisfies `address_match.indexer.retrieval.ReferenceStatistics`."""

    vocabulary: Vocabulary
    streets: StreetPlaces

    @property
    def texts(self) -> int:
        """Number of texts in the reference."""
        return self.vocabulary.texts

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return for each term the number of texts that hold it."""
        return self.vocabulary.frequencies(term_ids)
