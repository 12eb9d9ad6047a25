"""Labels as rankings to fit a calibration to, each as often as answers it stands for."""

from collections.abc import Sequence

import numpy as np

from address_match.models.calibration.refit import WeighedRankings
from address_match.models.synthesis.queries import NoisyQuery
from address_match.service.lifecycle.labels.label_set import TrueAddress
from address_match.service.matching.pipeline import MatchPipeline
from address_match.service.matching.ranking.query_features import QUERY_FEATURES
from address_match.service.training.data.labelled_pairs import labelled_rankings
from address_match.service.training.data.user_labels import labelled_query


def weighed_labels(labels: Sequence[TrueAddress], pipeline: MatchPipeline) -> WeighedRankings:
    """Search for each labelled address in all channels, and say which of its premises is right."""
    accepted = [frozenset((one.uprn,)) if one.uprn else frozenset[str]() for one in labels]
    queries = [labelled_query(one.address, right) for one, right in zip(labels, accepted, strict=True)]
    return weighed_queries(queries, [one.weight for one in labels], pipeline)


def weighed_queries(
    queries: Sequence[NoisyQuery], weights: Sequence[float], pipeline: MatchPipeline
) -> WeighedRankings:
    """Do so for queries that may have several right premises."""
    found = labelled_rankings(queries, pipeline.parser, pipeline.encoder, pipeline.retriever, pipeline.ranker)
    learned = [QUERY_FEATURES.index(name) for name in pipeline.calibration.query_features]
    return WeighedRankings(
        log_odds=found.log_odds,
        query=found.query,
        right=found.right,
        query_features=found.query_features[:, learned],
        abstained=found.abstained,
        absent=np.array([query.absent for query in queries]),
        weight=np.array(weights),
    )
