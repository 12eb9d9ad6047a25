"""How long an encoder learns and in what steps, and how that has gone."""

from dataclasses import dataclass, replace

NOISE = 0.003
"""Standard error of a recall of .98 among 2,000 pairs: a check that falls no further behind is as good as the best."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long an encoder learns, and in what steps."""

    steps: int
    batch_size: int
    """Pairs."""
    learning_rate: float
    """At its highest; it rises over `warm_up` of the steps and falls to nothing at the last."""
    warm_up: float = 0.05
    checks: int = 10
    """How often the held-out streets are searched and a checkpoint is written."""
    patience: int = 3
    """Checks behind the best one on the held-out streets after which learning stops."""

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        rising = max(1, int(self.steps * self.warm_up))
        share = (step + 1) / rising if step < rising else (self.steps - step) / max(1, self.steps - rising)
        return self.learning_rate * share

    def is_check(self, step: int) -> bool:
        """Return whether a check follows a step, counted from 0; one follows the last."""
        return (step + 1) % max(1, self.steps // self.checks) == 0 or step + 1 == self.steps


@dataclass(frozen=True, slots=True)
class TrainingHistory:
    """How a training has gone so far."""

    steps: int = 0
    losses: tuple[float, ...] = ()
    """Of every step."""
    best_recall: float = -1.0
    """On the held-out streets, at the best check."""
    best_step: int = 0
    checks_since: int = 0
    """Checks since the best one."""

    def after_step(self, loss: float) -> "TrainingHistory":
        """Return the history after one more step."""
        return replace(self, steps=self.steps + 1, losses=(*self.losses, loss))

    def after_check(self, recall: float) -> "TrainingHistory":
        """Return the history after a check; of two as good, the later is the better, for its learning rate was lower."""
        if recall >= self.best_recall - NOISE:
            best = max(recall, self.best_recall)
            return replace(self, best_recall=best, best_step=self.steps, checks_since=0)
        return replace(self, checks_since=self.checks_since + 1)

    @property
    def first_loss(self) -> float:
        """Mean loss of the first twentieth of the steps."""
        return _mean(self.losses[: max(1, len(self.losses) // 20)])

    @property
    def last_loss(self) -> float:
        """Mean loss of the last twentieth of the steps."""
        return _mean(self.losses[-max(1, len(self.losses) // 20) :])


def _mean(losses: tuple[float, ...]) -> float:
    return sum(losses) / len(losses)
