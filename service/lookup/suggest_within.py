"""What somebody types, completed by premises that a filter lets pass, and by the streets and postcodes of such."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import pyarrow as pa

from address_match.indexer.retrieval import PremisesLists
from address_match.service.lookup.narrowed_lists import narrowed_lists
from address_match.service.lookup.premises_filter import PremisesFilter
from address_match.service.lookup.suggest import Suggestion, SuggestionKind, suggest
from address_match.service.lookup.typed_text import TypedText

LOOKED_THROUGH = 50
"""Suggestions of which those that a filter lets pass are shown."""


def suggest_within(
    lists: PremisesLists, typed: TypedText, limit: int, within: PremisesFilter
) -> list[Suggestion]:
    """Return at most `limit` ways to go on, as `suggest` does; streets and postcodes count the premises that pass."""
    if within.is_open:
        return suggest(lists, typed, limit)
    narrowed = narrowed_lists(lists, within)
    return list(islice(_passing(narrowed, suggest(narrowed, typed, LOOKED_THROUGH)), limit))


def _passing(lists: PremisesLists, suggestions: Sequence[Suggestion]) -> Iterator[Suggestion]:
    for suggestion in suggestions:
        if suggestion.kind is SuggestionKind.PREMISES:
            yield suggestion
        elif premises := len(_texts_of(lists, suggestion).column("uprn").unique()):
            yield replace(suggestion, premises=premises)


def _texts_of(lists: PremisesLists, suggestion: Suggestion) -> pa.Table:
    if suggestion.kind is SuggestionKind.STREET:
        return lists.on_street(suggestion.street, suggestion.place)
    return lists.in_postcode(suggestion.postcode.replace(" ", ""))
