"""Where premises lie: these islands, and parts of them that a request names."""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

SOUTH, NORTH, WEST, EAST = 48.0, 62.0, -10.0, 3.0
"""Bounds of these islands, in degrees."""
EARTH_KILOMETRES = 6371.0088
"""Mean radius (IUGG)."""
METRES = 1_000
"""Of a kilometre."""
_A_LITTLE_MORE = 1.001


@dataclass(frozen=True, slots=True)
class Circle:
    """All within a distance of a point."""

    latitude: float
    longitude: float
    kilometres: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether a point lies in it."""
        return kilometres_between(self.latitude, self.longitude, latitude, longitude) <= self.kilometres


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


def kilometres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Return how far two points in degrees lie apart, by the haversine formula."""
    here, there = radians(latitude), radians(other_latitude)
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    along = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * across
    return 2 * EARTH_KILOMETRES * asin(sqrt(min(1.0, along)))


def around(latitude: float, longitude: float, kilometres: float) -> Box:
    """Return a box that holds all within some kilometres of a point of these islands, and a little more."""
    high = degrees(kilometres / EARTH_KILOMETRES) * _A_LITTLE_MORE
    wide = high / cos(radians(abs(latitude) + high))
    return Box(longitude - wide, latitude - high, longitude + wide, latitude + high)
