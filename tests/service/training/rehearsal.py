from address_match.service.training.size import TrainingSize

REHEARSAL = TrainingSize(
    premises=4_000,
    reading_premises=4_800,
    parser_texts=1_500,
    wider_texts=60,
    encoder_pairs=1_800,
    ranker_queries=500,
    calibration_queries=500,
    parser_iterations=30,
    encoder_steps=40,
    interactions=6,
    own_queries=500,
    held_out_queries=200,
    reference_facts=150,
)
"""The least from which every part can be trained: a bundle of it goes the whole way and is of no other use."""
