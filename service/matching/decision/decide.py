"""The last stage: from probabilities to matched, review or unmatched, with the reason."""

from collections.abc import Sequence

from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from address_match.service.matching.features.record_status import addressable

AMBIGUOUS_FROM = 0.5
"""Share of the best premises' probability from which the runner-up makes the answer ambiguous."""
HELD_FROM = 0.5
"""Probability that some premises of the reference is meant from which a clerk is asked which."""
OFFERED_RELATIONS = (Relation.PARENT, Relation.CHILD, Relation.SIBLING, Relation.SAME_STREET)
"""What is offered below a match, the nearest first."""
_REASONS = {Relation.PARENT: Reason.PARENT_ONLY, Relation.CHILD: Reason.CHILD_ONLY}


def decide(
    candidates: Sequence[RankedPremises],
    absent: float,
    *,
    listed: int,
    related_premises: Sequence[RankedPremises],
    threshold: float,
    unsettled: Reason,
    classification: str,
    parent_uprn: str,
) -> Answer:
    """Decide about one address, and list its best candidates, at most `listed`; `classification` and `parent_uprn` are the best
    candidate's, `related_premises` are the candidates that may be offered for what they are to a premises that is not held.

    Two rules stand above the probability. A parent, and what is no address by itself (a street record, a garage), is offered and
    never matched. A best candidate is left to a clerk for an `unsettled` reason: the query does not say that it stands in that
    town, and streets have namesakes in towns that the reference does not hold; or it names another number or flat, or but quotes
    this one's (`matching/withholding.py`).
    """
    if not candidates:
        return _unmatched(Reason.ABSENT)
    best, shown = candidates[0], tuple(candidates[:listed])
    if best.relation is Relation.PARENT or not addressable(classification):
        return _offered(best, absent, related_premises, parent_uprn, shown)
    if best.probability >= threshold and unsettled is Reason.NONE:
        return Answer(
            Status.MATCHED, Reason.NONE, best.uprn, best.address, best.probability, absent,
            Relation.EXACT, "", shown,
        )  # fmt: skip
    if best.relation is not Relation.CHILD and 1 - absent > HELD_FROM:
        return Answer(
            Status.REVIEW, _doubt(candidates, threshold, unsettled), best.uprn, best.address, best.probability, absent,
            best.relation, "", shown,
        )  # fmt: skip
    return _offered(best, absent, related_premises, parent_uprn, shown)


def blank_answer() -> Answer:
    """Answer a text that says nothing."""
    return _unmatched(Reason.BLANK)


def error_answer(message: str) -> Answer:
    """Answer a text that cannot be matched."""
    return Answer(
        Status.UNMATCHED, Reason.ERROR, "", "", 0.0, 1.0, Relation.NONE, "", (), error=message
    )  # fmt: skip


def _doubt(candidates: Sequence[RankedPremises], threshold: float, unsettled: Reason) -> Reason:
    if candidates[0].probability >= threshold:
        return unsettled
    rivalled = len(candidates) > 1 and candidates[1].probability >= AMBIGUOUS_FROM * candidates[0].probability
    return Reason.AMBIGUOUS if rivalled else Reason.LOW


def _offered(
    best: RankedPremises,
    absent: float,
    related_premises: Sequence[RankedPremises],
    parent_uprn: str,
    shown: tuple[RankedPremises, ...],
) -> Answer:
    """Offer the nearest related premises, the likeliest of its degree; the parent of a sibling where the reference names it."""
    likeliest = {c.relation: c for c in reversed(related_premises)}
    relation = next((r for r in OFFERED_RELATIONS if r in likeliest), Relation.NONE)
    related = likeliest[relation].uprn if relation else ""
    if relation is Relation.SIBLING and related == best.uprn and parent_uprn:
        relation, related = Relation.PARENT, parent_uprn
    reason = _REASONS.get(relation, Reason.ABSENT)
    return Answer(
        Status.UNMATCHED, reason, "", "", best.probability, absent, relation, related, shown
    )  # fmt: skip


def _unmatched(reason: Reason) -> Answer:
    """Answer that nothing is like what was asked for."""
    return Answer(Status.UNMATCHED, reason, "", "", 0.0, 1.0, Relation.NONE, "", ())
