"""Says in a sentence what decided: for or against the best candidate, and against the second."""

from collections.abc import Iterator, Sequence

from address_match.service.matching.explanation.explanation import ExplainedCandidate, FieldEvidence
from address_match.service.matching.features.feature import Field

EQUALLY = 0.01
"""Difference of log-odds within which two candidates fit equally well."""
_SUMS = frozenset({Field.START, Field.WORDS})
"""What nobody can check by reading the two addresses."""
_NOTHING = (0.0, "")


def why_absent_or_not(absent: float, candidates: Sequence[ExplainedCandidate]) -> str:
    """Return whether absence, of the probability `absent`, is likelier than the best candidate, and which field speaks
    most.
    """
    if not candidates:
        return "Nothing in the reference resembles this address."
    best = candidates[0]
    fields = [(e.log_odds, e.words) for e in _telling(best)]
    if absent > best.probability:
        worth, words = min(fields, default=_NOTHING)
        most = f"most speaks against it that {words} ({worth:+.1f})"
        return (
            f"That the reference does not hold the premises ({absent:.3f}) is likelier than the best candidate "
            f"({best.probability:.3f}); {most if worth < 0 else 'no single field speaks against it'}."
        )
    worth, words = max(fields, default=_NOTHING)
    most = f"most speaks for it that {words} ({worth:+.1f})"
    return (
        f"The best candidate ({best.probability:.3f}) is likelier than absence ({absent:.3f}); "
        f"{most if worth > 0 else 'no single field speaks for it'}."
    )


def why_second(candidates: Sequence[ExplainedCandidate]) -> str:
    """Return by which field the second lost most to the first; empty where there is no second."""
    if len(candidates) < 2:
        return ""
    best, second = candidates[:2]
    lost = second.log_odds - best.log_odds
    if abs(lost) <= EQUALLY:
        return f"{second.uprn} fits as well as the best: the address does not tell them apart."
    of_best = {e.field: e.log_odds for e in best.evidence}
    fields = [(e.log_odds - of_best.get(e.field, 0.0), e.words) for e in _telling(second)]
    by, words = min(fields, default=_NOTHING)
    most = f"most of it ({by:+.1f}) because {words}" if by < 0 else "by no single field"
    return f"{second.uprn} loses {-lost:.1f} to the best, {most}."


def _telling(candidate: ExplainedCandidate) -> Iterator[FieldEvidence]:
    """Yield the fields that a clerk can check by reading the two addresses."""
    return (e for e in candidate.evidence if e.field not in _SUMS and not e.silent)
