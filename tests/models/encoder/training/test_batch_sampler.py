import numpy as np

from address_match.models.encoder.training.batch_sampler import BatchSampler


def test_batches_hold_no_pair_twice_and_neighbours_for_half() -> None:
    streets = [position // 10 for position in range(1000)]
    sampler = BatchSampler(streets, batch_size=100, rng=np.random.default_rng(1))
    for batch in sampler.batches(20):
        assert len(set(batch.tolist())) == len(batch)
        crowded = np.bincount(batch // 10)
        assert crowded[crowded >= 9].sum() >= 40


def test_of_a_long_street_the_pairs_next_to_each_other_are_taken() -> None:
    along_street = [(position * 7) % 100 for position in range(100)]
    sampler = BatchSampler([1] * 100, along_street=along_street, batch_size=20, rng=np.random.default_rng(1))
    for batch in sampler.batches(20):
        places = sorted(along_street[pair] for pair in batch)
        together = [place for place in places if {place - 1, place + 1} & set(places)]
        assert len(together) >= 10


def test_without_a_street_of_two_the_batch_is_of_strangers() -> None:
    sampler = BatchSampler(range(50), batch_size=10, rng=np.random.default_rng(1))
    assert 0 < len(sampler.batch()) <= 10
