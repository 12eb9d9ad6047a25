"""Small parsed fields, candidates and statistics to compare."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.reference.streets.street_places import (
    ALL_TOWNS,
    business_key,
    locality_key,
    street_key,
)
from address_match.indexer.retrieval import Candidates
from address_match.indexer.texts.candidate_texts import CandidateTexts
from address_match.indexer.texts.schemas import TEXT_SCHEMA
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.query.query_columns import FieldColumns, QueryColumns


@dataclass(frozen=True)
class HeldStreets:
    """Streets by the places that hold them: a town, a postcode sector, or a postcode area."""

    places: Mapping[str, Sequence[str]] = field(default_factory=dict)
    localities: Mapping[str, str] = field(default_factory=dict)
    """The town in which each lies."""
    businesses: Mapping[str, int] = field(default_factory=dict)
    """The number of towns that have each."""
    all_towns: int = 0

    def hold(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        held = {street_key(street, place) for street, places in self.places.items() for place in places}
        held |= {locality_key(*place) for place in self.localities.items()}
        return np.array([int(key) in held for key in keys], dtype=bool)

    def towns(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        counts = {street_key(street): len(places) for street, places in self.places.items()}
        counts |= {business_key(name): towns for name, towns in self.businesses.items()}
        counts[ALL_TOWNS] = self.all_towns
        return np.array([counts.get(int(key), 0) for key in keys], dtype=np.int64)


@dataclass(frozen=True)
class CountedTerms:
    """Statistics over texts that each hold every word of `texts` once."""

    addresses: tuple[str, ...]
    streets: HeldStreets = field(default_factory=HeldStreets)

    @property
    def texts(self) -> int:
        return max(1, len(self.addresses))

    def frequencies(self, term_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        counts: dict[int, int] = {}
        for address in self.addresses:
            for term in terms(address):
                counts[term_id(term)] = counts.get(term_id(term), 0) + 1
        return np.array([counts.get(int(t), 0) for t in term_ids], dtype=np.int64)


@dataclass(frozen=True)
class Held:
    """A text of the reference."""

    address: str
    fields: ParsedFields
    uprn: str = "1"
    classification: str = "RD04"
    text_kind: str = "postal"
    status: str = "approved"


def text_row(row: int, held: Held) -> dict[str, object]:
    blank = {f.name: "" if f.type == pa.string() else None for f in TEXT_SCHEMA}
    said = {("reading_postcode" if k == "postcode" else k): v for k, v in asdict(held.fields).items()}
    return (
        blank
        | said
        | {
            "row": row,
            "uprn": held.uprn,
            "address": held.address,
            "postcode": held.fields.postcode,
            "text_kind": held.text_kind,
            "classification": held.classification,
            "status": held.status,
            "term_ids": [term_id(t) for t in terms(held.address)],
            "street_premises": 1,
        }
    )


def texts_table(held: Sequence[Held]) -> pa.Table:
    return pa.Table.from_pylist([text_row(i, h) for i, h in enumerate(held)], schema=TEXT_SCHEMA)


def pairs_of(
    query: ParsedFields,
    held: Sequence[Held],
    words: str = "",
    nearness: Sequence[float] | None = None,
    streets: Mapping[str, Sequence[str]] | HeldStreets | None = None,
) -> Pairs:
    """Pair one query with every held text; `nearness` gives their cosines, `streets` the places that hold a street, or
    all that is counted.
    """
    cosines = np.array(nearness if nearness is not None else [1.0] * len(held))
    vectors = np.round(np.stack([cosines, np.sqrt(1 - cosines**2)], axis=1) * 127).astype(np.int8)
    columns = QueryColumns(
        FieldColumns([query]), (terms(words),), np.array([[1.0, 0.0]], dtype=np.float32), np.array([1.0])
    )
    counted = streets if isinstance(streets, HeldStreets) else HeldStreets(streets or {})
    candidates = Candidates(
        np.zeros(len(held), dtype=np.int32),
        np.arange(len(held), dtype=np.int32),
        np.ones(len(held), dtype=np.uint8),
        CandidateTexts.of_table(texts_table(held)),
        vectors,
    )
    return Pairs(columns, candidates, CountedTerms(tuple(h.address for h in held), counted))
