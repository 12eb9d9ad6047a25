"""The lists that can be asked for: premises of a postcode, of a street, by identifiers, at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from address_match.indexer.reference.street_directory import Street
from address_match.indexer.retrieval import PremisesLists, PremisesLookup
from address_match.parser.tokens import words_of
from address_match.service.errors import ServiceError
from address_match.service.lookup.listed_premises import ListedPremises, listed
from address_match.service.lookup.postcode_start import is_whole
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter


class FilterOfStreetsError(ServiceError):
    """Streets are asked for, and a filter that only premises can pass."""


@dataclass(frozen=True, slots=True)
class HeldList:
    """Premises, or the streets to choose from."""

    premises: Sequence[ListedPremises] = field(default=())
    streets: Sequence[Street] = field(default=())
    is_held: bool = True
    """Whether the reference holds what was asked for, though a filter may let nothing of it pass."""

    @classmethod
    def of(cls, texts: pa.Table, within: PremisesFilter) -> "HeldList":
        """Return the premises of texts that a filter lets pass."""
        return cls(listed(within.narrowed(texts)), is_held=texts.num_rows > 0)

    @classmethod
    def to_choose_from(cls, streets: Sequence[Street], within: PremisesFilter) -> "HeldList":
        """Return streets; raises `FilterOfStreetsError` where a filter would have to be asked of the premises of each."""
        if streets and not within.is_open:
            raise FilterOfStreetsError(
                "a filter is of premises, and what is asked for are streets; name a whole postcode, or a street with its place"
            )
        return cls(streets=streets, is_held=bool(streets))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Premises that were asked for by their identifiers, in that order."""

    premises: list[ListedPremises]
    unknown: list[str]
    """Identifiers that the reference does not hold."""


def of_postcode(lists: PremisesLists, start: str, within: PremisesFilter = EVERYTHING) -> HeldList:
    """Return the premises of a whole postcode, or the streets of those that start so, as `postcode_start` writes it."""
    if is_whole(start):
        return HeldList.of(lists.in_postcode(start.replace(" ", "")), within)
    return HeldList.to_choose_from(lists.directory.streets_from(start), within)


def of_street(lists: PremisesLists, name: str, place: str, within: PremisesFilter = EVERYTHING) -> HeldList:
    """Return the premises of a street; without a place those of the one street of that name, or all streets of that name."""
    name, place = (" ".join(words_of(text).texts) for text in (name, place))
    if not name:
        return HeldList(is_held=False)
    if not place:
        streets = lists.directory.streets_named(name)
        if len(streets) != 1:
            return HeldList.to_choose_from(streets, within)
        place = streets[0].place
    return HeldList.of(lists.on_street(name, place), within)


def of_uprns(lists: PremisesLookup, uprns: Sequence[str]) -> list[ListedPremises]:
    """Return those of some premises that are held, in the order in which they are asked for."""
    return looked_up(lists, uprns).premises


def looked_up(lists: PremisesLookup, uprns: Sequence[str], within: PremisesFilter = EVERYTHING) -> LookedUp:
    """Return those of some premises that are held and that a filter lets pass, and what is not held."""
    texts = lists.lookup_all(uprns)
    held = set(texts.column("uprn").to_pylist())
    passing = {premises.uprn: premises for premises in listed(within.narrowed(texts))}
    asked = list(dict.fromkeys(uprns))
    return LookedUp(
        [passing[uprn] for uprn in asked if uprn in passing], [uprn for uprn in asked if uprn not in held]
    )


def drawn(lists: PremisesLists, count: int, seed: int) -> list[ListedPremises]:
    """Return at most `count` premises drawn at random, the same for the same seed."""
    return of_uprns(lists, lists.random_uprns(count, seed))
