"""Which premises an address may be answered with: candidates that are admitted, and those that are left out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa

from address_match.indexer.retrieval import Candidates, PremisesLists

_READ_TOGETHER = 500
"""Premises whose texts are read together to see whether they are admitted: fewer texts than an engine lists at most."""


class Admission(Protocol):
    """Says which premises an address may be answered with."""

    def narrowed(self, texts: pa.Table) -> pa.Table:
        """Return the texts of premises that are admitted, of texts with the columns of
        `address_match.indexer.texts.schemas.LISTED_SCHEMA`.
        """
        ...


def admitted(candidates: Candidates, queries: int, admission: Admission, lists: PremisesLists) -> Candidates:
    """Drop the pairs whose premises is not admitted, as if the reference did not hold it; they are of that many
    queries.
    """
    uprns = candidates.texts.strings("uprn").values
    barred = set(uprns)
    for start in range(0, len(uprns), _READ_TOGETHER):
        texts = admission.narrowed(lists.lookup_all(uprns[start : start + _READ_TOGETHER]))
        barred.difference_update(texts.column("uprn").to_pylist())
    return without(candidates, [frozenset(barred)] * queries)


def without(candidates: Candidates, excluded: Sequence[frozenset[str]]) -> Candidates:
    """Drop the pairs whose premises is excluded for their query, as if the reference did not hold it."""
    uprns = candidates.texts.strings("uprn").rows()
    pairs = zip(candidates.query.tolist(), candidates.text.tolist(), strict=True)
    kept = np.array([uprns[text] not in excluded[query] for query, text in pairs], dtype=bool)
    return candidates.where(kept)
