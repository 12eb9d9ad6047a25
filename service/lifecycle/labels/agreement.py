"""How far two coders agree beyond chance."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from address_match.service.evaluation.intervals import share_interval
from address_match.service.lifecycle.labels.label_set import judgements_of
from address_match.service.lifecycle.labels.store import CodedAnswers
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict

_Z = 1.959964
"""Of the 95 % interval."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of two coders, with its 95 % interval; None where chance alone would agree everywhere."""

    answers: int
    """That both labelled."""
    agreeing: int
    kappa: float | None
    low: float | None
    high: float | None

    def as_json(self, coders: tuple[str, str]) -> dict[str, object]:
        """Give it as a JSON object, with the names of the two."""
        return {
            "coders": list(coders),
            "answers": self.answers,
            "alike": self.agreeing,
            "kappa": self.kappa,
            "low": self.low,
            "high": self.high,
        }


def agreements_of(coded: Sequence[CodedAnswers]) -> dict[tuple[str, str], Agreement]:
    """Compare each two coders who labelled some of the same answers, by their names."""
    coders = sorted({one.coder for one in coded if not one.adjudicates})
    pairs = {
        (one, other): agreement(judgements_of(coded, one), judgements_of(coded, other))
        for one, other in combinations(coders, 2)
    }
    return {pair: found for pair, found in pairs.items() if found.answers}


def agreement(first: Mapping[str, Judgement], second: Mapping[str, Judgement]) -> Agreement:
    """Compare what two coders said of the same answers; they agree where they mean the same premises.

    Two that name different premises in place of the answer's are counted as two categories.
    """
    shared = sorted(first.keys() & second.keys())
    pairs = [(first[name], second[name]) for name in shared]
    agreeing = sum(one == other for one, other in pairs)
    return _kappa(_table(pairs), agreeing) if pairs else Agreement(0, 0, None, None, None)


def _table(pairs: Sequence[tuple[Judgement, Judgement]]) -> NDArray[np.float64]:
    """Count pairs of verdicts; the last category is another premises than the first coder names."""
    places = {verdict: place for place, verdict in enumerate(Verdict)}
    counts = np.zeros((len(places) + 1, len(places) + 1))
    for one, other in pairs:
        differ = one.verdict is other.verdict and one != other
        counts[places[one.verdict], len(places) if differ else places[other.verdict]] += 1
    return counts


def _kappa(counts: NDArray[np.float64], agreeing: int) -> Agreement:
    """Return kappa (Cohen, Educational and Psychological Measurement 20, 1960) with the large-sample error of Fleiss,
    Cohen & Everitt

    (Psychological Bulletin 72, 1969, equation 13). Where all agree that error is nil, and the lower end is that of the
    exact interval of the share that agrees.
    """
    answers = int(counts.sum())
    p = counts / answers
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float(np.trace(p)), float(rows @ columns)
    if chance >= 1:
        return Agreement(answers, agreeing, None, None, None)
    kappa = (observed - chance) / (1 - chance)
    if agreeing == answers:
        low, _ = share_interval(agreeing, answers, "exact")
        return Agreement(answers, agreeing, kappa, (low - chance) / (1 - chance), 1.0)
    on = float(np.diag(p) @ (1 - (rows + columns) * (1 - kappa)) ** 2)
    sums = columns[:, None] + rows[None, :]
    off = (1 - kappa) ** 2 * float((p * sums**2).sum() - np.diag(p) @ np.diag(sums) ** 2)
    variance = (on + off - (kappa - chance * (1 - kappa)) ** 2) / (answers * (1 - chance) ** 2)
    error = _Z * math.sqrt(max(0.0, variance))
    return Agreement(answers, agreeing, kappa, max(-1.0, kappa - error), min(1.0, kappa + error))
