"""What is promoted and found again, as far as nothing has to be opened; the rest is in the tests of `model promote` and
of the service.
"""

from pathlib import Path

import pytest

from address_match.indexer.elastic.connection.retrying_client import BULK, ONLINE
from address_match.indexer.elastic.elastic_index import ElasticIndex
from address_match.models.errors import RegistryError
from address_match.models.registry import Deployment, Registry
from address_match.service.errors import SignatureError
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.promotion import index_of, open_promoted, promote
from address_match.service.lifecycle.transfer.trusted_keys import TRUSTED_KEYS_FILE

IN_A_FOLDER = Deployment("default", "1", "b" * 64, "e" * 64, "p" * 64, "/data/index", "generation-1")
IN_A_CLUSTER = Deployment(
    "default",
    "1",
    "b" * 64,
    "e" * 64,
    "p" * 64,
    "addresses-1",
    "1",
    alias="addresses",
    url="http://node:9200",
)


def test_where_nothing_is_promoted_the_command_that_promotes_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="address-match model promote BUNDLE INDEX"):
        open_promoted(Registry(tmp_path))


def test_the_index_of_a_deployment_is_its_folder() -> None:
    assert index_of(IN_A_FOLDER) == index_of(IN_A_FOLDER, online=True) == Path("/data/index")


@pytest.mark.parametrize(("online", "patience"), [(True, ONLINE), (False, BULK)])
def test_who_answers_people_waits_less_for_a_cluster(*, online: bool, patience: object) -> None:
    found = index_of(IN_A_CLUSTER, online=online)
    assert isinstance(found, ElasticIndex)
    assert (found.alias, found.cluster.url, found.patience) == ("addresses", "http://node:9200", patience)


def test_a_folder_beside_a_registry_that_asks_for_signatures_is_not_promoted(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "registry")
    for folder in (registry.folder, tmp_path / "beside"):
        folder.mkdir()
    (registry.folder / TRUSTED_KEYS_FILE).write_text("", encoding="utf-8")
    with pytest.raises(SignatureError, match="address-match model import"):
        promote(registry, tmp_path / "beside", tmp_path / "no-index")
    assert registry.promotions.in_force() is None
    assert Audit(registry.folder).rows() == ()
