"""The requests to the cluster, as pure functions.

All channels of an address go in one request. Every neighbour, near the whole reference or near within the postcode,
scores about half of `NEIGHBOUR_BOOST`, far above what shared words can sum to: so the neighbours stand first, as many
as their quotas allow, and the texts that share rare words fill the rest. Each hit names the channels that found it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.elastic.stored.mapping import (
    GONE,
    PLACE,
    POSTCODE,
    RECORD,
    ROW,
    UPRN,
    VECTOR,
    WORDS,
)
from address_match.indexer.retrieval import MOST_LISTED, Channel, Quotas
from address_match.indexer.texts.extent import Extent

NEIGHBOUR_BOOST = 100_000.0
"""The dot product of bytes scores .498 to .502, and a hundred words shared, each in one text of a million, 2,000."""
CANDIDATES_A_NEIGHBOUR = 10
"""Texts that the walk through the graph of a shard keeps in mind for each neighbour that is wanted."""
FEWEST_CANDIDATES = 100
"""Texts that it keeps in mind at least: with ten, it now and then passes by the only neighbour that is wanted."""
BLOCK_OVERSAMPLING = 3
"""A crowded postcode brings so many times its quota by their vectors, and words choose among them. Where it is not
crowded, texts that share words take the room, and ties among them are settled by more of them."""
MOST_ORDERING_WORDS = 64
"""Words that only order what the rare ones propose; a usual address has 12."""
MOST_TEXTS_OF_A_PREMISES = 1_000
MOST_POSTCODES = 16
_TEXTS_OF_A_PAGE = 5_000
_RECORDS = {"_source": False, "docvalue_fields": [RECORD], "track_total_hits": False}
"""Hits bring nothing but the packed text."""
_IN_ORDER = {**_RECORDS, "size": MOST_LISTED, "sort": [{ROW: "asc"}]}


@dataclass(frozen=True, slots=True)
class TextQuery:
    """One query, ready to be sent."""

    vector: NDArray[np.int8]
    """Shape (dimensions,)."""
    postcodes: tuple[str, ...]
    proposing: Sequence[tuple[str, float]]
    """Rare words and their factors: a text must hold one of them."""
    ordering: Sequence[tuple[str, float]]
    """The other words."""


def search(query: TextQuery, quotas: Quotas) -> dict[str, Any] | None:
    """Ask for the candidates of an address by every channel that has a quota; None where there is nothing to ask."""
    neighbours = []
    if quotas.dense and query.vector.any():
        neighbours.append(_nearest(query.vector, quotas.dense, Channel.DENSE))
    if quotas.block and query.postcodes:
        within = {"terms": {POSTCODE: list(query.postcodes[:MOST_POSTCODES])}}
        crowd = quotas.block * BLOCK_OVERSAMPLING
        neighbours.append(_nearest(query.vector, crowd, Channel.BLOCK, within))
    body: dict[str, Any] = {
        **_RECORDS,
        "size": sum(channel["k"] for channel in neighbours),
    }
    if quotas.lexical and query.proposing:
        body["query"] = _sharing_words(query)
        body["size"] += quotas.lexical
    if neighbours:
        body["knn"] = neighbours
    return body if body["size"] else None


def texts_of(uprn: str) -> dict[str, Any]:
    """Ask for all texts of a premises."""
    return {**_RECORDS, "size": MOST_TEXTS_OF_A_PREMISES, "query": _only({"term": {UPRN: uprn}})}


def texts_in(postcode: str) -> dict[str, Any]:
    """Ask for the texts of a postcode in their order."""
    return {**_IN_ORDER, "query": _only({"term": {POSTCODE: postcode}})}


def texts_on(streets: Sequence[str]) -> dict[str, Any]:
    """Ask for the texts of streets, as `address_match.indexer.elastic.stored.documents.place_of` names them, in their order."""
    return {**_IN_ORDER, "query": _only({"terms": {PLACE: list(streets)}})}


def texts_lying_in(extent: Extent) -> dict[str, Any]:
    """Ask for the texts of premises that lie in a rectangle, in their order."""
    across, along = extent.grid.columns
    ranges = [
        {"range": {across: {"gte": extent.west, "lte": extent.east}}},
        {"range": {along: {"gte": extent.south, "lte": extent.north}}},
    ]
    return {**_IN_ORDER, "query": {"bool": {"filter": ranges}}}


def texts_ever_of(uprn: str) -> dict[str, Any]:
    """Ask for all texts of a premises, also those that are gone, with their versions."""
    either = [{"term": {UPRN: uprn}}, {"term": {GONE: uprn}}]
    body = {**_RECORDS, "size": MOST_TEXTS_OF_A_PREMISES, "version": True}
    return {**body, "query": _only({"bool": {"should": either}})}


def text_in_sector(sector: str) -> dict[str, Any]:
    """Ask for any text of a postcode sector."""
    return {**_RECORDS, "size": 1, "query": _only({"prefix": {POSTCODE: sector}}), "terminate_after": 1}


def premises_at(place: str) -> dict[str, Any]:
    """Ask how many premises stand on a street, as `address_match.indexer.elastic.stored.documents.place_of` names it."""
    premises = {"premises": {"cardinality": {"field": UPRN, "precision_threshold": 3_000}}}
    return {"size": 0, "query": _only({"term": {PLACE: place}}), "track_total_hits": False, "aggs": premises}


def _only(condition: dict[str, Any]) -> dict[str, Any]:
    return {"bool": {"filter": condition}}


def any_text() -> dict[str, Any]:
    """Ask whether every shard can be searched, and for nothing else."""
    return {"size": 0, "query": {"match_all": {}}, "terminate_after": 1, "track_total_hits": False}


def some_texts(count: int, seed: int = 1) -> dict[str, Any]:
    """Ask for texts chosen at random, the same for the same seed."""
    return {
        **_RECORDS,
        "size": count,
        "query": {
            "function_score": {
                "query": all_texts(),
                "random_score": {"seed": seed, "field": "_seq_no"},
                "boost_mode": "replace",
            }
        },
    }


def all_texts() -> dict[str, Any]:
    """Ask for every text, and for none of the documents that hold statistics."""
    return _only({"exists": {"field": UPRN}})


def page_of_texts(after: Sequence[Any] | None) -> dict[str, Any]:
    """Ask for the texts of a point in time that come after a hit, by what it was sorted by; for the first ones where it
    is None.
    """
    body = {**_RECORDS, "query": all_texts(), "size": _TEXTS_OF_A_PAGE, "sort": [{"_shard_doc": "asc"}]}
    return body if after is None else {**body, "search_after": after}


def channels_of(hit: dict[str, Any]) -> Channel:
    """Read which channels found a hit."""
    found = Channel(0)
    for name in hit.get("matched_queries", ()):
        found |= Channel[name.upper()]
    return found


def _nearest(
    vector: NDArray[np.int8], quota: int, channel: Channel, within: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "field": VECTOR,
        "query_vector": vector.tobytes().hex(),
        "k": quota,
        "num_candidates": max(quota * CANDIDATES_A_NEIGHBOUR, FEWEST_CANDIDATES),
        "boost": NEIGHBOUR_BOOST,
        "_name": str(channel.name).lower(),
        **({"filter": within} if within else {}),
    }


def _sharing_words(query: TextQuery) -> dict[str, Any]:
    return {
        "bool": {
            "_name": "lexical",
            "must": {"bool": {"should": [_word(*word) for word in query.proposing]}},
            "should": [_word(*word) for word in query.ordering[:MOST_ORDERING_WORDS]],
        }
    }


def _word(word: str, factor: float) -> dict[str, Any]:
    return {"term": {WORDS: {"value": word, "boost": factor}}}
