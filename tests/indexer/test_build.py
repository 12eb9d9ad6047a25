import json
import resource
import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from indexer.build import build_index
from indexer.errors import BuildError, IndexMismatchError, IndexUnusableError
from indexer.local import open_index, read_manifest
from indexer.manifest import BundleIdentity
from indexer.sources import open_reference
from tests.indexer.models import CommaReader, HashedTrigrams, load_models
from tests.indexer.references import ADDRESSES, BUNDLE, build, built, made_up, write_csv


def test_a_build_reports_counts(tmp_path: Path) -> None:
    report = build(tmp_path, [*ADDRESSES, ("", "9 NOWHERE"), ADDRESSES[0]])
    assert (report.manifest.texts, report.manifest.premises) == (9, 8)
    assert report.manifest.problems == {"missing uprn": 1, "duplicate row": 1}
    assert report.bytes == sum(f.stat().st_size for f in (tmp_path / "index" / "g000001").iterdir())


def test_rows_that_contradict_each_other_are_reported(tmp_path: Path) -> None:
    header = ("uprn", "address", "country")
    rows = [("1", "2 PELLOW ROAD", "E"), ("1", "TWO PELLOW ROAD", "W"), ("1", "NO 2 PELLOW ROAD", "")]
    reference = open_reference(write_csv(tmp_path / "a.csv", rows, header))
    reader, encoder = load_models()
    report = build_index(reference, tmp_path / "index", reader=reader, encoder=encoder, bundle=BUNDLE)
    assert [(e.row, e.what) for e in report.problems.first] == [(2, "conflicting country")]


def test_texts_stand_by_postcode_street_and_number(tmp_path: Path) -> None:
    index = built(tmp_path)
    rows = {uprn: index.lookup(uprn).column("row").to_pylist() for uprn, _ in ADDRESSES}
    assert rows == {
        "008": [0],
        "001": [1],
        "002": [2],
        "003": [3],
        "004": [4],
        "005": [5],
        "006": [6],
        "007": [7, 8],
    }


def test_several_processes_build_the_same_index(tmp_path: Path) -> None:
    rows = made_up(12_000)
    one = build(tmp_path, rows, name="one")
    reference = open_reference(tmp_path / "reference.csv")
    reader, encoder = load_models()
    build_index(
        reference,
        tmp_path / "two",
        reader=reader,
        encoder=encoder,
        bundle=BUNDLE,
        processes=2,
        load_models=load_models,
    )
    for name in one.manifest.files:
        first, second = (tmp_path / out / "g000001" / name for out in ("one", "two"))
        assert first.read_bytes() == second.read_bytes(), name


def test_a_rebuild_keeps_one_generation_back(tmp_path: Path) -> None:
    for _ in range(3):
        build(tmp_path)
    names = sorted(folder.name for folder in (tmp_path / "index").iterdir() if folder.is_dir())
    assert names == ["g000002", "g000003"]
    assert read_manifest(tmp_path / "index").generation == "g000003"


def test_a_reader_keeps_its_generation_while_another_is_built(tmp_path: Path) -> None:
    index = built(tmp_path)
    build(tmp_path, ADDRESSES[:2])
    assert index.lookup("007").num_rows == 2


def test_what_a_killed_build_left_is_swept_away(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "index" / "g000002").mkdir()
    (tmp_path / "index" / "g000002" / "vectors.npy").write_bytes(b"half")
    assert open_index(tmp_path / "index").lookup("001").num_rows == 1
    build(tmp_path)
    assert not (tmp_path / "index" / "g000002" / "vectors.npy").read_bytes().startswith(b"half")


def test_a_reference_without_a_usable_row_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(BuildError, match="holds no usable row"):
        build(tmp_path, [("", "12 PELLOW ROAD")])
    assert read_manifest(tmp_path / "index").generation == "g000001"


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow over 64 KiB, as on a disk that is full: writing fails with an OSError."""

    def ignore(_signal: int, _frame: FrameType | None) -> None: ...

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, ignore)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_is_a_clear_error_and_leaves_nothing(tmp_path: Path, small_disk: None) -> None:
    build(tmp_path)
    reference = write_csv(tmp_path / "large.csv", made_up(1_000))
    with pytest.raises(BuildError, match="free some disk"):
        build_index(
            open_reference(reference),
            tmp_path / "index",
            reader=CommaReader(),
            encoder=HashedTrigrams(),
            bundle=BUNDLE,
        )
    assert sorted(f.name for f in (tmp_path / "index").iterdir() if f.is_dir()) == ["g000001"]
    assert open_index(tmp_path / "index").lookup("001").num_rows == 1


def test_an_index_that_is_not_there_names_the_build_command(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="address-match index build"):
        open_index(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["texts.arrow", "vectors.npy", "postings.npy"])
def test_a_truncated_file_is_refused(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    file = tmp_path / "index" / "g000001" / name
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(IndexUnusableError, match=f"truncated.*{name}"):
        open_index(tmp_path / "index")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "index" / "g000001" / "postcodes.npy").unlink()
    with pytest.raises(IndexUnusableError, match=r"postcodes\.npy is missing"):
        open_index(tmp_path / "index")


def test_a_file_of_the_right_size_but_wrong_content_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    file = tmp_path / "index" / "g000001" / "texts.arrow"
    file.write_bytes(bytes(file.stat().st_size))
    with pytest.raises(IndexUnusableError, match="damaged"):
        open_index(tmp_path / "index")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format_version": 1}'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: str) -> None:
    build(tmp_path)
    (tmp_path / "index" / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="damaged"):
        open_index(tmp_path / "index")


def test_another_format_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(
        json.dumps({**json.loads(manifest.read_text()), "format_version": 99}), encoding="utf-8"
    )
    with pytest.raises(IndexUnusableError, match="has format 99"):
        open_index(tmp_path / "index")


def test_an_index_of_another_encoder_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    other = BundleIdentity("other", "2", "bundles/other", BUNDLE.parser_fingerprint, "another-encoder")
    with pytest.raises(
        IndexMismatchError, match=r"encoder hashed-trigrams-1 of bundle tiny 1; .*another-encoder"
    ):
        open_index(tmp_path / "index", bundle=other)
