"""What an identifier that somebody gave is to the answer for its address."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from address_match.service.matching.answer import Answer, RankedPremises, Relation, Status

RIGHT_FROM = 0.5
"""Probability of the given premises from which it is likelier the one of the address than all others and absence
together.
"""
CONTRADICTED_BELOW = 0.01
"""Probability below which a premises that the address contradicts is wrong, also where no better one is known."""
_OTHER_POSTCODE = "!postcode"
_CONTRADICTED = ("!number", "!flat", "!building", "!street", "!position")
"""Marks in a match code: the address names another."""


class AuditVerdict(StrEnum):
    """Whether an identifier is the one of an address."""

    RIGHT = "right"
    POSTCODE_CONFLICT = "postcode_conflict"
    """The premises is the one that is meant, and the address has another postcode than it."""
    WRONG = "wrong"
    """The address means another premises."""
    PARENT = "parent"
    """It is the building, and the address means a part of it."""
    CHILD = "child"
    """It is a part, and the address means the building or what holds the part."""
    RETIRED = "retired"
    """The reference holds it as a former premises."""
    UNKNOWN = "unknown"
    """The reference does not hold it."""
    UNSURE = "unsure"
    """The address does not say."""
    NONE = ""
    """None was given."""


@dataclass(frozen=True, slots=True)
class AuditedRow:
    """What is said of one identifier."""

    verdict: AuditVerdict = AuditVerdict.NONE
    better: str = ""
    """The premises that the address means instead; empty where that is not sure."""
    probability: float | None = None
    """That `better` is the premises of the address, or where there is none, that the given one is."""


@dataclass(frozen=True, slots=True)
class GivenPremises:
    """The premises that somebody gave, as the reference holds it."""

    uprn: str
    is_retired: bool = False
    """Whether it is historical."""
    ancestors: Collection[str] = ()
    """Its parents up to the root."""


@dataclass(frozen=True, slots=True)
class AuditedAnswer:
    """The answer for an address, and what its judgement needs to know of the reference."""

    answer: Answer
    """With all likely candidates."""
    ancestors: Collection[str] = ()
    """Parents of its premises up to the root."""
    current: Collection[str] = ()
    """Which of its first candidates are premises of now."""

    @property
    def matched_uprn(self) -> str:
        """Return the premises that the address means; empty where that is not sure."""
        return self.answer.uprn if self.answer.status is Status.MATCHED else ""

    def candidate(self, uprn: str) -> RankedPremises:
        """Return a premises as a candidate, of no probability where it is none."""
        found = (one for one in self.answer.candidates if one.uprn == uprn)
        return next(found, RankedPremises(uprn, "", 0.0, Relation.NONE))

    def of_place(self, uprn: str) -> float:
        """Return the probability of a premises, together with that of its other identifiers."""
        twins = {twin.uprn for twin in self.answer.duplicates}
        place = {self.answer.candidates[0].uprn, *twins} if twins else set()
        together = place if uprn in place else {uprn}
        found = (one.probability for one in self.answer.candidates if one.uprn in together)
        return min(1.0, sum(found, start=0.0))


def verdict_of(audited: AuditedAnswer, given: GivenPremises | None) -> AuditedRow:
    """Judge an identifier by the answer for its address; `given` is None where the reference does not hold it."""
    if given is None:
        return _instead(AuditVerdict.UNKNOWN, audited, "")
    if given.is_retired:
        return _retired(audited, given.uprn)
    uprn, matched = given.uprn, audited.matched_uprn
    candidate, probability = audited.candidate(uprn), audited.of_place(uprn)
    marks = candidate.match_code.split()
    if candidate.relation is Relation.PARENT or uprn in audited.ancestors:
        return _instead(AuditVerdict.PARENT, audited, uprn)
    if candidate.relation is Relation.CHILD or (matched and matched in given.ancestors):
        return _instead(AuditVerdict.CHILD, audited, uprn)
    if probability >= RIGHT_FROM or uprn == matched:
        verdict = AuditVerdict.POSTCODE_CONFLICT if _OTHER_POSTCODE in marks else AuditVerdict.RIGHT
        return AuditedRow(verdict, "", probability)
    if matched or (probability < CONTRADICTED_BELOW and not {*_CONTRADICTED}.isdisjoint(marks)):
        return _instead(AuditVerdict.WRONG, audited, uprn)
    return AuditedRow(AuditVerdict.UNSURE, "", probability)


def _instead(verdict: AuditVerdict, audited: AuditedAnswer, given: str) -> AuditedRow:
    """Return a verdict with the premises that the address is matched with instead."""
    better = audited.matched_uprn if audited.matched_uprn != given else ""
    return AuditedRow(verdict, better, audited.candidate(better or given).probability)


def _retired(audited: AuditedAnswer, given: str) -> AuditedRow:
    """Return the premises that is matched instead, or would be likelier than not if the former one were not held."""
    if audited.matched_uprn not in {"", given}:
        return _instead(AuditVerdict.RETIRED, audited, given)
    own = audited.candidate(given).probability
    rest = max(1 - own, 1e-9)
    for other in audited.answer.candidates[:2]:
        instead = min(1.0, other.probability / rest)
        is_current = other.uprn != given and other.uprn in audited.current
        if is_current and other.relation is Relation.EXACT and instead >= RIGHT_FROM:
            return AuditedRow(AuditVerdict.RETIRED, other.uprn, instead)
    return AuditedRow(AuditVerdict.RETIRED, "", own)
