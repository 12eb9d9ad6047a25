"""The façade of OS Places over a real index of each engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

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
from tests.built_index import built_index
from tests.integration.conftest import active_deployment

REFERENCE = """\
uprn,building_number,street_name,town_name,postcode,text_kind,language,classification,country,status,latitude,longitude,easting,northing
100,2,THORNBECK ROAD,OSTWICK,AB12 3CD,postal,en,RD04,E,approved,51.5000,-0.1000,531000,180000
100,2,THORNBECK ROAD,OSTWICK,AB12 3CD,gazetteer,en,RD04,E,approved,51.5000,-0.1000,531000,180000
200,4,THORNBECK ROAD,OSTWICK,AB12 3CD,postal,en,CR08,E,approved,51.5001,-0.1000,531000,180011
300,6,QUERN STREET,OSTWICK,AB12 4ZZ,gazetteer,en,RD04,E,historical,51.5010,-0.1000,531000,180111
400,8,QUERN STREET,OSTWICK,AB12 4ZZ,postal,en,RD04,E,approved,,,,
"""
ON_BOTH = "dataset=DPA,LPI"


def _embedded(_request: pytest.FixtureRequest, folder: Path) -> ActiveDeployment:
    return active_deployment(built_index(folder, REFERENCE))


def _elastic(request: pytest.FixtureRequest, folder: Path) -> ActiveDeployment:
    cluster, alias = (request.getfixturevalue(name) for name in ("cluster", "module_alias"))
    path = folder / "reference.csv"
    path.write_text(REFERENCE, encoding="utf-8")
    build_elastic(path, ElasticIndex(cluster, alias), IndexLayout())
    opened = open_deployment(ElasticIndex(cluster, alias, ONLINE))
    return ActiveDeployment(LeasedDeployment(opened.deployment, opened.pipeline))


ENGINES: dict[str, Callable[[pytest.FixtureRequest, Path], ActiveDeployment]] = {
    "local": _embedded,
    "elastic": _elastic,
}


@pytest.fixture(scope="module", params=sorted(ENGINES))
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    active = ENGINES[request.param](request, tmp_path_factory.mktemp("os"))
    facades = Facades(AimsSettings(), OsPlacesSettings(prefix="/os"))
    with TestClient(create_app(active, ServerSettings(), ServiceParts(facades=facades))) as asked:
        yield asked


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("find?query=2+thornbeck+rd+ostwick", ["DPA 100", "DPA 200", "DPA 400"]),
        (f"match?query=2+thornbeck+rd+ostwick&minmatch=0.9&{ON_BOTH}", ["DPA 100", "LPI 100"]),
        ("find?query=thornbeck+road+ostwick&bbox=530999,180005,531001,180020", ["DPA 200"]),
        ("postcode?postcode=AB12+3CD", ["DPA 100", "DPA 200"]),
        (f"postcode?postcode=AB12&{ON_BOTH}", ["DPA 100", "LPI 100", "DPA 200", "LPI 300", "DPA 400"]),
        (f"uprn?uprn=100&{ON_BOTH}", ["DPA 100", "LPI 100"]),
        ("uprn?uprn=999", []),
        ("nearest?point=531003,180012", ["DPA 200"]),
        ("nearest?point=531000,180150&radius=40", []),
        ("nearest?point=531000,180150&radius=40&dataset=LPI", ["LPI 300"]),
        ("nearest?point=51.5000,-0.1001&srs=WGS84", ["DPA 100"]),
        ("radius?point=531003,180012&radius=20", ["DPA 200", "DPA 100"]),
        ("radius?point=531003,180012&radius=20&fq=CLASSIFICATION_CODE:R*", ["DPA 100"]),
        ("radius?point=51.5001,-0.1000&srs=EPSG:4326&radius=20", ["DPA 200", "DPA 100"]),
        (f"bbox?bbox=530900,180005,531100,180200&{ON_BOTH}", ["DPA 200", "LPI 300"]),
        ("bbox?bbox=51.4999,-0.1001,51.5005,-0.0999&srs=WGS84", ["DPA 100", "DPA 200"]),
    ],
)
def test_what_is_asked_for_is_found(client: TestClient, asked: str, found: list[str]) -> None:
    answer = client.get(f"/os/{asked}")
    assert answer.status_code == 200, answer.text
    records = [next(iter(one.items())) for one in answer.json().get("results", ())]
    assert [f"{dataset} {record['UPRN']}" for dataset, record in records] == found
    assert answer.json()["header"]["totalresults"] == len(found)


def test_a_text_that_names_a_premises_in_all_is_exact(client: TestClient) -> None:
    found = client.get("/os/match?query=2+thornbeck+road,+ostwick,+AB12+3CD").json()
    told = [(one["DPA"]["MATCH"], one["DPA"]["MATCH_DESCRIPTION"]) for one in found["results"]]
    assert told[0] == (1.0, "EXACT")
    assert all(score < 1 and word == "NO MATCH" for score, word in told[1:])


def test_several_texts_get_what_is_somewhat_likely(client: TestClient) -> None:
    texts = ["2 thornbeck rd ostwick", "thornbeck road", "9 nowhere lane, truro"]
    together = client.post("/os/find", json={"queries": texts}).json()["answers"]
    alone = [client.get("/os/find", params={"query": text, "minmatch": "0.1"}).json() for text in texts]
    for one in (*together, *alone):
        del one["header"]["uri"]
        # Which texts stand beside one changes the last bits of its probabilities.
        for name in ("probability", "absent_probability"):
            one["addressMatch"][name] = round(one["addressMatch"][name], 12)
    assert together == alone
