"""From latitude and longitude to the British National Grid, near enough for places of a synthetic country."""

from math import cos, radians, sin, sqrt, tan

_A, _B = 6_377_563.396, 6_356_256.909
"""Axes of the Airy 1830 ellipsoid, metres."""
_SCALE = 0.9996012717
_LATITUDE, _LONGITUDE = radians(49.0), radians(-2.0)
_EASTING, _NORTHING = 400_000.0, -100_000.0
_E2 = 1 - (_B * _B) / (_A * _A)


def grid_reference(latitude: float, longitude: float) -> tuple[float, float]:
    """Return easting and northing in metres, without the shift of the datum (about 100 metres).

    Formulae of the Ordnance Survey's guide to coordinate systems, annex C.

    >>> tuple(round(x / 1000) for x in grid_reference(51.5, -0.12))
    (530, 180)
    """
    phi, lam = radians(latitude), radians(longitude) - _LONGITUDE
    n = (_A - _B) / (_A + _B)
    s2 = sin(phi) ** 2
    nu = _A * _SCALE / sqrt(1 - _E2 * s2)
    rho = _A * _SCALE * (1 - _E2) / (1 - _E2 * s2) ** 1.5
    eta2 = nu / rho - 1
    down, up = phi - _LATITUDE, phi + _LATITUDE
    arc = _B * _SCALE * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * down
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(down) * cos(up)
        + (15 / 8 * (n**2 + n**3)) * sin(2 * down) * cos(2 * up)
        - 35 / 24 * n**3 * sin(3 * down) * cos(3 * up)
    )  # fmt: skip
    c, t = cos(phi), tan(phi)
    northing = (
        arc
        + _NORTHING
        + nu / 2 * sin(phi) * c * lam**2
        + nu / 24 * sin(phi) * c**3 * (5 - t**2 + 9 * eta2) * lam**4
    )
    easting = _EASTING + nu * c * lam + nu / 6 * c**3 * (nu / rho - t**2) * lam**3
    return easting, northing
