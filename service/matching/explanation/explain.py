"""Puts what the stages computed for one address into an explanation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

import numpy as np

from address_match.indexer.retrieval import Channel
from address_match.indexer.texts.schemas import PARSED_FIELDS_SCHEMA
from address_match.models.calibration import ListwiseCalibration
from address_match.models.ranker import AdditiveRanker
from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import PARSED_FIELDS, ParsedFields
from address_match.service.matching.account.agreed_relation import agreed_relations
from address_match.service.matching.account.fault import Compared, faults_of
from address_match.service.matching.account.field_words import Said, Values, field_in_words, is_silent
from address_match.service.matching.account.match_code import match_code
from address_match.service.matching.account.verdict import ELEMENTS, Verdict, verdicts_of
from address_match.service.matching.account.word_account import word_accounts
from address_match.service.matching.answer import Answer, Relation
from address_match.service.matching.explanation.explanation import (
    Contribution,
    ExplainedAbsence,
    ExplainedCandidate,
    Explanation,
    FieldEvidence,
)
from address_match.service.matching.explanation.sentences import why_absent_or_not, why_second
from address_match.service.matching.features.feature import Feature, Field
from address_match.service.matching.features.table import FEATURES
from address_match.service.matching.query.query_columns import AlternativeParses
from address_match.service.matching.ranking.outdone import OUTDONE_LOG_ODDS
from address_match.service.matching.ranking.query_features import DECLARED_QUERY_FEATURES
from address_match.service.matching.ranking.rank import CalibratedBatch, query_features_for

Value = TypeVar("Value")
_QUERY_FEATURE = {feature.name: feature for feature in DECLARED_QUERY_FEATURES}


_READ_OF_TEXTS = ["uprn", "address", "postcode", "source", *PARSED_FIELDS_SCHEMA.names]


def _columns_of_fields() -> dict[Field, list[tuple[int, Feature]]]:
    """Return which columns of a comparison vector tell of each field, with their features."""
    columns: dict[Field, list[tuple[int, Feature]]] = {}
    for column, feature in enumerate(FEATURES):
        columns.setdefault(feature.field, []).append((column, feature))
    return columns


_COLUMNS_OF_FIELDS = _columns_of_fields()


@dataclass(frozen=True, slots=True)
class _ComparedBatch:
    """What is computed at once of all premises of a batch that are listed, one entry each."""

    rows: list[int]
    """Of the ranked batch."""
    texts: list[dict[str, str | int]]
    """Columns of `_READ_OF_TEXTS`."""
    features: list[list[float]]
    """In the order of `FEATURES`."""
    contributions: list[list[float]]
    """What each feature adds to the log-odds."""
    verdicts: list[list[int]]
    """In the order of `ELEMENTS`."""
    relations: list[Relation]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the answers of one batch by what scored its candidates and absence."""

    batch: CalibratedBatch
    alternatives: AlternativeParses
    """Those of the queries of the batch."""
    ranker: AdditiveRanker
    calibration: ListwiseCalibration

    def explain(
        self,
        parses: Sequence[Parse],
        answers: Sequence[Answer],
        *,
        listed: int,
        uprn: str | None = None,
    ) -> list[Explanation]:
        """Explain the answers of all queries, in order; list the `listed` best premises of each, and the one that is
        asked about.
        """
        bounds = self.batch.starts().tolist()
        chosen = [self._rows(first, behind, listed, uprn) for first, behind in pairwise(bounds)]
        compared = self._compared([row for rows in chosen for row in rows])
        places, absences = iter(range(len(compared.rows))), self._absences()
        explanations: list[Explanation] = []
        for query, (rows, parse, answer) in enumerate(zip(chosen, parses, answers, strict=True)):
            candidates = tuple(self._candidate(next(places), compared, parse) for _ in rows)
            absence = self._absence(query, *next(absences), candidates)
            explanations.append(Explanation(parse, answer, candidates, why_second(candidates), absence))
        return explanations

    def _rows(self, first: int, behind: int, listed: int, uprn: str | None) -> list[int]:
        """Return the rows of the ranked batch that are listed of a query, whose rows begin at `first`."""
        rows = list(range(first, min(first + listed, behind)))
        if uprn is not None:
            ranked = self.batch.ranked
            rest = np.arange(first + len(rows), behind)
            held = ranked.candidates.texts.strings("uprn").at(ranked.text_rows()[rest])
            rows += [row for row, each in zip(rest.tolist(), held, strict=True) if each == uprn]
        return rows

    def _compared(self, rows: list[int]) -> _ComparedBatch:
        ranked, places = self.batch.ranked, np.array(rows, dtype=np.int64)
        features = ranked.features.take(places)
        verdicts = verdicts_of(features)
        return _ComparedBatch(
            rows=rows,
            texts=ranked.candidates.texts.listed(ranked.text_rows()[places], _READ_OF_TEXTS),
            features=features.ranked.tolist(),
            contributions=self.ranker.contributions(features.ranked).tolist(),
            verdicts=verdicts.tolist(),
            relations=agreed_relations(features, verdicts),
        )

    def _fields(self, parse: Parse, alternative: int) -> ParsedFields:
        """Return the fields of the likeliest parse, or those of another one by its row."""
        if alternative < 0:
            return parse.fields
        return self.alternatives.fields.parsed[alternative]

    def _candidate(self, place: int, compared: _ComparedBatch, parse: Parse) -> ExplainedCandidate:
        ranked, row, text = self.batch.ranked, compared.rows[place], compared.texts[place]
        query = self._fields(parse, int(ranked.alternative[row]))
        said = dict(zip(PARSED_FIELDS, attrgetter(*PARSED_FIELDS)(query), strict=True))
        held = _by_field_name(text)
        held["postcode"] = held["postcode"] or str(text["postcode"]).replace(" ", "").upper()
        channels = Channel(int(ranked.candidates.channels[ranked.pair[row]]))
        address, of_elements = str(text["address"]), compared.verdicts[place]
        evidence = self._evidence(place, compared, said, held)
        by_element = dict(zip(ELEMENTS, map(Verdict, of_elements), strict=True))
        words = word_accounts(parse, address, by_element)
        weights = {each.field: each.log_odds for each in evidence}
        return ExplainedCandidate(
            uprn=str(text["uprn"]),
            address=address,
            probability=float(self.batch.probability[row]),
            relation=compared.relations[place],
            channels=tuple(str(c.name).lower() for c in Channel if c in channels),
            fields=query,
            evidence=evidence,
            words=words,
            match_code=match_code(tuple(of_elements)),
            faults=faults_of(Compared(by_element, words, said, held, weights)),
            log_odds=float(ranked.log_odds[row]),
            source=str(text["source"]),
        )

    def _evidence(
        self, place: int, compared: _ComparedBatch, query: Said, candidate: Said
    ) -> tuple[FieldEvidence, ...]:
        """Group what the features of a pair add by field."""
        start = [Contribution("intercept", "of every candidate", self.ranker.intercept)]
        evidence = [_evidence_of(Field.START, {}, start, query, candidate)]
        values, worth = compared.features[place], compared.contributions[place]
        is_outdone = bool(self.batch.ranked.is_outdone[compared.rows[place]])
        for field, columns in _COLUMNS_OF_FIELDS.items():
            of_field = {feature: values[column] for column, feature in columns}
            added = [Contribution(f.name, f.value_in_words(values[c]), worth[c]) for c, f in columns]
            if field is Field.STREET and is_outdone:
                words = "another candidate is on the asked street, or of the asked name"
                added.append(Contribution("namesake", words, OUTDONE_LOG_ODDS))
            evidence.append(_evidence_of(field, of_field, added, query, candidate))
        return tuple(sorted(evidence, key=lambda e: -abs(e.log_odds)))

    def _absences(self) -> Iterator[tuple[list[Contribution], float]]:
        """Yield for each query what adds to the score of absence, and that score."""
        calibration = self.calibration
        values = query_features_for(calibration, self.batch.ranked)
        added = calibration.absent_contributions(values).tolist()
        names = [*calibration.query_features, "prior"]
        features = [_QUERY_FEATURE[name] for name in calibration.query_features]
        prior = f"share of addresses that is expected to be absent: {calibration.prior:.2f}"
        for of_query, weights in zip(values.tolist(), added, strict=True):
            in_words = [f.value_in_words(value) for f, value in zip(features, of_query, strict=True)]
            contributions = zip(names, [*in_words, prior], weights, strict=True)
            yield [Contribution(*each) for each in contributions], sum(weights)

    def _absence(
        self,
        query: int,
        contributions: Sequence[Contribution],
        log_odds: float,
        candidates: Sequence[ExplainedCandidate],
    ) -> ExplainedAbsence:
        probability = float(self.batch.absent[query])
        words = why_absent_or_not(probability, candidates)
        return ExplainedAbsence(probability, _weightiest_first(contributions), log_odds, words)


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
