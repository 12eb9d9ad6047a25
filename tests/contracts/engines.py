"""How each engine is built from rows of uprn and address, for the suite that all must pass."""

from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.retrieval import Retriever
from tests.indexer.references import built

Build = Callable[[Path, Sequence[tuple[str, ...]]], Retriever]

ENGINES: dict[str, Build] = {"local": built}
