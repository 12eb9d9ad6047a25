"""What requests cost, and the most that one may.

Measured on one core over an index of five premises, in milliseconds: a parse takes .0005 × characters × (5 + n) for n whole parses
(24 of 10,000 characters, 107 with twenty parses), a match 9 + .006 × characters (72 of 10,000), an explanation 13 + .007 × characters.
"""

from collections.abc import Iterator, Sequence

from address_match.service.http.errors import LimitTooHighError, TooMuchWorkError

MOST_PARSE_WORK = 200_000
"""Characters × (5 + whole parses) of one parse: what a tenth of a second can do, so that nobody waits longer for one request."""
_FIRST_PARSE = 5
"""The best parse costs as much as five of the further ones."""
_PARSE_WORK_OF_A_MATCH = 20_000
_CHARACTERS_OF_A_MATCH = 1_500
"""Characters that take as long to match as a usual address does beside them."""
EXPLANATION_COST = 1.5
NARROWED_COST = 4.0
"""Times what matching costs among premises that a filter lets pass: more is proposed, and all of it looked up."""
LOOKUP_COST = 0.2
LIST_COST = 0.4
"""Of the premises of a postcode or street, 4 milliseconds for 600 of them."""
COUNTED_COST = 10.0
"""Of the streets of a part of a postcode, where what of them passes a filter is counted: a hundred short lists."""
SUGGEST_COST = 0.1
COST_OF_A_PREMISES = 0.01
"""Of each of several that are looked up together."""
CHUNK_COST = 200.0
"""What a bulk request matches before others get a turn at its thread: 200 usual addresses, or 26 of the longest."""


def match_cost(text: str) -> float:
    """Return what it costs to match a text; 1 stands for a usual address, about ten milliseconds of a core."""
    return 1.0 + len(text) / _CHARACTERS_OF_A_MATCH


def parse_cost(text: str, nbest: int) -> float:
    """Return what it costs to parse a text; raises `TooMuchWorkError` for more than one request may ask."""
    work = len(text) * (_FIRST_PARSE + nbest)
    if work > MOST_PARSE_WORK:
        raise TooMuchWorkError(
            f"{nbest} whole parses of {len(text):,} characters are more than one request may ask; "
            f"ask for {max(0, MOST_PARSE_WORK // len(text) - _FIRST_PARSE)}, or use the command `address-match parse`"
        )
    return work / _PARSE_WORK_OF_A_MATCH


def chunks_of(texts: Sequence[str], times: float = 1.0) -> Iterator[Sequence[str]]:
    """Cut texts, each of which costs some times what it costs to match, into runs that cost about `CHUNK_COST` each; together they are all, in order."""
    start, cost = 0, 0.0
    for end, text in enumerate(texts, start=1):
        cost += times * match_cost(text)
        if cost >= CHUNK_COST:
            yield texts[start:end]
            start, cost = end, 0.0
    if start < len(texts):
        yield texts[start:]


def refuse_limit(limit: int, most: int) -> None:
    """Raise `LimitTooHighError` where a request asks for more candidates than it may."""
    if limit > most:
        raise LimitTooHighError(f"limit {limit} is more than {most}; ask for fewer")
