from dataclasses import dataclass


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
