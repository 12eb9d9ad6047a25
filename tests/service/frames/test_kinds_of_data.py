"""Whatever kind of data addresses come in, they come back in it, with their answers."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import address_match as am
from address_match.service.batch.matcher import MatchOptions
from address_match.service.batch.output.answer_columns import match_columns
from address_match.service.errors import UsageError

HELD = "12 tanfeild rd, shildon DL45QA"
UPRN = "100000000104"
ADDED = match_columns(MatchOptions())
ROWS = {"id": [1, 2], "address": [HELD, "9 nowhere lane, truro"]}


def test_a_frame_of_pandas_keeps_its_index_and_its_columns(matcher: am.Matcher) -> None:
    frame = pd.DataFrame({**ROWS, "when": [dt.date(2020, 1, 2), "never"]}, index=["b", "b"])
    found = matcher.match(frame)
    assert list(found.index) == ["b", "b"]
    assert found[["id", "address", "when"]].equals(frame)
    assert found["match_uprn"].to_list()[0] == UPRN
    assert found["match_uprn"].isna().to_list() == [False, True]
    assert list(frame.columns) == ["id", "address", "when"]


def test_a_series_of_pandas_becomes_a_frame(matcher: am.Matcher) -> None:
    found = matcher.match(pd.Series([HELD], index=[7]))
    assert (found.index[0], list(found.columns)[:2]) == (7, ["address", "match_status"])


def test_categories_of_pandas_are_the_same_whatever_was_answered(matcher: am.Matcher) -> None:
    found = matcher.match(pd.DataFrame(ROWS).head(1))
    assert list(found["match_status"].cat.categories) == ["matched", "review", "unmatched"]


def test_candidates_of_pandas_are_lists_of_dicts(matcher: am.Matcher) -> None:
    found = matcher.match(pd.DataFrame({"address": [HELD, None]}), top=1)["match_candidates"].to_list()
    assert [candidate["uprn"] for candidate in found[0]] == [UPRN]
    assert found[1] == []


def test_a_frame_of_polars_comes_back_typed(matcher: am.Matcher) -> None:
    found = matcher.match(pl.DataFrame(ROWS), top=1)
    assert isinstance(found, pl.DataFrame)
    assert found["match_status"].to_list() == ["matched", "unmatched"]
    assert found.schema["match_reason"] == pl.Categorical
    assert found["match_candidates"][0][0]["relation"] == "exact"


def test_a_series_of_polars_becomes_a_frame(matcher: am.Matcher) -> None:
    assert matcher.match(pl.Series("where", [HELD]), columns="where")["match_uprn"].to_list() == [UPRN]


def test_tables_batches_and_readers_of_pyarrow_come_back_as_such(matcher: am.Matcher) -> None:
    table = pa.table(ROWS)
    assert matcher.match(table)["match_uprn"].to_pylist() == [UPRN, None]
    batch = matcher.match(table.to_batches()[0])
    assert isinstance(batch, pa.RecordBatch)
    assert batch.column("match_uprn").to_pylist() == [UPRN, None]
    assert isinstance(matcher.match(table.to_reader()), pa.RecordBatchReader)


def test_a_relation_of_duckdb_comes_back_as_one(matcher: am.Matcher) -> None:
    relation = duckdb.sql(f"select '{HELD}' as address, {{'a': 1}} as nested")
    found = matcher.match(relation, top=1)
    assert found.query("t", "select match_uprn, match_candidates[1].uprn, nested.a from t").fetchall() == [
        (UPRN, UPRN, 1)
    ]


def test_lists_of_texts_and_of_dicts_give_lists_of_dicts(matcher: am.Matcher) -> None:
    assert [row["match_uprn"] for row in matcher.match([HELD, None])] == [UPRN, None]
    found = matcher.match([{"address": HELD}, {"n": 1}])
    assert [(row.get("n"), row["match_uprn"]) for row in found] == [(None, UPRN), (1, None)]


class Speaker:
    """Some other library's frame, which speaks the Arrow C stream protocol."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.table(ROWS).__arrow_c_stream__(requested_schema)


def test_whatever_speaks_the_protocol_comes_back_as_a_table(matcher: am.Matcher) -> None:
    found: object = matcher.match(Speaker())
    assert isinstance(found, pa.Table)
    assert found["match_uprn"].to_pylist() == [UPRN, None]


