"""Labelled pairs for the ranker and the calibration: noisy queries sent through the stages of matching itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.ports import Encoder
from address_match.indexer.retrieval import Candidates, Quotas, Retriever
from address_match.models.ranker import AdditiveRanker
from address_match.models.synthesis.queries import NoisyQuery
from address_match.parser.address_parser import AddressParser
from address_match.service.matching.answer import Reason
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.record_status import RecordStatus
from address_match.service.matching.features.table import compare
from address_match.service.matching.query.parse_and_encode import ParsedBatch, parse_and_encode
from address_match.service.matching.ranking.query_features import QUERY_FEATURES
from address_match.service.matching.ranking.rank import RankedBatch, rank
from address_match.service.matching.rules.acceptance_rules import reasons_to_abstain

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class LabelledPairs:
    """Features of pairs, and which of them join a query to its premises."""

    features: NDArray[np.float32]
    """Shape (pairs, features)."""
    right: NDArray[np.bool_]
    """Shape (pairs,)."""
    query: NDArray[np.int64]
    """Shape (pairs,): ascending."""
    absent: NDArray[np.bool_]
    """Shape (queries,): whether the premises asked for is held out."""

    @classmethod
    def joined(cls, parts: "Sequence[LabelledPairs]") -> "LabelledPairs":
        """Put the pairs of several batches or tasks together, at least one, the queries numbered on."""
        starts = np.cumsum([0, *(len(part.absent) for part in parts)])
        return cls(
            np.concatenate([part.features for part in parts]),
            np.concatenate([part.right for part in parts]),
            np.concatenate([part.query + start for part, start in zip(parts, starts, strict=False)]),
            np.concatenate([part.absent for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class LabelledRankings:
    """Ranked premises of many queries, and which of them are right."""

    log_odds: NDArray[np.float64]
    """Shape (premises,)."""
    query: NDArray[np.int64]
    """Shape (premises,): ascending."""
    right: NDArray[np.bool_]
    """Shape (premises,)."""
    query_features: NDArray[np.float64]
    """Shape (queries, query features)."""
    abstained: NDArray[np.bool_]
    """Shape (queries,): whether a rule keeps the best candidate from being matched, however sure."""

    @classmethod
    def joined(cls, parts: "Sequence[LabelledRankings]") -> "LabelledRankings":
        """Put the rankings of several batches together, the queries numbered on."""
        if not parts:
            nothing = np.empty(0)
            no = nothing.astype(bool)
            return cls(nothing, nothing.astype(np.int64), no, np.empty((0, len(QUERY_FEATURES))), no)
        starts = np.cumsum([0, *(len(part.query_features) for part in parts)])
        return cls(
            np.concatenate([part.log_odds for part in parts]),
            np.concatenate([part.query + start for part, start in zip(parts, starts, strict=False)]),
            np.concatenate([part.right for part in parts]),
            np.concatenate([part.query_features for part in parts]),
            np.concatenate([part.abstained for part in parts]),
        )


def labelled_pairs(
    queries: Sequence[NoisyQuery], parser: AddressParser, encoder: Encoder, retriever: Retriever
) -> LabelledPairs:
    """Compare each query, of which there is at least one, with its candidates."""
    parts = []
    for part, batch, candidates in _retrieved(queries, parser, encoder, retriever):
        uprns = candidates.texts.strings("uprn").rows()
        pairs = zip(candidates.query.tolist(), candidates.text.tolist(), strict=True)
        parts.append(
            LabelledPairs(
                compare(Pairs(batch.columns, candidates, retriever.statistics)).ranked,
                np.array([uprns[t] in _accepted(part[q]) for q, t in pairs], dtype=bool),
                candidates.query.astype(np.int64),
                np.array([query.absent for query in part], dtype=bool),
            )
        )
    return LabelledPairs.joined(parts)


def labelled_rankings(
    queries: Sequence[NoisyQuery],
    parser: AddressParser,
    encoder: Encoder,
    retriever: Retriever,
    ranker: AdditiveRanker,
) -> LabelledRankings:
    """Rank the candidates of each query."""
    parts: list[LabelledRankings] = []
    for part, batch, candidates in _retrieved(queries, parser, encoder, retriever):
        ranked = rank(batch.columns, candidates, retriever.statistics, ranker)
        uprns = candidates.texts.strings("uprn").at(ranked.text_rows())
        right = [u in _accepted(part[q]) for u, q in zip(uprns, ranked.query.tolist(), strict=True)]
        parts.append(
            LabelledRankings(
                ranked.log_odds,
                ranked.query,
                np.array(right, dtype=bool),
                ranked.query_features,
                _abstained(ranked),
            )
        )
    return LabelledRankings.joined(parts)


def _abstained(ranked: RankedBatch) -> NDArray[np.bool_]:
    """Return for each query whether a rule keeps its best candidate from being accepted."""
    owner, best = np.unique(ranked.query, return_index=True)
    features = ranked.features.take(best)
    abstained = np.zeros(len(ranked.query_features), dtype=bool)
    forbidden = [reason is not Reason.NONE for reason in reasons_to_abstain(features)]
    abstained[owner] = forbidden | (features.record_status == RecordStatus.NOT_ADDRESSABLE)
    return abstained


def _retrieved(
    queries: Sequence[NoisyQuery], parser: AddressParser, encoder: Encoder, retriever: Retriever
) -> Iterator[tuple[Sequence[NoisyQuery], ParsedBatch, Candidates]]:
    """Yield the queries of a batch, what they were parsed into, and the candidates of all channels."""
    for start in range(0, len(queries), BATCH):
        part = queries[start : start + BATCH]
        batch = parse_and_encode([query.text for query in part], parser, encoder)
        yield part, batch, retriever.retrieve(batch.queries, Quotas())


def _accepted(query: NoisyQuery) -> frozenset[str]:
    if query.absent:
        return frozenset()
    return frozenset((query.uprn, *query.accept_uprns))
