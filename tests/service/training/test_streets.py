from dataclasses import replace

from models.synthesis.folds import (
    CALIBRATION_FOLDS,
    ENCODER_FOLDS,
    EVALUATION_FOLDS,
    RANKER_FOLDS,
    street_fold,
)
from models.synthesis.world import World
from service.training.streets import for_reading, share_out
from tests.service.training.rehearsal import REHEARSAL


def test_no_two_learners_see_one_street() -> None:
    streets = share_out(5, REHEARSAL)
    seen = [
        {street_fold(p) for p in share} for share in (streets.reading, streets.ranker, streets.calibration)
    ]
    assert seen[0] <= ENCODER_FOLDS
    assert seen[1] <= RANKER_FOLDS
    assert seen[2] <= CALIBRATION_FOLDS
    assert not EVALUATION_FOLDS & set().union(*seen)


def test_of_a_users_reference_only_the_encoders_streets_are_read() -> None:
    own = tuple(World(7, 900).premises())
    made_up = share_out(5, replace(REHEARSAL, premises=600))
    streets = made_up.joined_by(own)
    assert streets.own_reading == for_reading(own)
    assert 0 < len(streets.own_reading) < len(own) == streets.own
    assert {street_fold(place) for place in streets.own_reading} <= ENCODER_FOLDS
    assert streets.made_up_reading == made_up.reading
