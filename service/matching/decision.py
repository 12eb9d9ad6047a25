"""The last stage: from probabilities to matched, review or unmatched, with the reason."""

from service.matching.answer import Answer, RankedPremises, Reason, Relation, Status
from service.matching.comparison.standing import addressable

AMBIGUOUS_FROM = 0.5
"""Share of the best premises' probability from which the runner-up makes the answer ambiguous."""


def decide(
    candidates: tuple[RankedPremises, ...],
    absent: float,
    *,
    threshold: float,
    elsewhere: bool,
    classification: str,
    parent_uprn: str,
) -> Answer:
    """Decide about one address; `classification` and `parent_uprn` are the best candidate's.

    A best candidate `elsewhere`, in another town than the only one named, is left to a clerk however likely it is: streets have
    namesakes in towns that the reference does not hold.
    """
    if not candidates:
        return _unmatched(Reason.ABSENT, (), 1.0)
    best = candidates[0]
    if best.relation in (Relation.PARENT, Relation.CHILD) and best.probability < threshold:
        return _offered(best, candidates, absent)
    if best.relation is Relation.PARENT or not addressable(classification):
        return _offered(best, candidates, absent)
    if best.probability >= threshold and not elsewhere:
        return Answer(
            Status.MATCHED, Reason.NONE, best.uprn, best.address, best.probability, absent,
            Relation.EXACT, "", candidates,
        )  # fmt: skip
    if best.probability > absent:
        reason = Reason.AMBIGUOUS if _rivalled(candidates) else Reason.LOW
        return Answer(
            Status.REVIEW, reason, best.uprn, best.address, best.probability, absent,
            best.relation, "", candidates,
        )  # fmt: skip
    if best.relation is Relation.SIBLING and parent_uprn:
        return _unmatched(Reason.PARENT_ONLY, candidates, absent, Relation.PARENT, parent_uprn)
    return _unmatched(Reason.ABSENT, candidates, absent)


def blank_answer() -> Answer:
    """Answer a text that says nothing."""
    return _unmatched(Reason.BLANK, (), 1.0)


def error_answer(message: str) -> Answer:
    """Answer a text that cannot be matched."""
    return Answer(
        Status.UNMATCHED, Reason.ERROR, "", "", 0.0, 1.0, Relation.NONE, "", (), error=message
    )  # fmt: skip


def _offered(best: RankedPremises, candidates: tuple[RankedPremises, ...], absent: float) -> Answer:
    reasons = {Relation.PARENT: Reason.PARENT_ONLY, Relation.CHILD: Reason.CHILD_ONLY}
    reason = reasons.get(best.relation, Reason.ABSENT)
    related = best.uprn if reason is not Reason.ABSENT else ""
    return _unmatched(reason, candidates, absent, best.relation if related else Relation.NONE, related)


def _unmatched(
    reason: Reason,
    candidates: tuple[RankedPremises, ...],
    absent: float,
    relation: Relation = Relation.NONE,
    related: str = "",
) -> Answer:
    probability = candidates[0].probability if candidates else 0.0
    return Answer(Status.UNMATCHED, reason, "", "", probability, absent, relation, related, candidates)


def _rivalled(candidates: tuple[RankedPremises, ...]) -> bool:
    return len(candidates) > 1 and candidates[1].probability >= AMBIGUOUS_FROM * candidates[0].probability
