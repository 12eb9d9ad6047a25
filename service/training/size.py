from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingSize:
    """How much is learned from; the defaults give the shipped bundle."""

    premises: int = 200_000
    parser_texts: int = 40_000
    encoder_pairs: int = 200_000
    ranker_queries: int = 20_000
    calibration_queries: int = 20_000
    parser_iterations: int = 120
    encoder_steps: int = 0
    """0 leaves the number to `models.encoder.training`."""
