"""In which places a reference holds each street: what no word count tells, since a street's words stand in other names too.

Buildings are counted among them: what one text takes for a street (RIVER MEADOWS) is a building in the next.
"""

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.arrays import map_array, save_array

_HELD = "street_places.npy"
_COUNTED = "street_keys.npy"
_TOWNS = "street_towns.npy"


@lru_cache(maxsize=1 << 17)
def street_key(street: str, place: str = "") -> int:
    """Name a street, of one place or of all, by a signed 64-bit number that is the same on every machine.

    A place is a town by its name, a postcode sector (`AB1 2CD` lies in `AB12`) or a postcode area (`AB`).
    """
    digest = blake2b(f"{street}|{place}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


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
        """Return whether a street stands in a town or sector, by the `street_key` of both."""
        return _found(self._held, keys)[1]

    def towns(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in how many towns a street stands, by its `street_key` or that of street and postcode area."""
        places, known = _found(self._keys, keys)
        counts = np.zeros(len(keys), dtype=np.int64)
        counts[known] = self._towns[places[known]]
        return counts

    def save_with(self, folder: Path, texts: pa.Table, postcodes: list[str]) -> None:
        """Write what is held and the streets of further texts, columns as `write_street_places` takes them.

        A street that is new to a town is counted once more. What is gone is not taken out, so that until the reference is built
        anew a count may say too much, never too little.
        """
        held, counts = _counted(texts, postcodes)
        merged = dict(zip(self._keys.tolist(), self._towns.tolist(), strict=True))
        named = _distinct(texts, "street", "town") | _distinct(texts, "building", "town")
        new = {name for name, town in named if not self._holds(name, town)}
        brought = {street_key(name, place) for name in new for place in ("", *map(area_of, postcodes))}
        for key, count in counts.items():
            merged[key] = merged[key] + (key in brought) if key in merged else count
        _save(folder, np.union1d(self._held, held), merged)

    def _holds(self, street: str, town: str) -> bool:
        return bool(self.hold(np.array([street_key(street, town)], dtype=np.int64))[0])


def write_street_places(folder: Path, texts: pa.Table, postcodes: list[str]) -> None:
    """Write the streets of texts; `texts` has the columns uprn, street, building and town, `postcodes` are full ones without a space, or empty."""
    _save(folder, *_counted(texts, postcodes))


def _save(folder: Path, held: NDArray[np.int64], counts: dict[int, int]) -> None:
    keys = sorted(counts)
    save_array(folder, _HELD, held)
    save_array(folder, _COUNTED, np.array(keys, dtype=np.int64))
    save_array(folder, _TOWNS, np.array([counts[key] for key in keys], dtype=np.int32))


def _distinct(texts: pa.Table, *names: str) -> set[tuple[str, ...]]:
    return set(zip(*(texts.column(name).to_pylist() for name in names), strict=True))


def _found(
    sorted_keys: NDArray[np.int64], keys: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where keys stand among sorted ones, and which of them do."""
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
    places = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return places, sorted_keys[places] == keys


def _counted(texts: pa.Table, postcodes: list[str]) -> tuple[NDArray[np.int64], dict[int, int]]:
    """Return the keys of all streets in their places, ascending, and the number of towns by the keys of streets."""
    texts, postcodes = _by_name(texts, postcodes)
    codes = pa.array(postcodes, pa.string())
    sectors = pc.utf8_slice_codeunits(codes, 0, -2)
    towns = texts.column("town").combine_chunks()
    street, streets = _coded(texts.column("street"))
    held = np.unique(
        np.concatenate([_keys_of(street, streets, *_coded(place)) for place in (towns, sectors)])
    )
    town, town_names = _coded(_town_or_that_of_its_sector(towns, sectors))
    cluster = _clusters(
        street * len(town_names) + town, _coded(texts.column("uprn"))[0], _coded(codes)[0], street
    )
    area, areas = _coded(pa.array([area_of(code) for code in postcodes], pa.string()))
    counts: dict[int, int] = {}
    clusters = int(cluster.max(initial=0)) + 1
    for place, names in ((np.zeros_like(area), [""]), (area, areas)):
        of_place = np.unique((street * len(names) + place) * clusters + cluster) // clusters
        pairs, times = np.unique(of_place, return_counts=True)
        for pair, count in zip(pairs.tolist(), times.tolist(), strict=True):
            counts[street_key(streets[pair // len(names)], names[pair % len(names)])] = count
    return held, counts


def _town_or_that_of_its_sector(towns: pa.StringArray, sectors: pa.StringArray) -> pa.StringArray:
    """Return the town of each text; where it names none, the one that most texts of its sector name."""
    town, sector = towns.dictionary_encode(), sectors.dictionary_encode()
    t, s = town.indices.to_numpy().astype(np.int64), sector.indices.to_numpy().astype(np.int64)
    names, codes = town.dictionary.to_pylist(), sector.dictionary.to_pylist()
    pairs, times = np.unique(s * (len(names) + 1) + t, return_counts=True)
    most = dict(enumerate(codes))
    for at in np.argsort(times, kind="stable").tolist():
        where, what = divmod(int(pairs[at]), len(names) + 1)
        if names[what] and codes[where]:
            most[where] = names[what]
    adopted = pa.array([most[i] for i in range(len(codes))], pa.string()).take(sector.indices)
    return pc.if_else(pc.equal(towns, ""), adopted, towns)


def _by_name(texts: pa.Table, postcodes: list[str]) -> tuple[pa.Table, list[str]]:
    """Return the texts that name a street, and once more under `street` those that name a building, with their postcodes."""
    columns = ("uprn", "street", "town")
    of_buildings = texts.drop_columns("street").rename_columns({"building": "street"})
    both = pa.concat_tables([texts.select(columns), of_buildings.select(columns)])
    named = pc.not_equal(both.column("street"), "")
    rows = np.flatnonzero(named.to_numpy()) % max(1, texts.num_rows)
    return both.filter(named), [postcodes[row] for row in rows.tolist()]


def _coded(column: pa.ChunkedArray | pa.Array) -> tuple[NDArray[np.int64], list[str]]:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = whole.dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist()


def _keys_of(
    street: NDArray[np.int64], streets: list[str], place: NDArray[np.int64], places: list[str]
) -> NDArray[np.int64]:
    width = max(1, len(places))
    pairs = np.unique(street * width + place).tolist()
    keys = [street_key(streets[p // width], places[p % width]) for p in pairs if places[p % width]]
    return np.array(keys, dtype=np.int64)


def _clusters(
    street_in_town: NDArray[np.int64],
    premises: NDArray[np.int64],
    postcode: NDArray[np.int64],
    street: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Number for each text the town that its street stands in: towns of which one premises or one postcode of a street says
    now this, now that, are one by two names.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    _, node = np.unique(street_in_town, return_inverse=True)
    groups = []
    first = int(node.max(initial=-1)) + 1
    for shared in (premises, postcode):
        _, group = np.unique(street * (int(shared.max(initial=0)) + 1) + shared, return_inverse=True)
        groups.append(group + first)
        first += int(group.max(initial=-1)) + 1
    ends = np.concatenate(groups)
    links = coo_array((np.ones(len(ends), dtype=bool), (np.tile(node, 2), ends)), shape=(first, first))
    cluster: NDArray[np.int64] = connected_components(links, directed=False)[1][node].astype(np.int64)
    return cluster
