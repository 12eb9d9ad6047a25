from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.encoder.open_encoder import open_encoder
from address_match.models.encoder.transformer.directory import TransformerDirectory
from address_match.models.encoder.transformer.embedder import Precision
from address_match.models.encoder.transformer.encoder import TransformerEncoder
from address_match.models.errors import EncoderError

pytest.importorskip("sentence_transformers", reason="needs the extra `train`")

TEXTS = ["12 Acland Rd, Northam AB1 2CD", "Flat 2, 14 Briar Lane", "14-16 Cäer-wen", "X" * 10_000, "7"]


@pytest.fixture(scope="session")
def encoder(tiny_transformer: Path) -> TransformerEncoder:
    return TransformerEncoder.load(tiny_transformer, device="cpu", precision=Precision.FP32)


def test_sentence_transformers_gives_the_same_vectors(
    tiny_transformer: Path, encoder: TransformerEncoder
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_transformer), device="cpu")
    np.testing.assert_allclose(encoder.encode(TEXTS), model.encode(TEXTS), atol=1e-4)


def test_cut_vectors_are_those_of_sentence_transformers(tiny_transformer: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_transformer), device="cpu", truncate_dim=16)
    cut = open_encoder(tiny_transformer, device="cpu", dimensions=16)
    theirs = model.encode(TEXTS, normalize_embeddings=True)
    np.testing.assert_allclose(cut.encode(TEXTS), theirs, atol=1e-4)
    assert cut.dimensions == 16


def test_fewer_dimensions_have_a_fingerprint_of_their_own(
    tiny_transformer: Path, encoder: TransformerEncoder
) -> None:
    cut = open_encoder(tiny_transformer, device="cpu", dimensions=16)
    assert cut.fingerprint == f"{encoder.fingerprint}:16"


def test_more_dimensions_than_there_are_are_refused(tiny_transformer: Path) -> None:
    with pytest.raises(EncoderError, match=r"33 dimensions were asked for; the encoder of .* has 1 to 32"):
        open_encoder(tiny_transformer, device="cpu", dimensions=33)


@pytest.mark.parametrize("text", ["", "   ", ".,;-", "\x00\x01", "🏠"])
def test_a_text_without_letters_and_digits_is_zeros(encoder: TransformerEncoder, text: str) -> None:
    vectors = encoder.encode([text, "12 ACLAND ROAD"])
    assert not vectors[0].any()
    assert np.linalg.norm(vectors[1]) == pytest.approx(1, abs=1e-5)


def test_no_texts_give_no_rows(encoder: TransformerEncoder) -> None:
    assert encoder.encode([]).shape == (0, 32)


def test_a_long_text_is_cut_and_has_a_vector(encoder: TransformerEncoder) -> None:
    long, cut = encoder.encode(["12 " * 3_333, "12 " * 3_000])
    assert np.linalg.norm(long) == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(long, cut, atol=1e-6)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_a_vector_does_not_depend_on_the_batch(encoder: TransformerEncoder, texts: list[str]) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(encoder.encode(texts), alone, atol=1e-5)


def test_more_texts_than_a_chunk_come_back_in_order(
    tiny_transformer: Path, encoder: TransformerEncoder
) -> None:
    from address_match.models.encoder.transformer.torch_embedder import TorchEmbedder

    source = TransformerDirectory.read(tiny_transformer)
    in_chunks = TransformerEncoder(
        source.tokeniser(),
        [TorchEmbedder.load(source, "cpu", Precision.FP32)],
        dimensions=source.dimensions,
        fingerprint=source.fingerprint(),
        chunk=5,
    )
    texts = [f"{number} ACLAND ROAD" for number in range(23)]
    np.testing.assert_allclose(in_chunks.encode(texts), encoder.encode(texts), atol=1e-5)


def test_threads_get_the_vectors_of_their_own_texts(encoder: TransformerEncoder) -> None:
    batches = [[f"{n} LANE{batch}" for n in range(6)] for batch in range(4)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(encoder.encode, batches))
    for batch, vectors in zip(batches, together, strict=True):
        np.testing.assert_allclose(vectors, encoder.encode(batch), atol=1e-5)
