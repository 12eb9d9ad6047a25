"""What a store holds is read back as it was written, or refused."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.sample import Sample
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from tests.service.lifecycle.labels.factories import sampled, store_of


def test_a_sample_is_read_back_and_kept_once(tmp_path: Path) -> None:
    store = LabelStore(tmp_path / "labels")
    sample = Sample((sampled("a1"), sampled("a2")), {"matched from 0.95": 40}, "0" * 64, 3)
    assert store.add_sample(sample) == store.add_sample(sample)
    assert store.samples() == [sample]


def test_files_of_a_store_are_their_owners_alone(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled())
    assert [path.stat().st_mode & 0o777 for path in store.folder.rglob("*.parquet")] == [0o600]


def test_an_altered_sample_is_refused(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled())
    (path,) = store.folder.rglob("*.parquet")
    table = pq.read_table(path)
    weights = table.set_column(table.schema.get_field_index("inclusion"), "inclusion", [[1.0]])
    pq.write_table(weights.replace_schema_metadata(table.schema.metadata), path)
    with pytest.raises(UsageError, match="damaged, altered or of another release"):
        store.answers()


def test_a_torn_sample_is_refused(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled())
    (path,) = store.folder.rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(UsageError, match="damaged"):
        store.samples()


def test_what_a_coder_takes_back_is_read_back(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled())
    said = CodedAnswers("ann", False, "2026-11-29T12:00:00+00:00", {}, frozenset({"a1"}))
    with store.alone():
        store.add_coded(said)
    assert store.coded() == [said]
    assert store.count_coded() == 1


def test_a_note_is_read_back_with_its_verdict(tmp_path: Path) -> None:
    store = store_of(tmp_path, sampled())
    said = Judgement(Verdict.RIGHT, "0100", "the rear of it")
    with store.alone():
        store.add_coded(CodedAnswers("ann", False, "2026-11-29T12:00:00+00:00", {"a1": said}))
    assert store.coded()[0].judgements["a1"].note == "the rear of it"


def test_verdicts_of_a_release_without_notes_are_read(tmp_path: Path) -> None:
    said = {
        "format_version": 2,
        "coder": "ann",
        "adjudicates": False,
        "moment": "2026-11-29T12:00:00+00:00",
    }
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode())
    for column in (b'["id",["a1"]]', b'["verdict",["right"]]', b'["uprn",["0100"]]'):
        digest.update(column)
    table = pa.table({"id": ["a1"], "verdict": ["right"], "uprn": ["0100"]})
    (tmp_path / "verdicts").mkdir()
    path = tmp_path / "verdicts" / f"000001-{digest.hexdigest()[:16]}.parquet"
    pq.write_table(table.replace_schema_metadata({"address_match_labels": json.dumps(said)}), path)
    (coded,) = LabelStore(tmp_path).coded()
    assert coded.judgements == {"a1": Judgement(Verdict.RIGHT, "0100")}
    assert coded.judgements["a1"].note == ""


def test_files_of_the_form_before_are_read(tmp_path: Path) -> None:
    said = {"format_version": 1, "strata": {}, "source_sha256": "0" * 64, "seed": 3}
    rows = [asdict(sampled("a1"))]
    digest = hashlib.sha256(json.dumps([said, rows], sort_keys=True).encode()).hexdigest()[:16]
    (tmp_path / "samples").mkdir()
    table = pa.Table.from_pylist(rows).replace_schema_metadata({"address_match_labels": json.dumps(said)})
    pq.write_table(table, tmp_path / "samples" / f"{digest}.parquet")
    assert LabelStore(tmp_path).samples() == [Sample((sampled("a1"),), {}, "0" * 64, 3)]
