from indexer.sources.reference import ReferenceSource, open_reference

__all__ = ["ReferenceSource", "open_reference"]
