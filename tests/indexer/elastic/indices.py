"""Indices of made-up references in a cluster."""

from collections.abc import Sequence
from pathlib import Path

from indexer.elastic.build import ElasticBuildReport, build_elastic_index
from indexer.elastic.calling import Patience
from indexer.elastic.connection import Cluster
from indexer.elastic.mapping import IndexLayout
from indexer.elastic.opening import open_elastic_index
from indexer.elastic.retriever import ElasticRetriever
from indexer.sources import open_reference
from tests.indexer.models import CommaReader, HashedTrigrams
from tests.indexer.references import ADDRESSES, BUNDLE, write_csv

BRIEF = Patience(seconds=10.0, waits_out_failures=False)


def build_in(
    cluster: Cluster,
    alias: str,
    folder: Path,
    rows: Sequence[tuple[str, ...]] = ADDRESSES,
    *,
    layout: IndexLayout | None = None,
) -> ElasticBuildReport:
    reference = write_csv(folder / "reference.csv", rows)
    return build_elastic_index(
        open_reference(reference),
        cluster,
        alias,
        models=(CommaReader(), HashedTrigrams()),
        bundle=BUNDLE,
        layout=layout or IndexLayout(),
        patience=BRIEF,
    )


def built_in(
    cluster: Cluster, alias: str, folder: Path, rows: Sequence[tuple[str, ...]] = ADDRESSES
) -> ElasticRetriever:
    build_in(cluster, alias, folder, rows)
    return open_elastic_index(cluster, alias, BRIEF)
