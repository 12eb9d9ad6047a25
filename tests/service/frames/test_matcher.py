"""An index that is open answers frames as the commands answer files."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import address_match as am
from address_match.indexer.errors import IndexUnusableError
from address_match.service.batch.output.held_columns import HELD_NUMBERS
from address_match.service.cli import main
from address_match.service.errors import UsageError
from address_match.worker_processes import done_in_order

ASKED = [
    "12 tanfeild rd, shildon DL45QA",
    "flat 2 marlin ct skipper st shildon",
    "5 Chapel Hill, Shildon",
    "15 Tanfield Road, Shildon",
    "flat 9 marlin court, skipper street, shildon",
    "x" * 10_001,
    None,
]


def test_a_frame_is_answered_as_its_file_is(index: Path, matcher: am.Matcher, tmp_path: Path) -> None:
    table = pa.table({"ref": range(len(ASKED)), "address": ASKED})
    pq.write_table(table, tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    command = ["match", str(tmp_path / "in.parquet"), "--index", str(index), "--out", str(out)]
    assert main([*command, "--top", "2", "--explain", "--fields", "postcode,latitude"]) == 0
    found = matcher.match(table, top=2, explain=True, fields=["postcode", "latitude"])
    assert _as_written(found) == pq.read_table(out).to_pylist()


def test_identifiers_of_a_frame_are_audited_as_those_of_its_file(
    index: Path, matcher: am.Matcher, tmp_path: Path
) -> None:
    given = [100000000104, 100000000104, None]
    table = pa.table({"address": ASKED[:3], "id": given})
    pq.write_table(table, tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    command = ["match", str(tmp_path / "in.parquet"), "--index", str(index), "--out", str(out)]
    assert main([*command, "--audit", "id"]) == 0
    found = matcher.match(table, audit="id")
    assert found.column("match_audit").to_pylist() == ["right", "wrong", None]
    written = pq.read_table(out)
    for name in ("match_audit", "match_audit_uprn"):
        assert [value or "" for value in found.column(name).to_pylist()] == written.column(name).to_pylist()
    assert found.column("match_audit_probability").equals(written.column("match_audit_probability"))
    with pytest.raises(UsageError, match="no column 'uprn'"):
        matcher.match(table, audit="uprn")


def _as_written(table: pa.Table) -> list[dict[str, object]]:
    """The rows of a frame as a file holds them: nothing is an empty text, and candidates are JSON."""

    def is_text(name: str) -> bool:
        return name.startswith("match_") and name not in HELD_NUMBERS

    texts = {
        name: [_said(value) for value in column.to_pylist()] if is_text(name) else column.to_pylist()
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    return [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]


def _said(value: object) -> object:
    if isinstance(value, list):
        candidates = [{**candidate, "relation": candidate["relation"] or ""} for candidate in value]
        return json.dumps(candidates, ensure_ascii=False)
    return "" if value is None else value


def test_worker_processes_answer_the_same(matcher: am.Matcher) -> None:
    assert matcher.match(ASKED, jobs=2) == matcher.match(ASKED)


def test_threads_share_one_matcher(matcher: am.Matcher) -> None:
    expected = matcher.match(ASKED)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(matcher.match, [ASKED] * 8)) == [expected] * 8


def test_an_opener_travels_to_another_process(matcher: am.Matcher) -> None:
    [(_, answers)] = done_in_order(_matched_elsewhere, [(None, matcher.opener)], processes=1)
    assert answers == matcher.match(ASKED)


def _matched_elsewhere(opener: am.MatcherOpener) -> object:
    with opener() as other:
        return other.match(ASKED)


def test_progress_tells_of_all_rows(matcher: am.Matcher) -> None:
    told: list[tuple[int, int]] = []
    matcher.match(["1 chapel hill"] * 5_500, progress=lambda done, rows: told.append((done, rows)))
    assert told == [(5_000, 5_500), (5_500, 5_500)]


def test_a_policy_decides_for_one_call(matcher: am.Matcher) -> None:
    doubted = am.DecisionPolicy(absence_prior=0.95)
    usual, other = (matcher.match(ASKED, policy=policy)[0] for policy in (None, doubted))
    assert usual["match_absent_probability"] < other["match_absent_probability"]


def test_find_explain_and_parse_know_the_reference(matcher: am.Matcher) -> None:
    assert matcher.find(ASKED[0] or "", top=1).uprn == "100000000104"
    assert matcher.explain(ASKED[0] or "").candidates[0].uprn == "100000000104"
    assert matcher.parse("12 tanfield road").fields.number == 12


def test_the_prior_is_estimated_from_the_addresses_that_say_something(matcher: am.Matcher) -> None:
    found = matcher.estimate_prior(["9 nowhere lane, truro"] * 50 + [None])
    assert found.rows == 50
    assert found.prior > 0.6


def test_answers_are_measured_against_their_truth(matcher: am.Matcher) -> None:
    labelled = {"uprn": ["100000000104", None], "address": [ASKED[0], "9 nowhere lane, truro"]}
    found = am.evaluate(matcher, pa.table(labelled))
    assert (found.overall.present, found.overall.absent, found.overall.precision) == (1, 1, 1.0)


def test_truth_without_its_column_is_refused(matcher: am.Matcher) -> None:
    with pytest.raises(UsageError, match="the data has no column uprn"):
        am.evaluate(matcher, pa.table({"address": [ASKED[0]]}))


def test_an_index_that_vanishes_is_told_of_where_it_is_opened(index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(index, copy)
    opener = am.opener(copy)
    shutil.rmtree(copy)
    with pytest.raises(IndexUnusableError):
        opener()


def test_a_closed_matcher_says_so(index: Path) -> None:
    with am.open(index) as opened:
        opened.close()
    with pytest.raises(UsageError, match="closed"):
        opened.match(ASKED)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"jobs": 0}, "jobs is 0; give 1 process or more"),
        ({"top": -1}, "top is -1"),
        ({"columns": ["adress"]}, "no column 'adress'"),
    ],
)
def test_what_cannot_be_done_is_refused_before_a_row_is_matched(
    matcher: am.Matcher, arguments: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        matcher.match(pa.table({"address": ASKED}), **arguments)


def test_the_way_out_is_told_in_words_of_python(matcher: am.Matcher) -> None:
    with pytest.raises(UsageError, match=r"Name the columns that make the address: columns=\['a', 'b'\]$"):
        matcher.match(pa.table({"colour": ["red"]}))


def test_one_field_may_be_named_as_a_text(matcher: am.Matcher) -> None:
    assert matcher.match(ASKED[:1], fields="postcode")[0]["match_postcode"] == "DL4 5QA"


def test_a_missing_value_is_no_address(matcher: am.Matcher) -> None:
    with pytest.raises(UsageError, match="a float is no address"):
        matcher.find(float("nan"))  # type: ignore[arg-type]
    assert matcher.find(None).reason == am.Reason.BLANK


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"as_at": "2021-03-21"}, r"as_at is a str; give a day, such as datetime.date\(2021, 3, 21\)"),
        ({"as_at": datetime(2021, 3, 21, tzinfo=UTC)}, "as_at is a datetime"),
        ({"places": "MALTON"}, "places is one text"),
    ],
)
def test_a_policy_of_another_kind_is_refused(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        am.DecisionPolicy(**arguments)
