"""Where the reference of an index in a folder contradicts itself about a premises."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from address_match.indexer.local.stored.generation_texts import texts_at
from address_match.indexer.reference.conflicts import IndexConflicts, conflicts_among
from address_match.indexer.reference.precedence import read_overruled


@contextmanager
def index_conflicts(index: Path) -> Iterator[IndexConflicts]:
    """Look for contradictions among all texts of an index; memory and errors are those of `index_difference`."""
    with (
        closing(texts_at(index)) as texts,
        conflicts_among(texts.listed_all(), texts.rows, read_overruled(texts.folder)) as conflicts,
    ):
        yield conflicts
