from typing import Any

from address_match.models.training_extra import training_extra_for

with training_extra_for():
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss

MATRYOSHKA = (256, 128, 64)
"""Leading dimensions that are trained to serve alone, besides all of them."""
TEMPERATURE_SCALE = 20.0
"""Cosines are multiplied by it before the softmax over the batch."""


def ranking_loss(model: Any, dimensions: int) -> Any:
    """Return the loss of a batch of pairs: each first text is to find its second among those of the batch.

    It is summed over the leading dimensions (Henderson et al., 2017; Kusupati et al., 2022).
    """
    cuts = [dimensions, *(cut for cut in MATRYOSHKA if cut < dimensions)]
    ranking = MultipleNegativesRankingLoss(model, scale=TEMPERATURE_SCALE)
    return MatryoshkaLoss(model, ranking, matryoshka_dims=cuts)
