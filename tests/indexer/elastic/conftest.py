from pathlib import Path

import pytest

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.elastic_index import ElasticIndex
from tests.indexer.elastic.indices import BRIEF


@pytest.fixture
def location(cluster: Cluster, alias: str) -> ElasticIndex:
    """An alias of this test, which names nothing yet."""
    return ElasticIndex(cluster, alias, BRIEF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