@pytest.mark.parametrize(
    "missing",
    [
        pd.DataFrame({"address": pd.Series([None, float("nan"), pd.NA, pd.NaT], dtype=object)}),
        pd.DataFrame({"address": pd.array([pd.NA], dtype="string")}),
        pd.DataFrame({"address": pd.array([pd.NA], dtype="Int64")}),
        pd.DataFrame({"address": pd.Categorical([None], categories=[HELD])}),
        pd.DataFrame({"address": pd.Series([7, "", None, np.nan], dtype=object).iloc[2:]}),
        pl.DataFrame({"address": pl.Series([None], dtype=pl.String)}),
        pl.DataFrame({"address": [float("nan")]}),
        pa.table({"address": pa.nulls(2)}),
        duckdb.sql("select null::varchar as address"),
        [None, float("nan"), pd.NA],
    ],
)
def test_what_a_library_calls_missing_is_a_blank(matcher: am.Matcher, missing: object) -> None:
    found = matcher.match(missing)
    rows: list[dict[str, object]] = found if isinstance(found, list) else _rows(found)
    assert {row["match_reason"] for row in rows} == {"blank"}


def test_categories_and_mixed_values_are_addresses_too(matcher: am.Matcher) -> None:
    frame = pd.DataFrame(
        {
            "house": pd.Series([12, "12", 12.0], dtype=object),
            "street": pd.Categorical(["tanfield road"] * 3),
            "town": ["shildon"] * 3,
        }
    )
    found = matcher.match(frame, columns=["house", "street", "town"])
    assert found["match_uprn"].to_list() == [UPRN] * 3


def test_a_number_beside_a_missing_one_is_written_without_a_point(matcher: am.Matcher) -> None:
    frame = pd.DataFrame({"house": [12.0, np.nan], "street": ["tanfield road shildon"] * 2})
    found = matcher.match(frame, columns=["house", "street"])
    assert found["match_uprn"].to_list()[0] == UPRN


def test_columns_that_are_numbers_are_named_as_texts(matcher: am.Matcher) -> None:
    assert matcher.match(pd.DataFrame([[7, HELD]]), columns="1")["match_uprn"].to_list() == [UPRN]


def test_no_rows_come_back_as_no_rows_with_all_columns(matcher: am.Matcher) -> None:
    assert list(matcher.match(pd.DataFrame({"address": []})).columns)[:2] == ["address", "match_status"]
    assert matcher.match(pl.DataFrame({"address": []})).shape == (0, 1 + len(ADDED))
    assert matcher.match(pa.table({"address": pa.array([], pa.string())})).num_columns == 1 + len(ADDED)
    assert matcher.match(pa.record_batch({"address": pa.array([], pa.string())})).num_rows == 0
    assert matcher.match([]) == []


def test_columns_that_are_not_asked_for_may_hold_anything(matcher: am.Matcher) -> None:
    held = object()
    assert matcher.match(pd.DataFrame({"thing": [held], "address": [HELD]}))["thing"][0] is held
    nested = pa.table({"address": [HELD], "nested": [[{"a": 1}]]})
    assert matcher.match(nested)["nested"].to_pylist() == [[{"a": 1}]]


def test_other_columns_may_stand_twice_and_the_address_may_not(matcher: am.Matcher) -> None:
    twice = pd.DataFrame([[1, 2, HELD]], columns=["a", "a", "address"])
    assert list(matcher.match(twice).columns)[:4] == ["a", "a", "address", "match_status"]
    with pytest.raises(UsageError, match="address"):
        matcher.match(pd.DataFrame([[HELD, HELD]], columns=["address", "address"]))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (HELD, "a str is no data to match"),
        (pl.LazyFrame(ROWS), "a LazyFrame is no data to match"),
        ([HELD, {"address": HELD}], "texts alone or dicts alone"),
        (pd.DataFrame({"colour": [1]}), "no address column"),
        (pd.DataFrame({"address": [HELD], "match_uprn": [1]}), "already has the column 'match_uprn'"),
    ],
)
def test_what_cannot_be_matched_is_refused(matcher: am.Matcher, data: object, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        matcher.match(data)


def _rows(found: object) -> list[dict[str, object]]:
    if isinstance(found, pd.DataFrame):
        return [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]
    rows: list[dict[str, object]] = pa.table(found).to_pylist()
    return rows
