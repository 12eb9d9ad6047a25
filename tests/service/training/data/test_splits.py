from dataclasses import replace

from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.country.districts import all_districts
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    street_split,
)
from address_match.service.training.data.splits import ALL_DISTRICTS, on_encoder_streets, split_country
from tests.service.training.rehearsal import REHEARSAL


def test_no_two_learners_see_one_street() -> None:
    splits = split_country(5, REHEARSAL)
    seen = [
        {street_split(p) for p in premises}
        for premises in (splits.encoder, splits.ranker, splits.calibration)
    ]
    assert seen[0] <= ENCODER_SPLITS
    assert seen[1] <= RANKER_SPLITS
    assert seen[2] <= CALIBRATION_SPLITS
    assert not EVALUATION_SPLITS & set().union(*seen)


def test_parser_and_encoder_learn_from_every_district() -> None:
    chosen = {district for _, district, _ in SyntheticCountry(3, ALL_DISTRICTS).districts()}
    assert chosen == set(all_districts())


def test_of_a_users_reference_only_the_encoders_streets_are_read() -> None:
    own = tuple(SyntheticCountry(7, 900).premises())
    synthetic = split_country(5, replace(REHEARSAL, premises=600))
    splits = synthetic.joined_by(own)
    assert splits.own == on_encoder_streets(own)
    assert 0 < len(splits.own) < len(own) == splits.own_premises
    assert {street_split(place) for place in splits.own} <= ENCODER_SPLITS
    assert splits.parser == synthetic.parser
    assert splits.encoder == (*synthetic.parser, *splits.own)
