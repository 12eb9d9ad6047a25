"""What cannot be opened says why and how to go on."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from address_match.indexer.elastic.connection.cluster import Cluster
from address_match.indexer.elastic.elastic_index import ElasticIndex, open_elastic_index, read_generation
from address_match.indexer.errors import (
    EngineAccessError,
    EngineUnavailableError,
    IndexerError,
    IndexMismatchError,
    IndexUnusableError,
)
from address_match.indexer.manifest import BundleIdentity
from address_match.indexer.texts.extent import Extent, Grid
from tests.http_server import QuietHandler, serving
from tests.indexer.elastic.indices import BRIEF, build_in, built_in, opened
from tests.indexer.models import BUNDLE
from tests.indexer.references import ADDRESSES


@contextmanager
def answering(status: int, body: str, **headers: str) -> Iterator[Cluster]:
    """A server on this machine that gives everybody the same answer."""

    class Answer(QuietHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in {"content-type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        do_HEAD = do_GET

    with serving(Answer) as url:
        yield Cluster(url)


def refused(location: ElasticIndex) -> IndexerError:
    with pytest.raises(IndexerError) as caught:
        opened(location)
    return caught.value


@pytest.mark.parametrize("cloud_id", ["x", "x:%%%", "x:YQ==", ":"])
def test_a_cloud_id_that_is_none_is_refused(cloud_id: str) -> None:
    with pytest.raises(EngineAccessError, match="cloud id that begins with"):
        Cluster(cloud_id=cloud_id)


def test_a_url_where_nothing_answers() -> None:
    error = refused(ElasticIndex(Cluster("http://127.0.0.1:9"), "addresses", BRIEF))
    assert isinstance(error, EngineUnavailableError)
    assert "http://127.0.0.1:9 does not answer" in str(error)


def test_a_url_where_something_else_answers() -> None:
    with answering(200, "{}") as cluster:
        error = refused(ElasticIndex(cluster, "addresses", BRIEF))
    assert isinstance(error, EngineAccessError)
    assert "is no Elasticsearch" in str(error)


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_the_cluster_does_not_take_are_named_and_not_shown(status: int) -> None:
    answer = '{"error": {"type": "security_exception", "reason": "unable to authenticate"}}'
    with answering(status, answer, **{"X-Elastic-Product": "Elasticsearch"}) as cluster:
        secret = Cluster(cluster.url, api_key="c2VjcmV0OmtleQ==")
        error = refused(ElasticIndex(secret, "addresses", BRIEF))
    assert isinstance(error, EngineAccessError)
    assert "ADDRESS_MATCH_ELASTIC_API_KEY" in str(error)
    assert "c2VjcmV0" not in str(error) + repr(secret)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"url": ""}, "its URL"),
        ({"url": "localhost:9200"}, "is no URL"),
        ({"url": "someone:secret@localhost:9200"}, "'localhost:9200' is no URL"),
        ({"url": " , "}, "is no URL"),
        ({"url": "http://localhost:99999"}, "'http://localhost:99999' is no URL"),
        ({"url": "http://localhost:port"}, "is no URL"),
        ({"url": "http://[::1"}, "is no URL"),
        ({"url": "http://someone:secret@localhost"}, "ADDRESS_MATCH_ELASTIC_PASSWORD"),
        ({"url": "http://localhost", "api_key": "a", "user": "b", "password": "c"}, "not both"),
        ({"url": "http://localhost", "user": "b"}, "needs a password"),
        ({"url": "https://localhost", "ca_certificate": Path("nowhere.pem")}, "nowhere.pem is not a file"),
    ],
)
def test_a_cluster_that_is_named_wrongly(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(EngineAccessError, match=says) as caught:
        Cluster(**wrong)  # type: ignore[arg-type]  # what a user may give
    assert "secret" not in str(caught.value)


def test_an_alias_that_names_nothing(location: ElasticIndex) -> None:
    error = refused(location)
    assert isinstance(error, IndexUnusableError)
    assert f"There is no alias {location.alias}" in str(error)
    assert f"address-match es build REFERENCE --url URL --alias {location.alias}" in str(error)


def test_an_alias_that_cannot_be_one(location: ElasticIndex) -> None:
    error = refused(ElasticIndex(location.cluster, "UPPER CASE", BRIEF))
    assert isinstance(error, EngineAccessError)


def test_an_index_in_the_place_of_an_alias(location: ElasticIndex, client: Elasticsearch) -> None:
    client.indices.create(index=location.alias, settings={"number_of_replicas": 0})
    assert "is an index, no alias" in str(refused(location))


def test_an_alias_of_an_index_of_others(location: ElasticIndex, client: Elasticsearch) -> None:
    client.indices.create(index=f"{location.alias}-other", aliases={location.alias: {}})
    assert "is none of address-match" in str(refused(location))


def test_an_alias_that_names_two_indices(
    location: ElasticIndex, tmp_path: Path, client: Elasticsearch
) -> None:
    names = [build_in(location, tmp_path).generation.index for _ in range(2)]
    client.indices.put_alias(index=names[0], name=location.alias)
    assert f"names 2 indices, {names[0]}, {names[1]}" in str(refused(location))
    with pytest.raises(IndexUnusableError, match="names 2 indices"):
        build_in(location, tmp_path)
    assert sorted(client.indices.get_alias(name=location.alias)) == names, "nothing was swapped"


@pytest.mark.parametrize("change", [{"mapping_version": 0}, {"manifest": {"format_version": 1}}])
def test_an_index_of_an_older_mapping(
    location: ElasticIndex, tmp_path: Path, client: Elasticsearch, change: dict[str, object]
) -> None:
    generation = build_in(location, tmp_path).generation
    client.indices.put_mapping(index=generation.index, meta={**generation.as_meta(), **change})
    error = refused(location)
    assert isinstance(error, IndexUnusableError)
    assert "address-match es build" in str(error)
    assert build_in(location, tmp_path).previous == generation.index, "a new build goes past it"


def test_an_index_that_was_built_before_places_were_listed_answers_all_else(
    location: ElasticIndex, client: Elasticsearch, tmp_path: Path
) -> None:
    built_in(location, tmp_path).close()
    index = read_generation(location).index
    meta = dict(client.indices.get_mapping(index=index)[index]["mappings"]["_meta"])
    del meta["has_places"]
    client.indices.put_mapping(index=index, meta=meta)
    with closing(opened(location)) as retriever:
        assert retriever.in_postcode("AB12CD").num_rows == 4
        with pytest.raises(IndexUnusableError, match="Build it anew"):
            retriever.lying_in(Extent(Grid.BRITISH, 0, 0, 1, 1))


def test_an_index_of_another_encoder(location: ElasticIndex, tmp_path: Path) -> None:
    other = BundleIdentity("other", "2", "bundles/other", BUNDLE.parser_fingerprint, "another-encoder")
    with closing(built_in(location, tmp_path)) as engine:
        engine.check_bundle(BUNDLE)
        with pytest.raises(IndexMismatchError, match="address-match es build"):
            engine.check_bundle(other)


def test_an_index_of_which_a_counted_file_is_missing(
    location: ElasticIndex, tmp_path: Path, client: Elasticsearch
) -> None:
    name = build_in(location, tmp_path).generation.index
    client.delete(index=name, id="~words.arrow~0~0")
    assert isinstance(refused(location), IndexUnusableError)
    assert read_generation(location).index == name


def test_an_index_is_opened_of_the_generation_that_was_read(location: ElasticIndex, tmp_path: Path) -> None:
    build_in(location, tmp_path, ADDRESSES[:2])
    generation = read_generation(location)
    build_in(location, tmp_path, ADDRESSES[2:])
    with closing(open_elastic_index(location, generation)) as engine:
        assert engine.manifest == generation.manifest
        assert [engine.lookup(uprn).num_rows for uprn in ("001", "003")] == [1, 0]
        assert engine.statistics.texts == 2
