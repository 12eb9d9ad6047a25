from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pytest

from address_match.indexer.sources.table_batch import TableBatch
from address_match.service.batch.input.input_addresses import NoAddressError, find_address, row_batch
from address_match.service.batch.row_batch import RowBatch
from address_match.service.batch.trial.column_trial import ColumnTrial, tried_by_columns, try_columns
from address_match.service.matching.pipeline import MatchPipeline
from tests.built_index import built_pipeline

ROADS = {"THORNBECK ROW": "ZE1 4QT", "OSIER STREET": "ZE1 7BD", "QUERN LANE": "ZE2 9AX"}
HOUSES = [(number, road) for road in ROADS for number in range(1, 15)]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MatchPipeline]:
    rows = [
        f'{100 + n},"{house} {road}, MARLOW FOLD",{ROADS[road]}' for n, (house, road) in enumerate(HOUSES)
    ]
    reference = "\n".join(["uprn,address,postcode", *rows])
    with built_pipeline(tmp_path_factory.mktemp("trial"), reference) as opened:
        yield opened


class Lent:
    """The pipeline of the module, which stays open for the next test."""

    def __init__(self, pipeline: MatchPipeline) -> None:
        self._pipeline = pipeline
        self.retriever, self.explain_each = pipeline.retriever, pipeline.explain_each
        self.match = pipeline.match

    def close(self) -> None:
        """Leave it open."""


def rows_of(columns: Mapping[str, Sequence[str]]) -> RowBatch:
    batch = pa.RecordBatch.from_pydict({name: list(cells) for name, cells in columns.items()})
    return row_batch(TableBatch(1, batch, ()), find_address(list(columns)))


def trial_of(pipeline: MatchPipeline, columns: Mapping[str, Sequence[str]]) -> ColumnTrial | None:
    return try_columns(rows_of(columns), find_address(list(columns)), lambda: Lent(pipeline))


NUMBERS = [str(number) for number, _ in HOUSES]
STREETS = [road for _, road in HOUSES]
TOWNS = ["MARLOW FOLD"] * len(HOUSES)
CODES = [ROADS[road] for road in STREETS]
ADDRESSES = [f"{number} {road}, MARLOW FOLD" for number, road in HOUSES]
OTHERS = [*ADDRESSES[5:], *ADDRESSES[:5]]


def test_columns_that_find_the_rows_are_kept(pipeline: MatchPipeline) -> None:
    trial = trial_of(pipeline, {"Ref": NUMBERS, "Address": ADDRESSES, "Postcode": CODES})
    assert trial == ColumnTrial(len(HOUSES), len(HOUSES))


@pytest.mark.parametrize(
    ("columns", "wording"),
    [
        (
            {"Street No": ["31"] * 42, "House": NUMBERS, "Street": STREETS, "Town": TOWNS, "Postcode": CODES},
            "without Street No",
        ),
        (
            {
                "No": ["3", "1", "2"] * 14,
                "Street": STREETS,
                "Town": TOWNS,
                "Postcode": CODES,
                "Anchor": NUMBERS,
            },
            "with Anchor in place of No",
        ),
        ({"Address": STREETS, "Postcode": CODES, "Anchor": NUMBERS}, "with Anchor beside them"),
        (
            {"Address": OTHERS, "Postcode": CODES, "Let 1": ADDRESSES, "Let 2": TOWNS},
            "by Let 1, Let 2 alone",
        ),
        (
            {"Address": ADDRESSES, "Postcode": [*CODES[14:], *CODES[:14]], "P2": CODES},
            "with P2 in place of Postcode",
        ),
    ],
    ids=["a number of the road", "a number of something", "a lost number", "another address", "of an office"],
)
def test_other_columns_that_find_more_are_named(
    pipeline: MatchPipeline, columns: dict[str, Sequence[str]], wording: str
) -> None:
    trial = trial_of(pipeline, columns)
    assert trial is not None
    assert trial.better is not None
    assert trial.better.wording == wording


@pytest.mark.parametrize(
    "name",
    ["Landlord Address", "Correspondence", "Borrower Address"],
    ids=["known to be another's", "somebody's", "somebody's nobody knows"],
)
def test_whose_address_it_is_by_its_name_is_not_tried(pipeline: MatchPipeline, name: str) -> None:
    trial = trial_of(pipeline, {"Address": ADDRESSES, "Postcode": CODES, name: OTHERS})
    assert trial is not None
    assert trial.better is None


def test_places_that_many_rows_share_are_no_other_address(pipeline: MatchPipeline) -> None:
    station = [ADDRESSES[0], ADDRESSES[20]] * 21
    trial = trial_of(pipeline, {"Address": ADDRESSES, "Postcode": CODES, "Where to vote": station})
    assert trial is not None
    assert trial.better is None


def test_addresses_of_which_only_the_postcode_is_held_are_none(pipeline: MatchPipeline) -> None:
    trial = trial_of(pipeline, {"Address": [f"17 SOLDERED {n} WIDGET" for n in range(42)], "Postcode": CODES})
    assert trial is not None
    assert trial.problem.startswith(
        "of 42 first rows 0 are matched by them, and 42 say a postcode that is held"
    )


@pytest.mark.parametrize(
    ("addresses", "codes"),
    [
        ([f"{40 + n} {road}, MARLOW FOLD" for n, road in enumerate(STREETS)], CODES),
        ([f"{n} Far Row, Otley" for n in range(42)], ["LS21 9ZZ"] * 42),
    ],
    ids=["other houses of the streets", "elsewhere"],
)
def test_addresses_that_are_not_held_are_matched_all_the_same(
    pipeline: MatchPipeline, addresses: Sequence[str], codes: Sequence[str]
) -> None:
    trial = trial_of(pipeline, {"Address": addresses, "Postcode": codes})
    assert trial is not None
    assert (trial.matched, trial.problem) == (0, "")


def test_few_rows_tell_nothing(pipeline: MatchPipeline) -> None:
    assert trial_of(pipeline, {"Address": ADDRESSES[:19], "Postcode": CODES[:19]}) is None


def test_a_file_is_refused_with_the_columns_that_find_more(pipeline: MatchPipeline) -> None:
    columns = {
        "Street No": ["31"] * 42,
        "House": NUMBERS,
        "Street": STREETS,
        "Town": TOWNS,
        "Postcode": CODES,
    }
    noted: list[ColumnTrial | None] = []
    with pytest.raises(NoAddressError, match="--columns House,Street,Town,Postcode"):
        tried_by_columns(
            iter([rows_of(columns)]), find_address(list(columns)), lambda: Lent(pipeline), noted.append
        )
    assert noted[0] is not None
    assert noted[0].better_matched == len(HOUSES)


def test_all_rows_come_back(pipeline: MatchPipeline) -> None:
    batch = rows_of({"Address": ADDRESSES, "Postcode": CODES})
    address = find_address(["Address", "Postcode"])
    again = tried_by_columns(iter([batch, batch]), address, lambda: Lent(pipeline), lambda _: None)
    assert list(again) == [batch, batch]
