from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.built_index import built_index
from tests.contracts.aims.reference import REFERENCE
from tests.contracts.aims.services import Services, services


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The services that the tables are asked of."""

    @cache
    def index() -> Path:
        return built_index(tmp_path_factory.mktemp("aims"), REFERENCE)

    with services(index, tmp_path_factory.mktemp("keys") / "keys.json") as started:
        yield started
