import io
import tarfile
from pathlib import Path

import pytest

from address_match.models.bundle import load_bundle
from address_match.models.bundle.archive import unpack_archive, write_archive
from address_match.models.errors import BundleError
from tests.models.bundle.factories import small_bundle


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_archive(small_bundle(tmp_path / "bundle"), tmp_path / "small.tar")
    return tmp_path / "small.tar"


def _with(archive: Path, *added: tarfile.TarInfo, content: bytes = b"") -> Path:
    """Copy an archive and add members to it."""
    copy = archive.with_name("copy.tar")
    copy.write_bytes(archive.read_bytes())
    with tarfile.open(copy, "a") as file:
        for member in added:
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return copy


def _sparse(name: str) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": "1000000000000"}
    return member


def _link(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


def test_a_bundle_comes_out_of_its_archive_as_it_went_in(archive: Path, tmp_path: Path) -> None:
    unpacked = unpack_archive(archive, tmp_path / "out")
    assert unpacked.manifest == load_bundle(tmp_path / "bundle").manifest
    assert unpacked.model_card_path.read_text() == "# small\n"


def test_a_directory_that_is_there_already_is_left_as_it_is(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept.txt").write_text("kept")
    with pytest.raises(FileExistsError):
        unpack_archive(archive, tmp_path / "out")
    assert (tmp_path / "out" / "kept.txt").read_text() == "kept"


def test_one_bundle_gives_one_archive_byte_for_byte(archive: Path, tmp_path: Path) -> None:
    write_archive(small_bundle(tmp_path / "again"), tmp_path / "again.tar")
    assert (tmp_path / "again.tar").read_bytes() == archive.read_bytes()


def test_an_archive_packed_by_tar_itself_is_read(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "own.tar", "w") as file:
        file.add(tmp_path / "bundle", arcname="./whatever")
    assert unpack_archive(tmp_path / "own.tar", tmp_path / "out").name == "small"


@pytest.mark.parametrize("name", ["../escaped.json", "small/../../escaped.json", "/escaped.json"])
def test_a_path_that_leads_out_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError, match="leads out of it"):
        unpack_archive(_with(archive, tarfile.TarInfo(name)), tmp_path / "deep/out")
    assert not list(tmp_path.rglob("escaped.json"))
    assert not (tmp_path / "deep/out").exists()


@pytest.mark.parametrize(
    "member",
    [
        _link("small/encoder/link.json", "/etc/hosts", tarfile.SYMTYPE),
        _link("small/encoder/link.json", "small/manifest.json", tarfile.LNKTYPE),
        _link("small/encoder/device", "", tarfile.CHRTYPE),
        _link("small/encoder/pipe", "", tarfile.FIFOTYPE),
        _sparse("small/encoder/holes.json"),
    ],
    ids=["symbolic link", "hard link", "device", "pipe", "sparse file"],
)
def test_a_link_or_a_device_is_refused(archive: Path, tmp_path: Path, member: tarfile.TarInfo) -> None:
    with pytest.raises(BundleError, match="is no plain file"):
        unpack_archive(_with(archive, member), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["small/encoder/config.json", "other/x.json", "x.json"])
def test_a_part_twice_or_beside_the_folder_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BundleError, match="besides the one folder"):
        unpack_archive(_with(archive, tarfile.TarInfo(name)), tmp_path / "out")


def test_a_file_that_the_manifest_does_not_name_is_refused(archive: Path, tmp_path: Path) -> None:
    extra = _with(archive, tarfile.TarInfo("small/extra.json"), content=b"{}")
    with pytest.raises(BundleError, match=r"does not hold what its manifest names \(extra\.json\)"):
        unpack_archive(extra, tmp_path / "out")


def test_a_flipped_byte_in_any_part_is_refused(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as file:
        parts = [(m.name, m.offset_data) for m in file if not m.name.endswith("manifest.json")]
    for name, start in parts:
        archive.write_bytes(whole[: start + 2] + bytes([whole[start + 2] ^ 1]) + whole[start + 3 :])
        with pytest.raises(BundleError, match=f"{Path(name).name} was altered"):
            unpack_archive(archive, tmp_path / "out")
        assert not (tmp_path / "out").exists()
    assert len(parts) == 5


@pytest.mark.parametrize("content", [b"", b"no archive at all" * 100, b"\x1f\x8b\x08\x00" * 200])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(content)
    with pytest.raises(BundleError, match="is no archive of a bundle"):
        unpack_archive(tmp_path / "x.tar", tmp_path / "out")


def test_an_archive_cut_anywhere_is_refused_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as file:
        end = max(m.offset_data + m.size for m in file)
    for length in range(1, end, 331):
        archive.write_bytes(whole[:length])
        with pytest.raises(BundleError):
            unpack_archive(archive, tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with tarfile.open(tmp_path / "x.tar", "w") as file:
        file.add(tmp_path / "a.txt", arcname="x/a.txt")
    with pytest.raises(BundleError, match=r"holds no manifest\.json"):
        unpack_archive(tmp_path / "x.tar", tmp_path / "out")
