"""Where premises lie: these islands, and parts of them that a request names."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

SOUTH, NORTH, WEST, EAST = 48.0, 62.0, -10.0, 3.0
"""Bounds of these islands, in degrees."""
EARTH_KILOMETRES = 6371.0088
"""Mean radius (IUGG)."""


@dataclass(frozen=True, slots=True)
class Circle:
    """All within a distance of a point."""

    latitude: float
    longitude: float
    kilometres: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether a point lies in it, by the haversine formula."""
        here, there = radians(self.latitude), radians(latitude)
        across = sin(radians(longitude - self.longitude) / 2) ** 2
        along = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * across
        return 2 * EARTH_KILOMETRES * asin(sqrt(min(1.0, along))) <= self.kilometres


@dataclass(frozen=True, slots=True)
class Box:
    """All between two latitudes and two longitudes, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether a point lies in it, or on its edge."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


ISLANDS = Box(WEST, SOUTH, EAST, NORTH)
