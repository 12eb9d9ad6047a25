"""Which part of an address is not held, by its answer, its parse and a real index."""

from collections.abc import Iterator

import pytest

from address_match.service.lookup.not_held import NotHeld, not_held
from address_match.service.matching.answer import Answer
from address_match.service.matching.pipeline import MatchPipeline
from tests.built_index import built_pipeline

REFERENCE = """uprn,address,postcode
1,"1 THORNBECK ROAD, SHILDON",DL4 5QT
3,"3 THORNBECK ROAD, SHILDON",DL4 5QT
4,"4 THORNBECK ROAD, SHILDON",DL4 5QT
6,"6-8 THORNBECK ROAD, SHILDON",DL4 5QT
91,"FLAT 1, 9 THORNBECK ROAD, SHILDON",DL4 5QT
9,"9 THORNBECK ROAD, SHILDON",DL4 5QT
14,"14A THORNBECK ROAD, SHILDON",DL4 5QU
24,"24 THORNBECK ROAD, SHILDON",DL4 5QU
26,"26 THORNBECK ROAD, SHILDON",DL4 5QU
500,"OSIER COURT, SKIPPER STREET, SHILDON",DL4 7BD
501,"FLAT 1, OSIER COURT, SKIPPER STREET, SHILDON",DL4 7BD
502,"FLAT 2, OSIER COURT, SKIPPER STREET, SHILDON",DL4 7BD
600,"QUERNSTONE FARM, OSTWICK",ZE2 9AX
"""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    folder = tmp_path_factory.mktemp("not_held")
    with built_pipeline(folder, REFERENCE) as opened:
        yield opened


def found(pipeline: MatchPipeline, text: str) -> tuple[Answer, NotHeld | None]:
    answer = pipeline.match([text], thorough=True)[0]
    return answer, not_held(pipeline.parser.parse_batch([text])[0], answer, pipeline.retriever)


@pytest.mark.parametrize(
    ("text", "written", "nearest"),
    [
        ("11 Thornbeck Road, Shildon", "11", ["9", "3", "1", "6-8", "14A"]),
        ("12 thornbeck road, shildon", "12", ["14A", "6-8", "4", "24", "26"]),
        ("14b Thornbeck Road, Shildon", "14b", ["14A", "6-8", "4", "24", "26"]),
    ],
)
def test_a_number_that_a_street_lacks_comes_with_its_nearest_those_of_its_side_first(
    pipeline: MatchPipeline, text: str, written: str, nearest: list[str]
) -> None:
    _, lacking = found(pipeline, text)
    assert lacking is not None
    assert (lacking.element.value, lacking.text) == ("number", written)
    assert text[lacking.start : lacking.end] == written
    assert [one.number for one in lacking.nearest] == nearest


def test_a_number_stands_for_its_house_before_the_parts_of_it(pipeline: MatchPipeline) -> None:
    _, lacking = found(pipeline, "11 Thornbeck Road, Shildon")
    assert lacking is not None
    assert (lacking.nearest[0].uprn, lacking.nearest[0].address) == (
        "9",
        "9 THORNBECK ROAD, SHILDON, DL4 5QT",
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Flat 7, Osier Court, Skipper Street, Shildon", "Flat 7"),
        ("flat 7 osier court skipper street shildon dl4 7bd", "flat 7"),
        ("Flat 2, 9 Thornbeck Road, Shildon", "Flat 2"),
        ("Flat 2, 3 Thornbeck Road, Shildon", "Flat 2"),
    ],
)
def test_a_flat_that_a_building_lacks_is_echoed(pipeline: MatchPipeline, text: str, written: str) -> None:
    answer, lacking = found(pipeline, text)
    assert answer.status.value != "matched"
    assert lacking is not None
    assert (lacking.element.value, lacking.text, lacking.nearest) == ("flat", written, ())


@pytest.mark.parametrize(
    "text",
    [
        "3 Thornbeck Road, Shildon",
        "Flat 1, Osier Court, Skipper Street, Shildon",
        "7 Thornbeck Road, Shildon",
        "9 Nowhere Lane, Truro",
        "Thornbeck Road, Shildon",
        "Rowan Barn, Thornbeck Road, Shildon",
    ],
)
def test_nothing_is_said_of_what_is_held_or_lies_elsewhere(pipeline: MatchPipeline, text: str) -> None:
    assert found(pipeline, text)[1] is None
