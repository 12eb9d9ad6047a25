"""What an engine lists beside what it finds, whatever engine it is (`address_match.indexer.retrieval.PremisesLists`)."""

from collections.abc import Iterator

import pyarrow as pa
import pytest

from address_match.indexer.directory import HeldPostcode, Street
from address_match.indexer.retrieval import IndexRetriever
from address_match.indexer.texts.schemas import LISTED_SCHEMA
from tests.contracts.engines import ENGINES
from tests.indexer.references import ADDRESSES

MORE = (
    ("009", "5 ALDERMOOR STREET, ANYTOWN, AB1 2CE"),
    ("010", "7 ALDERMOOR STREET, OTHERTON, XY9 8ZZ"),
    ("002", "14 ALDERMOOR STREET, OLD ANYTOWN, AB1 2CD"),
    ("011", "1 MARSH LANE, ANYTOWN"),
    ("012", "2 MARSH LANE, OTHERTON"),
)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[IndexRetriever]:
    retriever = ENGINES[request.param](request, tmp_path_factory.mktemp("engine"), [*ADDRESSES, *MORE])
    yield retriever
    retriever.close()


def uprns(texts: pa.Table) -> list[str]:
    kinds = [kind.value_type if pa.types.is_dictionary(kind) else kind for kind in texts.schema.types]
    assert (texts.schema.names, kinds) == (LISTED_SCHEMA.names, LISTED_SCHEMA.types)
    found: list[str] = texts.column("uprn").to_pylist()
    return found


def test_a_postcode_lists_its_texts_by_street_and_number(engine: IndexRetriever) -> None:
    assert uprns(engine.in_postcode("AB12CD")) == ["001", "002", "002", "003", "004"]


@pytest.mark.parametrize("postcode", ["ZZ99ZZ", "", "AB1", "'", "É"])
def test_a_postcode_that_is_not_held_lists_nothing(engine: IndexRetriever, postcode: str) -> None:
    assert uprns(engine.in_postcode(postcode)) == []


def test_a_street_lists_its_texts_in_all_its_postcodes(engine: IndexRetriever) -> None:
    expected = ["001", "002", "002", "003", "004", "009"]
    assert uprns(engine.on_street("ALDERMOOR STREET", "ANYTOWN")) == expected


@pytest.mark.parametrize("street", ["ALDERMOOR STREET", "MARSH LANE"])
def test_some_columns_of_a_street_are_those_of_all(engine: IndexRetriever, street: str) -> None:
    some, every = engine.columns_on_street(street, "ANYTOWN"), engine.on_street(street, "ANYTOWN")
    assert len(some) == every.num_rows
    for name in ("number", "uprn", "suffix", "address"):
        assert some.values(name) == [every.column(name).to_pylist()]


def test_columns_of_a_postcode_are_those_of_its_texts(engine: IndexRetriever) -> None:
    some, every = engine.columns_in_postcode("AB12CD"), engine.in_postcode("AB12CD")
    assert len(some) == every.num_rows
    for name in LISTED_SCHEMA.names:
        assert some.values(name) == [every.column(name).to_pylist()]


@pytest.mark.parametrize("postcode", ["ZZ99ZZ", "", "É"])
def test_a_postcode_that_is_not_held_has_no_columns_to_read(engine: IndexRetriever, postcode: str) -> None:
    assert len(engine.columns_in_postcode(postcode)) == 0
    assert engine.columns_in_postcode(postcode).values("number", "latitude") == [[], []]


def test_towns_that_share_a_postcode_of_a_street_are_one_place(engine: IndexRetriever) -> None:
    assert len(uprns(engine.on_street("ALDERMOOR STREET", "OLD ANYTOWN"))) == 6


def test_streets_of_one_name_without_postcodes_are_told_apart_by_their_towns(engine: IndexRetriever) -> None:
    assert uprns(engine.on_street("MARSH LANE", "ANYTOWN")) == ["011"]


@pytest.mark.parametrize(
    ("name", "place"), [("NO STREET", "ANYTOWN"), ("", ""), ("", "OTHERTON"), ("PELLOW ROAD", "")]
)
def test_a_street_that_is_not_held_lists_nothing(engine: IndexRetriever, name: str, place: str) -> None:
    assert uprns(engine.on_street(name, place)) == []
    assert engine.columns_on_street(name, place).values("number", "address") == [[], []]


def test_several_premises_are_looked_up_together(engine: IndexRetriever) -> None:
    assert sorted(uprns(engine.lookup_all(["007", "999", "001", "007"]))) == ["001", "007", "007"]
    assert uprns(engine.lookup_all([])) == []


def test_premises_drawn_at_random_are_held_and_the_same_for_the_same_seed(engine: IndexRetriever) -> None:
    drawn = engine.random_uprns(4, seed=7)
    assert drawn
    assert drawn == engine.random_uprns(4, seed=7)
    assert len(drawn) == len(set(drawn)) == len(set(uprns(engine.lookup_all(drawn))))


def test_a_part_of_a_postcode_lists_each_part_of_a_street(engine: IndexRetriever) -> None:
    found = engine.directory.stretches_from("AB1")
    assert [(one.postcode, one.street.name) for one in found][:2] == [
        ("AB12CD", "ALDERMOOR STREET"),
        ("AB12CE", "ALDERMOOR STREET"),
    ]


def test_streets_are_found_by_words_and_a_beginning(engine: IndexRetriever) -> None:
    found = engine.directory.streets_with(["ALDERMOOR"], "ANY", 5)
    assert (found.named, found.holding) == ([Street("ALDERMOOR STREET", "ANYTOWN", 5)], [])


def test_postcodes_are_found_by_their_beginning(engine: IndexRetriever) -> None:
    assert engine.directory.postcodes_from("AB12", 5) == [
        HeldPostcode("AB12CD", 4),
        HeldPostcode("AB12CE", 1),
    ]
