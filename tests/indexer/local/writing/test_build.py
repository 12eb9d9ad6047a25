import errno
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from address_match.indexer.errors import BuildError, IndexMismatchError, IndexUnusableError
from address_match.indexer.lexical.analysis import terms
from address_match.indexer.local.open_index import open_index
from address_match.indexer.local.stored.postings import write_postings
from address_match.indexer.local.writing.build import build_index
from address_match.indexer.manifest import BundleIdentity, check_models, read_manifest
from address_match.indexer.reference.reference_source import open_reference
from address_match.indexer.retrieval import Query, QueryBatch, Quotas
from tests.indexer.models import BUNDLE, MODELS, HashedTrigrams, LoadedByEach
from tests.indexer.references import ADDRESSES, build, built, opened, overwrite, synthetic, write_csv
from tests.indexer.sources.formats.workbooks import workbook


def files_of(index: Path) -> list[Path]:
    return [file for file in (index / "g000001").rglob("*") if file.is_file()]


def test_a_build_reports_counts(tmp_path: Path) -> None:
    report = build(tmp_path, [*ADDRESSES, ("", "9 NOWHERE"), ADDRESSES[0]])
    assert (report.manifest.texts, report.manifest.premises) == (9, 8)
    assert report.manifest.problems == {"missing uprn": 1, "duplicate row": 1}
    assert report.bytes == sum(f.stat().st_size for f in files_of(tmp_path / "index"))


def test_two_builds_do_not_write_to_one_place(tmp_path: Path) -> None:
    index, reference = tmp_path / "index", open_reference(write_csv(tmp_path / "a.csv", ADDRESSES))
    index.mkdir()
    with FileLock(index / ".building"), pytest.raises(BuildError, match="Another build writes to"):
        build_index(reference, index, MODELS)
    assert sum(len(batch) for batch in reference.batches(100)) == len(ADDRESSES)


def test_rows_that_contradict_each_other_are_reported(tmp_path: Path) -> None:
    header = ("uprn", "address", "country")
    rows = [("1", "2 PELLOW ROAD", "E"), ("1", "TWO PELLOW ROAD", "W"), ("1", "NO 2 PELLOW ROAD", "")]
    reference = open_reference(write_csv(tmp_path / "a.csv", rows, header))
    report = build_index(reference, tmp_path / "index", MODELS)
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
    rows = synthetic(12_000)
    one = build(tmp_path, rows, name="one")
    reference = open_reference(tmp_path / "reference.csv")
    build_index(reference, tmp_path / "two", LoadedByEach(), processes=2)
    # tantivy names its segments by chance; what it finds is compared below.
    for name in (file for file in one.manifest.files if not file.startswith("postings/")):
        first, second = (tmp_path / out / "g000001" / name for out in ("one", "two"))
        assert first.read_bytes() == second.read_bytes(), name
    batch = QueryBatch(
        [Query(terms(address), ()) for _, address in rows[::600]], HashedTrigrams().encode([""] * 20)
    )
    answers = [opened(tmp_path / out).retrieve(batch, Quotas(0, 30, 0)) for out in ("one", "two")]
    one_found, two_found = (each.texts.listed(each.text, ["uprn", "address", "street"]) for each in answers)
    assert one_found == two_found
    assert answers[0].query.tolist() == answers[1].query.tolist()


