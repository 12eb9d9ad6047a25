import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.encoder.static.hashing import (
    GRAMS,
    NUMBERS,
    POSTCODES,
    SOUNDS,
    TABLE_ROWS,
    WORDS,
    paired_hash,
    row_of,
    rows_of,
    word_hash,
    word_power,
)

HASHES = st.integers(0, 2**64 - 1)


def test_hashes_are_the_same_on_every_machine() -> None:
    assert word_hash("AB") == (65 * 0x9E3779B97F4A7C15 + 66) % 2**64
    assert word_hash("HIGH") == 11582626469204970628
    assert row_of(WORDS, word_hash("HIGH")) == 36911


@given(st.text(max_size=12), st.text(max_size=12))
def test_two_words_written_together_have_the_hash_of_the_glued_word(first: str, second: str) -> None:
    glued = word_hash(first) * word_power(second) + word_hash(second)
    assert glued % 2**64 == word_hash(first + second)


@given(st.lists(HASHES, min_size=1, max_size=20))
def test_an_array_of_hashes_falls_on_the_rows_of_each(values: list[int]) -> None:
    assert rows_of(WORDS, np.array(values, np.uint64)).tolist() == [row_of(WORDS, value) for value in values]


@given(HASHES)
def test_a_feature_stays_within_the_rows_of_its_family(value: int) -> None:
    assert NUMBERS.start <= row_of(NUMBERS, value) < NUMBERS.start + NUMBERS.size


def test_the_families_share_the_table_without_overlap() -> None:
    families = (GRAMS, WORDS, SOUNDS, NUMBERS, POSTCODES)
    starts = [family.start for family in families]
    assert starts == [0, *(family.start + family.size for family in families[:-1])]
    assert POSTCODES.start + POSTCODES.size == TABLE_ROWS


def test_the_order_of_a_pair_matters() -> None:
    two, fourteen = word_hash("2"), word_hash("14")
    assert paired_hash(1, two, fourteen) != paired_hash(1, fourteen, two)
    assert paired_hash(1, two, fourteen) != paired_hash(2, two, fourteen)
