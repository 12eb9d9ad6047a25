"""The commands about indexes, in folders and in Elasticsearch."""
