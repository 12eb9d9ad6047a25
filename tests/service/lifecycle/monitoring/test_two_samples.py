"""Statistics of a window against a reference, beside those of scipy."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, ks_2samp, ttest_ind_from_stats, wasserstein_distance

from address_match.service.lifecycle.monitoring.two_samples import chi_squared, kolmogorov, means

WINDOW, OTHERS = np.array([[70, 20, 10]]), np.array([[800, 150, 50]])
VALUES = np.array([0.1, 0.5, 0.9])


def test_chi_squared_is_that_of_a_table_of_two_rows() -> None:
    found = chi_squared(WINDOW, OTHERS)
    expected = chi2_contingency(np.vstack([WINDOW, OTHERS]), correction=False)
    assert found.statistic[0] == pytest.approx(expected.statistic)


def test_cramers_v_is_one_where_nothing_is_shared_and_nought_where_all_is() -> None:
    assert chi_squared(np.array([[5, 0]]), np.array([[0, 500]])).effect[0] == pytest.approx(1.0)
    assert chi_squared(np.array([[5, 5]]), np.array([[50, 50]])).effect[0] == 0.0


def test_cramers_v_does_not_depend_on_how_large_the_reference_is() -> None:
    assert chi_squared(WINDOW, OTHERS).effect[0] == pytest.approx(chi_squared(WINDOW, 100 * OTHERS).effect[0])


def test_kolmogorov_and_wasserstein_are_those_of_the_values() -> None:
    found = kolmogorov(WINDOW, OTHERS, VALUES)
    window, others = np.repeat(VALUES, WINDOW[0]), np.repeat(VALUES, OTHERS[0])
    apart = ks_2samp(window, others).statistic
    assert found.statistic[0] == pytest.approx(apart**2 * 100 * 1_000 / 1_100)
    assert found.effect[0] == pytest.approx(wasserstein_distance(window, others) / others.std())


def test_the_difference_of_means_is_counted_in_its_standard_errors() -> None:
    found = means(WINDOW, OTHERS, VALUES)
    others = np.repeat(VALUES, OTHERS[0])
    error = others.std() * np.sqrt(1 / 100 + 1 / 1_000)
    difference = np.repeat(VALUES, WINDOW[0]).mean() - others.mean()
    assert found.statistic[0] == pytest.approx((difference / error) ** 2)
    assert found.effect[0] == pytest.approx(abs(difference))
    welch = ttest_ind_from_stats(difference, others.std(), 100, 0.0, others.std(), 1_000)
    assert found.statistic[0] == pytest.approx(welch.statistic**2, rel=0.02)


def test_a_value_that_nothing_holds_does_not_count() -> None:
    found = chi_squared(np.array([[5, 0, 5]]), np.array([[50, 0, 50]]))
    assert found.statistic[0] == 0.0
