"""Whether the columns that were found by their names say which premises the rows of a table are about."""

from collections.abc import Sequence

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.written_address import says_a_number
from address_match.indexer.sources.table_batch import TableBatch

_ROWS_TO_TELL = 20
_LEAST_TOLD = 0.65
"""Share of the rows that say a number or a name; in a file of which only the flats are found a third or so do."""
_MOST_NUMBERED_TWICE = 0.25


def unclear_premises(rows: TableBatch, texts: Sequence[str], address: AddressComposition) -> str:
    """Return why so many rows as to tell do not say which premises they are about, empty where they do or are few;
    `texts` are their addresses.

    A column of numbers whose name nobody knows would leave the road alone, one of licences would stand as the number of
    a house, and one that nobody filled leaves nothing.
    """
    filled = [bool(text.strip()) for text in texts]
    if len(filled) >= _ROWS_TO_TELL and not any(filled):
        return "these are empty in all of the first rows"
    if sum(filled) < _ROWS_TO_TELL:
        return ""
    told = [
        is_filled and (has_door or says_a_number(text.upper()))
        for is_filled, has_door, text in zip(filled, address.says_doors(rows), texts, strict=True)
    ]
    if sum(told) < _LEAST_TOLD * sum(filled):
        return "fewer than two thirds of the first rows say a number or a name of the premises"
    if any(sum(form.numbered_twice(rows)) > _MOST_NUMBERED_TWICE * sum(filled) for form in address.forms):
        return "many rows of them would say two numbers on a road"
    return ""
