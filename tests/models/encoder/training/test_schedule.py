import pytest

from address_match.models.encoder.training.schedule import Schedule, TrainingHistory


def test_the_rate_rises_and_falls() -> None:
    schedule = Schedule(steps=100, batch_size=8, learning_rate=1.0, warm_up=0.1)
    assert schedule.rate(0) == pytest.approx(0.1)
    assert schedule.rate(9) == 1.0
    assert schedule.rate(55) == 0.5
    assert schedule.rate(99) == pytest.approx(1 / 90)


def test_checks_come_evenly_and_after_the_last_step() -> None:
    schedule = Schedule(steps=25, batch_size=8, learning_rate=1.0, checks=3)
    assert [step for step in range(25) if schedule.is_check(step)] == [7, 15, 23, 24]


def test_of_two_checks_as_good_the_later_is_the_best() -> None:
    history = (
        TrainingHistory(steps=10)
        .after_check(0.5)
        .after_step(1.0)
        .after_check(0.5)
        .after_step(1.0)
        .after_check(0.4)
    )
    assert (history.best_step, history.best_recall, history.checks_since) == (11, 0.5, 1)


def test_the_first_and_last_loss_are_means_of_a_twentieth() -> None:
    history = TrainingHistory(steps=40, losses=tuple(float(loss) for loss in range(40)))
    assert (history.first_loss, history.last_loss) == (0.5, 38.5)


def test_a_check_behind_the_best_by_noise_alone_is_the_best() -> None:
    history = TrainingHistory(steps=10).after_check(0.98).after_step(1.0).after_check(0.978)
    assert (history.best_step, history.best_recall) == (11, 0.98)
