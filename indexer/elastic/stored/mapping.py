"""What an index of the cluster is made of: one document per text, and a few that hold statistics."""

from dataclasses import dataclass
from typing import Any

from address_match.indexer.lexical.query_terms import K1, B
from address_match.indexer.texts.extent import Grid

UPRN = "uprn"
ADDRESS = "address"
POSTCODE = "postcode"
PLACE = "place"
"""Street and town of a text, by which the premises of a street are counted."""
WORDS = "words"
VECTOR = "vector"
ROW = "row"
"""Number of a text, which no other has. They are kept in its order, that of postcodes and streets: texts that fit a
query equally well come in the same order from every build, and those of a street lie together on disk.
"""
RECORD = "record"
"""Everything that matching needs of a text, packed (`address_match.indexer.elastic.stored.records`)."""
GONE = "gone"
"""UPRN of a text that was deleted: its document stays, empty, so that an older file cannot bring it back."""
CONTENT = "content"
"""A piece of a file of statistics, or the state of a build; such a document has no other field and no search finds it."""
LIES_AT = tuple(column for grid in Grid for column in grid.columns)
"""Where a premises lies on each grid that the reference gives, by the columns of a text."""
PLACE_FIELDS: dict[str, dict[str, Any]] = {
    column: {"type": "double", "doc_values": False} for column in LIES_AT
}
"""How these are searched; an index that was built before can be given them too."""
_NOT_KEPT_AS_GIVEN = (WORDS, VECTOR, ROW, RECORD, PLACE, *LIES_AT)


@dataclass(frozen=True, slots=True)
class IndexLayout:
    """How an index is spread over the cluster, and how finely its graph of neighbours is woven."""

    shards: int = 1
    replicas: int = 0
    """Once the index is built; while it is built there is none."""
    seconds_to_replicate: int = 600
    """For which a build waits for the replicas."""
    graph_links: int = 32
    """HNSW's m."""
    graph_effort: int = 200
    """HNSW's ef_construction."""


def mapping(dimensions: int, layout: IndexLayout, manifest: dict[str, Any]) -> dict[str, Any]:
    """Describe the fields; nothing is left to defaults that change between releases."""
    return {
        "dynamic": "strict",
        "_meta": manifest,
        "_source": {"excludes": list(_NOT_KEPT_AS_GIVEN)},
        "properties": {
            UPRN: {"type": "keyword"},
            ADDRESS: {"type": "text", "index": False, "norms": False},
            POSTCODE: {"type": "keyword"},
            PLACE: {"type": "keyword", "doc_values": False},
            # Frequencies are all 1, but only with them are texts passed over that cannot be among the best.
            WORDS: {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": WORDS},
            VECTOR: {
                "type": "dense_vector",
                "element_type": "byte",
                "dims": dimensions,
                "index": True,
                "similarity": "dot_product",
                "index_options": {
                    "type": "hnsw",
                    "m": layout.graph_links,
                    "ef_construction": layout.graph_effort,
                },
            },
            ROW: {"type": "long", "index": False},
            RECORD: {"type": "binary", "doc_values": True},
            **PLACE_FIELDS,
            GONE: {"type": "keyword", "doc_values": False},
            CONTENT: {"type": "binary"},
        },
    }


def settings_while_building(layout: IndexLayout) -> dict[str, Any]:
    """Settings under which documents are taken in fastest; nobody searches them yet."""
    return {
        "number_of_shards": layout.shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        # What was acknowledged must outlive its node, or a build would go on after a gap.
        "translog.durability": "request",
        # What was sent is kept, for copies to catch up, until a lease of this length is renewed; there are no copies
        # yet.
        "soft_deletes.retention_lease.period": "1s",
        "similarity": {WORDS: {"type": "BM25", "k1": K1, "b": B}},
    }


def settings_in_force(layout: IndexLayout) -> dict[str, Any]:
    """Settings of an index that is searched and changed by updates, which refresh it themselves."""
    return {
        "number_of_replicas": layout.replicas,
        "refresh_interval": "-1",
        "soft_deletes.retention_lease.period": None,
    }
