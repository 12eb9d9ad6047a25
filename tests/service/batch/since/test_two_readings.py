"""Whether texts say the same with the names of two generations."""

from collections.abc import Sequence
from dataclasses import replace

from address_match.parser.parsed_address import ParsedAddress
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.batch.since.two_readings import Reads, TwoReadings

HOUSE = ParsedAddress(["12", "ELM", "ROW"], ParsedFields(number=12, street="ELM ROW"), 0.9)
NAMED = ParsedFields(building="ELM ROW")


def _always(parsed: ParsedAddress) -> Reads:
    def read(texts: Sequence[str]) -> list[ParsedAddress]:
        return [parsed] * len(texts)

    return read


def _differ(now: ParsedAddress) -> list[bool]:
    return TwoReadings(_always(HOUSE), _always(now)).differ(["12 elm row"])


def test_what_says_the_same_in_about_as_likely_a_way_does_not_differ() -> None:
    assert _differ(HOUSE) == [False]
    assert _differ(HOUSE._replace(probability=0.88)) == [False]


def test_other_fields_other_alternatives_and_other_likelihoods_differ() -> None:
    assert _differ(HOUSE._replace(fields=replace(HOUSE.fields, number=-1))) == [True]
    assert _differ(HOUSE._replace(alternatives=(NAMED,))) == [True]
    assert _differ(HOUSE._replace(probability=0.8)) == [True]
