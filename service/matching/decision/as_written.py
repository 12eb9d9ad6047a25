"""Takes a text of the reference that is written like the query for what the query asks for, however both were read."""

from collections.abc import Sequence
from dataclasses import replace

from address_match.indexer.lexical.canonical_text import canonical_text, canonical_writing
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import RankedPremises, Reason, Relation
from address_match.service.matching.decision.decide import BestPremises

_BY_READING = (Reason.NUMBER, Reason.NAME, Reason.STREET)
"""Why a candidate is barred that may only have been read otherwise than the query."""


def as_written(
    candidate: RankedPremises, best: BestPremises, words: Sequence[str]
) -> tuple[RankedPremises, BestPremises]:
    """Return a best candidate and what is known of it, as the premises asked for where the words of the query are those of its text.

    The names that a reference holds are known when a query is read, and not when the texts of that are, so that
    `3B EAGLE CLOSE BUSINESS PARK` may be a unit in one and a street in the other.
    """
    doubted = candidate.relation is not Relation.EXACT or best.abstain in _BY_READING
    if not doubted or canonical_writing(words) != canonical_text(candidate.address):
        return candidate, best
    abstain = Reason.NONE if best.abstain in _BY_READING else best.abstain
    same = replace(candidate, relation=Relation.EXACT, match_code=Level.PREMISES.value)
    return same, replace(best, abstain=abstain)
