"""The ranker: a learned sum of contributions that gives a pair its log-odds, and how it is fitted."""

from address_match.models.ranker.additive_ranker import AdditiveRanker, FeatureSpec
from address_match.models.ranker.fit import fit_ranker

__all__ = ["AdditiveRanker", "FeatureSpec", "fit_ranker"]
