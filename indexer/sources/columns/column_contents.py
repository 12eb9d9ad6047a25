"""What stands in the columns of a table, whatever they are called: which hold postcodes, addresses, or parts of them."""

import re
from collections.abc import Callable, Container, Sequence

from address_match.indexer.sources.columns.address_composition import AddressComposition
from address_match.indexer.sources.columns.written_address import HOUSE_NUMBER, POSTCODE
from address_match.indexer.sources.table_batch import TableBatch
from address_match.parser.lexicon.lexicon import shipped_lexicon

_MOST_ROWS_LOOKED_AT = 200
_ROWS_TO_TELL = 5
"""Filled cells that a column has at least, for anything to be said of it."""
_LEAST_OF_POSTCODES = 0.8
_LEAST_OF_ADDRESSES = 0.4
"""Share of the filled cells that say a postcode, or the type of a street: many addresses say neither, remarks hardly do."""
_LEAST_SAID = 0.5
"""Share of the addresses from which on a postcode is a part of them already."""
_POSTCODE = re.compile(POSTCODE, re.IGNORECASE)
_SAYS_A_POSTCODE = re.compile(rf"\b{POSTCODE}\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]+")
_LETTER = re.compile(r"[A-Za-z]")
_LONGEST_PART = 60
_NO_PART = re.compile(r"@|://|[0-9]+[/.-][0-9]+[/.-][0-9]+|[0-9]{5}")
"""In a mail address, a link, a date or the number of an account, and in no part of an address."""
_NEARLY_ALL = 0.9


def postcodes_left_out(
    rows: TableBatch, texts: Sequence[str], address: AddressComposition
) -> tuple[str, ...]:
    """Return the columns that hold postcodes and are none of the address, where most addresses, `texts`, say no
    postcode.
    """
    said = [bool(_SAYS_A_POSTCODE.search(text)) for text in texts[:_MOST_ROWS_LOOKED_AT] if text.strip()]
    if sum(said) >= _LEAST_SAID * len(said):
        return ()
    return _columns_of(rows, _POSTCODE.fullmatch, _LEAST_OF_POSTCODES, set(address.columns))


def columns_like_an_address(rows: TableBatch) -> tuple[str, ...]:
    """Return the columns whose cells look like addresses or their streets, with those that hold postcodes behind them;
    none where no cells look like addresses.
    """
    addresses = _columns_of(rows, _says_a_street_or_postcode, _LEAST_OF_ADDRESSES)
    postcodes = _columns_of(rows, _POSTCODE.fullmatch, _LEAST_OF_POSTCODES)
    streets = tuple(name for name in addresses if name not in postcodes)
    return (*streets, *postcodes) if streets else ()


def may_be_parts(cells: Sequence[str]) -> bool:
    """Return whether filled cells differ, and nearly all may be a part of an address.

    >>> may_be_parts(["12", "14A"]), may_be_parts(["Mill House", "Flat 2"]), may_be_parts(["12/03/2024", "01/02/2024"])
    (True, True, False)
    """
    fitting = sum(
        len(cell) <= _LONGEST_PART
        and _NO_PART.search(cell) is None
        and (_LETTER.search(cell) is not None or HOUSE_NUMBER.fullmatch(cell) is not None)
        for cell in cells
    )
    return len(set(cells)) > 1 and fitting >= _NEARLY_ALL * len(cells)


def are_house_numbers(cells: Sequence[str]) -> bool:
    """Return whether nearly all filled cells hold the number of a house and no more."""
    return sum(HOUSE_NUMBER.fullmatch(cell.upper()) is not None for cell in cells) >= _NEARLY_ALL * len(cells)


def _columns_of(
    rows: TableBatch, fits: Callable[[str], object], least: float, but: Container[int] = ()
) -> tuple[str, ...]:
    """Return the columns, but those at some positions, of whose filled cells so large a share fits at least."""
    first = TableBatch(rows.first_row, rows.data.slice(0, _MOST_ROWS_LOOKED_AT), ())
    found = []
    for position, name in enumerate(first.data.schema.names):
        if position in but or not name.strip():
            continue
        cells = [cell for text in first.strings(position).to_pylist() if (cell := text.strip())]
        if len(cells) >= _ROWS_TO_TELL and sum(bool(fits(cell)) for cell in cells) >= least * len(cells):
            found.append(name)
    return tuple(found)


def _says_a_street_or_postcode(cell: str) -> bool:
    return _SAYS_A_POSTCODE.search(cell) is not None or says_a_road(cell)


def says_a_road(text: str) -> bool:
    """Return whether a text says the type of a street behind another word.

    >>> says_a_road("12 Mill Lane, Otley"), says_a_road("Lane Farm"), says_a_road("Flat 2, Mill House")
    (True, False, False)
    """
    words = _WORD.findall(text.upper())
    return len(words) > 1 and not shipped_lexicon().street_endings.isdisjoint(words[1:])
