"""What the disks of a cluster have room for."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from elastic_transport import ObjectApiResponse

from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.errors import EngineAccessError

_KEPT_FREE = 0.05
_MOST_KEPT_FREE = 100 * (1 << 30)
"""Of a disk: where less is left, Elasticsearch takes no documents in, unless its settings say otherwise
(`flood_stage`).
"""


def free_in_cluster(index: ElasticIndex, shards: int) -> int | None:
    """Return the bytes that so many shards, copies among them, find at most on the disks of the nodes that hold data.

    Each is taken to lie on a node of its own as far as there are so many. None where the credentials do not allow to
    ask; raises EngineUnavailableError when the cluster does not answer.
    """
    with closing(index.connect()) as client:
        try:
            rooms = client.ask_for(lambda es: es.nodes.stats(metric="fs"), _rooms)
        except EngineAccessError:
            return None
    return sum(sorted(rooms, reverse=True)[:shards])


def _rooms(answer: ObjectApiResponse[Any]) -> list[int]:
    """Return the bytes that each node has room for that holds data."""
    return [_room(node) for node in answer["nodes"].values() if _holds_data(node)]


def _holds_data(node: Mapping[str, Any]) -> bool:
    return any(role == "data" or role.startswith("data_") for role in node.get("roles", ["data"]))


def _room(node: Mapping[str, Any]) -> int:
    disk = node["fs"]["total"]
    kept_free = min(_KEPT_FREE * int(disk["total_in_bytes"]), _MOST_KEPT_FREE)
    return max(0, int(disk["available_in_bytes"]) - int(kept_free))
