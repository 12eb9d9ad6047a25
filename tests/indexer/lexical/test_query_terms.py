from pathlib import Path

import numpy as np
import pytest

from address_match.indexer.lexical.analysis import term_id
from address_match.indexer.lexical.query_terms import QueryTerms, TermWeighting
from address_match.indexer.lexical.spellings import Spellings, write_spellings
from address_match.indexer.lexical.vocabulary import Vocabulary, write_vocabulary
from address_match.indexer.retrieval import Query

TEXTS = 20_000


@pytest.fixture
def term_weighting(tmp_path: Path) -> TermWeighting:
    """Of a reference with three words, one of them in a single text."""
    words = sorted(("MILL", "ROAD", "UXBRIDGE"), key=term_id)
    counts = np.array([1 if word == "UXBRIDGE" else 7_000 for word in words])
    ids = np.array([term_id(word) for word in words])
    write_vocabulary(tmp_path, words, ids, counts)
    write_spellings(tmp_path, words, ids)
    vocabulary = Vocabulary(tmp_path, TEXTS)
    return TermWeighting(vocabulary, Spellings(tmp_path, vocabulary))


def test_what_a_text_shares_does_not_depend_on_how_many_stand_before_it(
    term_weighting: TermWeighting,
) -> None:
    texts = np.tile([0, 1, 2], TEXTS)
    starts = np.arange(TEXTS + 1) * 3
    asked = QueryTerms(np.array([0, 2]), np.array([9.31, 0.4], np.float32), np.array([True, True]))
    assert len(set(term_weighting.shared_rarity(asked, texts, starts).tolist())) == 1


def test_several_queries_share_with_their_own_texts_what_each_shares_alone(
    term_weighting: TermWeighting,
) -> None:
    queries = [Query(("MILL", "ROAD"), ()), Query(("UXBRIDGE", "OTLEY"), ())]
    asked = [
        term_weighting.weighted(*each)
        for each in zip(queries, term_weighting.known_words(queries), strict=True)
    ]
    texts, starts = np.array([0, 1, 2, 2, 0, 1]), np.array([0, 3, 4, 5, 6])
    together = term_weighting.shared_with_each(asked, texts, starts, np.array([0, 2, 4]))
    first = term_weighting.shared_rarity(asked[0], texts[:4], np.array([0, 3, 4]))
    second = term_weighting.shared_rarity(asked[1], texts[4:], np.array([0, 1, 2]))
    assert together.tolist() == [*first.tolist(), *second.tolist()]
    assert together.max() > 0
