"""The ranker: a learned sum of contributions that gives a pair its log-odds; `fit` fits it."""

from address_match.models.ranker.additive_ranker import AdditiveRanker, FeatureSpec

__all__ = ["AdditiveRanker", "FeatureSpec"]
