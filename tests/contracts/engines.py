"""How each engine is built from rows of uprn and address, for the suite that all must pass."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.retrieval import IndexRetriever
from tests.indexer.elastic.indices import BRIEF, built_in
from tests.indexer.references import built

Build = Callable[[pytest.FixtureRequest, Path, Sequence[tuple[str, ...]]], IndexRetriever]


def _embedded(
    _request: pytest.FixtureRequest, folder: Path, rows: Sequence[tuple[str, ...]]
) -> IndexRetriever:
    return built(folder, rows)


def _elastic(request: pytest.FixtureRequest, folder: Path, rows: Sequence[tuple[str, ...]]) -> IndexRetriever:
    cluster, alias = (request.getfixturevalue(name) for name in ("cluster", "module_alias"))
    return built_in(ElasticIndex(cluster, alias, BRIEF), folder, rows)


ENGINES: dict[str, Build] = {"local": _embedded, "elastic": _elastic}
