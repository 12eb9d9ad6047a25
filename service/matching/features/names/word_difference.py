"""What two names say differently, word by word."""

from collections.abc import Callable
from typing import NamedTuple


class WordDifference(NamedTuple):
    """The words in which two names differ."""

    query: frozenset[str]
    """Those that the candidate's name lacks, slips apart."""
    candidate: frozenset[str]
    """Those that the query's name lacks, slips apart."""
    slips: set[tuple[str, str]]
    """Words of the query beside those of the candidate that they are except for a slip."""


def word_difference(
    query: frozenset[str], candidate: frozenset[str], is_slip: Callable[[str, str], bool]
) -> WordDifference:
    """Return what two sets of words do not share; `is_slip` says of a word of each whether they are one.

    >>> query, candidate = frozenset({"GERAT", "MILL", "LANE"}), frozenset({"GREAT", "MILL", "ROAD"})
    >>> difference = word_difference(query, candidate, lambda q, c: q[0] == c[0])
    >>> set(difference.query), set(difference.candidate), difference.slips
    ({'LANE'}, {'ROAD'}, {('GERAT', 'GREAT')})
    """
    q_more, c_more = query - candidate, candidate - query
    slips = {(q, c) for q in q_more for c in c_more if is_slip(q, c)}
    return WordDifference(q_more - {q for q, _ in slips}, c_more - {c for _, c in slips}, slips)
