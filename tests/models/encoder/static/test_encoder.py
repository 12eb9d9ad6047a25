from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.encoder.static import StaticEncoder
from address_match.models.encoder.static.hashing import TABLE_ROWS
from address_match.models.encoder.static.table import FeatureTable, quantise, save_table
from address_match.models.errors import EncoderError

MUST_DIFFER = [
    ("12 ACLAND ROAD", "21 ACLAND ROAD"),
    ("12 ACLAND ROAD", "12A ACLAND ROAD"),
    ("12A ACLAND ROAD", "12B ACLAND ROAD"),
    ("1 ACLAND ROAD", "11 ACLAND ROAD"),
    ("FLAT 2, 12 ACLAND ROAD", "FLAT 3, 12 ACLAND ROAD"),
    ("FLAT 2, 14 ACLAND ROAD", "FLAT 14, 2 ACLAND ROAD"),
    ("12 ACLAND ROAD", "12 ADLAND ROAD"),
    ("12-14 ACLAND ROAD", "12-16 ACLAND ROAD"),
]


def random_table(dimensions: int = 32) -> FeatureTable:
    rows = np.random.default_rng(5).standard_normal((TABLE_ROWS, dimensions)).astype(np.float32)
    return quantise(rows)


ENCODER = StaticEncoder(random_table())


def cosine(first: str, second: str) -> float:
    vectors = ENCODER.encode([first, second])
    return float(vectors[0] @ vectors[1])


@given(st.lists(st.text(max_size=60), max_size=8))
def test_vectors_have_length_one_or_none(texts: list[str]) -> None:
    lengths = np.linalg.norm(ENCODER.encode(texts), axis=1)
    assert all(length == 0 or abs(length - 1) < 1e-5 for length in lengths)


@given(st.lists(st.text("ABC123 ,-/", max_size=30), min_size=1, max_size=5))
def test_a_vector_does_not_depend_on_the_batch(texts: list[str]) -> None:
    alone = np.concatenate([ENCODER.encode([text]) for text in texts])
    np.testing.assert_allclose(ENCODER.encode(texts), alone, atol=1e-6)


def test_a_vector_is_the_same_to_the_bit_whether_many_texts_are_summed_at_once_or_few() -> None:
    texts = [f"FLAT {n}, {n + 7} ACLAND{n} ROAD, TOWN{n % 9}" for n in range(200)]
    at_once = StaticEncoder(random_table()).encode(texts)
    one_by_one = StaticEncoder(random_table())
    assert (np.concatenate([one_by_one.encode([text]) for text in texts]) == at_once).all()
    assert (one_by_one.encode(texts) == at_once).all()
    assert (np.concatenate([one_by_one.encode([text]) for text in texts]) == at_once).all()


def test_the_words_of_a_text_give_its_vector() -> None:
    parted = [["12", "ACLAND", "ROAD"], []]
    assert (ENCODER.encode_words(parted) == ENCODER.encode(["12, Acland Road", "."])).all()


@pytest.mark.parametrize("text", ["", "   ", ".,;-", "\x00\x01"])
def test_a_text_without_words_is_zeros(text: str) -> None:
    assert not ENCODER.encode([text]).any()


def test_no_texts_give_no_rows() -> None:
    assert ENCODER.encode([]).shape == (0, 32)


@pytest.mark.parametrize("text", ["A" * 10_000, "12 " * 3333, "FLAT 1 " * 1400, "🏠 café"])
def test_a_strange_text_has_a_vector(text: str) -> None:
    assert abs(float(np.linalg.norm(ENCODER.encode([text]))) - 1) < 1e-5


@pytest.mark.parametrize(("first", "second"), MUST_DIFFER)
def test_even_untrained_features_tell_premises_apart(first: str, second: str) -> None:
    assert cosine(first, second) < 0.95


@pytest.mark.parametrize(
    ("written", "meant", "other"),
    [
        ("14C ACLAND ROAD", "FLAT C 14 ACLAND ROAD", "FLAT D 14 ACLAND ROAD"),
        ("115 A ACLAND ROAD", "115A ACLAND ROAD", "115B ACLAND ROAD"),
        ("14 ACLAND ROAD FLAT 3", "FLAT 3 14 ACLAND ROAD", "FLAT 14 3 ACLAND ROAD"),
        ("3/14 ACLAND ROAD", "FLAT 3 14 ACLAND ROAD", "FLAT 4 14 ACLAND ROAD"),
        ("9 CORN MILL LANE", "9 CORNMILL LANE", "9 CORNHILL LANE"),
    ],
)
def test_another_notation_is_nearer_than_another_premises(written: str, meant: str, other: str) -> None:
    assert cosine(written, meant) > cosine(written, other)


def test_many_words_do_not_change_the_vectors() -> None:
    texts = [f"{number} WORD{number} LANE" for number in range(1500)]
    roomy = StaticEncoder(random_table()).encode(texts)
    cramped = StaticEncoder(random_table(), words_kept=50)
    np.testing.assert_allclose(cramped.encode(texts), roomy, atol=1e-6)


def test_threads_get_the_vectors_of_their_own_texts() -> None:
    encoder = StaticEncoder(random_table())
    batches = [[f"{number} LANE{batch}" for number in range(40)] for batch in range(8)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(encoder.encode, batches))
    for batch, vectors in zip(batches, together, strict=True):
        np.testing.assert_allclose(vectors, ENCODER.encode(batch), atol=1e-6)


def test_fewer_dimensions_are_the_first_ones_at_length_one() -> None:
    short = StaticEncoder(random_table(), dimensions=16)
    cut = ENCODER.encode(["12 ACLAND ROAD"])[:, :16]
    np.testing.assert_allclose(short.encode(["12 ACLAND ROAD"]), cut / np.linalg.norm(cut), atol=1e-6)
    assert short.dimensions == 16
    assert short.fingerprint != ENCODER.fingerprint


def test_more_dimensions_than_were_trained_are_refused() -> None:
    with pytest.raises(EncoderError, match="33 dimensions were asked for; the encoder has 1 to 32"):
        StaticEncoder(random_table(), dimensions=33)


def test_a_saved_encoder_gives_the_same_vectors_and_fingerprint(tmp_path: Path) -> None:
    save_table(random_table(), tmp_path)
    loaded = StaticEncoder.load(tmp_path)
    assert loaded.fingerprint == ENCODER.fingerprint
    np.testing.assert_array_equal(loaded.encode(["12 ACLAND ROAD"]), ENCODER.encode(["12 ACLAND ROAD"]))


def test_other_weights_have_another_fingerprint() -> None:
    table = random_table()
    levels = table.levels.copy()
    levels[7, 7] += 1
    assert StaticEncoder(FeatureTable(levels, table.scale)).fingerprint != ENCODER.fingerprint
