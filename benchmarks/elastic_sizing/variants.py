"""Ways to keep the same texts in Elasticsearch: how their vectors are written, how the graph is woven, how it is
spread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from address_match.indexer.elastic.stored.documents import TextDocument
from address_match.indexer.elastic.stored.mapping import (
    POSTCODE,
    VECTOR,
    IndexLayout,
    mapping,
    settings_while_building,
)
from address_match.indexer.search.quantisation import quantise

Vectors = NDArray[np.float32]
DEFAULT = IndexLayout()


@dataclass(frozen=True, slots=True)
class Variant:
    """One way; what it leaves open is as in an index that `es build` makes."""

    name: str
    dimensions: int = 256
    """The first so many of the encoder's, which learned to say most in few."""
    as_bytes: bool = True
    """Our own whole numbers; else floating-point numbers, which the engine rounds itself where `kind` says so."""
    kind: str = "hnsw"
    layout: IndexLayout = field(default_factory=IndexLayout)
    sorted_by_postcode: bool = False
    search: Mapping[str, Any] = field(default_factory=dict)
    """More of what each search for neighbours says."""

    def vectors(self, vectors: Vectors) -> Vectors | NDArray[np.int8]:
        """Return vectors of unit length as this way keeps them and asks for them."""
        units = vectors[:, : self.dimensions]
        if self.dimensions < vectors.shape[1]:
            units = units / np.maximum(np.linalg.norm(units, axis=1, keepdims=True), np.float32(1e-9))
        return quantise(units) if self.as_bytes else units

    def mapping(self) -> dict[str, Any]:
        """Describe the fields."""
        described = mapping(self.dimensions, self.layout, {})
        vector = described["properties"][VECTOR]
        vector["index_options"]["type"] = self.kind
        if not self.as_bytes:
            vector.update(element_type="float", similarity="cosine")
        return described

    def settings(self) -> dict[str, Any]:
        """Settings of the index."""
        settings = settings_while_building(self.layout)
        if self.sorted_by_postcode:
            settings |= {"sort.field": POSTCODE, "sort.missing": "_last"}
        return settings

    def document(self, document: TextDocument, vector: NDArray[Any]) -> TextDocument:
        """Return a document with a vector of this way in place of its own."""
        content = orjson.loads(document.content)
        return replace(document, content=orjson.dumps({**content, VECTOR: as_json(vector)}))

    def body(self, body: Mapping[str, Any], vector: NDArray[Any]) -> dict[str, Any]:
        """Return a search with a vector of this way in place of its own."""
        neighbours = [
            {**each, "query_vector": as_json(vector), **self.search} for each in body.get("knn", ())
        ]
        return {**body, "knn": neighbours} if neighbours else dict(body)


def as_json(vector: NDArray[Any]) -> str | list[float]:
    """Write a vector: bytes as hexadecimal digits, other numbers one by one."""
    return vector.tobytes().hex() if vector.dtype == np.int8 else vector.tolist()


def variants() -> Iterator[Variant]:
    """All that are measured, the default first."""
    rescored = {"rescore_vector": {"oversample": 3.0}}
    yield Variant("byte, 256 (default)")
    yield Variant("byte, 128", dimensions=128)
    yield Variant("float, 256, hnsw", as_bytes=False)
    yield Variant("float, 256, int8_hnsw", as_bytes=False, kind="int8_hnsw")
    yield Variant("float, 256, bbq_hnsw", as_bytes=False, kind="bbq_hnsw", search=rescored)
    yield Variant("byte, m 16, ef 100", layout=replace(DEFAULT, graph_links=16, graph_effort=100))
    yield Variant("byte, m 16, ef 200", layout=replace(DEFAULT, graph_links=16, graph_effort=200))
    yield Variant("byte, m 48, ef 400", layout=replace(DEFAULT, graph_links=48, graph_effort=400))
    yield Variant("byte, 3 shards", layout=replace(DEFAULT, shards=3))
    yield Variant("byte, sorted by postcode", sorted_by_postcode=True)
