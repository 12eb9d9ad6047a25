from indexer.local.opening import open_index
from indexer.local.retriever import LocalRetriever
from indexer.manifest import read_manifest

__all__ = ["LocalRetriever", "open_index", "read_manifest"]
