"""Puts what the stages computed for one address into an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.record import READING_SCHEMA
from indexer.retrieval import Channel
from models.calibration import ListwiseCalibration
from models.ranker import AdditiveRanker
from parser.parse import Parse
from parser.reading import READING_FIELDS, Reading
from service.matching.answer import Answer
from service.matching.comparison.columns import OtherReadings
from service.matching.comparison.features import FEATURES
from service.matching.explanation import (
    Contribution,
    ExplainedAbsence,
    ExplainedCandidate,
    Explanation,
    Field,
    FieldEvidence,
)
from service.matching.feature_words import FIELD_OF, feature_in_words, trait_in_words
from service.matching.ranking import CalibratedBatch, traits_for
from service.matching.relation import relations
from service.matching.sentences import why_absent_or_not, why_second
from service.matching.wording import Said, is_silent, worded

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
    others: OtherReadings,
    scorer: Scorer,
    uprn: str | None = None,
) -> Explanation:
    """Explain the answer for one query of a batch; list its best premises, and the one that is asked about."""
    starts = batch.starts()
    rows = np.arange(starts[query], starts[query + 1])
    texts = batch.ranked.candidates.texts.take(batch.ranked.text_rows()[rows]).to_pylist()
    candidates = tuple(
        _candidate(
            batch, int(row), text, _reading(parse, others, int(batch.ranked.reading[row])), scorer.ranker
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
    batch: CalibratedBatch, row: int, text: Mapping[str, str | int], asked: Reading, ranker: AdditiveRanker
) -> ExplainedCandidate:
    ranked = batch.ranked
    features = ranked.features[row]
    worth = ranker.contributions(features[None, :])[0]
    held = {name: text[column.name] for name, column in zip(READING_FIELDS, READING_SCHEMA, strict=True)}
    held["postcode"] = held["postcode"] or str(text["postcode"]).replace(" ", "").upper()
    channels = Channel(int(ranked.candidates.channels[ranked.pair[row]]))
    return ExplainedCandidate(
        uprn=str(text["uprn"]),
        address=str(text["address"]),
        probability=float(batch.probability[row]),
        relation=relations(features[None, :])[0],
        channels=tuple(str(c.name).lower() for c in Channel if c in channels),
        reading=asked,
        evidence=_evidence(features, worth, ranker.intercept, asdict(asked), held),
        log_odds=float(ranked.log_odds[row]),
    )


def _reading(parse: Parse, others: OtherReadings, other: int) -> Reading:
    """Return the reading of the best parse, or another one by its row."""
    if other < 0:
        return parse.reading
    (row,) = others.readings.slice(other, 1).to_pylist()
    return Reading(
        **{name: row[column.name] for name, column in zip(READING_FIELDS, READING_SCHEMA, strict=True)}
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
    traits = traits_for(calibration, batch.ranked)[query]
    added = calibration.absent_contributions(traits[None, :])[0].tolist()
    names = [*calibration.traits, "prior"]
    values = [*traits.tolist(), calibration.prior]
    contributions = [
        Contribution(name, trait_in_words(name, value), worth)
        for name, value, worth in zip(names, values, added, strict=True)
    ]
    probability = float(batch.absent[query])
    return ExplainedAbsence(
        probability, _weightiest_first(contributions), sum(added), why_absent_or_not(probability, candidates)
    )


def _weightiest_first(contributions: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=lambda c: -abs(c.log_odds)))
