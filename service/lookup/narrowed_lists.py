"""The lists of a reference, of premises that a filter lets pass alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from address_match.indexer.directory import Directory
from address_match.indexer.retrieval import PremisesLists
from address_match.indexer.texts.extent import Extent
from address_match.indexer.texts.text_columns import TableColumns
from address_match.service.lookup.premises_filter import PremisesFilter


@dataclass(frozen=True, slots=True)
class NarrowedLists:
    """The lists of a reference without the premises that a filter does not let pass; its streets and postcodes are all
    there.
    """

    lists: PremisesLists
    within: PremisesFilter

    @property
    def directory(self) -> Directory:
        """The streets and postcodes by name."""
        return self.lists.directory

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        """Return all texts of some premises."""
        return self.within.narrowed(self.lists.lookup_all(uprns))

    def in_postcode(self, postcode: str) -> pa.Table:
        """Return the texts of a full postcode, without a space."""
        return self.within.narrowed(self.lists.in_postcode(postcode))

    def columns_in_postcode(self, postcode: str) -> TableColumns:
        """Return the same texts; filters read most of their columns."""
        return TableColumns(self.in_postcode(postcode))

    def on_street(self, name: str, place: str) -> pa.Table:
        """Return the texts of a street of the directory."""
        return self.within.narrowed(self.lists.on_street(name, place))

    def columns_on_street(self, name: str, place: str) -> TableColumns:
        """Return the same texts; filters read most of their columns."""
        return TableColumns(self.on_street(name, place))

    def lying_in(self, extent: Extent) -> pa.Table:
        """Return the texts of premises that lie in a rectangle."""
        return self.within.narrowed(self.lists.lying_in(extent))

    def random_uprns(self, count: int, seed: int) -> list[str]:
        """Return premises drawn at random, fewer than `count` where some do not pass."""
        drawn = self.lists.random_uprns(count, seed)
        passing = set(self.lookup_all(drawn).column("uprn").to_pylist())
        return [uprn for uprn in drawn if uprn in passing]


def narrowed_lists(lists: PremisesLists, within: PremisesFilter) -> PremisesLists:
    """Return the lists of a reference as far as a filter lets pass."""
    return lists if within.is_open else NarrowedLists(lists, within)
