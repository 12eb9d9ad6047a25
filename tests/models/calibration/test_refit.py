"""Some hundred labelled queries set a calibration right, and few of them leave it as it is."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from address_match.models.calibration import ListwiseCalibration
from address_match.models.calibration.fit import fit_calibration
from address_match.models.calibration.refit import (
    Recalibration,
    WeighedRankings,
    best_of,
    fit_recalibration,
    recalibrated,
    with_thresholds,
)
from tests.models.calibration.test_calibration import calibration_error, rankings

AS_IT_IS = Recalibration(1.0, 0.0)


@pytest.fixture(scope="module")
def fitted() -> ListwiseCalibration:
    return fit_calibration(*rankings(1), names=("always",)).with_prior(1 / 3)


def labelled(seed: int, queries: int, weight: NDArray[np.float64] | None = None) -> WeighedRankings:
    log_odds, query, right, query_features = rankings(seed, queries=queries)
    return WeighedRankings(
        log_odds,
        query,
        right,
        query_features,
        np.zeros(queries, dtype=bool),
        np.bincount(query, right) == 0,
        np.ones(queries) if weight is None else weight,
    )


def error_of(calibration: ListwiseCalibration) -> float:
    probability, right = best_of(calibration, labelled(9, 20_000))
    return calibration_error(probability, right > 0)


@pytest.mark.parametrize(
    "planted", [Recalibration(2.0, 0.0), Recalibration(0.5, 0.0), Recalibration(1.0, 1.5)], ids=str
)
def test_a_planted_shift_is_repaired_by_300_labels(
    fitted: ListwiseCalibration, planted: Recalibration
) -> None:
    shifted = recalibrated(fitted, planted)
    labels = labelled(2, 300)
    repaired = recalibrated(shifted, fit_recalibration(shifted, labels))
    assert error_of(shifted) > 0.03
    assert error_of(repaired) < 0.5 * error_of(shifted)


def test_labels_that_say_nothing_new_change_little(fitted: ListwiseCalibration) -> None:
    learned = fit_recalibration(fitted, labelled(3, 300))
    assert learned.slope == pytest.approx(1.0, abs=0.25)
    assert learned.shift == pytest.approx(0.0, abs=0.4)


def test_a_handful_of_wrong_labels_does_not_wreck_it(fitted: ListwiseCalibration) -> None:
    wrong = labelled(4, 5)
    learned = fit_recalibration(fitted, replace(wrong, right=~wrong.right))
    assert 0.3 < learned.slope < 1.5
    assert abs(learned.shift) < 2


def test_only_the_proportions_of_the_weights_count(fitted: ListwiseCalibration) -> None:
    labels = labelled(5, 200)
    assert fit_recalibration(fitted, replace(labels, weight=8 * labels.weight)) == fit_recalibration(
        fitted, labels
    )


def test_labels_that_stand_for_next_to_nothing_say_nothing(fitted: ListwiseCalibration) -> None:
    weight = np.where(np.arange(200) < 100, 1.0, 1e-12)
    labels = labelled(5, 200, weight)
    wrong = np.where(weight[labels.query] == 1.0, labels.right, False)
    learned, otherwise = (fit_recalibration(fitted, one) for one in (labels, replace(labels, right=wrong)))
    assert otherwise.slope == pytest.approx(learned.slope, abs=1e-4)
    assert otherwise.shift == pytest.approx(learned.shift, abs=1e-4)


def test_probabilities_stay_monotone_and_thresholds_are_kept(fitted: ListwiseCalibration) -> None:
    found = recalibrated(fitted, Recalibration(0.6, -0.4))
    for one, before in zip(found.corrections, fitted.corrections, strict=True):
        assert (np.diff(one.worth) >= 0).all()
        assert one.thresholds == before.thresholds


def test_thresholds_of_a_calibration_that_is_too_sure_rise(fitted: ListwiseCalibration) -> None:
    sure = recalibrated(fitted, Recalibration(2.0, 1.0))
    labels = labelled(6, 1_000)
    found = with_thresholds(sure, labels, fit_recalibration(sure, labels))
    assert [one.worth for one in found.corrections] == [one.worth for one in sure.corrections]
    probability, right = best_of(found, labelled(7, 20_000))
    accepted = probability >= found.threshold(0.95)
    assert found.threshold(0.95) > with_thresholds(sure, labels, AS_IT_IS).threshold(0.95)
    assert right[accepted].mean() == pytest.approx(0.95, abs=0.03)


def test_thresholds_know_what_another_prior_means(fitted: ListwiseCalibration) -> None:
    labels = labelled(8, 1_000)
    found = with_thresholds(fitted, labels, AS_IT_IS)
    thresholds = [one.thresholds[found.precisions.index(0.95)] for one in found.corrections]
    assert thresholds[-2] > thresholds[0]


def test_a_part_of_the_queries_keeps_their_premises() -> None:
    labels = labelled(1, 10)
    part = labels.at(np.array([2, 5]))
    assert part.query.tolist() == [0, 0, 0, 1, 1, 1]
    assert part.log_odds.tolist() == [*labels.log_odds[6:9], *labels.log_odds[15:18]]
