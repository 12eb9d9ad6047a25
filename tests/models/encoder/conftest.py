from pathlib import Path

import pytest

from tests.models.encoder.transformer.tiny import save_tiny_transformer


@pytest.fixture(scope="session")
def tiny_transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    return save_tiny_transformer(tmp_path_factory.mktemp("transformers") / "tiny")
