"""Both engines are asked through the same ports, and answer alike."""

import pytest
from fastapi.testclient import TestClient

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.connection.retrying_client import ONLINE
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.indexer.elastic.stored.mapping import IndexLayout
from address_match.service.build import build_elastic
from address_match.service.http.app import create_app
from address_match.service.http.deployments.deployment import ActiveDeployment, LeasedDeployment
from address_match.service.http.service_parts import ServiceParts
from address_match.service.settings.facade_settings import AimsSettings, Facades, OsPlacesSettings
from address_match.service.settings.server_settings import ServerSettings
from address_match.service.wiring import open_deployment
from tests.contracts.aims.reference import REFERENCE
from tests.contracts.aims.requests import SAMPLES
from tests.contracts.aims.services import EPOCH, PREFIX, Service, Services

ASKED = [
    sample
    for (endpoint, variant), sample in SAMPLES.items()
    if variant in {"concise", "verbose", "not found"} and endpoint != "/addresses/random"
]


@pytest.fixture(scope="module")
def on_elastic(cluster: Cluster, module_alias: str, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Our service over a real cluster."""
    path = tmp_path_factory.mktemp("reference") / "reference.csv"
    path.write_text(REFERENCE, encoding="utf-8")
    build_elastic(path, ElasticIndex(cluster, module_alias), IndexLayout())
    opened = open_deployment(ElasticIndex(cluster, module_alias, ONLINE))
    app = create_app(
        ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline)),
        ServerSettings(),
        ServiceParts(facades=Facades(AimsSettings(prefix=PREFIX, epoch=EPOCH), OsPlacesSettings())),
    )
    return Service(TestClient(app), PREFIX)


def test_a_cluster_answers_as_the_embedded_engine_does(on_elastic: Service, asked: Services) -> None:
    with on_elastic.client:
        ours, theirs = (
            {sample: service.ask(sample.method, sample.request, sample.body).json() for sample in ASKED}
            for service in (asked.get("well"), on_elastic)
        )
    assert ours == theirs
