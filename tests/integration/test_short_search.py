"""In bulk, an address is searched for shortly first, and is answered alike."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.indexer.local.retriever import LocalRetriever
from address_match.indexer.manifest import read_manifest
from address_match.service.matching.answer import Answer, Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.told_answers import ToldAnswers, listening_to_answers
from address_match.service.wiring import open_pipeline
from tests.built_index import built_index

REFERENCE = """uprn,address,postcode
1,"12 MILL LANE, ANYTOWN",AB1 2CD
2,"14 MILL LANE, ANYTOWN",AB1 2CD
3,"12 MILL LANE, OTHERTON",XY9 8ZZ
4,"FLAT 1, 16 MILL LANE, ANYTOWN",AB1 2CD
5,"FLAT 2, 16 MILL LANE, ANYTOWN",AB1 2CD
6,"ROSE COTTAGE, CHURCH STREET, ANYTOWN",AB1 3EF
"""
BY_NUMBER = (
    "Mr J Bloggs, 12 Mill Ln, Anytown",
    "12 Mill Lane, Anytown, AB1 9ZZ",
    "Flat 2, 16 Mill Lane, Anytown",
)
IN_FULL = ("13 Mill Lane, Anytown", "12 Mlil Lane, Anytown", "Mill Lane")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_index(tmp_path_factory.mktemp("short"), REFERENCE)


@pytest.fixture(scope="module")
def pipeline(index: Path) -> Iterator[MatchPipeline]:
    with closing(open_pipeline(index)) as opened:
        yield opened


def answered_shortly(pipeline: MatchPipeline, text: str) -> bool:
    told: list[ToldAnswers] = []
    with listening_to_answers(told.append):
        pipeline.match([text], top=1)
    return [each.search is not None and each.search.is_short for each in told] == [True]


@pytest.mark.parametrize("text", BY_NUMBER)
def test_a_number_of_a_street_of_a_town_is_found_by_that(pipeline: MatchPipeline, text: str) -> None:
    assert answered_shortly(pipeline, text)


@pytest.mark.parametrize("text", IN_FULL)
def test_what_no_text_is_at_is_searched_for_in_all_channels(pipeline: MatchPipeline, text: str) -> None:
    assert not answered_shortly(pipeline, text)


def test_the_decision_is_that_of_all_channels(pipeline: MatchPipeline) -> None:
    def decided(answers: list[Answer]) -> list[tuple[str, ...]]:
        return [(a.status, a.reason, a.uprn, a.address, a.relation, a.match_code) for a in answers]

    texts = [*BY_NUMBER, *IN_FULL]
    found = pipeline.match(texts, top=1)
    assert decided(found) == decided(pipeline.match(texts, top=1, thorough=True))
    assert [answer.status for answer in found[: len(BY_NUMBER)]] == [Status.MATCHED] * len(BY_NUMBER)


def test_an_index_from_before_it_kept_street_numbers_searches_in_all_channels(
    index: Path, pipeline: MatchPipeline
) -> None:
    manifest = read_manifest(index)
    for file in (index / manifest.generation).glob("street_number_*.npy"):
        file.unlink()
    with closing(LocalRetriever(index, manifest)) as older:
        earlier = replace(pipeline, retriever=older)
        assert not older.finds_street_numbers
        assert not answered_shortly(earlier, BY_NUMBER[0])
        assert earlier.match(BY_NUMBER)[0].uprn == "1"
