import pytest

from address_match.indexer.texts.extent import Grid
from address_match.service.http.os_places.filter_queries import FilterQuery, filter_queries
from address_match.service.http.os_places.records import FOUND, Match, Shown, truncated
from address_match.service.http.os_places.refusals import RefusedError
from address_match.service.lookup.premises_texts import PremisesTexts
from tests.service.http.aims.factories import premises, text

HELD = premises(
    text(kind="gazetteer"), text(), text("1 LON Y FELIN", language="cy"), text(kind="historical")
)._replace(
    easting=437292.0,
    northing=115541.5,
    latitude=50.9,
    longitude=-1.4,
    custodian="1760",
)


def kinds(held: PremisesTexts, shown: Shown) -> list[tuple[str, str]]:
    records = [next(iter(record.items())) for record in shown.records(held, FOUND)]
    return [(dataset, record["LANGUAGE"]) for dataset, record in records]


def test_texts_of_the_post_are_dpa_records_and_all_others_lpi_records() -> None:
    assert kinds(HELD, Shown()) == [("DPA", "EN"), ("DPA", "CY")]
    assert kinds(HELD, Shown(("LPI", "DPA"), ("EN",))) == [("DPA", "EN"), ("LPI", "EN"), ("LPI", "EN")]


def test_a_record_holds_what_the_reference_does_and_no_empty_key() -> None:
    (record, _) = Shown().records(HELD, Match(0.9))
    assert record == {
        "DPA": {
            "UPRN": "100",
            "ADDRESS": "1 MILL LANE",
            "BUILDING_NUMBER": "1",
            "THOROUGHFARE_NAME": "MILL LANE",
            "POST_TOWN": "ANYTOWN",
            "POSTCODE": "AB1 2CD",
            "X_COORDINATE": 437292.0,
            "Y_COORDINATE": 115541.5,
            "STATUS": "APPROVED",
            "LOGICAL_STATUS_CODE": "1",
            "CLASSIFICATION_CODE": "RD04",
            "CLASSIFICATION_CODE_DESCRIPTION": "Terraced",
            "LOCAL_CUSTODIAN_CODE": 1760,
            "COUNTRY_CODE": "E",
            "COUNTRY_CODE_DESCRIPTION": "This record is within England",
            "LANGUAGE": "EN",
            "MATCH": 0.9,
            "MATCH_DESCRIPTION": "NO MATCH",
        }
    }


def test_degrees_stand_beside_the_british_grid_where_they_are_asked_for() -> None:
    (record, _) = Shown(grid=Grid.DEGREES).records(HELD, FOUND)
    assert (record["DPA"]["LNG"], record["DPA"]["LAT"], record["DPA"]["X_COORDINATE"]) == (
        -1.4,
        50.9,
        437292.0,
    )


def test_an_lpi_record_says_whether_its_text_is_in_force() -> None:
    records = [record["LPI"] for record in Shown(("LPI",)).records(HELD, FOUND)]
    assert [one["LPI_LOGICAL_STATUS_CODE_DESCRIPTION"] for one in records] == ["APPROVED", "HISTORICAL"]
    assert [one["STATUS"] for one in records] == ["APPROVED", "APPROVED"]


@pytest.mark.parametrize(
    ("written", "count"),
    [
        (["CLASSIFICATION_CODE:RD04"], 2),
        (["CLASSIFICATION_CODE:C* classification_code:R*"], 2),
        (["CLASSIFICATION_CODE:RD"], 0),
        (["COUNTRY_CODE:EN"], 2),
        (["CLASSIFICATION_CODE:R*", "COUNTRY_CODE:W"], 0),
        (["LPI_LOGICAL_STATUS_CODE:1"], 0),
        (["", " "], 2),
    ],
)
def test_filters_narrow_and_their_codes_are_alternatives(written: list[str], count: int) -> None:
    assert len(list(Shown(filters=filter_queries(written)).records(HELD, FOUND))) == count


@pytest.mark.parametrize(
    "written", ["RD04", "UPRN:1", "COUNTRY_CODE:", "LOGICAL_STATUS_CODE:2", "COUNTRY_CODE:F*"]
)
def test_a_filter_that_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(RefusedError, match="fq cannot be read"):
        FilterQuery.of(written)


@pytest.mark.parametrize(
    ("probability", "digits", "shown"), [(0.29, 2, 0.29), (0.999, 1, 0.9), (0.0, 3, 0.0)]
)
def test_a_probability_is_cut_off_and_not_rounded(probability: float, digits: int, shown: float) -> None:
    assert truncated(probability, digits) == shown
