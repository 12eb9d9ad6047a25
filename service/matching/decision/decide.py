"""The last stage: from probabilities to matched, review or unmatched, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation
from address_match.service.matching.features.record_status import addressable

AMBIGUOUS_FROM = 0.5
"""Share of the best premises' probability from which the runner-up makes the answer ambiguous."""
HELD_FROM = 0.5
"""Probability that some premises of the reference is meant from which a clerk is asked which."""
LEAST_BY_WORDS = 0.8
"""Probability from which the one premises of a postcode that has the asked number is accepted, and one whose text is
the address, with a postcode or without, whatever is asked of others.
"""
OFFERED_RELATIONS = (Relation.PARENT, Relation.CHILD, Relation.SIBLING, Relation.SAME_STREET)
"""What is offered below a match, the nearest first."""
_REASONS = {Relation.PARENT: Reason.PARENT_ONLY, Relation.CHILD: Reason.CHILD_ONLY}


@dataclass(frozen=True, slots=True)
class BestPremises:
    """What the decision must know of a query's best candidate, beside its rank."""

    classification: str = ""
    parent_uprn: str = ""
    abstain: Reason = Reason.NONE
    """Why a clerk decides about it, however sure it is: an acceptance rule, or a town that is not known to be meant."""
    street_only: bool = False
    """Whether the query names its street and no premises of it."""
    only_of_its_postcode: bool = False
    """Whether the query gives a number and a full postcode alone, and no other premises of that has the number."""
    number_unread: bool = False
    """Whether the query or the candidate was read to have no number."""
    is_written_so: bool = False
    """Whether the words of its text are those of the query, except for a postcode that the query may leave out."""
    town: str = ""
    names_place: bool = True
    """Whether the query names a town, a locality or a postcode."""


class RelatedPremises(NamedTuple):
    """What may be offered instead of a premises that is not held."""

    relation: Relation
    uprn: str


@dataclass(frozen=True, slots=True)
class CandidatesOfQuery:
    """What one address is decided by."""

    candidates: Sequence[RankedPremises]
    """Best first."""
    absent_probability: float
    related: Sequence[RelatedPremises] = ()
    """The candidates that may be offered for what they are to a premises that is not held, best first."""
    best: BestPremises = BestPremises()


def decide(query: CandidatesOfQuery, *, threshold: float, listed: int, least: float = 0.0) -> Answer:
    """Decide about one address, `threshold` being the least probability of a match, and list its best candidates, at
    most `listed`.

    Below `least` nothing is a match, not by number and postcode either.

    Two rules stand above the probability. A parent, and what is no address by itself (a street record, a garage), is
    offered and never matched. A best candidate for which the decision abstains is left to a clerk.
    """
    if not query.candidates:
        return Answer.unmatched(Reason.ABSENT)
    best, shown = query.candidates[0], tuple(query.candidates[:listed])
    absent = query.absent_probability
    if best.relation is Relation.PARENT or not addressable(query.best.classification):
        return _offer(query, shown)
    if query.best.street_only:
        return _offer(query, shown, Reason.STREET_ONLY)
    by_words = query.best.only_of_its_postcode or query.best.is_written_so
    asked = min(threshold, LEAST_BY_WORDS) if by_words else threshold
    if best.probability >= max(asked, least) and query.best.abstain is Reason.NONE:
        return Answer.matched(
            best,
            absent_probability=absent,
            candidates=shown,
            town=query.best.town,
            names_place=query.best.names_place,
        )
    if best.relation is not Relation.CHILD and 1 - absent > HELD_FROM:
        reason = _reason_for_review(query, threshold)
        return Answer.review(best, reason=reason, absent_probability=absent, candidates=shown)
    return _offer(query, shown)


def _reason_for_review(query: CandidatesOfQuery, threshold: float) -> Reason:
    """Return what a clerk has to settle: between two that are about as likely, or what the rule says that forbids the
    best.
    """
    best = query.candidates[0].probability
    ambiguous = len(query.candidates) > 1 and query.candidates[1].probability >= AMBIGUOUS_FROM * best
    if ambiguous and best < threshold:
        return Reason.AMBIGUOUS
    return query.best.abstain or Reason.LOW


def _offer(
    query: CandidatesOfQuery, shown: tuple[RankedPremises, ...], reason: Reason = Reason.NONE
) -> Answer:
    """Offer the nearest related premises, the likeliest of its degree; the parent of a sibling where the reference
    names it.
    """
    best, parent_uprn = query.candidates[0], query.best.parent_uprn
    likeliest = {c.relation: c for c in reversed(query.related)}
    relation = next((r for r in OFFERED_RELATIONS if r in likeliest), Relation.NONE)
    related = likeliest[relation].uprn if relation else ""
    if relation is Relation.SIBLING and related == best.uprn and parent_uprn:
        relation, related = Relation.PARENT, parent_uprn
    return Answer.unmatched(
        reason or _REASONS.get(relation, Reason.ABSENT),
        probability=best.probability,
        absent_probability=query.absent_probability,
        relation=relation,
        related_uprn=related,
        candidates=shown,
    )
