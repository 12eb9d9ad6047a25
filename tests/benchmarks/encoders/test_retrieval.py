import numpy as np
import pytest

from benchmarks.encoders.report import by_class, overall, recall_figures
from benchmarks.encoders.retrieval import Ranking, cut, dense_rankings, lexical_rankings
from tests.benchmarks.encoders.corpora import CORPUS
from tests.indexer.models import HashedTrigrams

EVERY = np.ones(3, dtype=bool)


def test_recall_is_the_share_that_is_found_among_the_first() -> None:
    ranking = Ranking("BM25", 0, "", np.array([1, 7, 0]))
    assert [ranking.recall(n, EVERY) for n in (1, 10)] == pytest.approx([1 / 3, 2 / 3])
    assert ranking.recall(10, np.array([False, False, True])) == 0
    assert ranking.recall(10, ~EVERY) is None


def test_trigrams_find_what_words_do_not() -> None:
    words, trigrams = lexical_rankings(CORPUS)
    assert words.ranks.tolist()[:2] == trigrams.ranks.tolist()[:2] == [1, 1]
    assert (trigrams.method, trigrams.recall(1, CORPUS.reserved)) == ("trigrams", 1)


def test_an_encoder_is_ranked_at_each_length_it_has() -> None:
    rankings = list(dense_rankings("tiny", CORPUS, HashedTrigrams(), device="cpu", lengths=(512, 256, 64)))
    assert [(r.dimensions, r.numbers) for r in rankings] == [
        *((256, "fp32"), (256, "int8"), (64, "fp32"), (64, "int8")),
        (256, "int8 in lists of faiss"),
    ]
    assert rankings[0].ranks.tolist() == rankings[-1].ranks.tolist()


def test_a_cut_vector_has_length_one_again() -> None:
    vectors = np.array([[0.6, 0.0, 0.8], [0.0, 0.0, 1.0]], np.float32)
    assert cut(vectors, 2).tolist() == [[1, 0], [0, 0]]


def test_the_report_names_reserved_classes_and_takes_whole_numbers_in_full_length() -> None:
    rankings = [
        Ranking("BM25", 0, "", np.array([1, 0, 0])),
        Ranking("static", 256, "fp32", np.array([0, 0, 0])),
        Ranking("static", 256, "int8", np.array([1, 1, 0])),
        Ranking("static", 64, "int8", np.array([0, 0, 0])),
    ]
    figures = recall_figures(CORPUS, rankings)
    assert figures["static_recall_at_1_trained"] == 1
    assert figures["BM25_recall_at_10_trained"] == 0.5
    assert by_class(CORPUS, rankings)[0].rows[-1] == ("vowels_dropped (reserved)", 1, 0, 0)
    assert len(overall(CORPUS, rankings).rows) == 4
