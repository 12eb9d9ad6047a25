import pytest

from address_match.indexer.texts.extent import Extent, Grid
from address_match.service.http.os_places.parameters import LANGUAGES, Parameters, Point
from address_match.service.http.os_places.refusals import RefusedError


def said(**sent: str) -> Parameters:
    return Parameters({name: [value] for name, value in sent.items()})


def test_a_point_of_the_british_grid_names_its_easting_first() -> None:
    assert said(point="437292.5, 115541").point() == Point(Grid.BRITISH, 437292.5, 115541)


@pytest.mark.parametrize("srs", ["WGS84", "epsg:4326", "EPSG:4258"])
def test_a_point_in_degrees_names_its_latitude_first(srs: str) -> None:
    assert said(point="50.9,-1.4", srs=srs).point() == Point(Grid.DEGREES, -1.4, 50.9)


def test_a_box_in_degrees_names_the_latitude_of_each_corner_first() -> None:
    assert said(bbox="50,-2,51,-1", srs="WGS84").bbox() == Extent(Grid.DEGREES, -2, 50, -1, 51)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *(
            ("point", text)
            for text in ("", "1", "1,2,3", "a,b", "1,nan", "1e400,1", "-1,5", "1;2", "9999999,1")
        ),
        *(("bbox", text) for text in ("", "1,2,3", "3,3,1,1", "1,2,3,inf")),
    ],
)
def test_coordinates_that_cannot_be_are_refused(name: str, written: str) -> None:
    parameters = said(**{name: written})
    with pytest.raises(RefusedError, match=f"arameter {name}"):
        parameters.point() if name == "point" else parameters.bbox()


def test_a_system_that_would_need_a_conversion_is_refused() -> None:
    with pytest.raises(RefusedError, match="not converted"):
        said(output_srs="EPSG:3857").grid("output_srs")


@pytest.mark.parametrize("written", ["0", "101", "-1", "ten", "1.5", "1000000000000"])
def test_a_number_out_of_bounds_is_refused(written: str) -> None:
    with pytest.raises(RefusedError, match="from 1 to 100"):
        said(maxresults=written).whole("maxresults", 100, 1, 100)


def test_a_list_takes_known_words_in_any_order_and_case() -> None:
    assert said(lr="cy,en").listed("lr", LANGUAGES, ()) == ("EN", "CY")
    with pytest.raises(RefusedError, match="EN or CY"):
        said(lr="FR").listed("lr", LANGUAGES, ())
