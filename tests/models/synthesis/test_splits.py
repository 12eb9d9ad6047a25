from address_match.models.synthesis.country.country import SyntheticCountry
from address_match.models.synthesis.splits import (
    CALIBRATION_SPLITS,
    ENCODER_SPLITS,
    EVALUATION_SPLITS,
    RANKER_SPLITS,
    street_split,
)


def test_the_four_sets_share_no_fold_and_leave_none_out() -> None:
    sets = (ENCODER_SPLITS, RANKER_SPLITS, CALIBRATION_SPLITS, EVALUATION_SPLITS)
    assert sorted(split for splits in sets for split in splits) == list(range(10))


def test_all_premises_of_a_street_of_a_town_have_one_fold() -> None:
    splits: dict[tuple[str, str], set[int]] = {}
    for premises in SyntheticCountry(2, 3_000).premises():
        if premises.street and not premises.dependent_street:
            splits.setdefault((premises.street, premises.town), set()).add(street_split(premises))
    assert all(len(found) == 1 for found in splits.values())


def test_every_fold_has_its_share() -> None:
    counts = [0] * 10
    for premises in SyntheticCountry(2, 6_000).premises():
        counts[street_split(premises)] += 1
    assert min(counts) > 200