def test_searching_writes_nothing_beside_the_index(tmp_path: Path) -> None:
    build(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    with_words = QueryBatch([Query(("PELLOW",), ())], HashedTrigrams().encode([""]))
    assert len(opened(tmp_path / "index").retrieve(with_words, Quotas(0, 30, 0)).text) == 2
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


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
    assert opened(tmp_path / "index").lookup("001").num_rows == 1
    build(tmp_path)
    assert not (tmp_path / "index" / "g000002" / "vectors.npy").read_bytes().startswith(b"half")


def test_a_reference_without_a_usable_row_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(BuildError, match="holds no usable row"):
        build(tmp_path, [("", "12 PELLOW ROAD")])
    assert read_manifest(tmp_path / "index").generation == "g000001"


def test_a_reference_that_is_refused_costs_no_reader_its_generation(tmp_path: Path) -> None:
    build(tmp_path)
    build(tmp_path, ADDRESSES[:2])
    with pytest.raises(BuildError, match="holds no usable row"):
        build(tmp_path, [("", "12 PELLOW ROAD")])
    assert (tmp_path / "index" / "g000001" / "texts.arrow").exists()


def test_a_full_disk_is_a_clear_error_and_leaves_nothing(tmp_path: Path, small_disk: None) -> None:
    build(tmp_path)
    reference = write_csv(tmp_path / "large.csv", synthetic(1_000))
    with pytest.raises(BuildError, match="free some disk"):
        build_index(open_reference(reference), tmp_path / "index", MODELS)
    assert sorted(f.name for f in (tmp_path / "index").iterdir() if f.is_dir()) == ["g000001"]
    assert opened(tmp_path / "index").lookup("001").num_rows == 1


@pytest.mark.parametrize("beside", [(), ("note.txt",)])
def test_a_first_build_that_fails_leaves_no_folder_behind(
    tmp_path: Path, small_disk: None, beside: Sequence[str]
) -> None:
    index = tmp_path / "new" / "index"
    for name in beside:
        index.mkdir(parents=True)
        (index / name).write_text("kept")
    reference = write_csv(tmp_path / "large.csv", synthetic(1_000))
    with pytest.raises(BuildError, match="free some disk"):
        build_index(open_reference(reference), index, MODELS)
    assert index.exists() == bool(beside)


def test_the_sheet_of_a_workbook_of_several_is_noted(tmp_path: Path) -> None:
    sheets = {"Cover": [["Extract of May"]], "Data": [["uprn", "address"], ["1", "2 Mill Lane, Marlow"]]}
    several, single = tmp_path / "several.xlsx", tmp_path / "single.xlsx"
    several.write_bytes(workbook(sheets))
    single.write_bytes(workbook({"Data": sheets["Data"]}))
    built = [build_index(open_reference(file), tmp_path / file.stem, MODELS) for file in (several, single)]
    assert [report.manifest.sheet for report in built] == ["Data", ""]


def test_a_disk_that_is_full_of_words_is_a_clear_error(tmp_path: Path, small_disk: None) -> None:
    words = [f"W{number}" for number in range(40_000)]
    each = np.arange(len(words), dtype=np.int32)
    with pytest.raises(BuildError, match=r"could not be indexed.*Free some disk"):
        write_postings(tmp_path, words, each, np.ones(len(words), dtype=np.int64))


def test_an_index_that_is_not_there_names_the_build_command(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError, match="address-match index build"):
        opened(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["texts.arrow", "vectors.npy", "term_counts.npy"])
def test_a_truncated_file_is_refused(tmp_path: Path, name: str) -> None:
    build(tmp_path)
    file = tmp_path / "index" / "g000001" / name
    overwrite(file, file.read_bytes()[:-10])
    with pytest.raises(IndexUnusableError, match=f"truncated.*{name}"):
        opened(tmp_path / "index")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "index" / "g000001" / "postcodes.npy").unlink()
    with pytest.raises(IndexUnusableError, match=r"postcodes\.npy is missing"):
        opened(tmp_path / "index")


def test_one_bit_of_any_file_is_missed(tmp_path: Path) -> None:
    build(tmp_path)
    for file in files_of(tmp_path / "index"):
        whole = file.read_bytes()
        place = len(whole) // 2
        overwrite(file, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(IndexUnusableError, match=f"damaged: block 1 of 1 of .*{re.escape(file.name)}"):
            opened(tmp_path / "index")
        overwrite(file, whole)
    assert opened(tmp_path / "index").lookup("001").num_rows == 1


def test_a_manifest_that_says_something_else_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"bundles/tiny"', '"bundles/tinx"'))
    with pytest.raises(IndexUnusableError, match="is not as it was written"):
        opened(tmp_path / "index")


def test_a_generation_can_only_be_read_and_is_swept_all_the_same(tmp_path: Path) -> None:
    build(tmp_path)
    assert {file.stat().st_mode & 0o777 for file in files_of(tmp_path / "index")} == {0o444}
    build(tmp_path)
    build(tmp_path)
    assert not (tmp_path / "index" / "g000001").exists()


def test_a_reader_of_a_generation_that_was_swept_is_told_so(tmp_path: Path) -> None:
    manifest = build(tmp_path).manifest
    build(tmp_path)
    build(tmp_path)
    with pytest.raises(IndexUnusableError, match=r"The generation g000001 .* is gone.*run the command again"):
        open_index(tmp_path / "index", manifest)


def test_a_manifest_that_cannot_be_written_leaves_nothing_of_its_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path)
    before = sorted((tmp_path / "index").rglob("*"))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("address_match.drafts.os.fsync", full)
    with pytest.raises(BuildError, match="free some disk"):
        build(tmp_path)
    assert sorted((tmp_path / "index").rglob("*")) == before


