"""The lists that can be asked for: premises of a postcode, of a street, by identifiers, at random."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from address_match.indexer.reference.street_directory import Street
from address_match.indexer.retrieval import PremisesLists, PremisesLookup
from address_match.parser.tokens import words_of
from address_match.service.lookup.listed_premises import ListedPremises, listed
from address_match.service.lookup.postcode_start import is_whole


@dataclass(frozen=True, slots=True)
class HeldList:
    """Premises, or the streets to choose from; both are empty where the reference holds nothing of what was asked for."""

    premises: Sequence[ListedPremises] = field(default=())
    streets: Sequence[Street] = field(default=())


def of_postcode(lists: PremisesLists, start: str) -> HeldList:
    """Return the premises of a whole postcode, or the streets of those that start so, as `postcode_start` writes it."""
    if is_whole(start):
        return HeldList(premises=listed(lists.in_postcode(start.replace(" ", ""))))
    return HeldList(streets=lists.directory.streets_from(start))


def of_street(lists: PremisesLists, name: str, place: str) -> HeldList:
    """Return the premises of a street; without a place those of the one street of that name, or all streets of that name."""
    name, place = (" ".join(words_of(text).texts) for text in (name, place))
    if not name:
        return HeldList()
    if not place:
        streets = lists.directory.streets_named(name)
        if len(streets) != 1:
            return HeldList(streets=streets)
        place = streets[0].place
    return HeldList(premises=listed(lists.on_street(name, place)))


def of_uprns(lists: PremisesLookup, uprns: Sequence[str]) -> list[ListedPremises]:
    """Return those of some premises that are held, in the order in which they are asked for."""
    held = {premises.uprn: premises for premises in listed(lists.lookup_all(uprns))}
    return [held[uprn] for uprn in dict.fromkeys(uprns) if uprn in held]


def drawn(lists: PremisesLists, count: int, seed: int) -> list[ListedPremises]:
    """Return at most `count` premises drawn at random, the same for the same seed."""
    return of_uprns(lists, lists.random_uprns(count, seed))
