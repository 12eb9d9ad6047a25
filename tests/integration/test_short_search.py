"""In bulk, an address is searched for shortly first, and is answered alike."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.indexer.manifest import read_manifest
from address_match.indexer.retrieval import Quotas
from address_match.service.matching.answer import Answer, Reason, Status
from address_match.service.matching.answer_listener import AnsweredBatch, listening_to_answers
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.query.parse_and_encode import parse_and_encode
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
NOT_HELD = ("13 Mill Lane, Anytown, AB1 2CD", "Mr J Bloggs, 10 Mill Ln, Anytown AB1 2CD")
"""Of a street that is held in their postcode."""
MAY_STAND_ELSEWHERE = (
    "13 Mill Lane, Anytown, AB1 3EF",
    "Flat 3, 13 Mill Lane, Anytown, AB1 2CD",
    "Rose Cottage, 13 Mill Lane, Anytown, AB1 2CD",
    "18 Mill Lane, Anytown",
)
VILLAGE = "".join(
    f'{number},"{number} ORCHARD RISE, NETHER ELDERSBY CUM SALTWICK MAGNA, ANYTOWN",AB1 4GH\n'
    for number in range(20, 40)
)
SAME_NUMBER = "".join(
    f'{1_000 + street},"75 {"ABCDEFGHIJ"[street % 10]}{street} ROAD, ANYTOWN",AB1 {street % 9}AA\n'
    for street in range(200)
)
"""So many that the number says little."""
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


def answered_shortly(pipeline: MatchPipeline, text: str, top: int = 1) -> bool:
    answered: list[AnsweredBatch] = []
    with listening_to_answers(answered.append):
        pipeline.match([text], top=top)
    return [each.search is not None and each.search.is_short for each in answered] == [True]


@pytest.mark.parametrize("text", BY_NUMBER)
def test_a_number_of_a_street_of_a_town_is_found_by_that(pipeline: MatchPipeline, text: str) -> None:
    assert answered_shortly(pipeline, text)


@pytest.mark.parametrize("text", IN_FULL)
def test_what_no_text_is_at_is_searched_for_in_all_channels(pipeline: MatchPipeline, text: str) -> None:
    assert not answered_shortly(pipeline, text)


def test_a_part_of_a_building_without_its_postcode_is_searched_for_in_all_channels(
    pipeline: MatchPipeline,
) -> None:
    part = "Apartment 2, The Old Mill House, 16 Mill Lane, Anytown"
    assert answered_shortly(pipeline, f"{part}, AB1 2CD")
    assert not answered_shortly(pipeline, part)


@pytest.mark.parametrize("text", NOT_HELD)
def test_a_house_is_missing_where_its_street_is_held_in_its_postcode(
    pipeline: MatchPipeline, text: str
) -> None:
    assert answered_shortly(pipeline, text)
    (answer,) = pipeline.match([text], top=1)
    assert (answer.status, answer.reason) == (Status.UNMATCHED, Reason.ABSENT)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("16 Mill Lane, Anytown, AB1 2CD", Reason.CHILD_ONLY),
        ("12A Mill Lane, Anytown, AB1 2CD", Reason.PARENT_ONLY),
    ],
)
def test_a_house_that_is_held_in_parts_or_as_a_whole_is_not_looked_for_elsewhere(
    pipeline: MatchPipeline, text: str, reason: Reason
) -> None:
    assert answered_shortly(pipeline, text)
    (answer,) = pipeline.match([text], top=1)
    assert (answer.status, answer.reason) == (Status.UNMATCHED, reason)


@pytest.mark.parametrize("text", MAY_STAND_ELSEWHERE)
def test_what_may_stand_elsewhere_is_searched_for_in_all_channels(pipeline: MatchPipeline, text: str) -> None:
    assert not answered_shortly(pipeline, text)


def test_where_candidates_are_listed_all_channels_look_for_them(pipeline: MatchPipeline) -> None:
    assert not answered_shortly(pipeline, NOT_HELD[0], top=5)


def test_a_house_of_a_crowded_postcode_is_proposed_though_it_names_no_village(tmp_path: Path) -> None:
    index = built_index(tmp_path, f'{REFERENCE}{VILLAGE}{SAME_NUMBER}99,"75 ORCHARD RISE, ANYTOWN",AB1 4GH\n')
    with closing(open_pipeline(index)) as pipeline:
        text = "75 Orchard Rise, Nether Eldersby cum Saltwick Magna, Anytown, AB1 4GH"
        batch = parse_and_encode([text], pipeline.parser, pipeline.encoder)
        found = pipeline.retriever.retrieve(batch.queries, Quotas(block=8, lexical=0, dense=0))
    assert "99" in found.texts.strings("uprn").rows()


def test_the_decision_is_that_of_all_channels(pipeline: MatchPipeline) -> None:
    def decided(answers: list[Answer]) -> list[tuple[str, ...]]:
        return [(a.status, a.reason, a.uprn, a.address, a.relation, a.match_code) for a in answers]

    texts = [*BY_NUMBER, *IN_FULL, *NOT_HELD, *MAY_STAND_ELSEWHERE]
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
        assert not any(answered_shortly(earlier, text) for text in (BY_NUMBER[0], *NOT_HELD))
        assert earlier.match(BY_NUMBER)[0].uprn == "1"
