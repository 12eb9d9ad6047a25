"""The streets and postcodes of a reference by name, to list them and to complete what somebody types."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from address_match.indexer.directory import FoundStreets, HeldPostcode, Street, Stretch
from address_match.indexer.errors import IndexUnusableError
from address_match.indexer.reference.streets.street_words import (
    Holders,
    StreetWords,
    holders_of,
    write_street_words,
)
from address_match.indexer.reference.streets.stretches import (
    Streets,
    Stretches,
    laid_out,
    read_columns,
    save_columns,
)
from address_match.indexer.storage.arrays import map_array, save_array

_STREETS = "streets.arrow"
_STRETCHES = "stretches.arrow"
_ROWS = "stretch_rows.npy"
_BEHIND_ALL = "\U0010ffff"
_INCODE = 3
"""Characters of the second half of a postcode."""


def write_street_directory(folder: Path, texts: pa.Table, postcodes: pa.Array) -> None:
    """Write the streets of texts that ascend by postcode and street; columns as `laid_out` takes them."""
    layout = laid_out(texts, postcodes)
    _write(folder, layout.streets, layout.stretches, holders_of(layout))


class StreetDirectory:
    """Finds streets by words and by postcode; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        streets, stretches = (read_columns(folder / name) for name in (_STREETS, _STRETCHES))
        self._streets = Streets(
            *(streets.column(name).combine_chunks() for name in ("name", "place")),
            *(streets.column(name).to_numpy() for name in ("street", "premises")),
        )
        self._stretches = Stretches(
            stretches.column("postcode").combine_chunks(),
            stretches.column("street").to_numpy(),
            stretches.column("premises").to_numpy(),
            map_array(folder, _ROWS),
        )
        self._words = StreetWords(folder, streets.num_rows)

    @cached_property
    def _postcodes(self) -> list[str]:
        """Of the stretches, ascending."""
        postcodes: list[str] = self._stretches.postcode.to_pylist()
        return postcodes

    @classmethod
    def open(cls, folder: Path) -> "StreetDirectory | None":
        """Open what `write_street_directory` wrote, None of an index that was built before there was one."""
        return cls(folder) if (folder / _STREETS).exists() else None

    def streets_with(self, words: Sequence[str], prefix: str, limit: int, *, start: str = "") -> FoundStreets:
        """Return the streets that are found by all words, and by one that begins with the prefix unless it is empty, at
        most `limit` of a kind.

        Those whose name begins with one of these come first, then those with most premises. Words are folded; each
        counts in the spelling that is written and in the one in which it is filed (RD is ROAD). With a `start`, streets
        count that have a postcode which starts so.
        """
        among = None
        if start:
            among = np.zeros(len(self._streets.name), dtype=bool)
            among[self._stretches.street[self._stretches_from(start)]] = True
        found = self._words.search(words, prefix, among)
        return FoundStreets(self._shown(found.named[:limit]), self._shown(found.holding[:limit]))

    def streets_from(self, start: str) -> list[Street]:
        """Return the streets of the postcodes that start so, in the order of these, each with its premises there.

        What is written with a space (`AB1 2`, `AB1 `) starts that outcode alone, without one (`AB1`) also longer ones.
        """
        rows = self._stretches_from(start)
        street, premises = self._stretches.street[rows], self._stretches.premises[rows]
        distinct, first, position = np.unique(street, return_index=True, return_inverse=True)
        counts = np.bincount(position, weights=premises, minlength=len(distinct)).astype(np.int64)
        in_order = sorted(zip(first.tolist(), distinct.tolist(), counts.tolist(), strict=True))
        return [self._street(row, count) for _, row, count in in_order]

    def stretches_from(self, start: str) -> list[Stretch]:
        """Return each part of a street that has a postcode which starts so, as `streets_from` takes it, by postcode."""
        return [
            Stretch(
                self._postcodes[row],
                self._street(int(self._stretches.street[row]), int(self._stretches.premises[row])),
            )
            for row in self._stretches_from(start).tolist()
        ]

    def postcodes_from(self, start: str, limit: int) -> list[HeldPostcode]:
        """Return at most `limit` postcodes that start so, as `streets_from` takes it, ascending."""
        found: dict[str, int] = {}
        for row in self._stretches_from(start).tolist():
            postcode = self._postcodes[row]
            if postcode not in found and len(found) == limit:
                break
            found[postcode] = found.get(postcode, 0) + int(self._stretches.premises[row])
        return [HeldPostcode(postcode, premises) for postcode, premises in found.items()]

    def streets_named(self, name: str) -> list[Street]:
        """Return the streets of a name, those with most premises first."""
        known = self._streets.street == np.arange(len(self._streets.street))
        rows = np.flatnonzero(pc.equal(self._streets.name, name).to_numpy(zero_copy_only=False) & known)
        return self._shown(rows)

    def places_of(self, name: str, place: str) -> list[str]:
        """Return every name of the place of a street, by one of them; none where the street is not held."""
        street = self._find(name, place)
        rows = np.flatnonzero(self._streets.street == street)
        return [self._streets.place[row].as_py() for row in rows.tolist()]

    def ranges_on(self, name: str, place: str) -> list[tuple[int, int]]:
        """Return the first row and the one behind the last of each stretch of a street; other streets' may stand among
        those without a postcode.

        They hold for the order in which the directory was written.
        """
        bounds = self._stretches.rows[self._stretches_of(name, place)]
        return [(first, last + 1) for first, last in bounds.tolist()]

    def has_postcodes(self, name: str, place: str) -> bool:
        """Return whether every text of a street has a postcode."""
        first = self._stretches_of(name, place)[:1].tolist()
        return all(self._postcodes[row] for row in first)

    def save_with(self, folder: Path, texts: pa.Table, postcodes: pa.Array) -> None:
        """Write these streets and those of further texts.

        A street or stretch that is held keeps its count, and what is gone is not taken out, until the reference is
        built anew.
        """
        layout = laid_out(texts, postcodes)
        streets = layout.streets
        names = self._names
        numbers = {name: row for row, name in enumerate(names)}
        rows = [numbers.setdefault(name, len(numbers)) for name in self._named(streets)]
        new = np.flatnonzero(np.array(rows, dtype=np.int64) >= len(names))
        known_by = [
            *self._streets.street.tolist(),
            *(rows[street] for street in streets.street[new].tolist()),
        ]
        merged = Streets(
            pa.concat_arrays([self._streets.name, streets.name.take(pa.array(new))]),
            pa.concat_arrays([self._streets.place, streets.place.take(pa.array(new))]),
            np.array(known_by, dtype=np.int32),
            np.append(self._streets.premises, streets.premises[new]),
        )
        merged = replace(merged, street=merged.street[merged.street])
        known = merged.street[np.array(rows, dtype=np.int64)]
        further = holders_of(layout)
        further = replace(further, street=known[further.street].astype(np.int64))
        holders = self._words.holders().joined(further)
        _write(folder, merged, self._stretches_with(layout.stretches, known), holders)

    def _stretches_with(self, more: Stretches, known: NDArray[np.int32]) -> Stretches:
        """Return the stretches and those of `more` that are new; `known` are the rows by which the streets of `more`
        are known.
        """
        held = set(zip(self._postcodes, self._stretches.street.tolist(), strict=True))
        street = known[more.street]
        found = zip(more.postcode.to_pylist(), street.tolist(), strict=True)
        new = np.array([at for at, stretch in enumerate(found) if stretch not in held], dtype=np.int64)
        postcode = pa.concat_arrays([self._stretches.postcode, more.postcode.take(pa.array(new))])
        order = pc.sort_indices(postcode).to_numpy()
        return Stretches(
            postcode.take(pa.array(order)),
            np.append(self._stretches.street, street[new])[order],
            np.append(self._stretches.premises, more.premises[new])[order],
            np.concatenate([self._stretches.rows, more.rows[new]])[order],
        )

    @staticmethod
    def _named(streets: Streets) -> list[tuple[str, str]]:
        return list(zip(streets.name.to_pylist(), streets.place.to_pylist(), strict=True))

    def _shown(self, rows: NDArray[np.int64]) -> list[Street]:
        return [self._street(row, int(self._streets.premises[row])) for row in rows.tolist()]

    def _street(self, row: int, premises: int) -> Street:
        return Street(*self._names[row], premises)

    def _find(self, name: str, place: str) -> int:
        """Return the row by which a street is known, -1 where it is not held."""
        return self._known_by.get((name, place), -1)

    @cached_property
    def _known_by(self) -> dict[tuple[str, str], int]:
        return dict(zip(self._names, self._streets.street.tolist(), strict=True))

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Name and place of each street."""
        return self._named(self._streets)

    @cached_property
    def _by_street(self) -> NDArray[np.int64]:
        """Stretches by street, those of a street ascending."""
        return np.argsort(self._stretches.street, kind="stable")

    def _stretches_of(self, name: str, place: str) -> NDArray[np.int64]:
        """Return the stretches of a street, ascending; none where it is not held."""
        street = self._find(name, place)
        # Bounds of another type would have all stretches converted for each look.
        bounds = np.array([street, street + 1], dtype=self._stretches.street.dtype)
        first, behind = np.searchsorted(self._stretches.street, bounds, sorter=self._by_street)
        return self._by_street[first:behind]

    def _stretches_from(self, start: str) -> NDArray[np.int64]:
        """Return the stretches of postcodes that start so, those of the very outcode first."""
        outcode, space, incode = start.partition(" ")
        letters = outcode + incode
        first = bisect_left(self._postcodes, letters)
        behind = bisect_left(self._postcodes, letters + _BEHIND_ALL)
        found = range(first, behind) if letters else range(0)
        of_outcode = [row for row in found if len(self._postcodes[row]) == len(outcode) + _INCODE]
        others = [] if space else sorted(set(found).difference(of_outcode))
        return np.array([*of_outcode, *others], dtype=np.int64)


def directory_or_refusal(directory: StreetDirectory | None, rebuild: str) -> StreetDirectory:
    """Return the directory of an index; raises IndexUnusableError, which names the command that builds it anew, where
    there is none.
    """
    if directory is None:
        raise IndexUnusableError(f"The index was built before streets were listed. Build it anew: {rebuild}")
    return directory


def _write(folder: Path, streets: Streets, stretches: Stretches, holders: Holders) -> None:
    save_columns(
        folder / _STREETS,
        name=streets.name,
        place=streets.place,
        street=streets.street,
        premises=streets.premises,
    )
    save_columns(
        folder / _STRETCHES,
        postcode=stretches.postcode,
        street=stretches.street,
        premises=stretches.premises,
    )
    save_array(folder, _ROWS, stretches.rows)
    write_street_words(folder, holders)
