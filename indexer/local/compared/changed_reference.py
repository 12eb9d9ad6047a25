"""What changed of a reference from one generation to another, as matching meets it: premises, texts, words, names and
counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.lexical.analysis import normal_postcode, terms
from address_match.indexer.lexical.vocabulary import Vocabulary
from address_match.indexer.local.compared.difference import index_difference
from address_match.indexer.local.stored.blocks import Blocks
from address_match.indexer.local.stored.generation_texts import texts_at
from address_match.indexer.local.stored.texts import TextStore
from address_match.indexer.reference.gazetteer_file import read_gazetteer
from address_match.indexer.reference.streets.street_places import StreetPlaces, sector_of, street_key
from address_match.indexer.texts.dictionary_columns import coded_together
from address_match.indexer.texts.distinct_numbers import distinct
from address_match.indexer.texts.validity import DATES
from address_match.parser.gazetteer.gazetteer import Gazetteer
from address_match.parser.gazetteer.gazetteer_change import GazetteerChange

_DECIDING = frozenset({"parent_uprn", "classification", "status"})
"""What is said of a premises and decides about answers, whichever of its texts is met."""
_WRITTEN = ("uprn", "address", "postcode", "text_kind", "language", *DATES)
"""By which a text is the same in both."""
_READ = (*_WRITTEN, "number", "number_end", "building", "street", "locality", "town", "county")


class PlacedName(NamedTuple):
    """The name of a street or building, and where a text has it."""

    name: str
    said: tuple[str, ...]
    """Each of what says that a text is meant there: the town or the first half of a postcode, or a whole postcode, or a
    locality.
    """


@dataclass(frozen=True, slots=True)
class Generation:
    """One of the two that are compared; open as long as they are."""

    texts: TextStore
    words: Vocabulary
    names: Gazetteer | None
    blocks: Blocks
    streets: StreetPlaces

    @classmethod
    def of(cls, texts: TextStore) -> "Generation":
        """Open what stands beside the texts of a generation."""
        folder = texts.folder
        words = Vocabulary(folder, texts.rows)
        return cls(texts, words, read_gazetteer(folder), Blocks(folder), StreetPlaces(folder))

    def texts_of(self, uprns: Sequence[str]) -> pa.Table:
        """Return the texts of some premises, columns `_READ`."""
        texts = self.texts.whole(self.blocks.rows_of(uprns)).select(_READ)
        return texts.filter(pc.is_in(texts.column("uprn"), pa.array(uprns, pa.string())))


@dataclass(frozen=True, slots=True)
class ChangedReference:
    """What differs between two generations; open while the context of `changed_reference` lasts."""

    changes: Mapping[str, str]
    """How each premises changed that is not the same in both, by its UPRN: a word of `difference.CHANGES`."""
    texts: pa.Table
    """Those of changed premises that one generation alone holds, or that decide otherwise now: columns of an index's
    texts, `change`, and whether the new generation holds them, `is_now`.
    """
    old: Generation
    new: Generation
    names: GazetteerChange

    def look_up(
        self, term_ids: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
        """Return for each word whether the old generation holds it, whether the new one does, and its rarity, 0 where
        neither does.
        """
        held, rarity = [], np.zeros(len(term_ids))
        for words in (self.old.words, self.new.words):
            places = words.positions(term_ids)
            rarity[places >= 0] = words.rarity[places[places >= 0]]
            held.append(places >= 0)
        return held[0], held[1], rarity

    def street_sizes(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the `premises_ids` of the premises that both hold, ascending, and the size of the street of each,
        before and now.
        """
        sides = (self.old, self.new)
        return self._of_both([each.texts.column("street_premises").to_numpy() for each in sides])

    def renamed_sectors(self) -> NDArray[np.int64]:
        """Return the `premises_ids` of the premises whose sector goes by other names than before."""
        sides = (self.old, self.new)
        numbers, _ = coded_together(*(each.texts.column("place_names") for each in sides))
        ids, before, now = self._of_both(np.split(numbers, [self.old.texts.rows]))
        renamed: NDArray[np.int64] = ids[before != now]
        return renamed

    def placed_otherwise(self) -> list[PlacedName]:
        """Return the names of streets and buildings of changed texts that one generation alone holds in their town, or in
        their sector; and of streets that one alone holds in their locality, or in their postcode there.
        """
        names = ("street", "building", "town", "postcode")
        found = {
            (PlacedName(name, (town, *terms(postcode)[:1])), place)
            for street, building, town, postcode in zip(
                *(self.texts.column(column).to_pylist() for column in names), strict=True
            )
            for name in (street, building)
            for place in (town, sector_of(normal_postcode(postcode)))
            if name and place
        }
        placed = sorted(found)
        keys = np.array([street_key(each.name, place) for each, place in placed], dtype=np.int64)
        other = np.flatnonzero(self.old.streets.hold(keys) != self.new.streets.hold(keys))
        in_postcodes = self._streets_held_otherwise("postcode", "locality")
        return [
            *(placed[row][0] for row in other.tolist()),
            *in_postcodes,
            *self._streets_held_otherwise("locality"),
        ]

    def _streets_held_otherwise(self, said: str, *besides: str) -> list[PlacedName]:
        """Return the streets of changed texts that one generation alone holds with what they say in some columns, as what
        the column `said` places.
        """
        keys = np.zeros(self.texts.num_rows + self.old.texts.rows + self.new.texts.rows, dtype=np.int64)
        sides = (self.texts, self.old.texts, self.new.texts)
        for name in ("street", said, *besides):
            numbers, values = coded_together(*(each.column(name) for each in sides))
            keys = keys * len(values) + numbers
        changed, old, new = np.split(keys, [self.texts.num_rows, self.texts.num_rows + self.old.texts.rows])
        other = self.texts.filter(pa.array(np.isin(changed, old) != np.isin(changed, new), pa.bool_()))
        streets, places = (other.column(name).to_pylist() for name in ("street", said))
        found = {
            PlacedName(street, (place,))
            for street, place in zip(streets, places, strict=True)
            if street and place
        }
        return sorted(found)

    def beside_changed(self) -> NDArray[np.int64]:
        """Return the `premises_ids` of the premises of the new generation that share postcode and street with a text that
        changed, ascending.
        """
        postcode, street = self._coded("postcode"), self._coded("street")
        return self._where_one_changed(postcode * (int(street.max(initial=0)) + 1) + street)

    def in_changed_postcodes(self) -> NDArray[np.int64]:
        """Return the `premises_ids` of the premises of the new generation that share their postcode with a text that changed,
        ascending.
        """
        return self._where_one_changed(self._coded("postcode"))

    def _coded(self, name: str) -> NDArray[np.int64]:
        """Return the numbers of the values of a column, those of the texts that changed first, then of all that are now."""
        return coded_together(self.texts.column(name), self.new.texts.column(name))[0]

    def _where_one_changed(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the premises that are now in a place, numbered as by `_coded`, in which a text changed."""
        changed, every = np.split(places, [self.texts.num_rows])
        return distinct(self.new.blocks.id_of_each()[np.isin(every, changed)])

    def _of_both(
        self, values: Sequence[NDArray[Any]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return the `premises_ids` of the premises that both hold, ascending, and the least value of the texts of
        each, before and now; `values` are those of all texts of each generation.
        """
        (old_ids, old), (new_ids, new) = (
            _least_of(each.blocks.id_of_each(), part.astype(np.int64))
            for each, part in zip((self.old, self.new), values, strict=True)
        )
        ids, before, now = np.intersect1d(old_ids, new_ids, assume_unique=True, return_indices=True)
        return ids, old[before], new[now]


@contextmanager
def changed_reference(old: Path, new: Path) -> Iterator[ChangedReference]:
    """Compare two generations, as `index_difference` does, and raises."""
    with index_difference(old, new) as difference:
        found = [row for batch in difference.batches() for row in batch.to_pylist()]
    changes = {row["uprn"]: row["change"] for row in found}
    deciding = {row["uprn"] for row in found if _DECIDING & set(row["fields"].split())}
    with ExitStack() as opened:
        before, after = (Generation.of(opened.enter_context(closing(texts_at(path)))) for path in (old, new))
        for each in (before, after):
            opened.callback(each.words.close)
        texts = _texts_of_one(before.texts_of(list(changes)), after.texts_of(list(changes)), deciding)
        of_each = [changes[uprn] for uprn in texts.column("uprn").to_pylist()]
        texts = texts.append_column("change", pa.array(of_each, pa.string()))
        yield ChangedReference(
            changes, texts, before, after, GazetteerChange.between(before.names, after.names)
        )


def _texts_of_one(before: pa.Table, after: pa.Table, deciding: set[str]) -> pa.Table:
    """Return the texts that one of two tables alone holds, letter by letter, and all of the premises that decide
    otherwise.
    """
    keys = [list(zip(*table.select(_WRITTEN).to_pydict().values(), strict=True)) for table in (before, after)]
    parts = []
    sides = ((before, keys[0], set(keys[1]), False), (after, keys[1], set(keys[0]), True))
    for table, own, others, is_now in sides:
        counts = [key not in others or key[0] in deciding for key in own]
        part = table.filter(pa.array(counts, pa.bool_()))
        parts.append(part.append_column("is_now", pa.repeat(is_now, part.num_rows)))
    return pa.concat_tables(parts)


def _least_of(
    ids: NDArray[np.int64], values: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct ids, ascending, and the least value of each."""
    order = np.lexsort((values, ids))
    distinct, first = np.unique(ids[order], return_index=True)
    return distinct, values[order][first]
