import numpy as np
import pyarrow as pa
import pytest

from address_match.indexer.local.search.zone_map import ZONE_ROWS, ZoneMap
from address_match.indexer.texts.extent import Extent, Grid


def zone_map(*places: tuple[float, float] | None) -> ZoneMap:
    across = pa.chunked_array([pa.array([None if p is None else p[0] for p in places], pa.float64())])
    along = pa.chunked_array([pa.array([None if p is None else p[1] for p in places], pa.float64())])
    return ZoneMap(across, along)


def extent(west: float, south: float, east: float, north: float) -> Extent:
    return Extent(Grid.BRITISH, west, south, east, north)


def test_what_lies_on_an_edge_lies_in_the_rectangle() -> None:
    found = zone_map((1, 1), (2, 2), (3, 3), (2, 9)).rows_in(extent(1, 1, 2, 2))
    assert found.tolist() == [0, 1]


def test_what_has_no_place_lies_nowhere() -> None:
    assert zone_map(None, None).rows_in(extent(0, 0, 9, 9)).tolist() == []
    assert zone_map().rows_in(extent(0, 0, 9, 9)).tolist() == []


@pytest.mark.parametrize("seed", range(5))
def test_runs_are_left_out_only_where_they_hold_nothing(seed: int) -> None:
    dice = np.random.default_rng(seed)
    places = dice.uniform(0, 100, (3 * ZONE_ROWS + 7, 2))
    places[::5] = np.nan
    zones = ZoneMap(*(pa.chunked_array([places[:1_500, i], places[1_500:, i]]) for i in (0, 1)))
    lies_in = (places >= (10, 20)) & (places <= (30, 25))
    assert zones.rows_in(extent(10, 20, 30, 25)).tolist() == np.flatnonzero(lies_in.all(axis=1)).tolist()
