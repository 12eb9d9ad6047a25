"""Indices of made-up references in a cluster."""

from collections.abc import Sequence
from pathlib import Path

from address_match.indexer.elastic.connection.retrying_client import Patience
from address_match.indexer.elastic.elastic_index import ElasticIndex, open_elastic_index, read_generation
from address_match.indexer.elastic.search.retriever import ElasticRetriever
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.indexer.elastic.writing.build import ElasticBuildReport, build_elastic_index
from address_match.indexer.reference.load import Progress
from address_match.indexer.reference.reference_source import open_reference
from tests.indexer.models import MODELS
from tests.indexer.references import ADDRESSES, write_csv

BRIEF = Patience(request_seconds=30.0, seconds=10.0, waits_out_failures=False)


def build_in(
    index: ElasticIndex,
    folder: Path,
    rows: Sequence[tuple[str, ...]] = ADDRESSES,
    *,
    layout: IndexLayout | None = None,
    progress: Progress | None = None,
) -> ElasticBuildReport:
    reference = write_csv(folder / "reference.csv", rows)
    return build_elastic_index(
        open_reference(reference),
        index,
        layout or IndexLayout(),
        MODELS,
        progress=progress,
    )


def built_in(
    index: ElasticIndex, folder: Path, rows: Sequence[tuple[str, ...]] = ADDRESSES
) -> ElasticRetriever:
    build_in(index, folder, rows)
    return opened(index)


def opened(index: ElasticIndex) -> ElasticRetriever:
    """Open the index that the alias names."""
    return open_elastic_index(index, read_generation(index))
