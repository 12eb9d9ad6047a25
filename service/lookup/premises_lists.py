"""The lists that can be asked for: premises of a postcode, of a street, by identifiers, at random."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.directory import Street
from address_match.indexer.retrieval import PremisesLists, PremisesLookup
from address_match.indexer.texts.dictionary_columns import written_out
from address_match.indexer.texts.text_columns import TextColumns
from address_match.parser.tokens import words_of
from address_match.service.errors import ServiceError
from address_match.service.lookup.listed_premises import ListedPremises, listed, listed_columns
from address_match.service.lookup.postcode_start import is_whole
from address_match.service.lookup.premises_filter import EVERYTHING, PremisesFilter

MOST_COUNTED = 100
"""Lists that are read to count what of some streets passes a filter."""


class FilterOfStreetsError(ServiceError):
    """Streets are asked for, more than can be looked through for what passes a filter."""


@dataclass(frozen=True, slots=True)
class HeldList:
    """Premises, or the streets to choose from."""

    premises: Sequence[ListedPremises] = field(default=())
    streets: Sequence[Street] = field(default=())
    is_held: bool = True
    """Whether the reference holds what was asked for, though a filter may let nothing of it pass."""

    @classmethod
    def whole(cls, texts: TextColumns) -> "HeldList":
        """Return the premises of texts."""
        return cls(listed_columns(texts), is_held=len(texts) > 0)

    @classmethod
    def narrowed(cls, texts: pa.Table, within: PremisesFilter) -> "HeldList":
        """Return the premises of texts that a filter lets pass."""
        return cls(listed(within.narrowed(texts)), is_held=texts.num_rows > 0)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Premises that were asked for by their identifiers, in that order."""

    premises: list[ListedPremises]
    unknown: list[str]
    """Identifiers that the reference does not hold."""


def of_postcode(lists: PremisesLists, start: str, within: PremisesFilter = EVERYTHING) -> HeldList:
    """Return the premises of a whole postcode, or the streets of those that start so, as `postcode_start` writes it.

    With a filter a street counts the premises that pass, and is left out without any; raises `FilterOfStreetsError`
    where it would take more than `MOST_COUNTED` postcodes to count them.
    """
    if is_whole(start):
        postcode = start.replace(" ", "")
        if within.is_open:
            return HeldList.whole(lists.columns_in_postcode(postcode))
        return HeldList.narrowed(lists.in_postcode(postcode), within)
    streets = lists.directory.streets_from(start)
    if within.is_open:
        return HeldList(streets=streets, is_held=bool(streets))
    return _counted(streets, _passing_by_street(lists, start, within))


def of_street(lists: PremisesLists, name: str, place: str, within: PremisesFilter = EVERYTHING) -> HeldList:
    """Return the premises of a street; without a place those of the one street of that name, or all streets of that
    name.

    A filter narrows and counts as in `of_postcode`.
    """
    name, place = (" ".join(words_of(text).texts) for text in (name, place))
    if not name:
        return HeldList(is_held=False)
    if place:
        return _on_street(lists, name, place, within)
    streets = lists.directory.streets_named(name)
    if len(streets) == 1:
        return _on_street(lists, name, streets[0].place, within)
    if within.is_open:
        return HeldList(streets=streets, is_held=bool(streets))
    _refuse_many(len(streets), "name the place of the street as well")
    passing = {(one.name, one.place): within.narrowed(lists.on_street(name, one.place)) for one in streets}
    return _counted(streets, {street: _premises_in(texts) for street, texts in passing.items()})


def _on_street(lists: PremisesLists, name: str, place: str, within: PremisesFilter) -> HeldList:
    if within.is_open:
        return HeldList.whole(lists.columns_on_street(name, place))
    return HeldList.narrowed(lists.on_street(name, place), within)


def _passing_by_street(
    lists: PremisesLists, start: str, within: PremisesFilter
) -> dict[tuple[str, str], int]:
    """Count the premises that pass by street and place, in the postcodes that start so."""
    stretches = lists.directory.stretches_from(start)
    postcodes = dict.fromkeys(stretch.postcode for stretch in stretches)
    _refuse_many(len(postcodes), "name more of the postcode")
    held = {postcode: within.narrowed(lists.in_postcode(postcode)) for postcode in postcodes}
    counts: Counter[tuple[str, str]] = Counter()
    for stretch in stretches:
        texts, street = held[stretch.postcode], stretch.street
        on_it = texts.filter(pc.equal(written_out(texts.column("street")), street.name))
        counts[street.name, street.place] += _premises_in(on_it)
    return counts


def _counted(streets: Sequence[Street], passing: Mapping[tuple[str, str], int]) -> HeldList:
    """Return the streets that hold premises which pass, and how many."""
    counted = [replace(one, premises=passing.get((one.name, one.place), 0)) for one in streets]
    return HeldList(streets=[one for one in counted if one.premises], is_held=bool(streets))


def _refuse_many(lists: int, way_out: str) -> None:
    if lists > MOST_COUNTED:
        raise FilterOfStreetsError(
            f"a filter is of premises, and more than {MOST_COUNTED} lists of them would have to be read to count those that pass; {way_out}"
        )


def _premises_in(texts: pa.Table) -> int:
    return len(texts.column("uprn").unique())


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
