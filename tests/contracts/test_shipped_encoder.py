"""The encoder that is shipped, as sentence-transformers loads it and as we serve it."""

import numpy as np
import pytest

from address_match.models.bundle import load_bundle
from address_match.models.encoder.open_encoder import open_encoder

TEXTS = [
    "FLAT 2, 14 ACLAND ROAD, EXETER EX4 6PQ",
    "flat 14 2 acland rd",
    "12A HIGH STREET",
    "9 Heol y Bont, Abertawe",
    "3/1 14 BRUCE ST GLASGOW",
    "A" * 10_000,
    "12 " * 3_333,
    "🏠 café",
    "",
]


@pytest.mark.parametrize("dimensions", [256, 128, 64])
def test_sentence_transformers_and_we_give_the_same_vectors(dimensions: int) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `train`")
    directory = load_bundle().encoder_path
    model = sentence_transformers.SentenceTransformer(str(directory), trust_remote_code=True, device="cpu")
    ours = open_encoder(directory, dimensions=dimensions)
    theirs = model.encode(TEXTS, truncate_dim=dimensions, normalize_embeddings=True)
    assert ours.dimensions == dimensions
    np.testing.assert_allclose(ours.encode(TEXTS), theirs, atol=1e-4)
