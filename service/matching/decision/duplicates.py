"""Two identifiers of the reference for one place: candidates whose texts say the same, and which a query may mean both."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.record import PARSED_FIELDS_SCHEMA
from address_match.service.matching.answer import Duplicate, Sameness
from address_match.service.matching.ranking.rank import CalibratedBatch

LEAST_PROBABILITY = 0.05
"""Of a candidate that may be meant: ten that are alike have less than a tenth each."""


def duplicates_of_best(
    batch: CalibratedBatch, rows: NDArray[np.int64], first: NDArray[np.int64]
) -> dict[int, Duplicate]:
    """Return by their place in `rows` the candidates that name the place of the best one of their query.

    `rows` are of the ranked batch, `first` is the place in `rows` of the best candidate of each. Texts are looked at
    only of those that the query may mean.
    """
    may_be_meant = batch.probability[rows] >= LEAST_PROBABILITY
    near = np.flatnonzero(may_be_meant & (np.arange(len(rows)) != first))
    if not len(near):
        return {}
    texts = batch.ranked.text_rows()[rows]
    same_text = _same(batch, texts[near], texts[first[near]], ["address"])
    same_parts = _same(batch, texts[near], texts[first[near]], PARSED_FIELDS_SCHEMA.names)
    uprns = _values(batch, texts[near], "uprn")
    return {
        place: Duplicate(uprn, Sameness.TEXT if by_text else Sameness.PARTS)
        for place, uprn, by_text, by_parts in zip(near.tolist(), uprns, same_text, same_parts, strict=True)
        if by_text or by_parts
    }


def _same(
    batch: CalibratedBatch, texts: NDArray[np.int64], others: NDArray[np.int64], columns: list[str]
) -> list[bool]:
    """Return for each pair of texts whether all columns hold the same."""
    pairs = [zip(_values(batch, texts, name), _values(batch, others, name), strict=True) for name in columns]
    return [all(a == b for a, b in pair) for pair in zip(*pairs, strict=True)]


def _values(batch: CalibratedBatch, texts: NDArray[np.int64], name: str) -> list[str]:
    found: list[str] = batch.ranked.candidates.texts.column(name).take(pa.array(texts)).to_pylist()
    return [_plain(value) for value in found] if name == "address" else found


def _plain(text: str) -> str:
    """Return a text without its case and its punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.upper()).split())
