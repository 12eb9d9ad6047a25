"""Many premises, looked up a part after the other, since an engine gives so many texts at once and no more."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.lookup.premises_texts import PremisesTexts, premises_of

LOOKED_UP = 500
"""Premises that are looked up at once; with twenty texts each they still come whole."""


def texts_in_parts(uprns: Iterable[str], reference: PremisesLookup) -> Iterator[pa.Table]:
    """Yield the texts of some premises, all those of one premises together; of an empty identifier there are none."""
    asked = [uprn for uprn in dict.fromkeys(uprns) if uprn]
    for start in range(0, len(asked), LOOKED_UP):
        yield reference.lookup_all(asked[start : start + LOOKED_UP])


def premises_in_parts(uprns: Iterable[str], reference: PremisesLookup) -> dict[str, PremisesTexts]:
    """Return those of some premises that are held, by identifier."""
    return {one.uprn: one for texts in texts_in_parts(uprns, reference) for one in premises_of(texts)}
