from dataclasses import dataclass

from address_match.models.encoder.training.history import TrainingHistory
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.quantisation_loss import QuantisationLoss
from address_match.models.encoder.training.schedule import Schedule


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What was trained, on how much, how well, and how long it took."""

    family: str
    base: str
    """What it began from; empty where it began from nothing."""
    pairs: int
    """Learned from."""
    held_out: int
    """Pairs of streets that were not learned from."""
    streets: int
    steps: int
    """Done; fewer than asked for where the held-out streets only lost."""
    best_step: int
    """After which the weights that were kept stood."""
    batch_size: int
    learning_rate: float
    dimensions: int
    seed: int
    first_loss: float
    """Mean loss of the first twentieth of the steps."""
    last_loss: float
    """Mean loss of the last twentieth of the steps."""
    recall_in_full: float
    """Share of the held-out pairs that find each other among themselves with the weights as trained."""
    recall_rounded: float
    """The same with eight bits: the weights as the static family saves them, or a transformer's export for CPUs."""
    cpu_seconds: float

    @classmethod
    def of(
        cls,
        history: TrainingHistory,
        rounding: QuantisationLoss,
        *,
        learned: TrainingPairs,
        held_out: TrainingPairs,
        schedule: Schedule,
        family: str,
        base: str,
        dimensions: int,
        seed: int,
        cpu_seconds: float,
    ) -> "TrainingReport":
        """Gather what the course of a training, its schedule, its pairs and the rounding of its weights say."""
        return cls(
            family=family,
            base=base,
            pairs=len(learned),
            held_out=len(held_out),
            streets=len(set(learned.streets)),
            steps=history.steps,
            best_step=history.best_step,
            batch_size=schedule.batch_size,
            learning_rate=schedule.learning_rate,
            dimensions=dimensions,
            seed=seed,
            first_loss=history.first_loss,
            last_loss=history.last_loss,
            recall_in_full=rounding.recall_in_full,
            recall_rounded=rounding.recall_rounded,
            cpu_seconds=cpu_seconds,
        )
