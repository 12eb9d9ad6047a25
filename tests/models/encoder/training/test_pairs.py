import numpy as np
import pytest

from address_match.models.encoder.training.pairs import BatchSampler, TrainingPairs, hold_out
from address_match.models.errors import TrainingDataError
from tests.models.encoder.training.factories import PAIRS, some_pairs


def test_a_street_for_each_pair_is_demanded() -> None:
    with pytest.raises(TrainingDataError, match="60 pairs but 1 streets"):
        TrainingPairs(PAIRS, [1])


def test_too_few_pairs_are_refused() -> None:
    with pytest.raises(TrainingDataError, match="0 pairs are too few"):
        TrainingPairs([], [])


def test_held_out_streets_are_not_learned_from() -> None:
    pairs = TrainingPairs([(f"{n} A", f"{n} B") for n in range(1000)], [n // 5 for n in range(1000)])
    learned, held_out = hold_out(pairs, np.random.default_rng(1))
    assert len(held_out) == 20
    assert len(learned) == 980
    assert not set(learned.streets) & set(held_out.streets)


def test_where_no_street_can_be_spared_all_pairs_judge_as_well() -> None:
    pairs = some_pairs()
    assert hold_out(pairs, np.random.default_rng(1)) == (pairs, pairs)


def test_pairs_are_named_by_their_texts() -> None:
    assert TrainingPairs([("A", "B"), ("C", "D")], [1, 1]).fingerprint() == (
        TrainingPairs([("A", "B"), ("C", "D")], [1, 2]).fingerprint()
    )
    assert TrainingPairs([("A", "BC"), ("C", "D")], [1, 1]).fingerprint() != (
        TrainingPairs([("AB", "C"), ("C", "D")], [1, 1]).fingerprint()
    )


def test_batches_hold_no_pair_twice_and_neighbours_for_half() -> None:
    streets = [position // 10 for position in range(1000)]
    sampler = BatchSampler(streets, batch_size=100, rng=np.random.default_rng(1))
    for batch in (sampler.batch() for _ in range(20)):
        assert len(set(batch.tolist())) == len(batch)
        crowded = np.bincount(batch // 10)
        assert crowded[crowded >= 9].sum() >= 40


def test_of_a_long_street_the_pairs_next_to_each_other_are_taken() -> None:
    along_street = [(position * 7) % 100 for position in range(100)]
    sampler = BatchSampler([1] * 100, along_street=along_street, batch_size=20, rng=np.random.default_rng(1))
    for batch in (sampler.batch() for _ in range(20)):
        places = sorted(along_street[pair] for pair in batch)
        together = [place for place in places if {place - 1, place + 1} & set(places)]
        assert len(together) >= 10


def test_without_a_street_of_two_the_batch_is_of_strangers() -> None:
    sampler = BatchSampler(range(50), batch_size=10, rng=np.random.default_rng(1))
    assert 0 < len(sampler.batch()) <= 10
