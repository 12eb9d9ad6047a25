"""Rectangles in which premises are looked for."""

from dataclasses import dataclass
from enum import StrEnum


class Grid(StrEnum):
    """In which way a reference says where premises lie; it may hold both, either, or none."""

    BRITISH = "british"
    """Eastings and northings of the British National Grid, in metres."""
    DEGREES = "degrees"
    """Longitudes and latitudes."""

    @property
    def columns(self) -> tuple[str, str]:
        """Return the columns of a text that hold it: towards the east, and towards the north."""
        return ("easting", "northing") if self is Grid.BRITISH else ("longitude", "latitude")


@dataclass(frozen=True, slots=True)
class Extent:
    """All between two bounds towards the east and two towards the north, edges included, in the unit of a grid."""

    grid: Grid
    west: float
    south: float
    east: float
    north: float

    def holds(self, across: float, along: float) -> bool:
        """Return whether a place of the grid lies in it."""
        return self.west <= across <= self.east and self.south <= along <= self.north
