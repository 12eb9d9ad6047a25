"""What a position is called in an explanation: a place beside a number, or two addresses."""

from dataclasses import asdict

import pytest

from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.account.field_words import field_in_words
from address_match.service.matching.features.feature import Field
from address_match.service.matching.features.position import POSITION, PositionLevel


@pytest.mark.parametrize(
    ("level", "query", "candidate", "words"),
    [
        (
            PositionLevel.QUERY_POINTS_ELSEWHERE,
            "REAR",
            "",
            "the query names a place beside that number (REAR)",
        ),
        (PositionLevel.QUERY_POINTS_ELSEWHERE, "SEVERAL", "", "the query names two addresses"),
        (PositionLevel.CANDIDATE_POINTS_ELSEWHERE, "", "SEVERAL", "the candidate names two addresses"),
        (PositionLevel.ALIKE, "SEVERAL", "SEVERAL", "both name two addresses"),
        (PositionLevel.NEITHER, "", "", "both name the premises itself"),
    ],
)
def test_a_position_is_said_in_words(level: PositionLevel, query: str, candidate: str, words: str) -> None:
    asked, held = asdict(ParsedFields(position=query)), asdict(ParsedFields(position=candidate))
    assert field_in_words(Field.POSITION, {POSITION: float(level)}, asked, held) == words
