"""References in which almost nothing, or almost everything, resembles the query."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from address_match.indexer.retrieval import Quotas
from address_match.service.matching.answer import Reason, Status
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.query.parse_and_encode import parse_and_encode
from tests.built_index import built_pipeline

PITCHES = 5_000


@contextmanager
def matching(folder: Path, addresses: Iterable[str], mapping: str = "") -> Iterator[MatchPipeline]:
    rows = "".join(f'{n},"{address}"\n' for n, address in enumerate(addresses, 1))
    with built_pipeline(folder, "uprn,address\n" + rows, mapping) as pipeline:
        yield pipeline


@pytest.fixture(scope="module")
def caravan_park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    folder = tmp_path_factory.mktemp("park")
    pitches = (
        f"PITCH {n}, SEAVIEW HOLIDAY PARK, COAST ROAD, WITHERNSEA, HU19 2AB" for n in range(1, PITCHES + 1)
    )
    with matching(folder, pitches) as pipeline:
        yield pipeline


def test_a_reference_of_one_address_matches_it_and_nothing_else(tmp_path: Path) -> None:
    with matching(tmp_path, ["12 MILL LANE, OTLEY, LS21 3AB"]) as pipeline:
        held, other, word = pipeline.match(
            ["12 mill lane otley LS21 3AB", "14 High Street, York YO1 7AA", "mill"]
        )
    assert held.candidates[0].uprn == "1"
    assert other.status is not Status.MATCHED
    assert word.status is not Status.MATCHED


def test_premises_of_one_text_share_the_probability(tmp_path: Path) -> None:
    named = '[columns]\naddress = "address"\n'  # else a reference of one text is refused
    with matching(tmp_path, ["12 MILL LANE, OTLEY, LS21 3AB"] * 30, named) as pipeline:
        (answer,) = pipeline.match(["12 mill lane otley LS21 3AB"])
    assert answer.status is not Status.MATCHED
    assert answer.reason in {Reason.AMBIGUOUS, Reason.ABSENT}
    assert len({candidate.probability for candidate in answer.candidates}) == 1
    assert answer.probability <= 1 / Quotas().block


@pytest.mark.parametrize("number", [1, 777, PITCHES])
def test_one_pitch_of_five_thousand_in_a_postcode_is_found(caravan_park: MatchPipeline, number: int) -> None:
    text = f"pitch {number} seaview holiday park, coast road, withernsea hu19 2ab"
    for thorough in (False, True):
        assert caravan_park.match([text], thorough=thorough)[0].candidates[0].uprn == str(number)


def test_a_pitch_that_is_not_among_five_thousand_is_not_matched(caravan_park: MatchPipeline) -> None:
    text = "pitch 7777 seaview holiday park, coast road, withernsea hu19 2ab"
    assert caravan_park.match([text])[0].status is not Status.MATCHED


def test_however_many_stand_in_a_postcode_few_are_compared(caravan_park: MatchPipeline) -> None:
    texts = ["seaview holiday park withernsea hu19 2ab", "pitch", "hu19 2ab"]
    batch = parse_and_encode(texts, caravan_park.parser, caravan_park.encoder)
    quotas = Quotas()
    candidates = caravan_park.retriever.retrieve(batch.queries, quotas)
    assert np.bincount(candidates.query).max() <= quotas.block + quotas.lexical + quotas.dense


def test_candidates_without_postcode_or_number_get_an_answer(tmp_path: Path) -> None:
    with matching(tmp_path, ["MILL", "ROSE COTTAGE", "4", "MILL LANE OTLEY"]) as pipeline:
        answers = pipeline.match(["rose cottage", "mill", "4", "4 mill lane otley LS21 3AB"])
    assert answers[0].candidates[0].uprn == "2"
    assert all(0 <= answer.probability <= 1 for answer in answers)
