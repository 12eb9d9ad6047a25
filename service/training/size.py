from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrainingSize:
    """How much is learned from; the defaults give the shipped bundle."""

    premises: int = 500_000
    """Of the towns in which ranker and calibration are fitted; each sees the streets of two splits in ten."""
    reading_premises: int = 300_000
    """Over all districts, for parser and encoder; they see the streets of four splits in ten."""
    parser_texts: int = 90_000
    wider_texts: int = 6_000
    """Premises that the parser reads as wider kinds of texts, and as many in the styles of councils."""
    encoder_pairs: int = 120_000
    ranker_queries: int = 25_000
    calibration_queries: int = 48_000
    parser_iterations: int = 110
    encoder_steps: int = 1_200
    interactions: int = 40
    """Pairs of features that the ranker may weigh together."""
    own_queries: int = 15_000
    """On a user's reference where there is one, for the ranker and for the calibration each."""
    held_out_queries: int = 6_000
    """On streets of two splits in ten that nothing learns from; for the figures of the model card."""
    reference_facts: int = 10_000
    """Answers on the same streets, whose facts the bundle keeps."""


SIZE_BESIDE_OWN = TrainingSize(premises=200_000, ranker_queries=10_000, calibration_queries=9_000)
"""How much of the synthetic country is learned from beside a user's reference: what his may lack, in less time."""
