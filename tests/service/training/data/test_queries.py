from collections.abc import Sequence
from dataclasses import replace

import pytest

from address_match.models.synthesis.noise.table import RESERVED_NOISE
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.queries import NoisyQuery
from address_match.models.synthesis.query_classes import (
    AS_FILED_WITHOUT_POSTCODE,
    NO_ADDRESS,
    PART_TOLD,
    SLIPS,
)
from address_match.service.training.data.held_out_reference import HELD_OUT, hold_out_premises
from address_match.service.training.data.queries import (
    CALIBRATION_CLASSES,
    QUERY_CLASSES,
    noisy_queries,
    queries_for_nothing,
)
from address_match.service.training.data.splits import split_country
from tests.service.training.rehearsal import REHEARSAL


def queries_of(premises: Sequence[Premises], count: int) -> list[NoisyQuery]:
    return noisy_queries(premises, count, 5, held_out=hold_out_premises(premises, 5, HELD_OUT))


def test_reserved_noise_is_never_trained_on() -> None:
    reserved = {noise.name for noise in RESERVED_NOISE}
    assert not reserved & {*QUERY_CLASSES, *CALIBRATION_CLASSES}
    queries = queries_of(split_country(5, REHEARSAL).ranker, 300)
    assert not reserved & {query.noise_class for query in queries}


def test_a_quarter_of_the_training_queries_ask_for_an_absent_premises() -> None:
    queries = queries_of(split_country(5, REHEARSAL).ranker, 400)
    assert sum(query.absent for query in queries) / len(queries) == pytest.approx(0.25, abs=0.03)


def test_some_training_queries_are_told_from_a_namesake_by_their_town_alone() -> None:
    queries = queries_of(split_country(5, replace(REHEARSAL, premises=60_000)).ranker, 400)
    assert sum(query.noise_class == AS_FILED_WITHOUT_POSTCODE for query in queries) == pytest.approx(
        80, abs=8
    )


def test_the_calibration_sees_fewer_slips_than_the_ranker() -> None:
    premises = split_country(5, REHEARSAL).ranker

    def slips(*, hard: bool) -> int:
        queries = noisy_queries(premises, 600, 5, held_out=frozenset(), absent=0, hard=hard)
        return sum(query.noise_class in SLIPS for query in queries)

    assert slips(hard=False) < slips(hard=True)


def test_half_of_the_calibrations_queries_by_a_part_of_a_house_ask_for_what_is_absent() -> None:
    premises = split_country(5, REHEARSAL).ranker
    queries = noisy_queries(premises, 4_000, 5, held_out=frozenset(), absent=0)
    by_a_part = [query for query in queries if query.noise_class == PART_TOLD]
    assert len(by_a_part) == 40
    assert sum(query.absent for query in by_a_part) == pytest.approx(20, abs=9)
    assert not any(query.absent for query in queries if query.noise_class != PART_TOLD)
    hard = noisy_queries(premises, 4_000, 5, held_out=frozenset(), absent=0, hard=True)
    assert PART_TOLD not in {query.noise_class for query in hard}


def test_texts_that_are_no_address_ask_for_what_is_absent() -> None:
    queries = queries_for_nothing(1_000, 3)
    assert len(queries) == 10
    assert queries == queries_for_nothing(1_000, 3)
    assert all(query.absent and query.text and query.noise_class == NO_ADDRESS for query in queries)
