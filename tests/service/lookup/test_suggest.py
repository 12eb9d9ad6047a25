"""What is suggested for what somebody typed, over a real index."""

from collections.abc import Iterator

import pytest

from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.service.lookup.highlighter import Highlighter
from address_match.service.lookup.suggest import suggest
from address_match.service.lookup.typed_text import TypedText
from tests.indexer.references import built

ROWS = [
    ("1", "1 MILL LANE, ANYTOWN, AB1 2CD"),
    ("2", "2 MILL LANE, ANYTOWN, AB1 2CD"),
    ("12", "12 MILL LANE, ANYTOWN, AB1 2CE"),
    ("12A", "12A MILL LANE, ANYTOWN, AB1 2CE"),
    ("120", "120 MILL LANE, ANYTOWN, AB1 2CE"),
    ("5", "5 MILLER STREET, OTHERTON, AB12 3CD"),
    ("31", "FLAT 1, 3 OAK ROAD, ANYTOWN, AB1 2CD"),
    ("32", "FLAT 2, 3 OAK ROAD, ANYTOWN, AB1 2CD"),
    ("6", "6 LON Y FELIN, ANYTOWN, AB1 2CD"),
]


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRetriever]:
    retriever = built(tmp_path_factory.mktemp("suggest"), ROWS)
    yield retriever
    retriever.close()


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("mil", ["MILL LANE, ANYTOWN", "MILLER STREET, OTHERTON"]),
        ("mill ", ["MILL LANE, ANYTOWN"]),
        ("lon y f", ["LON Y FELIN, ANYTOWN"]),
        ("mill ln", ["MILL LANE, ANYTOWN"]),
        ("otherton", ["MILLER STREET, OTHERTON"]),
        ("miller ab12", ["MILLER STREET, OTHERTON"]),
        ("ab1", ["AB1 2CD", "AB1 2CE", "AB12 3CD"]),
        ("ab1 ", ["AB1 2CD", "AB1 2CE"]),
        ("AB1 2c", ["AB1 2CD", "AB1 2CE"]),
        ("zzz", []),
        ("12", []),
        (" ,;", []),
        ("", []),
    ],
)
def test_names_and_postcodes_go_on_from_what_is_typed(
    lists: LocalRetriever, typed: str, texts: list[str]
) -> None:
    found = suggest(lists, TypedText.of(typed), 10)
    assert [one.text for one in found if one.kind != "premises"] == texts


@pytest.mark.parametrize(
    ("typed", "uprns"),
    [
        ("12 mill la", ["12", "12A"]),
        ("mill lane 12", ["12", "12A", "120"]),
        ("mill lane 12 ", ["12", "12A"]),
        ("12a mill lane", ["12A"]),
        ("12 ab1 2ce", ["12", "12A"]),
        ("ab12cd", ["6", "1", "2", "31", "32"]),
        ("flat 2 3 oak", ["32"]),
        ("flat 2, oak ", ["32"]),
        ("miller", ["5"]),
        ("99 mill lane", []),
    ],
)
def test_premises_are_those_with_the_number_or_all_of_the_only_street(
    lists: LocalRetriever, typed: str, uprns: list[str]
) -> None:
    found = suggest(lists, TypedText.of(typed), 10)
    assert [one.uprn for one in found if one.kind == "premises"] == uprns


def test_no_more_is_suggested_than_is_asked_for(lists: LocalRetriever) -> None:
    assert len(suggest(lists, TypedText.of("mill lane 1"), 3)) == 3


@pytest.mark.parametrize(
    ("shown", "typed", "spans"),
    [
        ("AB1 2CD", "ab12", [(0, 5)]),
        ("AB12 3CD", "ab12", [(0, 4)]),
        ("1 MILL LANE, ANYTOWN AB1 2CD", "ab12cd", [(21, 28)]),
        ("1 MILL LANE, ANYTOWN", "ab1 2cd", []),
        ("ST. JOHN'S ROAD", "st johns rd", [(0, 3), (4, 10), (11, 15)]),
        ("ST. JOHN'S ROAD", "john", [(4, 10)]),
        ("MILL LANE", "oak", []),
    ],
)
def test_what_was_typed_is_marked(shown: str, typed: str, spans: list[tuple[int, int]]) -> None:
    assert Highlighter.of(typed).spans(shown) == spans
