from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.schedule import Schedule

STREETS = ("ACLAND ROAD", "BRIAR LANE", "CEDAR CLOSE", "DOVER STREET")
PAIRS = [
    (f"{number} {street}, NORTHAM, AB1 {number % 9}CD", f"{number} {street.title()} northam")
    for street in STREETS
    for number in range(1, 16)
]
GROUPS = [group for group, _ in enumerate(STREETS) for _ in range(1, 16)]
TEXTS = ["12 Acland Rd, Northam AB1 2CD", "Flat 2, 14 Briar Lane", "14-16 Cäer-wen", "X" * 10_000]


def some_pairs() -> TrainingPairs:
    """Sixty premises of four streets."""
    return TrainingPairs(PAIRS, GROUPS)


def short(steps: int = 4, **settings: int) -> Schedule:
    return Schedule(steps=steps, batch_size=32, learning_rate=0.02, **settings)
