from pathlib import Path

import pytest

from indexer.elastic.connection import Cluster
from indexer.elastic.location import ElasticIndex
from tests.indexer.elastic.indices import BRIEF


@pytest.fixture
def location(cluster: Cluster, alias: str) -> ElasticIndex:
    """An alias of this test, which names nothing yet."""
    return ElasticIndex(cluster, alias, BRIEF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
