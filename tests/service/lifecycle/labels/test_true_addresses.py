"""Labels to learn from are the same, wherever they were kept."""

from pathlib import Path

import pytest

from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.label_set import label_set
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.true_addresses import read_labels
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict
from address_match.service.lifecycle.labels.written_labels import write_labels
from tests.service.lifecycle.labels.factories import sampled, store_of

HEADER = "address,uprn,label_weight\n"


@pytest.fixture
def store(tmp_path: Path) -> LabelStore:
    """A store with two labels, of weights that no few digits write."""
    store = store_of(
        tmp_path, sampled("a1", inclusion=0.3), sampled("a2", inclusion=0.7, address="2 MILL LANE")
    )
    judgements = {"a1": Judgement(Verdict.RIGHT, "0100"), "a2": Judgement(Verdict.ABSENT)}
    with store.alone():
        store.add_coded(
            CodedAnswers("ann", adjudicates=False, moment="2026-11-29T12:00:00+00:00", judgements=judgements)
        )
    return store


@pytest.mark.parametrize("name", ["labels.csv", "labels.ndjson", "labels.parquet"])
def test_a_file_of_an_export_says_what_its_store_says(store: LabelStore, tmp_path: Path, name: str) -> None:
    write_labels(tmp_path / name, label_set(store).labels, force=False)
    read, kept = read_labels(tmp_path / name), read_labels(store.folder)
    assert read.addresses == kept.addresses
    assert read.sha256 == kept.sha256
    assert (read.last, kept.last) == ("", "2026-11-29T12:00:00+00:00")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1 MILL LANE,0100,", r"row 2 of .*: label_weight '' is no number above 0"),
        ("1 MILL LANE,0100,-1", "is no number above 0"),
        ("1 MILL LANE,0100,nan", "is no number above 0"),
        (" ,0100,1", r"row 2 of .* has no address"),
        ("1 MILL LANE,0100", r"row 2 of .* is torn"),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_learned_from_is_refused_by_its_number(
    tmp_path: Path, row: str, told: str
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(f"{HEADER}2 MILL LANE,,1\n{row}\n")
    with pytest.raises(UsageError, match=told):
        read_labels(path)


def test_a_file_without_weights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("address,uprn\n1 MILL LANE,0100\n")
    with pytest.raises(UsageError, match="has no column label_weight"):
        read_labels(path)


def test_a_store_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no label that says what is right"):
        read_labels(store_of(tmp_path, sampled()).folder)


def test_labels_that_do_not_exist_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="do not exist; name a store"):
        read_labels(tmp_path / "labels.csv")
