"""The parameters of OS Places and of OS Match & Cleanse: how each is read, and refused where it cannot be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from address_match.indexer.texts.extent import Extent, Grid
from address_match.service.http.os_places import refusals
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.http.routing.url_values import read_number
from address_match.service.lookup.area import EAST, NORTH, SOUTH, WEST

Sent = Mapping[str, Sequence[str]]

DPA, LPI = "DPA", "LPI"
DATASETS = (DPA, LPI)
LANGUAGES = ("EN", "CY")
MOST_RESULTS = 100
MOST_OFFSET = 10_000
MOST_METRES = 1_000.0
LEAST_METRES = 0.01
MOST_SQUARE_METRES = 1_000_000.0
_GRIDS = {
    "BNG": Grid.BRITISH,
    "EPSG:27700": Grid.BRITISH,
    "WGS84": Grid.DEGREES,
    "EPSG:4326": Grid.DEGREES,
    "EPSG:4258": Grid.DEGREES,
}
_GRID_SIZES = {
    Grid.BRITISH: (0.0, 0.0, 700_000.0, 1_300_000.0),
    Grid.DEGREES: (WEST, SOUTH, EAST, NORTH),
}
"""West, south, east and north of what may be asked about."""
_WHOLE = re.compile(r"[0-9]{1,9}")
_COORDINATES = {2: "a point is two numbers", 4: "a bbox is four numbers"}


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a grid."""

    grid: Grid
    across: float
    """Towards the east: easting or longitude."""
    along: float
    """Towards the north."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a request says, by the names of OS; of a parameter that is sent more than once the first counts, except for `fq`."""

    sent: Sent

    def word(self, name: str) -> str:
        """Return a text, empty where it is not sent."""
        values = self.sent.get(name, ())
        return values[0].strip() if values else ""

    def needed(self, name: str) -> str:
        """Return a text that has to be there."""
        if name not in self.sent:
            raise refusals.missing(name)
        if not (written := self.word(name)):
            raise refusals.empty(name)
        return written

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number within bounds."""
        written = self.word(name)
        if not written:
            return default
        value = int(written) if _WHOLE.fullmatch(written) else -1
        if not least <= value <= most:
            raise RefusedError(f"Parameter {name} has to be a whole number from {least} to {most}.")
        return value

    def number(self, name: str, default: float, least: float, most: float) -> float:
        """Return a number within bounds."""
        written = self.word(name)
        if not written:
            return default
        value = read_number(written)
        if value is None or not least <= value <= most:
            raise RefusedError(f"Parameter {name} has to be a number from {least:g} to {most:g}.")
        return value

    def listed(self, name: str, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
        """Return the words of a list with commas, in the order in which they are known."""
        words = {word.strip().upper() for word in self.word(name).split(",") if word.strip()}
        if not words <= {*known}:
            raise RefusedError(f"Parameter {name} takes {' or '.join(known)}, with a comma between.")
        return tuple(word for word in known if word in words) or default

    def grid(self, name: str) -> Grid:
        """Return the grid of a spatial reference system; the British one unless another is named."""
        written = self.word(name).upper()
        if not written:
            return Grid.BRITISH
        if written not in _GRIDS:
            raise RefusedError(
                f"Parameter {name} takes {', '.join(_GRIDS)}: coordinates are given as the reference holds them, and not converted."
            )
        return _GRIDS[written]

    def point(self) -> Point:
        """Return the point that is asked about, in the order of its system: on the British grid easting first, else latitude first."""
        grid = self.grid("srs")
        first, second = self._coordinates("point", 2)
        across, along = (first, second) if grid is Grid.BRITISH else (second, first)
        return _on_grid(Point(grid, across, along), "point")

    def bbox(self) -> Extent:
        """Return the rectangle that is asked about: its lower left and its upper right corner, each as a point."""
        grid = self.grid("srs")
        west, south, east, north = self._coordinates("bbox", 4)
        if grid is Grid.DEGREES:
            west, south, east, north = south, west, north, east
        for across, along in ((west, south), (east, north)):
            _on_grid(Point(grid, across, along), "bbox")
        if west > east or south > north:
            raise RefusedError(
                "Parameter bbox has its corners the wrong way round: the lower left one comes first."
            )
        return Extent(grid, west, south, east, north)

    def _coordinates(self, name: str, count: int) -> list[float]:
        values = [read_number(part.strip()) for part in self.needed(name).split(",")]
        read = [value for value in values if value is not None and isfinite(value)]
        if len(values) != count or len(read) != count:
            raise RefusedError(f"Parameter {name} cannot be read: {_COORDINATES[count]} with commas between.")
        return read


def _on_grid(point: Point, name: str) -> Point:
    west, south, east, north = _GRID_SIZES[point.grid]
    if not (west <= point.across <= east and south <= point.along <= north):
        raise RefusedError(
            f"Parameter {name} lies outside of these islands: {west:.10g} to {east:.10g} towards the east, {south:.10g} to {north:.10g} towards the north."
        )
    return point
