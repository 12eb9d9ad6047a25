from address_match.indexer.local.open_index import open_index
from address_match.indexer.local.retriever import LocalRetriever
from address_match.indexer.manifest import read_manifest

__all__ = ["LocalRetriever", "open_index", "read_manifest"]
