from address_match.indexer.sources.reference_source import ReferenceSource, open_reference

__all__ = ["ReferenceSource", "open_reference"]
