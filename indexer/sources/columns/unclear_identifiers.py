"""Whether the identifiers of a reference tell its addresses apart, and are those that are meant."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from address_match.indexer.sources.columns.column_contents import may_be_parts
from address_match.indexer.sources.columns.identifier_words import is_row_identifier, may_be_uprn_word
from address_match.indexer.sources.columns.plain_names import plain_name
from address_match.indexer.sources.columns.unused_columns import not_of_another
from address_match.indexer.sources.table_batch import TableBatch

_ROWS_TO_TELL = 20
_LEAST_SHARED = 0.2
"""Share of the rows whose address is that of another identifier, from which on a column is looked for that tells them apart."""
_MOST_GROUPS = 0.8
_NEARLY_ALL = 0.9


def unclear_identifiers(
    rows: TableBatch, identifier: int, texts: Sequence[str], used: Collection[int]
) -> str:
    """Return why so many rows as to tell may have other identifiers, or lack a part of their address; empty where they do not.

    `texts` are their addresses, `used` the columns of these. A column that is not read and that differs wherever several
    identifiers share an address is what was lost of it.
    """
    if len(texts) < _ROWS_TO_TELL:
        return ""
    names = rows.data.schema.names
    if is_row_identifier(plain_name(names[identifier])) and (other := _uprns_elsewhere(rows, used)):
        return f"{other} may hold their identifiers instead of {names[identifier]}"
    if lost := _told_apart(rows, identifier, texts, used):
        return f"{lost} tells many apart that they leave alike"
    return ""


def _uprns_elsewhere(rows: TableBatch, used: Collection[int]) -> str:
    """Return which column is called after UPRNs and holds a number of its own in nearly all rows; empty where none does."""
    for place, name in enumerate(rows.data.schema.names):
        if place in used or not may_be_uprn_word(plain_name(name)):
            continue
        cells = {text.strip() for text in rows.strings(place).to_pylist()}
        if sum(map(str.isdigit, cells)) >= _NEARLY_ALL * rows.data.num_rows:
            return str(name)
    return ""


def _told_apart(rows: TableBatch, identifier: int, texts: Sequence[str], used: Collection[int]) -> str:
    """Return which column that is not read differs where several identifiers share an address; empty where these are few."""
    identifiers = rows.strings(identifier).to_pylist()
    of_address: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row, (text, own) in enumerate(zip(texts, identifiers, strict=True)):
        if text.strip():
            of_address[text.upper()].setdefault(own, row)
    shared = [list(first.values()) for first in of_address.values() if len(first) > 1]
    if sum(map(len, shared)) <= _LEAST_SHARED * sum(map(len, of_address.values())):
        return ""
    names = rows.data.schema.names
    for place in not_of_another(names, {*used, identifier}):
        cells = [text.strip() for text in rows.strings(place).to_pylist()]
        told = sum(len({cells[row] for row in group}) == len(group) for group in shared)
        filled = [cell for cell in cells if cell]
        if told > _MOST_GROUPS * len(shared) and may_be_parts(filled) and not _are_of_rows(filled):
            return str(names[place])
    return ""


def _are_of_rows(cells: Sequence[str]) -> bool:
    """Return whether nearly each cell is another one, and none has two words: an identifier."""
    return len(set(cells)) > _NEARLY_ALL * len(cells) and not any(len(cell.split()) > 1 for cell in cells)
