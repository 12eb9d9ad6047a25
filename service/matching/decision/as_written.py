"""Looks at the words of a query and of its best candidate, however both were read: what is written alike, and what
numbers differ.
"""

from collections.abc import Sequence
from dataclasses import replace

from address_match.indexer.lexical.canonical_text import canonical_text, canonical_writing
from address_match.parser.recognisers.postcode import is_postcode
from address_match.service.matching.account.match_code import Level
from address_match.service.matching.answer import RankedPremises, Reason, Relation
from address_match.service.matching.decision.decide import LEAST_BY_WORDS, BestPremises
from address_match.service.matching.decision.unread_numbers import give_other_numbers

_BY_READING = (Reason.NUMBER, Reason.NAME, Reason.STREET)
"""Why a candidate is barred that may only have been read differently from the query."""


def judged_by_words(
    candidate: RankedPremises, best: BestPremises, words: Sequence[str], *, threshold: float
) -> tuple[RankedPremises, BestPremises]:
    """Return a best candidate and what is known of it, once its words are compared with those of the query."""
    if candidate.probability < LEAST_BY_WORDS:
        return candidate, best
    if best.number_unread and best.abstain is Reason.NONE and give_other_numbers(candidate.address, words):
        return candidate, replace(best, abstain=Reason.NUMBER)
    if candidate.probability >= threshold:
        return as_written(candidate, best, words)
    written = is_written_so(candidate.address, words)
    return candidate, replace(best, is_written_so=written)


def as_written(
    candidate: RankedPremises, best: BestPremises, words: Sequence[str]
) -> tuple[RankedPremises, BestPremises]:
    """Return a best candidate and what is known of it, as the premises asked for where the words of the query are those
    of its text.

    The names that a reference holds are known when a query is read, and not when the texts of that are, so that
    `3B EAGLE CLOSE BUSINESS PARK` may be a unit in one and a street in the other.
    """
    doubted = candidate.relation is not Relation.EXACT or best.abstain in _BY_READING
    if not doubted or canonical_writing(words) != canonical_text(candidate.address):
        return candidate, best
    abstain = Reason.NONE if best.abstain in _BY_READING else best.abstain
    same = replace(candidate, relation=Relation.EXACT, match_code=Level.PREMISES.value)
    return same, replace(best, abstain=abstain)


def is_written_so(address: str, words: Sequence[str]) -> bool:
    """Return whether a text is the words of the query, in their order, and nothing but a postcode behind them.

    >>> is_written_so("8 Elm Road, Otley, LS21 4QT", ["8", "ELM", "RD", "OTLEY"])
    True
    """
    text, written = canonical_text(address), canonical_writing(words)
    behind = text.removeprefix(f"{written} ")
    return text == written or (behind != text and is_postcode(behind.replace(" ", "")))
