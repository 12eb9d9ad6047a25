from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import address_match as am
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.wiring import open_pipeline
from tests.docs.example_index import REFERENCE


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the made-up reference of the documents."""
    index = tmp_path_factory.mktemp("facts") / "index"
    am.build(str(REFERENCE), str(index))
    return index


@pytest.fixture(scope="session")
def pipeline(index: Path) -> Iterator[MatchPipeline]:
    with closing(open_pipeline(index)) as opened:
        yield opened
