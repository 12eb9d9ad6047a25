"""What each text of a batch says, completed with the place of its file where it names none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from address_match.indexer.retrieval import ReferenceStatistics
from address_match.parser.address_parser import AddressParser
from address_match.parser.parse import Parse
from address_match.parser.parsed_address import ParsedAddress
from address_match.service.matching.query.alternatives import NBEST_POLICY
from address_match.service.matching.query.placed_texts import placed_texts

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ParsedTexts:
    """Texts and what they say, row by row."""

    texts: Sequence[str]
    """With the places that were added."""
    addresses: list[ParsedAddress]
    parses: Sequence[Parse] = ()
    """Whole parses; empty where they are not shown."""


def parse_texts(texts: Sequence[str], parser: AddressParser, *, shown: bool = False) -> ParsedTexts:
    """Parse texts under `NBEST_POLICY`, wholly only where the parses are `shown`; none may be longer than
    `address_match.parser.text_length` allows.
    """
    if shown:
        parses, addresses = parser.parse_with_alternatives(texts, policy=NBEST_POLICY)
        return ParsedTexts(texts, addresses, parses)
    return ParsedTexts(texts, parser.parse_addresses(texts, policy=NBEST_POLICY))


def parse_texts_in(
    texts: Sequence[str],
    parser: AddressParser,
    places: Sequence[str],
    statistics: ReferenceStatistics,
    *,
    shown: bool = False,
) -> ParsedTexts:
    """Parse texts as `parse_texts` does; those that gain one of `places` by `placed_texts` are parsed anew with it."""
    first = parse_texts(texts, parser, shown=shown)
    placed = placed_texts(texts, first.addresses, places, statistics.streets) if places else {}
    if not placed:
        return first
    again = parse_texts(list(placed.values()), parser, shown=shown)
    return ParsedTexts(
        _replaced(texts, placed, again.texts),
        _replaced(first.addresses, placed, again.addresses),
        _replaced(first.parses, placed, again.parses),
    )


def _replaced(values: Sequence[_T], rows: Iterable[int], others: Iterable[_T]) -> list[_T]:
    """Return the values with others in some rows; of none there are none."""
    by_row = dict(zip(rows, others, strict=False))
    return [by_row.get(row, value) for row, value in enumerate(values)]
