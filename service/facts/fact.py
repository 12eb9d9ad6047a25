"""One answer as it is kept: what happened, and nothing of which address."""

from collections.abc import Sequence
from typing import NamedTuple, get_type_hints

import pyarrow as pa

SCHEMA_VERSION = 1
"""Of the columns; raised when one changes its meaning."""
FINGERPRINT_DIGITS = 12
"""Of a bundle's fingerprint that a fact names."""


class Fact(NamedTuple):
    """An answer without its address; numbers are rounded, so that they are no fingerprint of a text.

    What speaks of the best candidate or of the search is None where there was none.
    """

    moment: int
    """Seconds since 1970, UTC, to the minute."""
    release: str
    """Of the program."""
    bundle: str
    """First `FINGERPRINT_DIGITS` of its fingerprint."""
    generation: str
    """Of the index."""
    threshold: float | None
    """Least probability of a match that held; None where nothing could be answered."""
    absence_prior: float | None
    """Share of absent addresses that the probabilities assume; None where nothing could be answered."""
    batch: int
    """Addresses that were matched together."""
    milliseconds: float
    """Of the batch, for each of its addresses."""

    status: str
    reason: str
    """Empty where it is matched."""
    relation: str
    probability: float
    """Of the best premises, to .001."""
    absent_probability: float
    """To .001."""

    next_probability: float | None
    """Of the second-best premises, to .001; 0 where there is none."""
    candidates: int | None
    """Premises that were ranked."""
    channels: str | None
    """Which found the best text: block, lexical, dense, with plus signs between."""
    by_block_alone: bool | None
    """Whether the postcode settled it, or the number of the street."""
    cosine: float | None
    """Of the vectors of query and best text, to .1."""
    query_share: float | None
    """Share of the query's words that the best text holds, to .1."""
    candidate_share: float | None
    """Share of the best text's words that the query holds, to .1."""
    classification: str | None
    """First letter of the best premises' class."""

    level: str | None
    """How far the best candidate agrees, as its match code says."""
    number: str | None
    """How the number compares with the best candidate's: agrees, respelled, unasked, missing, differs; so do the next
    eight.
    """
    flat: str | None
    building: str | None
    street: str | None
    locality: str | None
    town: str | None
    county: str | None
    postcode: str | None
    position: str | None

    characters: int | None
    """Of all words, to the twenty below."""
    words: int | None
    parse_probability: float | None
    """To .01."""
    readings: int | None
    """Other ways in which the text was read."""
    says_organisation: bool | None
    """Whether the text says an organisation; so do the next eleven."""
    says_building: bool | None
    says_unit: bool | None
    says_floor: bool | None
    says_number: bool | None
    says_suffix: bool | None
    says_street: bool | None
    says_locality: bool | None
    says_town: bool | None
    says_county: bool | None
    says_postcode: bool | None
    says_position: bool | None

    champion: str | None = None
    """First `FINGERPRINT_DIGITS` of the fingerprint of the bundle beside which this one answered; None where this
    answer was the one given.
    """
    champion_status: str | None = None
    """Of the answer that was given; so is the next."""
    same_premises: bool | None = None
    """Whether both name the same premises, or both none."""

    encoder: str | None = None
    """First `FINGERPRINT_DIGITS` of the fingerprint of the encoder of the next; None where that is None."""
    projected: tuple[float, ...] | None = None
    """Sum over a stretch of addresses that ends here, to .01; None within the stretch. See `projected_sums`."""


_TYPES: dict[object, pa.DataType] = {
    str: pa.dictionary(pa.int32(), pa.string()),
    float: pa.float32(),
    int: pa.int32(),
    bool: pa.bool_(),
    tuple[float, ...]: pa.list_(pa.float32()),
}


_MOMENT = pa.timestamp("s", tz="UTC")


def _type_of(hint: object) -> pa.DataType:
    held = next(kind for kind in _TYPES if hint == kind or hint == kind | None)  # type: ignore[operator]
    return _TYPES[held]


FACT_SCHEMA = pa.schema(
    [
        pa.field(name, _MOMENT if name == "moment" else _type_of(hint))
        for name, hint in get_type_hints(Fact).items()
    ],
    metadata={"address_match_facts": str(SCHEMA_VERSION)},
)
"""Columns of the facts, in the order of `Fact`."""


def fact_table(facts: Sequence[Fact]) -> pa.Table:
    """Lay facts out in columns."""
    columns = zip(*facts, strict=True) if facts else ([] for _ in FACT_SCHEMA)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, FACT_SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=FACT_SCHEMA)
