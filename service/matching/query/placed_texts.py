"""Texts that name a street and no place, completed with the place of their file that holds the street."""

from collections.abc import Sequence

import numpy as np

from address_match.indexer.lexical.analysis import term_id, terms
from address_match.indexer.reference.streets.street_places import street_key
from address_match.indexer.retrieval import StreetStatistics, TermStatistics
from address_match.parser.fields.canonical_names import place_name
from address_match.parser.parsed_address import ParsedAddress
from address_match.parser.parsed_fields import ParsedFields
from address_match.parser.text_length import length_problem
from address_match.parser.tokens import tokenise
from address_match.service.errors import UsageError


def placed_texts(
    texts: Sequence[str],
    parsed: Sequence[ParsedAddress],
    places: Sequence[str],
    streets: StreetStatistics,
) -> dict[int, str]:
    """Return by row the texts to which a place is added, with it.

    They name a street, or else a building, that the reference holds in exactly one of `places`, the towns of a file,
    and neither town, locality nor postcode.
    """
    named = {row: name for row, text in enumerate(parsed) if (name := _name_without_place(text.fields))}
    if not named or not places:
        return {}
    filed = [place_name([token.text for token in tokenise(place)]) for place in places]
    keys = [street_key(name, place) for name in named.values() for place in filed]
    held = streets.hold(np.array(keys, dtype=np.int64)).reshape(len(named), len(places))
    only = held.sum(axis=1) == 1
    placed = {
        row: f"{texts[row]}, {places[where]}"
        for row, is_only, where in zip(named, only.tolist(), held.argmax(axis=1).tolist(), strict=True)
        if is_only
    }
    return {row: text for row, text in placed.items() if not length_problem(text)}


def refuse_unknown_places(places: Sequence[str], statistics: TermStatistics) -> None:
    """Raise UsageError for a place of which the reference does not hold every word."""
    for place in places:
        ids = np.array([term_id(word) for word in terms(place)], dtype=np.int64)
        if not len(ids) or statistics.frequencies(ids).min() == 0:
            raise UsageError(
                f"the reference names no place {place!r}; write it as its addresses do, or leave it out"
            )


def _name_without_place(fields: ParsedFields) -> str:
    """Return the street, or else the building, of an address that names no place; empty where it names one, or neither."""
    return "" if fields.town or fields.locality or fields.postcode else fields.street or fields.building
