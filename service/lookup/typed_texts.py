"""The texts of the premises that somebody may be typing."""

from collections.abc import Iterator

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLists
from address_match.service.lookup.postcode_start import is_whole
from address_match.service.lookup.suggest import STREETS_SEARCHED
from address_match.service.lookup.typed_premises import holding, numbered
from address_match.service.lookup.typed_text import TypedText

POSTCODES_SEARCHED = 20
"""Postcodes whose premises are listed for the beginning that they share."""


def typed_texts(lists: PremisesLists, typed: TypedText) -> Iterator[pa.Table]:
    """Yield the texts that go on from what is typed, the likeliest first, a postcode or street at a time; none where no
    name fits.
    """
    if not (typed.words or typed.prefix):
        yield from _by_postcode(lists, typed)
        return
    found = lists.directory.streets_with(typed.words, typed.prefix, STREETS_SEARCHED, start=typed.postcode)
    for street in found.named:
        yield numbered(lists.on_street(street.name, street.place), typed)
    for street in found.holding:
        yield numbered(holding(lists.on_street(street.name, street.place), typed), typed)


def _by_postcode(lists: PremisesLists, typed: TypedText) -> Iterator[pa.Table]:
    if is_whole(typed.postcode):
        yield numbered(lists.in_postcode(typed.postcode.replace(" ", "")), typed)
    elif typed.postcode:
        for held in lists.directory.postcodes_from(typed.postcode, POSTCODES_SEARCHED):
            yield numbered(lists.in_postcode(held.postcode), typed)
