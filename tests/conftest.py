import os
from collections.abc import Iterator
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, settings

from address_match.indexer.elastic.connection.cluster import Cluster, connect
from tests.cluster import NoClusterError, leave_out, running_cluster

# A service that a test runs as a process of its own leaves nothing among the state of whoever runs the tests.
os.environ["ADDRESS_MATCH_RECORD"] = "false"
# No test is timed: on a busy machine a slow example would be taken for a wrong one.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A real cluster; without one the tests are left out with the reason, or fail where one is required."""
    try:
        with running_cluster() as url:
            yield Cluster(url)
    except NoClusterError as reason:
        leave_out(str(reason))


@pytest.fixture(scope="session")
def client(cluster: Cluster) -> Iterator[Elasticsearch]:
    """A client of the cluster, to see and to disturb what is in it."""
    with connect(cluster, 60.0) as connected:
        yield connected


@pytest.fixture(scope="module")
def module_alias(client: Elasticsearch) -> Iterator[str]:
    """A name for the indices of one module of tests; they are gone at its end."""
    yield from _alias(client)


@pytest.fixture
def alias(client: Elasticsearch) -> Iterator[str]:
    """A name for the indices of one test; they are gone at its end."""
    yield from _alias(client)


def _alias(client: Elasticsearch) -> Iterator[str]:
    name = f"test-{uuid4().hex[:12]}"
    yield name
    for index in client.indices.get(index=f"{name}*", features="settings"):
        client.indices.delete(index=index)