@pytest.mark.parametrize("name", ["neighbours.faiss", "postings/more.idx"])
@pytest.mark.parametrize("verified", [False, True])
def test_a_file_that_the_index_was_not_built_with_is_refused(
    tmp_path: Path, name: str, *, verified: bool
) -> None:
    build(tmp_path)
    (tmp_path / "index" / "g000001" / name).write_bytes(b"of another index")
    with pytest.raises(IndexUnusableError, match=f"holds .*{name}, which it was not built with. Take it out"):
        opened(tmp_path / "index", verified=verified)


def test_a_file_that_the_system_hides_in_an_index_is_not_in_the_way(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "index" / "g000001" / ".DS_Store").write_bytes(b"a folder was looked at")
    opened(tmp_path / "index").close()


def test_a_file_of_the_right_size_but_wrong_content_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    file = tmp_path / "index" / "g000001" / "texts.arrow"
    overwrite(file, bytes(file.stat().st_size))
    with pytest.raises(IndexUnusableError, match=r"damaged: block 1 of 1 of .*texts\.arrow"):
        opened(tmp_path / "index")
    with pytest.raises(IndexUnusableError, match="damaged"):
        opened(tmp_path / "index", verified=True)


@pytest.mark.parametrize("suffix", ["idx", "term", "fieldnorm", "fast", "json"])
def test_damaged_postings_are_refused(tmp_path: Path, suffix: str) -> None:
    build(tmp_path)
    for file in (tmp_path / "index" / "g000001" / "postings").glob(f"*.{suffix}"):
        overwrite(file, bytes(file.stat().st_size))
    with pytest.raises(IndexUnusableError, match=r"words of the index .* are damaged.*index build"):
        opened(tmp_path / "index", verified=True)


def test_postings_found_damaged_by_a_query_are_reported(tmp_path: Path) -> None:
    rows = synthetic(3_000)
    build(tmp_path, rows)
    (file,) = (tmp_path / "index" / "g000001" / "postings").glob("*.term")
    content = file.read_bytes()
    third = len(content) // 3
    overwrite(file, content[:third] + bytes(255 - byte for byte in content[third:-third]) + content[-third:])
    index = opened(tmp_path / "index", verified=True)
    queries = [Query(terms(address), ()) for _, address in rows[::30]]
    vectors = HashedTrigrams().encode([""] * len(queries))
    with pytest.raises(IndexUnusableError, match=r"words of the index .* are damaged"):
        index.retrieve(QueryBatch(queries, vectors), Quotas(0, 30, 0))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format_version": 4}', b"[" * 100_000, b'"\xff"'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    build(tmp_path)
    (tmp_path / "index" / "manifest.json").write_bytes(content)
    with pytest.raises(IndexUnusableError, match="damaged"):
        opened(tmp_path / "index")


def test_another_format_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = tmp_path / "index" / "manifest.json"
    manifest.write_text(
        json.dumps({**json.loads(manifest.read_text()), "format_version": 99}), encoding="utf-8"
    )
    with pytest.raises(IndexUnusableError, match="has format 99"):
        opened(tmp_path / "index")


def test_an_index_of_another_encoder_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    other = BundleIdentity("other", "2", "bundles/other", BUNDLE.parser_fingerprint, "another-encoder")
    with pytest.raises(
        IndexMismatchError, match=r"encoder hashed-trigrams-1 of bundle tiny 1; .*another-encoder"
    ):
        opened(tmp_path / "index").check_bundle(other)


def test_of_a_hash_only_the_beginning_is_told(tmp_path: Path) -> None:
    manifest = build(tmp_path).manifest
    asked = replace(BUNDLE, parser_fingerprint="0123456789ab" + "c" * 52)
    with pytest.raises(IndexMismatchError, match="has 0123456789ab… in this release"):
        check_models(tmp_path, manifest, asked, manifest.analysis_fingerprint)


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        ("bundles/tiny", "in this release. Build it anew: address-match index build"),
        (
            "bundles/other",
            "Name the bundle bundles/tiny instead, or build it anew: address-match index build",
        ),
    ],
)
def test_another_bundle_is_named_only_where_it_would_help(tmp_path: Path, path: str, way_out: str) -> None:
    manifest = build(tmp_path).manifest
    asked = replace(BUNDLE, path=path, parser_fingerprint="otherwise")
    with pytest.raises(IndexMismatchError) as refused:
        check_models(tmp_path, manifest, asked, manifest.analysis_fingerprint)
    assert way_out in str(refused.value)
