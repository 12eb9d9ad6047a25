"""Which addresses an index knows as texts of one premises."""

from pathlib import Path

import numpy as np

from address_match.indexer.local.search.retriever import LocalRetriever
from address_match.indexer.retrieval import EqualTexts
from tests.indexer.references import built, opened

ROWS = (
    ("1", "12 MILL LANE, ANYTOWN, AB1 2CD"),
    ("1", "12 Mill Ln, Anytown, AB12CD"),
    ("2", "14 MILL LANE, ANYTOWN, AB1 2CD"),
    ("3", "14 Mill Lane Anytown AB1 2CD"),
    ("4", "16 MILL LANE, ANYTOWN, AB1 2CD"),
)


def pairs(found: EqualTexts) -> list[tuple[int, str]]:
    return list(zip(found.query.tolist(), found.texts.column("uprn").to_pylist(), strict=True))


def asked(index: LocalRetriever, *addresses: str) -> list[tuple[int, str]]:
    return pairs(index.equal_texts(addresses))


def test_an_address_is_found_however_it_is_written(tmp_path: Path) -> None:
    index = built(tmp_path, ROWS)
    assert asked(index, "nowhere", "16 mill la. anytown ab12cd", "", "12, Mill Lane, Anytown AB1 2CD") == [
        (1, "4"),
        (3, "1"),
    ]


def test_a_text_that_two_premises_share_is_not_found(tmp_path: Path) -> None:
    assert asked(built(tmp_path, ROWS), "14 MILL LANE, ANYTOWN, AB1 2CD") == []


def test_a_text_that_only_shares_its_code_is_not_found(tmp_path: Path) -> None:
    index = built(tmp_path, ROWS)
    folder = tmp_path / "index" / index.manifest.generation
    index.close()
    rows = np.load(folder / "equal_text_rows.npy")
    file = folder / "equal_text_rows.npy"
    file.chmod(0o644)
    np.save(file, np.roll(rows, 1))
    assert asked(opened(tmp_path / "index", verified=True), "16 MILL LANE, ANYTOWN, AB1 2CD") == []


def test_an_index_from_before_there_was_such_a_list_finds_none(tmp_path: Path) -> None:
    index = built(tmp_path, ROWS)
    folder = tmp_path / "index" / index.manifest.generation
    index.close()
    for name in ("codes", "rows"):
        (folder / f"equal_text_{name}.npy").unlink()
    older = LocalRetriever(tmp_path / "index", index.manifest)
    assert asked(older, "16 MILL LANE, ANYTOWN, AB1 2CD") == []


def test_a_reference_of_twins_alone_finds_none(tmp_path: Path) -> None:
    assert asked(built(tmp_path, ROWS[2:4]), "14 MILL LANE, ANYTOWN, AB1 2CD") == []
