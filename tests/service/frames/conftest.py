from collections.abc import Iterator
from pathlib import Path

import pytest

import address_match as am
from tests.docs.example_index import REFERENCE


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the made-up reference of the documents."""
    index = tmp_path_factory.mktemp("frames") / "index"
    am.build(str(REFERENCE), str(index))
    return index


@pytest.fixture(scope="session")
def matcher(index: Path) -> Iterator[am.Matcher]:
    with am.open(str(index)) as opened:
        yield opened
