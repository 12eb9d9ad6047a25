"""Whether query and candidate mean the premises whose number they quote, or a place beside it."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from address_match.parser.fields.second_address import LISTED, SEVERAL
from address_match.service.matching.features.columns.levels import is_one_of
from address_match.service.matching.features.columns.pairs import Pairs
from address_match.service.matching.features.feature import Feature, Field, by_level


class PositionLevel(IntEnum):
    """Which side points at another place than the one whose number it quotes: REAR OF 12, LAND AT."""

    NEITHER = 0
    ALIKE = 1
    QUERY_POINTS_ELSEWHERE = 2
    CANDIDATE_POINTS_ELSEWHERE = 3


ONE_POINTS_ELSEWHERE = (PositionLevel.QUERY_POINTS_ELSEWHERE, PositionLevel.CANDIDATE_POINTS_ELSEWHERE)
"""One side only quotes the other's number."""


def position_level(pairs: Pairs) -> NDArray[np.int64]:
    """Return a `PositionLevel` per pair; where both point, and differ, it is the query's that counts.

    The number by which one side is found says nothing of its own place, where both name the building: NESLEY, REAR OF
    7. A text that names two addresses is the premises of neither.
    """
    query, text = pairs.of_query("position"), pairs.of_text("position")
    level = pairs.distinct(query, text).apply(_compare)
    rows = is_one_of(level, ONE_POINTS_ELSEWHERE).nonzero()[0]
    if len(rows):
        queries, texts = pairs.query[rows], pairs.text[rows]
        named = pairs.of_query("building").said_at(queries) & pairs.of_text("building").said_at(texts)
        q_numbered, c_numbered = (
            pairs.query_numbers("number")[rows] >= 0,
            pairs.text_numbers("number")[rows] >= 0,
        )
        of_text = level[rows] == int(PositionLevel.CANDIDATE_POINTS_ELSEWHERE)
        found_by_number = np.where(of_text, c_numbered & ~q_numbered, q_numbered & ~c_numbered)
        of_one = np.array([position != SEVERAL for position in query.at(queries)])
        level[rows[named & found_by_number & of_one]] = int(PositionLevel.NEITHER)
    return level


def _compare(query: str, candidate: str) -> int:
    if query == candidate:
        return int(PositionLevel.ALIKE if query else PositionLevel.NEITHER)
    if candidate == LISTED and not query:
        return int(PositionLevel.NEITHER)
    points = PositionLevel.QUERY_POINTS_ELSEWHERE if query else PositionLevel.CANDIDATE_POINTS_ELSEWHERE
    return int(points)


POSITION = Feature(
    name="position",
    field=Field.POSITION,
    compute=position_level,
    levels=PositionLevel,
    silent=PositionLevel.NEITHER,
    words=by_level(
        {
            PositionLevel.NEITHER: "both name the premises itself",
            PositionLevel.ALIKE: "both name {q}",
            PositionLevel.QUERY_POINTS_ELSEWHERE: "the query names {q}",
            PositionLevel.CANDIDATE_POINTS_ELSEWHERE: "the candidate names {c}",
        }
    ),
)
