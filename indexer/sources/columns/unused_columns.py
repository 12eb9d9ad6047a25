"""Which columns that make no address may have to do with the premises, by their names."""

from collections.abc import Collection, Sequence

from address_match.indexer.sources.columns.address_words import STREET_LINES, TELLING, WHOLE, line_number
from address_match.indexer.sources.columns.owner_words import (
    AS_OF_NOW,
    BARE_PREMISES,
    PLACES_OF_WORK,
    PREMISES,
    is_of_another,
    owner_and_word,
    premises_among,
)
from address_match.indexer.sources.columns.plain_names import plain_name


def may_be_of_the_premises(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that may hold the address of the premises that a row is about, where those used are not said to
    be of the premises: an address of the premises, of a place of work or of now, a column that is called after the premises and no
    more, and where those used are of somebody, any that is not of who has to do with the premises.

    >>> may_be_of_the_premises(["Licence", "Premises", "Licence Holder", "Address"], [3])
    [1]
    >>> may_be_of_the_premises(["Old Address", "Old Postcode", "New Address"], [0, 1])
    [2]
    >>> may_be_of_the_premises(["Caller Address", "Where"], [0]), may_be_of_the_premises(["Address", "Where"], [0])
    ([1], [])
    >>> may_be_of_the_premises(["Address", "Correspondence Address"], [0]), may_be_of_the_premises(["Address", "Current Address"], [0])
    ([], [1])
    """
    owned = [owner_and_word(name) for name in map(plain_name, columns)]
    owners = {owned[place][0] for place in used if owned[place][1]}
    if premises_among(owners):
        return []
    is_somebodys = any(owners)
    return [
        place
        for place, ((owner, word), column) in enumerate(zip(owned, columns, strict=True))
        if place not in used
        and owner not in owners - {""}
        and _may_hold_all(plain_name(column), owner, word, anybody=is_somebodys)
    ]


def of_no_address(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that have a name, are not used, and whose name does not say that they are of the address of
    somebody else than the premises.
    """
    owned = [owner_and_word(plain_name(column)) for column in columns]
    return [
        place
        for place, (owner, word) in enumerate(owned)
        if columns[place].strip() and place not in used and (not word or owner in BARE_PREMISES)
    ]


def not_of_another(columns: Sequence[str], used: Collection[int]) -> list[int]:
    """Return the columns that have a name, are not used, and whose name does not say that they are of somebody who has to
    do with the premises.

    >>> not_of_another(["Number", "AEL_STREET", "Owner Street"], [0])
    [1]
    """
    return [
        place
        for place, column in enumerate(columns)
        if column.strip() and place not in used and not is_of_another(plain_name(column))
    ]


def _may_hold_all(name: str, owner: str, word: str, *, anybody: bool) -> bool:
    if is_of_another(name):
        return False
    if not word or (name in TELLING and name in PREMISES):
        return anybody or any(f"_{name}".endswith(f"_{premises}") for premises in BARE_PREMISES)
    return (word in WHOLE or word in STREET_LINES or line_number(word) == 1) and (
        anybody or bool(premises_among([owner])) or owner in {*PLACES_OF_WORK, *AS_OF_NOW}
    )
