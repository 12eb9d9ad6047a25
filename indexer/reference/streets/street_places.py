"""In which places a reference holds each street: what no word count tells, since a street's words stand in other names
too.

Buildings are counted among them: what one text takes for a street (RIVER MEADOWS) is a building in the next. Beside
them stand the towns as such, those of each business, and in which town each locality lies.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.ascending import places_among
from address_match.indexer.storage.arrays import map_array, save_array
from address_match.indexer.texts.dictionary_columns import coded, coded_in_order, coded_together, filled
from address_match.indexer.texts.distinct_numbers import distinct, places_among_distinct, times_of_each

_HELD = "street_places.npy"
_COUNTED = "street_keys.npy"
_TOWNS = "street_towns.npy"
MOST_OF_LOCALITY = 0.9
"""Share of the texts of a locality that name one town, from which it lies in that."""


@lru_cache(maxsize=1 << 17)
def street_key(street: str, place: str = "") -> int:
    """Name a street, of one place or of all, by a signed 64-bit number that is the same on every machine.

    A place is a town by its name, a postcode sector (`AB1 2CD` lies in `AB12`) or a postcode area (`AB`).
    """
    return int.from_bytes(_digest(f"{street}|{place}"), "big", signed=True)


def _digest(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "replace"), digest_size=8).digest()


def locality_key(locality: str, town: str) -> int:
    """Name a locality of a town as `street_key` names a street of a town, and as no street is named."""
    return street_key(locality, f"|{town}")


def business_key(name: str) -> int:
    """Name a business, of all places, as no street is named."""
    return street_key(name, "||")


ALL_TOWNS = street_key("")
"""Names the towns of a reference as such, where towns are counted: no street is nameless."""


def sector_of(postcode: str) -> str:
    """Return the sector of a full postcode without a space."""
    return postcode[:-2]


def area_of(postcode: str) -> str:
    """Return the area of a postcode: its letters in front."""
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


class StreetPlaces:
    """The streets of a reference by the places that hold them; satisfies `StreetStatistics`."""

    def __init__(self, folder: Path) -> None:
        self._held: NDArray[np.int64] = map_array(folder, _HELD)
        self._keys: NDArray[np.int64] = map_array(folder, _COUNTED)
        self._towns: NDArray[np.int32] = map_array(folder, _TOWNS)

    def hold(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether a street stands in a town or sector, by the `street_key` of both, or a locality in a town, by
        its `locality_key`.
        """
        return places_among(keys, self._held)[1]

    def towns(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many towns a street stands, by its `street_key` or that of street and postcode area; or a
        business, by its `business_key`.

        By `ALL_TOWNS`, how many towns there are.
        """
        places, known = places_among(keys, self._keys)
        counts = np.zeros(len(keys), dtype=np.int64)
        counts[known] = self._towns[places[known]]
        return counts

    def save_with(self, folder: Path, texts: pa.Table, postcodes: pa.Array) -> None:
        """Write what is held and the streets of further texts, columns as `write_street_places` takes them.

        A street that is new to a town is counted once more, and so is every town of a business, where businesses were
        counted before. What is gone is not taken out, so that until the reference is built anew a count may say too
        much, never too little.
        """
        held, counts = _counted(texts, postcodes)
        counts.pop(ALL_TOWNS, None)
        merged = dict(zip(self._keys.tolist(), self._towns.tolist(), strict=True))
        named = _distinct(texts, "street", "town") | _distinct(texts, "building", "town")
        new = {name for name, town in named if not self._holds(name, town)}
        places = {"", *map(area_of, coded(postcodes)[1].to_pylist())}
        brought = {street_key(name, place) for name in new for place in places}
        for key, count in counts.items():
            merged[key] = merged[key] + (key in brought) if key in merged else count
        if ALL_TOWNS in merged:
            for key, count in _towns_of_businesses(texts).items():
                merged[key] = merged.get(key, 0) + count
        _save(folder, np.union1d(self._held, held), merged)

    def _holds(self, street: str, town: str) -> bool:
        return bool(self.hold(np.array([street_key(street, town)], dtype=np.int64))[0])


def write_street_places(folder: Path, texts: pa.Table, postcodes: pa.Array) -> None:
    """Write the streets of texts; `texts` has the columns uprn, organisation, street, building, locality and town,
    `postcodes` are full ones without a space, or empty.
    """
    held, counts = _counted(texts, postcodes)
    _save(folder, held, counts | _towns_of_businesses(texts))


def _save(folder: Path, held: NDArray[np.int64], counts: dict[int, int]) -> None:
    keys = sorted(counts)
    save_array(folder, _HELD, held)
    save_array(folder, _COUNTED, np.array(keys, dtype=np.int64))
    save_array(folder, _TOWNS, np.array([counts[key] for key in keys], dtype=np.int32))


def _distinct(texts: pa.Table, *names: str) -> set[tuple[str, ...]]:
    return set(zip(*(texts.column(name).to_pylist() for name in names), strict=True))


@dataclass(frozen=True, slots=True)
class _Named:
    """What names a street or building, each as a number; a text that names both stands there twice. Shapes (names,)."""

    name: NDArray[np.int64]
    town: NDArray[np.int64]
    premises: NDArray[np.int64]
    postcode: NDArray[np.int64]


def _counted(texts: pa.Table, postcodes: pa.Array) -> tuple[NDArray[np.int64], dict[int, int]]:
    """Return the keys of all streets in their places, ascending, and the number of towns by the keys of streets.

    A text that names neither town nor postcode may stand in any of the towns of its street, and is one of its own only
    where there is none.
    """
    every_name, names = coded_together(texts.column("street"), texts.column("building"))
    is_named = filled(names)[every_name]
    rows = np.flatnonzero(is_named) % max(1, texts.num_rows)
    town, towns = coded_in_order(texts.column("town"))
    postcode, codes = coded(postcodes)
    sector, sectors = coded(pc.utf8_slice_codeunits(codes, 0, -2))
    area, areas = coded(pa.array([area_of(code) for code in codes.to_pylist()], pa.string()))
    named = _Named(every_name[is_named], town[rows], coded(texts.column("uprn"))[0][rows], postcode[rows])
    streets = names.to_pylist()
    sector_of_each = sector[named.postcode]
    held = [
        _keys_of(named.name, streets, named.town, towns.to_pylist()),
        _keys_of(named.name, streets, sector_of_each, sectors.to_pylist()),
        _keys_of_localities(texts),
    ]
    is_town, is_sector = filled(towns), filled(sectors)
    own_town = _town_or_that_of_its_sector(named.town, is_town, sector_of_each, is_sector)
    cluster = _clusters(named, own_town, filled(codes))
    has_place = is_town[named.town] | is_sector[sector_of_each]
    anywhere = has_place | ~np.bincount(named.name, has_place).astype(bool)[named.name]
    of_area = area[named.postcode]
    counts = _towns_by_key(streets, named.name[anywhere], cluster[anywhere])
    counts[ALL_TOWNS] = int(np.count_nonzero(is_town))
    has_area = filled(areas)[of_area]
    in_areas = (named.name[has_area], cluster[has_area], of_area[has_area])
    counts |= _towns_by_key(streets, *in_areas, areas.to_pylist())
    return distinct(np.concatenate(held)), counts


def _towns_by_key(
    streets: list[str],
    name: NDArray[np.int64],
    cluster: NDArray[np.int64],
    area: NDArray[np.int64] | None = None,
    areas: Sequence[str] = ("",),
) -> dict[int, int]:
    """Count the towns of texts, each a `cluster`, by the key of their street, or by that of street and area where these
    are given.
    """
    of_area = np.zeros_like(name) if area is None else area
    clusters = int(cluster.max(initial=0)) + 1
    pairs = distinct((name * len(areas) + of_area) * clusters + cluster) // clusters
    of_streets, times = times_of_each(pairs)
    keys = _keys_of_pairs(of_streets, streets, areas)
    return dict(zip(keys.tolist(), times.tolist(), strict=True))


def _town_or_that_of_its_sector(
    town: NDArray[np.int64],
    is_town: NDArray[np.bool_],
    sector: NDArray[np.int64],
    is_sector: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return the town of each text; where it names none, the one that most texts of its sector name, else a number of
    the sector's own.
    """
    pairs, times = times_of_each(np.sort(sector * (len(is_town) + 1) + town))
    where, what = np.divmod(pairs, len(is_town) + 1)
    most_last = np.lexsort((what, times))
    most_last = most_last[is_town[what[most_last]] & is_sector[where[most_last]]]
    most = len(is_town) + np.arange(len(is_sector))
    most[where[most_last]] = what[most_last]
    return np.where(is_town[town], town, most[sector])


def _keys_of(
    street: NDArray[np.int64], streets: list[str], place: NDArray[np.int64], places: list[str]
) -> NDArray[np.int64]:
    in_place = np.array([bool(name) for name in places], dtype=np.bool_)[place]
    pairs = distinct(street[in_place] * len(places) + place[in_place])
    return _keys_of_pairs(pairs, streets, places)


def _keys_of_pairs(
    pairs: NDArray[np.int64], streets: Sequence[str], places: Sequence[str]
) -> NDArray[np.int64]:
    """Return the `street_key` of pairs, each the number of a street times that of the places, and the number of its
    place.
    """
    street, place = np.divmod(pairs, max(1, len(places)))
    names = zip(street.tolist(), place.tolist(), strict=True)
    digests = b"".join([_digest(f"{streets[of_street]}|{places[at]}") for of_street, at in names])
    return np.frombuffer(digests, dtype=">i8").astype(np.int64)


def _keys_of_localities(texts: pa.Table) -> NDArray[np.int64]:
    """Return the keys of the localities of which nearly all texts name one town."""
    named = _times_in_towns(texts, "locality")
    of_all: Counter[str] = Counter()
    for (locality, _), times in named.items():
        of_all[locality] += times
    keys = [
        locality_key(*place) for place, times in named.items() if times >= MOST_OF_LOCALITY * of_all[place[0]]
    ]
    return np.array(keys, dtype=np.int64)


def _towns_of_businesses(texts: pa.Table) -> dict[int, int]:
    """Count the towns that texts of each business name, by its key."""
    return dict(Counter(business_key(business) for business, _ in _times_in_towns(texts, "organisation")))


def _times_in_towns(texts: pa.Table, column: str) -> dict[tuple[str, str], int]:
    """Count the texts by a column and the town, of those that say both."""
    value, values = coded_in_order(texts.column(column))
    town, towns = coded_in_order(texts.column("town"))
    said = filled(values)[value] & filled(towns)[town]
    pairs, times = times_of_each(np.sort(value[said] * max(1, len(towns)) + town[said]))
    which, where = np.divmod(pairs, max(1, len(towns)))
    names = zip(
        values.take(pa.array(which)).to_pylist(), towns.take(pa.array(where)).to_pylist(), strict=True
    )
    return dict(zip(names, times.tolist(), strict=True))


def _clusters(named: _Named, town: NDArray[np.int64], is_postcode: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Number for each text the town that its street stands in: towns of which one premises or one postcode of a street
    says now this, now that, are one by two names. Texts without a postcode share none.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    _, node = places_among_distinct(named.name * (int(town.max(initial=0)) + 1) + town)
    towns, groups = [], []
    first = int(node.max(initial=-1)) + 1
    told = is_postcode[named.postcode]
    for name, shared, of_town in (
        (named.name, named.premises, node),
        (named.name[told], named.postcode[told], node[told]),
    ):
        _, group = places_among_distinct(name * (int(shared.max(initial=0)) + 1) + shared)
        groups.append(group + first)
        towns.append(of_town)
        first += int(group.max(initial=-1)) + 1
    ends = (np.concatenate(towns), np.concatenate(groups))
    links = coo_array((np.ones(len(ends[0]), dtype=bool), ends), shape=(first, first))
    cluster: NDArray[np.int64] = connected_components(links, directed=False)[1][node].astype(np.int64)
    return cluster
