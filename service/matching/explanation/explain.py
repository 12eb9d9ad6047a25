"""Puts what the stages computed for one address into an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar

import numpy as np

from address_match.indexer.record import PARSED_FIELDS_SCHEMA
from address_match.indexer.retrieval import Channel
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker import AdditiveRanker
from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.service.matching.account.agreed_relation import agreed_relations
from address_match.service.matching.account.fault import Compared, faults_of
from address_match.service.matching.account.match_code import match_code
from address_match.service.matching.account.verdict import ELEMENTS, Verdict, verdicts_of
from address_match.service.matching.account.word_account import word_accounts
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import (
    Contribution,
    ExplainedAbsence,
    ExplainedCandidate,
    Explanation,
    FieldEvidence,
)
from address_match.service.matching.explanation.field_words import Said, Values, field_in_words, is_silent
from address_match.service.matching.explanation.sentences import why_absent_or_not, why_second
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.table import FEATURES, FeatureTable
from address_match.service.matching.query.query_columns import AlternativeParses
from address_match.service.matching.ranking.outdone import OUTDONE_LOG_ODDS
from address_match.service.matching.ranking.query_features import DECLARED_QUERY_FEATURES
from address_match.service.matching.ranking.rank import CalibratedBatch, query_features_for

Value = TypeVar("Value")
LISTED = 10
"""Candidates that an explanation lists."""
_QUERY_FEATURE = {feature.name: feature for feature in DECLARED_QUERY_FEATURES}


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the answers of one batch by what scored its candidates and absence."""

    batch: CalibratedBatch
    alternatives: AlternativeParses
    """Those of the queries of the batch."""
    ranker: AdditiveRanker
    calibration: ListwiseCalibration

    def explain(self, query: int, parse: Parse, answer: Answer, *, uprn: str | None = None) -> Explanation:
        """Explain the answer for one query; list its best premises, and the one that is asked about."""
        starts = self.batch.starts()
        rows = np.arange(starts[query], starts[query + 1])
        ranked = self.batch.ranked
        texts = ranked.candidates.texts.take(ranked.text_rows()[rows]).to_pylist()
        candidates = tuple(
            self._candidate(row, text, parse)
            for place, (row, text) in enumerate(zip(rows.tolist(), texts, strict=True))
            if place < LISTED or text["uprn"] == uprn
        )
        absence = self._absence(query, candidates)
        return Explanation(parse, answer, candidates, why_second(candidates), absence)

    def _fields(self, parse: Parse, alternative: int) -> ParsedFields:
        """Return the fields of the likeliest parse, or those of another one by its row."""
        if alternative < 0:
            return parse.fields
        (row,) = self.alternatives.fields.slice(alternative, 1).to_pylist()
        return ParsedFields(**_by_field_name(row))

    def _candidate(self, row: int, text: Mapping[str, str | int], parse: Parse) -> ExplainedCandidate:
        ranked = self.batch.ranked
        query = self._fields(parse, int(ranked.alternative[row]))
        features = ranked.features.take(np.array([row]))
        held = _by_field_name(text)
        held["postcode"] = held["postcode"] or str(text["postcode"]).replace(" ", "").upper()
        channels = Channel(int(ranked.candidates.channels[ranked.pair[row]]))
        address = str(text["address"])
        evidence = self._evidence(features, asdict(query), held, is_outdone=bool(ranked.is_outdone[row]))
        verdicts = verdicts_of(features)
        (of_elements,) = verdicts.tolist()
        by_element = dict(zip(ELEMENTS, map(Verdict, of_elements), strict=True))
        words = word_accounts(parse, address, by_element)
        weights = {each.field: each.log_odds for each in evidence}
        return ExplainedCandidate(
            uprn=str(text["uprn"]),
            address=address,
            probability=float(self.batch.probability[row]),
            relation=agreed_relations(features, verdicts)[0],
            channels=tuple(str(c.name).lower() for c in Channel if c in channels),
            fields=query,
            evidence=evidence,
            words=words,
            match_code=match_code(tuple(of_elements)),
            faults=faults_of(Compared(by_element, words, asdict(query), held, weights)),
            log_odds=float(ranked.log_odds[row]),
            source=str(text["source"]),
        )

    def _evidence(
        self, features: FeatureTable, query: Said, candidate: Said, *, is_outdone: bool
    ) -> tuple[FieldEvidence, ...]:
        """Group what the features of a pair, a table of one row, add by field."""
        worth = dict(zip(FEATURES, self.ranker.contributions(features.ranked)[0].tolist(), strict=True))
        by_field: dict[Field, dict[Feature, float]] = {}
        for feature in FEATURES:
            by_field.setdefault(feature.field, {})[feature] = float(features.column(feature)[0])
        start = [Contribution("intercept", "of every candidate", self.ranker.intercept)]
        evidence = [_evidence_of(Field.START, {}, start, query, candidate)]
        for field, values in by_field.items():
            added = [Contribution(f.name, f.value_in_words(value), worth[f]) for f, value in values.items()]
            if field is Field.STREET and is_outdone:
                added.append(
                    Contribution(
                        "namesake", "the asked street is held, and its number there", OUTDONE_LOG_ODDS
                    )
                )
            evidence.append(_evidence_of(field, values, added, query, candidate))
        return tuple(sorted(evidence, key=lambda e: -abs(e.log_odds)))

    def _absence(self, query: int, candidates: Sequence[ExplainedCandidate]) -> ExplainedAbsence:
        calibration = self.calibration
        values = query_features_for(calibration, self.batch.ranked)[query]
        added = calibration.absent_contributions(values[None, :])[0].tolist()
        in_words = [
            _QUERY_FEATURE[name].value_in_words(value)
            for name, value in zip(calibration.query_features, values.tolist(), strict=True)
        ]
        in_words.append(f"share of addresses that is expected to be absent: {calibration.prior:.2f}")
        names = [*calibration.query_features, "prior"]
        contributions = [Contribution(*each) for each in zip(names, in_words, added, strict=True)]
        probability = float(self.batch.absent[query])
        return ExplainedAbsence(
            probability,
            _weightiest_first(contributions),
            sum(added),
            why_absent_or_not(probability, candidates),
        )


def _by_field_name(row: Mapping[str, Value]) -> dict[str, Value]:
    """Return the columns of an index that hold parsed fields, by the names of the fields."""
    return {name: row[column.name] for name, column in zip(PARSED_FIELDS, PARSED_FIELDS_SCHEMA, strict=True)}


def _evidence_of(
    field: Field, values: Values, contributions: Sequence[Contribution], query: Said, candidate: Said
) -> FieldEvidence:
    return FieldEvidence(
        field=field,
        words=field_in_words(field, values, query, candidate),
        log_odds=sum(c.log_odds for c in contributions),
        contributions=_weightiest_first(contributions),
        silent=is_silent(field, values, query, candidate),
    )


def _weightiest_first(contributions: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=lambda c: -abs(c.log_odds)))
