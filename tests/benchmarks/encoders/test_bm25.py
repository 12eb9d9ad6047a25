import math

import pytest

from benchmarks.encoders.bm25 import Bm25

TEXTS = ("red house", "blue house", "red red door of the old mill", "mill")


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    assert Bm25(TEXTS, str.split).search(["blue red"], 2)[0].tolist() == [1, 0]


def test_of_two_texts_with_the_word_the_shorter_is_better() -> None:
    assert Bm25(TEXTS, str.split).search(["mill"], 4)[0].tolist() == [3, 2, -1, -1]


def test_equal_texts_are_in_the_order_of_their_rows() -> None:
    assert Bm25(["a b", "a b", "a b"], str.split).search(["b"], 2)[0].tolist() == [0, 1]


def test_words_that_no_text_holds_find_nothing() -> None:
    assert Bm25(TEXTS, str.split).search(["green", ""], 2).tolist() == [[-1, -1], [-1, -1]]


@pytest.mark.parametrize(("holding", "rarity"), [(1, math.log1p(3.5 / 1.5)), (3, math.log1p(1.5 / 3.5))])
def test_rarity_is_that_of_lucene(holding: int, rarity: float) -> None:
    texts = ["x"] * holding + ["y"] * (4 - holding)
    bm25 = Bm25(texts, str.split)
    assert bm25._rarity[bm25._places["x"]] == pytest.approx(rarity)
