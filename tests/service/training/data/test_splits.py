from dataclasses import replace

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    street_split,
)
from address_match.service.training.data.splits import for_reading, share_out
from tests.service.training.rehearsal import REHEARSAL


def test_no_two_learners_see_one_street() -> None:
    streets = share_out(5, REHEARSAL)
    seen = [
        {street_split(p) for p in share} for share in (streets.reading, streets.ranker, streets.calibration)
    ]
    assert seen[0] <= ENCODER_SPLITS
    assert seen[1] <= RANKER_SPLITS
    assert seen[2] <= CALIBRATION_SPLITS
    assert not EVALUATION_SPLITS & set().union(*seen)


def test_of_a_users_reference_only_the_encoders_streets_are_read() -> None:
    own = tuple(SyntheticCountry(7, 900).premises())
    synthetic = share_out(5, replace(REHEARSAL, premises=600))
    streets = synthetic.joined_by(own)
    assert streets.own_reading == for_reading(own)
    assert 0 < len(streets.own_reading) < len(own) == streets.own
    assert {street_split(place) for place in streets.own_reading} <= ENCODER_SPLITS
    assert streets.synthetic_reading == synthetic.reading
