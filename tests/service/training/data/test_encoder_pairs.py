import numpy as np

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.service.training.data.encoder_pairs import NAMELESS_KINDS, synthetic_pairs

PREMISES = tuple(SyntheticCountry(7, 1_500).premises())


def test_no_premises_comes_twice_and_what_names_none_not_at_all() -> None:
    named = [place for place in PREMISES if place.kind not in NAMELESS_KINDS]
    assert len(synthetic_pairs(PREMISES, 10_000, 1)) == len(named)
    assert len(synthetic_pairs(PREMISES, 100, 1)) == 100


def test_the_same_seed_writes_the_same_pairs() -> None:
    assert synthetic_pairs(PREMISES, 200, 1) == synthetic_pairs(PREMISES, 200, 1)
    assert synthetic_pairs(PREMISES, 200, 1).fingerprint() != synthetic_pairs(PREMISES, 200, 2).fingerprint()


def test_every_premises_has_a_place_of_its_own_along_its_street() -> None:
    pairs = synthetic_pairs(PREMISES, 500, 1)
    assert np.array_equal(np.sort(pairs.along_street or []), np.arange(500))
