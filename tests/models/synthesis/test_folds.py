from models.synthesis.folds import (
    CALIBRATION_FOLDS,
    ENCODER_FOLDS,
    EVALUATION_FOLDS,
    RANKER_FOLDS,
    street_fold,
)
from models.synthesis.world import World


def test_the_four_sets_share_no_fold_and_leave_none_out() -> None:
    sets = (ENCODER_FOLDS, RANKER_FOLDS, CALIBRATION_FOLDS, EVALUATION_FOLDS)
    assert sorted(fold for folds in sets for fold in folds) == list(range(10))


def test_all_premises_of_a_street_of_a_town_have_one_fold() -> None:
    folds: dict[tuple[str, str], set[int]] = {}
    for premises in World(2, 3_000).premises():
        if premises.street and not premises.dependent_street:
            folds.setdefault((premises.street, premises.town), set()).add(street_fold(premises))
    assert all(len(found) == 1 for found in folds.values())


def test_every_fold_has_its_share() -> None:
    counts = [0] * 10
    for premises in World(2, 6_000).premises():
        counts[street_fold(premises)] += 1
    assert min(counts) > 200
