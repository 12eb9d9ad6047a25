from pathlib import Path

import numpy as np
import pytest

from indexer.analysis import term_id
from indexer.local.asking import Asking, WeightedWords
from indexer.local.spellings import Spellings, write_spellings
from indexer.local.vocabulary import Vocabulary, write_vocabulary
from indexer.retrieval import Query

TEXTS = 20_000


@pytest.fixture
def asking(tmp_path: Path) -> Asking:
    """Of a reference with three words, one of them in a single text."""
    words = sorted(("MILL", "ROAD", "UXBRIDGE"), key=term_id)
    counts = np.array([1 if word == "UXBRIDGE" else 7_000 for word in words])
    write_vocabulary(tmp_path, words, np.array([term_id(word) for word in words]), counts)
    write_spellings(tmp_path, words)
    vocabulary = Vocabulary(tmp_path, TEXTS)
    return Asking(vocabulary, Spellings(tmp_path, vocabulary))


def test_what_a_text_shares_does_not_depend_on_how_many_stand_before_it(asking: Asking) -> None:
    texts = np.tile([0, 1, 2], TEXTS)
    starts = np.arange(TEXTS + 1) * 3
    asked = WeightedWords(np.array([0, 2]), np.array([9.31, 0.4], np.float32), np.array([True, True]))
    assert len(set(asking.shared_rarity(asked, texts, starts).tolist())) == 1


def test_several_queries_share_with_their_own_texts_what_each_shares_alone(asking: Asking) -> None:
    queries = [Query(("MILL", "ROAD"), ()), Query(("UXBRIDGE", "OTLEY"), ())]
    asked = [asking.weighted(*each) for each in zip(queries, asking.known_words(queries), strict=True)]
    texts, starts = np.array([0, 1, 2, 2, 0, 1]), np.array([0, 3, 4, 5, 6])
    together = asking.shared_with_each(asked, texts, starts, np.array([0, 2, 4]))
    first = asking.shared_rarity(asked[0], texts[:4], np.array([0, 3, 4]))
    second = asking.shared_rarity(asked[1], texts[4:], np.array([0, 1, 2]))
    assert together.tolist() == [*first.tolist(), *second.tolist()]
    assert together.max() > 0
