"""Where another decision begins: the probabilities and sizes of streets at which a matcher would answer otherwise."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.answer_columns import PROBABILITY_DIGITS
from address_match.service.batch.since.earlier_answers import EarlierAnswers, log_odds
from address_match.service.batch.since.word_steps import WordSteps
from address_match.service.matching.decision.decide import HELD_FROM, LEAST_BY_WORDS
from address_match.service.matching.decision.equal_text import equal_text_probability
from address_match.service.matching.features.streets.street import STREET_SIZE
from address_match.service.matching.pipeline import MatchPipeline


@dataclass(frozen=True, slots=True)
class Borders:
    """Probabilities at which a decision changes, and where the size of a street does."""

    threshold: float
    """Least probability of a match."""
    by_equal_text: float
    """Probability of an answer without a search, as the columns of answers have it; no number where every row is searched for."""
    street_sizes: NDArray[np.float32]
    """Where the ranker tells one size of a street from the next; ascending."""
    word_steps: WordSteps
    """How far it goes where it tells one share of words from the next."""

    @classmethod
    def of(cls, pipeline: MatchPipeline, options: MatchOptions) -> "Borders":
        """Return those of a matcher, asked under some options."""
        ranker = pipeline.ranker
        names = [spec.name for spec in ranker.specs]
        sizes = ranker.edges[names.index(STREET_SIZE.name)]
        searched = options.thorough or options.explain or options.audit or options.historical
        equal = (
            math.nan
            if searched or (options.top or 1) > 1
            else equal_text_probability(pipeline.calibration.prior)
        )
        return cls(pipeline.threshold, round(equal, PROBABILITY_DIGITS), sizes, WordSteps.of(ranker))

    def are_near(self, answers: EarlierAnswers, within: float | NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which answers lie fewer log-odds than `within` from a probability at which they would be decided
        otherwise, shape (rows,).
        """
        best, threshold = answers.log_odds, log_odds(self.threshold)
        by_words = log_odds(min(LEAST_BY_WORDS, self.threshold))
        near_match = abs(best - threshold) < within
        near_match_by_words = (abs(best - by_words) < within) & (best < threshold)
        near_absence = (abs(answers.absent_log_odds - log_odds(1 - HELD_FROM)) < within) & ~answers.is_matched
        found: NDArray[np.bool_] = near_match | near_match_by_words | near_absence
        return found
