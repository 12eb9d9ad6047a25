from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import address_match as am
from tests.docs.example_index import REFERENCE


@pytest.fixture(scope="session")
def example_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of docs/examples/reference.csv by the shipped models."""
    index = tmp_path_factory.mktemp("docs") / "example-index"
    am.build(REFERENCE, index)
    return index


@pytest.fixture(scope="session")
def pipeline(example_index: Path) -> Iterator[am.MatchPipeline]:
    """That index, opened as the commands open it unless told otherwise."""
    with closing(am.open_pipeline(example_index)) as opened:
        yield opened
