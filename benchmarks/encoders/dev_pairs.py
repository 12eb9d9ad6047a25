from pathlib import Path

import numpy as np

from address_match.indexer.ports import Encoder
from address_match.indexer.search.quantisation import quantise
from address_match.models.search.exact import ExactSearch
from benchmarks.encoders.corpus import NEVER, Corpus, read_reference
from benchmarks.harness.tables import hard_pairs


def found_among_first(encoder: Encoder, queries: Path, reference: Path, first: int) -> int:
    """Count the queries of a file whose right row is among the `first` nearest rows of another, by the vectors alone.

    The files are those of `benchmarks.dev_pairs`.
    """
    corpus = Corpus(*read_reference(reference), hard_pairs(queries))
    _, rows = ExactSearch(quantise(encoder.encode(corpus.texts))).search(encoder.encode(corpus.asked), first)
    return int(np.count_nonzero(corpus.ranks(rows) != NEVER))
