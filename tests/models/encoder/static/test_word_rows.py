import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from address_match.models.encoder.static.hashing import GRAMS, row_of, word_hash
from address_match.models.encoder.static.word_rows import grams_of, rows_of_words
from address_match.models.encoder.static.words import read_token


def test_grams_mark_where_a_word_ends_and_go_over_no_end() -> None:
    grams = grams_of(["OX", "ELM"])
    expected = ["<OX", "OX>", "<OX>", "<EL", "ELM", "LM>", "<ELM", "ELM>", "<ELM>"]
    assert grams.hashes.tolist() == [word_hash(gram) for gram in expected]
    assert grams.word.tolist() == [0, 0, 0, 1, 1, 1, 1, 1, 1]


def test_a_word_adds_its_own_rows_first_and_its_grams_share_one_weight() -> None:
    (word,) = read_token("OX")
    found = rows_of_words([word])
    grams = [row_of(GRAMS, word_hash(gram)) for gram in ("<OX", "OX>", "<OX>")]
    assert found.rows.tolist() == [*word.rows, *grams]
    assert found.weights[-3:].tolist() == [np.float32(1 / 3**0.5)] * 3


def test_a_number_has_no_grams() -> None:
    assert rows_of_words(read_token("12A")).rows.tolist() == list(read_token("12A")[0].rows)


@given(st.lists(st.text(min_size=1, max_size=20), max_size=6))
def test_the_rows_of_a_word_do_not_depend_on_the_other_words(tokens: list[str]) -> None:
    words = [word for token in tokens for word in read_token(token)]
    together = rows_of_words(words)
    for place, word in enumerate(words):
        part = slice(together.starts[place], together.starts[place + 1])
        assert together.rows[part].tolist() == rows_of_words([word]).rows.tolist()
        assert together.weights[part].tolist() == rows_of_words([word]).weights.tolist()
