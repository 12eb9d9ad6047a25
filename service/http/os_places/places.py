"""Premises by where they lie: `/nearest`, `/radius` and `/bbox`."""

from collections.abc import Callable, Sequence
from math import hypot

from address_match.indexer.retrieval import PremisesLists
from address_match.indexer.texts.extent import Extent, Grid
from address_match.service.http.answering.work_cost import LIST_COST
from address_match.service.http.os_places.ask import Ask, Page
from address_match.service.http.os_places.parameters import (
    LEAST_METRES,
    MOST_METRES,
    MOST_SQUARE_METRES,
    Parameters,
    Point,
)
from address_match.service.http.os_places.records import FOUND, Json
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.lookup.area import METRES, around, kilometres_between
from address_match.service.lookup.premises_texts import PremisesTexts, premises_of

_USUAL_METRES = 100.0
_STEPS = (25.0, 100.0, 400.0)
"""Metres about a point within which the nearest is looked for, before it is in the whole circle."""
_COST = 4 * LIST_COST
"""Of what lies in a square kilometre of a town."""

Found = Sequence[PremisesTexts]


async def nearest(ask: Ask) -> Json:
    """Answer with the premises that lies nearest to a point."""
    page, point, metres = Page.of(ask.parameters), ask.parameters.point(), _radius(ask.parameters)
    steps = [*(step for step in _STEPS if step < metres), metres]

    def looked(lists: PremisesLists) -> Found:
        for step in steps:
            if found := [one for one in _within(lists, point, step) if any(page.shown.records(one, FOUND))]:
                return found[:1]
        return []

    return await _answer(ask, page, looked, f"point={ask.parameters.word('point')}")


async def within_radius(ask: Ask) -> Json:
    """Answer with the premises about a point, the nearest first."""
    page, point, metres = Page.of(ask.parameters), ask.parameters.point(), _radius(ask.parameters)
    query = f"point={ask.parameters.word('point')}&radius={metres:g}"
    return await _answer(ask, page, lambda lists: _within(lists, point, metres), query)


async def within_box(ask: Ask) -> Json:
    """Answer with the premises of a rectangle, by postcode."""
    page, extent = Page.of(ask.parameters), ask.parameters.bbox()
    if _square_metres(extent) > MOST_SQUARE_METRES:
        raise RefusedError("Parameter bbox is too large: it may cover a square kilometre.")
    query = f"bbox={ask.parameters.word('bbox')}"
    return await _answer(ask, page, lambda lists: premises_of(lists.lying_in(extent)), query)


async def _answer(ask: Ask, page: Page, look: Callable[[PremisesLists], Found], query: str) -> Json:
    found = await ask.service.lookups.ask(look, route="places", client=ask.client, cost=_COST)
    return page.answer(ask, query, ((premises, FOUND) for premises in found))


def _radius(said: Parameters) -> float:
    return said.number("radius", _USUAL_METRES, LEAST_METRES, MOST_METRES)


def _within(lists: PremisesLists, point: Point, metres: float) -> Found:
    """Return the premises within some metres of a point, the nearest first."""
    held = premises_of(lists.lying_in(_square(point, metres)))
    apart = [(_metres_to(point, premises), place) for place, premises in enumerate(held)]
    return [held[place] for distance, place in sorted(apart) if distance <= metres]


def _square(point: Point, metres: float) -> Extent:
    """Return a square that holds all within some metres of a point."""
    if point.grid is Grid.BRITISH:
        west, south = point.across - metres, point.along - metres
        return Extent(point.grid, west, south, point.across + metres, point.along + metres)
    box = around(point.along, point.across, metres / METRES)
    return Extent(point.grid, box.west, box.south, box.east, box.north)


def _metres_to(point: Point, premises: PremisesTexts) -> float:
    """Return how far a premises lies from a point, of which the reference holds the place on its grid."""
    if point.grid is Grid.BRITISH:
        return hypot(_held(premises.easting) - point.across, _held(premises.northing) - point.along)
    there = (_held(premises.latitude), _held(premises.longitude))
    return METRES * kilometres_between(point.along, point.across, *there)


def _held(value: float | None) -> float:
    if value is None:
        raise ValueError("an engine listed a premises by a place that it does not have")
    return value


def _square_metres(extent: Extent) -> float:
    if extent.grid is Grid.BRITISH:
        return (extent.east - extent.west) * (extent.north - extent.south)
    wide = kilometres_between(extent.south, extent.west, extent.south, extent.east)
    high = kilometres_between(extent.south, extent.west, extent.north, extent.west)
    return METRES * wide * METRES * high
