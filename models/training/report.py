from dataclasses import dataclass


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
