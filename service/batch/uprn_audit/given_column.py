"""The column of identifiers that is audited."""

from collections.abc import Collection, Sequence

from address_match.indexer.sources.columns.header_names import column_namesakes, describe_header
from address_match.indexer.sources.columns.identifiers import mend_identifier
from address_match.indexer.sources.columns.plain_names import column_positions, plain_name
from address_match.service.errors import UsageError

_DIGITS_OF_A_UPRN = 12


def given_column(columns: Sequence[str], named: str) -> int:
    """Return where a column stands; raises `UsageError` where there is none of that name, or two."""
    position = column_positions(columns).get(plain_name(named))
    if position is None:
        raise UsageError(f"the input has no column {named!r}; {describe_header(columns)}")
    if namesakes := column_namesakes(columns, [position]):
        raise UsageError(f"the input has {namesakes}")
    return position


def identifier_forms(written: str) -> tuple[str, ...]:
    """Return the identifiers that a cell may hold, the likeliest first: mended as a reference's are, and without or
    with zeros before it.

    None where it is empty, and where a spreadsheet left out digits of it.

    >>> identifier_forms("2001.0"), identifier_forms("0A1"), identifier_forms("2.00001E+11")
    (('2001', '000000002001'), ('0A1',), ())
    """
    mended = mend_identifier(written) or ""
    if not mended.isdigit():
        return (mended,) if mended else ()
    bare = mended.lstrip("0") or "0"
    return tuple(dict.fromkeys((mended, bare, bare.zfill(_DIGITS_OF_A_UPRN))))


def held_form(written: str, held: Collection[str]) -> str:
    """Return which form of an identifier is among those that are held; an empty text where none is."""
    return next((form for form in identifier_forms(written) if form in held), "")
