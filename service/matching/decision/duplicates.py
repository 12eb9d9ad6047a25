"""Two identifiers of the reference for one place: candidates whose texts say the same, and which a query may mean both."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.texts.candidate_texts import CandidateTexts
from address_match.indexer.texts.schemas import PARSED_FIELDS_SCHEMA
from address_match.service.matching.answer import Duplicate, Sameness
from address_match.service.matching.ranking.rank import CalibratedBatch

_FIELDS = [(field.name, pa.types.is_string(field.type)) for field in PARSED_FIELDS_SCHEMA]
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
    same_text = _plain_addresses(batch, texts[near]) == _plain_addresses(batch, texts[first[near]])
    same_parts = _same_parts(batch.ranked.candidates.texts, texts[near], texts[first[near]])
    uprns = batch.ranked.candidates.texts.strings("uprn").at(texts[near])
    return {
        place: Duplicate(uprn, Sameness.TEXT if by_text else Sameness.PARTS)
        for place, uprn, by_text, by_parts in zip(near.tolist(), uprns, same_text, same_parts, strict=True)
        if by_text or by_parts
    }


def _same_parts(
    held: CandidateTexts, texts: NDArray[np.int64], others: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return for each pair of texts whether they say the same in every field."""
    same = np.ones(len(texts), dtype=bool)
    for name, is_string in _FIELDS:
        column = held.strings(name).codes if is_string else held.numbers(name)
        same &= column[texts] == column[others]
        if not same.any():
            break
    return same


def _plain_addresses(batch: CalibratedBatch, texts: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return the addresses of some texts without their case and their punctuation."""
    addresses = batch.ranked.candidates.texts.strings("address").at(texts)
    return np.array([_plain(address) for address in addresses], dtype=object)


def _plain(text: str) -> str:
    """Return a text without its case and its punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.upper()).split())
