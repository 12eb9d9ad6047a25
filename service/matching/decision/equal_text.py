"""Answers for addresses that equal a text of exactly one premises, except for case, punctuation and abbreviation."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.retrieval import EqualTexts
from address_match.models.calibration.listwise import FLOOR
from address_match.models.calibration.prior import DEFAULT_PRIOR, at_prior
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import Answer, RankedPremises, Relation
from address_match.service.matching.features.record_status import addressable

ABSENT = 1e-4
"""Probability at the default prior that a premises is meant which the reference lacks and which is written as the only
one that it holds: twice what `benchmarks.equal_texts` counts, for real registers have more of them.
"""
_FULL_POSTCODE = 5
"""Characters of the shortest; an outcode alone is shorter."""
_FORMER = "historical"


def equal_text_probability(prior: float) -> float:
    """Return the probability that such an answer is right at a prior of absence in (0, 1)."""
    absent = at_prior(np.array([ABSENT]), DEFAULT_PRIOR, prior)[0]
    return float(1 - max(absent, FLOOR))


def answers_by_equal_text(found: EqualTexts, probability: float) -> dict[int, Answer]:
    """Return the answers for addresses by their positions, of those whose text says enough to be the premises that is
    meant.
    """
    texts = found.texts
    rows = _says_enough(texts).tolist()
    uprns, addresses, towns = (texts.column(name).to_pylist() for name in ("uprn", "address", "town"))
    level = Level.PREMISES.value
    answers: dict[int, Answer] = {}
    for row, query in enumerate(found.query.tolist()):
        if rows[row]:
            best = RankedPremises(uprns[row], addresses[row], probability, Relation.EXACT, level)
            answers[query] = Answer.matched(
                best, absent_probability=1 - probability, candidates=(best,), town=towns[row]
            )
    return answers


def _says_enough(texts: pa.Table) -> NDArray[np.bool_]:
    """Return for each text whether it is of now, names a premises itself and its full postcode, and that can be an
    answer.

    What is left is searched for as ever: streets, land, `REAR OF 12`, former texts, and whatever may have a namesake
    elsewhere.
    """
    names_premises = pc.or_(
        pc.not_equal(texts.column("building"), ""),
        pc.and_(pc.greater_equal(texts.column("number"), 0), pc.not_equal(texts.column("street"), "")),
    )
    conditions = (
        names_premises,
        pc.greater_equal(pc.utf8_length(texts.column("reading_postcode")), _FULL_POSTCODE),
        pc.equal(texts.column("position"), ""),
        pc.not_equal(texts.column("text_kind"), _FORMER),
        pc.not_equal(texts.column("status"), _FORMER),
    )
    enough = np.array(
        [addressable(one) for one in texts.column("classification").to_pylist()], dtype=np.bool_
    )
    for condition in conditions:
        enough &= condition.to_numpy(zero_copy_only=False)
    return enough
