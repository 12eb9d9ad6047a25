"""What matching may rely on, whatever engine stands behind `address_match.indexer.retrieval.IndexRetriever`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from address_match.indexer.errors import EngineUnavailableError, IndexMismatchError
from address_match.indexer.lexical.analysis import normal_postcode, term_id, terms
from address_match.indexer.retrieval import Candidates, Channel, IndexRetriever, Query, QueryBatch, Quotas
from address_match.indexer.texts.schemas import CANDIDATE_SCHEMA, EQUAL_TEXT_SCHEMA, TEXT_SCHEMA
from tests.contracts.engines import ENGINES
from tests.indexer.models import BUNDLE, HashedTrigrams
from tests.indexer.references import ADDRESSES, synthetic

CROWD = synthetic(3_000)
COMPARED = [name for name in CANDIDATE_SCHEMA.names if name not in {"row", "term_ids"}]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IndexRetriever]:
    build = ENGINES[request.param]
    retriever = build(request, tmp_path_factory.mktemp("engine"), [*ADDRESSES, *CROWD])
    yield retriever
    retriever.close()


def asked(texts: Sequence[str], postcodes: Sequence[tuple[str, ...]] | None = None) -> QueryBatch:
    codes = postcodes or [_postcode_of(text) for text in texts]
    queries = [Query(terms(text), code) for text, code in zip(texts, codes, strict=True)]
    return QueryBatch(queries, HashedTrigrams().encode(texts))


def _postcode_of(text: str) -> tuple[str, ...]:
    code = normal_postcode(text.rsplit(",", 1)[-1])
    return (code,) if code else ()


def found(candidates: Candidates, query: int = 0) -> list[tuple[str, str, Channel]]:
    """UPRN, address and channels of the candidates of one query."""
    uprns = candidates.texts.strings("uprn").rows()
    addresses = candidates.texts.strings("address").rows()
    return [
        (uprns[text], addresses[text], Channel(int(flags)))
        for q, text, flags in zip(candidates.query, candidates.text, candidates.channels, strict=True)
        if q == query
    ]


def test_the_block_channel_proposes_the_whole_postcode(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["12 ALDERMOOR STREET, ANYTOWN, AB1 2CD"]), Quotas(40, 0, 0))
    assert sorted(uprn for uprn, _, _ in found(answer)) == ["001", "002", "003", "004"]


def test_the_block_channel_looks_in_every_postcode_of_the_query(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["PELLOW ROAD"], [("AB12CX", "AB13EF", "XY98ZZ")]), Quotas(40, 0, 0))
    assert sorted(uprn for uprn, _, _ in found(answer)) == ["005", "006", "007", "007"]


def test_a_crowded_postcode_gives_its_quota_to_the_texts_that_fit_best(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["FLAT 2, 16 ALDERMOOR STREET, ANYTOWN, AB1 2CD"]), Quotas(1, 0, 0))
    assert [uprn for uprn, _, _ in found(answer)] == ["004"]


def test_the_lexical_channel_finds_an_address_without_its_postcode(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["12 corn mill lane otherton"]), Quotas(0, 2, 0))
    assert {uprn for uprn, _, _ in found(answer)} == {"007"}


@pytest.mark.parametrize(
    "text", ["14 ALDERMORE STREET", "14 ALDRMOOR STREET", "14 ALDER MOOOR ALDERMOORR STREET"]
)
def test_the_lexical_channel_finds_a_misspelt_street(engine: IndexRetriever, text: str) -> None:
    answer = engine.retrieve(asked([text]), Quotas(0, 4, 0))
    assert "002" in {uprn for uprn, _, _ in found(answer)}


def test_the_lexical_channel_finds_words_that_were_written_together(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["12 cornmill lane"]), Quotas(0, 2, 0))
    assert {uprn for uprn, _, _ in found(answer)} == {"007"}


def test_the_dense_channel_finds_the_same_text_first(engine: IndexRetriever) -> None:
    for uprn, address in CROWD[:50]:
        answer = engine.retrieve(asked([address]), Quotas(0, 0, 1))
        assert found(answer) == [(uprn, address, Channel.DENSE)]


def test_what_is_called_equal_is_written_like_a_text_of_the_premises(engine: IndexRetriever) -> None:
    """An engine may know of none; what it knows is right."""
    texts = ["", "12 alder mill", *(address.lower().replace(",", "") for _, address in CROWD[:20])]
    equal = engine.equal_texts(texts)
    assert equal.query.tolist() == sorted(set(equal.query.tolist()))
    assert set(equal.texts.schema) == set(EQUAL_TEXT_SCHEMA)
    uprns = [("", ""), ("", ""), *CROWD[:20]]
    assert equal.texts.column("uprn").to_pylist() == [uprns[query][0] for query in equal.query.tolist()]


def test_a_candidate_says_every_channel_that_found_it(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["1 PELLOW ROAD, ANYTOWN, AB1 3EF"]), Quotas())
    channels = {uprn: flags for uprn, _, flags in found(answer)}
    assert channels["005"] == Channel.BLOCK | Channel.LEXICAL | Channel.DENSE


def test_no_pair_stands_twice_and_queries_ascend(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked([address for _, address in CROWD[:40]]), Quotas())
    pairs = list(zip(answer.query.tolist(), answer.text.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert answer.query.tolist() == sorted(answer.query.tolist())


def test_a_channel_without_quota_is_left_out(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["1 PELLOW ROAD, ANYTOWN, AB1 3EF"]), Quotas(0, 0, 0))
    assert len(answer.query) == 0
    assert len(answer.texts.listed(np.arange(len(answer.texts)), COMPARED)) == len(answer.texts)


def test_quotas_bound_what_a_channel_proposes(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["1 ROAD"]), Quotas(0, 5, 7))
    channels = [flags for _, _, flags in found(answer)]
    assert sum(Channel.LEXICAL in flags for flags in channels) <= 5
    assert sum(Channel.DENSE in flags for flags in channels) == 7


def test_an_answer_does_not_depend_on_the_other_queries_of_the_batch(engine: IndexRetriever) -> None:
    texts = [address[3:].replace("A", "E", 1) for _, address in CROWD[::60]] + ["", "12", "qqqq zzzz"]
    together = engine.retrieve(asked(texts), Quotas(3, 10, 10))
    for position, text in enumerate(texts):
        alone = engine.retrieve(asked([text]), Quotas(3, 10, 10))
        assert found(alone) == found(together, position)


@pytest.mark.parametrize(
    "text", ["", "   ", ",;", "\u0001\u0002", "🏠🏠", "AB1 2CD", "x" * 10_000, "'; DROP", "12"]
)
def test_odd_texts_are_answered(engine: IndexRetriever, text: str) -> None:
    answer = engine.retrieve(asked([text]), Quotas())
    assert len(answer.texts.listed(np.arange(len(answer.texts)), COMPARED)) == len(answer.texts)


@pytest.mark.parametrize("quotas", [Quotas(), Quotas(8, 0, 0)])
def test_on_any_day_all_texts_without_dates_are_proposed(engine: IndexRetriever, quotas: Quotas) -> None:
    batch = asked(["12 ALDERMOOR STREET, ANYTOWN, AB1 2CD", CROWD[0][1]])
    now, then = engine.retrieve(batch, quotas), engine.retrieve(batch, quotas, date(1850, 1, 1))
    assert [found(then, query) for query in range(2)] == [found(now, query) for query in range(2)]


def test_an_empty_batch_has_no_candidates(engine: IndexRetriever) -> None:
    assert len(engine.retrieve(asked([]), Quotas()).query) == 0
    assert len(engine.retrieve(asked([]), Quotas(), date(1850, 1, 1)).query) == 0


def test_vectors_are_those_of_the_texts(engine: IndexRetriever) -> None:
    answer = engine.retrieve(asked(["12 CORN MILL LANE, OTHERTON"]), Quotas())
    expected = np.rint(HashedTrigrams().encode(answer.texts.strings("address").rows()) * 127)
    assert answer.vectors.dtype == np.int8
    assert np.array_equal(answer.vectors, expected)


def test_term_ids_are_those_of_the_words_of_the_text(engine: IndexRetriever) -> None:
    texts = engine.lookup("005")
    words = terms(texts.column("address")[0].as_py())
    assert sorted(texts.column("term_ids")[0].as_py()) == sorted(term_id(word) for word in words)


def test_frequencies_count_texts(engine: IndexRetriever) -> None:
    ids = np.array([term_id("ALDERMOOR"), term_id("NOWHERE"), term_id("GRANARY")], dtype=np.int64)
    assert engine.statistics.frequencies(ids).tolist() == [4, 0, 1]
    assert engine.statistics.texts == len(ADDRESSES) + len(CROWD)


def test_lookup_gives_all_texts_of_a_premises(engine: IndexRetriever) -> None:
    assert engine.lookup("007").num_rows == 2
    assert engine.lookup("7").num_rows == 0
    assert engine.lookup("7").schema == engine.lookup("007").schema == TEXT_SCHEMA


def test_a_street_counts_its_premises(engine: IndexRetriever) -> None:
    assert engine.lookup("001").column("street_premises").to_pylist() == [4]
    assert engine.lookup("008").column("street_premises").to_pylist() == [1]


def test_the_names_of_the_reference_are_known_by_what_they_name(engine: IndexRetriever) -> None:
    names = engine.gazetteer()
    assert names is not None
    assert names.evidence("ALDERMOOR") is not None
    assert names.evidence("NOWHERE") is None


def test_models_of_another_bundle_are_refused(engine: IndexRetriever) -> None:
    engine.check_bundle(BUNDLE)
    with pytest.raises(IndexMismatchError, match="another-encoder"):
        engine.check_bundle(replace(BUNDLE, encoder_fingerprint="another-encoder"))


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_a_closed_engine_says_so(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    retriever = ENGINES[name](request, tmp_path, ADDRESSES)
    retriever.ping()
    retriever.close()
    with pytest.raises(EngineUnavailableError):
        retriever.ping()
