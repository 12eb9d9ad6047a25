"""Puts what the stages computed for one address into an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.indexer.record import PARSED_FIELDS_SCHEMA
from address_match.indexer.retrieval import Channel
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker.additive_ranker import AdditiveRanker
from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.service.matching.answer import Answer
from address_match.service.matching.decision.relation import relations
from address_match.service.matching.explanation.explanation import (
    Contribution,
    ExplainedAbsence,
    ExplainedCandidate,
    Explanation,
    Field,
    FieldEvidence,
)
from address_match.service.matching.explanation.feature_words import (
    FIELD_OF,
    feature_in_words,
    query_feature_in_words,
)
from address_match.service.matching.explanation.field_words import Said, is_silent, worded
from address_match.service.matching.explanation.sentences import why_absent_or_not, why_second
from address_match.service.matching.features.columns.pairs import AlternativeParses
from address_match.service.matching.features.features import FEATURES
from address_match.service.matching.ranking.rank import CalibratedBatch, query_features_for

LISTED = 10
"""Candidates that an explanation lists."""


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scored the candidates and absence; it says what each score is made of."""

    ranker: AdditiveRanker
    calibration: ListwiseCalibration


def explain(
    parse: Parse,
    answer: Answer,
    batch: CalibratedBatch,
    query: int,
    others: AlternativeParses,
    scorer: Scorer,
    uprn: str | None = None,
) -> Explanation:
    """Explain the answer for one query of a batch; list its best premises, and the one that is asked about."""
    starts = batch.starts()
    rows = np.arange(starts[query], starts[query + 1])
    texts = batch.ranked.candidates.texts.take(batch.ranked.text_rows()[rows]).to_pylist()
    candidates = tuple(
        _candidate(
            batch, int(row), text, _reading(parse, others, int(batch.ranked.alternative[row])), scorer.ranker
        )
        for place, (row, text) in enumerate(zip(rows, texts, strict=True))
        if place < LISTED or text["uprn"] == uprn
    )
    return Explanation(
        parse,
        answer,
        candidates,
        why_second(candidates),
        _absence(batch, query, scorer.calibration, candidates),
    )


def _candidate(
    batch: CalibratedBatch,
    row: int,
    text: Mapping[str, str | int],
    asked: ParsedFields,
    ranker: AdditiveRanker,
) -> ExplainedCandidate:
    ranked = batch.ranked
    features = ranked.features[row]
    worth = ranker.contributions(features[None, :])[0]
    held = {name: text[column.name] for name, column in zip(PARSED_FIELDS, PARSED_FIELDS_SCHEMA, strict=True)}
    held["postcode"] = held["postcode"] or str(text["postcode"]).replace(" ", "").upper()
    channels = Channel(int(ranked.candidates.channels[ranked.pair[row]]))
    return ExplainedCandidate(
        uprn=str(text["uprn"]),
        address=str(text["address"]),
        probability=float(batch.probability[row]),
        relation=relations(features[None, :])[0],
        channels=tuple(str(c.name).lower() for c in Channel if c in channels),
        fields=asked,
        evidence=_evidence(features, worth, ranker.intercept, asdict(asked), held),
        log_odds=float(ranked.log_odds[row]),
    )


def _reading(parse: Parse, others: AlternativeParses, other: int) -> ParsedFields:
    """Return the reading of the best parse, or another one by its row."""
    if other < 0:
        return parse.fields
    (row,) = others.fields.slice(other, 1).to_pylist()
    return ParsedFields(
        **{name: row[column.name] for name, column in zip(PARSED_FIELDS, PARSED_FIELDS_SCHEMA, strict=True)}
    )


def _evidence(
    features: NDArray[np.float32], worth: NDArray[np.float64], intercept: float, asked: Said, held: Said
) -> tuple[FieldEvidence, ...]:
    """Group what the features of a pair add by field."""
    values = {spec.name: float(value) for spec, value in zip(FEATURES, features, strict=True)}
    groups: dict[Field, list[Contribution]] = {
        Field.START: [Contribution("intercept", "of every candidate", intercept)]
    }
    for spec, added in zip(FEATURES, worth.tolist(), strict=True):
        in_words = feature_in_words(spec, values[spec.name])
        groups.setdefault(FIELD_OF[spec.name], []).append(Contribution(spec.name, in_words, added))
    evidence = [
        FieldEvidence(
            field,
            worded(field, values, asked, held),
            sum(c.log_odds for c in parts),
            _weightiest_first(parts),
            is_silent(field, values, asked, held),
        )
        for field, parts in groups.items()
    ]
    return tuple(sorted(evidence, key=lambda e: -abs(e.log_odds)))


def _absence(
    batch: CalibratedBatch,
    query: int,
    calibration: ListwiseCalibration,
    candidates: Sequence[ExplainedCandidate],
) -> ExplainedAbsence:
    query_features = query_features_for(calibration, batch.ranked)[query]
    added = calibration.absent_contributions(query_features[None, :])[0].tolist()
    names = [*calibration.query_features, "prior"]
    values = [*query_features.tolist(), calibration.prior]
    contributions = [
        Contribution(name, query_feature_in_words(name, value), worth)
        for name, value, worth in zip(names, values, added, strict=True)
    ]
    probability = float(batch.absent[query])
    return ExplainedAbsence(
        probability, _weightiest_first(contributions), sum(added), why_absent_or_not(probability, candidates)
    )


def _weightiest_first(contributions: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=lambda c: -abs(c.log_odds)))
