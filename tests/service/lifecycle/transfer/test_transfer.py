"""Bundles carried from one registry to another, signed, altered on the way, and signed by others."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from address_match.models.errors import BundleError
from address_match.models.registry import Registry
from address_match.service.cli.program.entry import main
from address_match.service.errors import SignatureError, UsageError
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.comparison.paired_answers import Comparison, Figures
from address_match.service.lifecycle.comparison.receipt import Receipt, read_receipt, write_receipt
from address_match.service.lifecycle.transfer.export_bundle import export_bundle
from address_match.service.lifecycle.transfer.import_bundle import import_bundle
from address_match.service.lifecycle.transfer.signing_key import (
    SigningKey,
    make_signing_key,
    read_signing_key,
)
from address_match.service.lifecycle.transfer.trusted_keys import TRUSTED_KEYS_FILE, trusted_line
from tests.models.bundle.factories import small_bundle

FIGURES = Figures(matched=1, precision=1.0, recall=1.0, absent_accepted=None, calibration_error=None)
COMPARISON = Comparison(
    rows=3, changed=0, lost=0, gained=0, worse_p_value=1.0, champion=FIGURES, candidate=FIGURES, slices=()
)


@pytest.fixture
def trial(tmp_path: Path) -> Registry:
    """A registry with a bundle that was compared with another one."""
    registry = Registry(tmp_path / "trial")
    bundle = registry.add(small_bundle(tmp_path / "source").path).bundle
    assert bundle is not None
    write_receipt(
        registry.folder,
        Receipt("c" * 64, bundle.fingerprint, "d" * 64, "2026-11-29T12:00:00+00:00", COMPARISON),
    )
    return registry


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return make_signing_key(tmp_path / "owner.pem")


@pytest.fixture
def production(tmp_path: Path, key: SigningKey) -> Registry:
    """A registry that trusts one key."""
    registry = Registry(tmp_path / "production")
    registry.folder.mkdir()
    line = trusted_line('A. "B" Owner', key.public)
    (registry.folder / TRUSTED_KEYS_FILE).write_text(line, encoding="utf-8")
    return registry


@pytest.fixture
def signed(trial: Registry, key: SigningKey, tmp_path: Path) -> Path:
    export_bundle(trial, "small", tmp_path / "small.tar", key=key, by="A. Owner")
    return tmp_path / "small.tar"


def altered(archive: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy an archive with other contents, or without those for which `change` gives None."""
    copy = archive.with_name("altered.tar")
    with tarfile.open(archive) as source, tarfile.open(copy, "w") as target:
        for member in source.getmembers():
            stream = source.extractfile(member)
            assert stream is not None
            content = change(member.name, stream.read())
            if content is not None:
                member.size = len(content)
                target.addfile(member, io.BytesIO(content))
    return copy


def test_a_signed_bundle_comes_in_with_its_receipts_and_both_audits_say_so(
    trial: Registry, production: Registry, signed: Path, key: SigningKey
) -> None:
    imported = import_bundle(production, signed, by="B. Owner")
    bundle = imported.entry.bundle
    assert bundle is not None
    assert imported.signer == 'A. "B" Owner'
    assert read_receipt(production.folder, "c" * 64, bundle.fingerprint) is not None
    (left,), (came,) = Audit(trial.folder).rows(), Audit(production.folder).rows()
    assert (left.act, left.subject, left.by) == ("sign", "small", "A. Owner")
    assert (came.act, came.subject, came.by) == ("import", "small", "B. Owner")
    details = json.loads(came.details)
    assert (details["signer"], details["key"]) == ('A. "B" Owner', key.public)


def test_the_archive_of_an_unsigned_bundle_stays_as_it_was_but_for_its_receipts(
    trial: Registry, tmp_path: Path
) -> None:
    export_bundle(trial, "small", tmp_path / "small.tar")
    assert Audit(trial.folder).rows() == ()
    taken = import_bundle(Registry(tmp_path / "other"), tmp_path / "small.tar")
    assert taken.signer == ""


def refused(production: Registry, source: Path, why: str) -> None:
    """What is refused leaves nothing behind."""
    with pytest.raises(SignatureError, match=why):
        import_bundle(production, source)
    assert production.names() == ["default"]
    assert Audit(production.folder).rows() == ()
    assert not (production.folder / "receipts").exists()


def test_what_is_not_signed_is_refused_a_folder_too(
    trial: Registry, production: Registry, tmp_path: Path
) -> None:
    export_bundle(trial, "small", tmp_path / "small.tar")
    refused(production, tmp_path / "small.tar", r"small\.tar is not signed, and .* asks for it")
    refused(production, tmp_path / "source", "is not signed")


def test_a_key_that_is_not_trusted_is_refused_and_named(
    trial: Registry, production: Registry, tmp_path: Path
) -> None:
    other = make_signing_key(tmp_path / "other.pem")
    export_bundle(trial, "small", tmp_path / "small.tar", key=other)
    with pytest.raises(SignatureError) as raised:
        import_bundle(production, tmp_path / "small.tar")
    assert other.public in str(raised.value)
    assert 'that names A. "B" Owner' in str(raised.value)


def test_a_statement_that_was_altered_is_refused(production: Registry, signed: Path) -> None:
    def reworded(name: str, content: bytes) -> bytes:
        return content.replace(b'"small"', b'"large"') if name.endswith("statement.json") else content

    refused(production, altered(signed, reworded), "its signature does not fit what it says")


def test_a_statement_that_is_none_is_refused(production: Registry, signed: Path) -> None:
    for text in (b"[]", b"{", b'{"statement": {}, "key": "", "signature": ""}'):

        def torn(name: str, content: bytes, text: bytes = text) -> bytes:
            return text if name.endswith("statement.json") else content

        refused(production, altered(signed, torn), "its signature cannot be read")


def test_a_receipt_that_was_altered_taken_out_or_put_in_is_refused_by_name(
    production: Registry, signed: Path
) -> None:
    def better(name: str, content: bytes) -> bytes:
        return content.replace(b'"rows": 3', b'"rows": 9000') if "receipts/" in name else content

    def without(name: str, content: bytes) -> bytes | None:
        return None if "receipts/" in name else content

    for change in (better, without):
        refused(production, altered(signed, change), r"receipts/c{16}-\w+\.json: not as it was signed")


def test_a_bundle_that_was_put_in_place_of_the_signed_one_is_refused(
    production: Registry, signed: Path, tmp_path: Path
) -> None:
    other = small_bundle(tmp_path / "other", ranker="other")

    def exchanged(name: str, content: bytes) -> bytes:
        folder, _, below = name.partition("/")
        return (other.path / below).read_bytes() if folder == "small" else content

    refused(production, altered(signed, exchanged), "the manifest of small is not the one that was signed")


def test_a_part_that_was_altered_is_refused(production: Registry, signed: Path) -> None:
    def flipped(name: str, content: bytes) -> bytes:
        return content.replace(b"trees", b"shrub") if name.endswith("ranker/trees.json") else content

    with pytest.raises(BundleError, match="was altered"):
        import_bundle(production, altered(signed, flipped))


def test_a_receipt_beside_the_signed_archive_is_refused(
    trial: Registry, production: Registry, signed: Path
) -> None:
    receipt = next((trial.folder / "receipts").iterdir())
    with pytest.raises(UsageError, match="is not signed: compare the bundle where it is exported"):
        import_bundle(production, signed, receipt=receipt)


def test_a_key_is_its_owners_alone_and_is_never_written_over(tmp_path: Path, key: SigningKey) -> None:
    path = tmp_path / "owner.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_signing_key(path).public == key.public
    with pytest.raises(UsageError, match="exists; name another file"):
        make_signing_key(path)
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no key to sign with"):
        read_signing_key(path)


def test_a_file_of_trusted_keys_that_names_none_is_refused(production: Registry, signed: Path) -> None:
    (production.folder / TRUSTED_KEYS_FILE).write_text('"A. Owner" = "abc"', encoding="utf-8")
    with pytest.raises(UsageError, match=r"has no public key for 'A\. Owner'"):
        import_bundle(production, signed)


def test_the_commands_make_a_key_sign_and_take_in(
    trial: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def model(*arguments: object) -> int:
        return main(["model", *map(str, arguments)])

    (tmp_path / "p").mkdir()
    capsys.readouterr()
    assert model("signing-key", tmp_path / "k.pem", "--new", "--owner", "A. Owner") == 0
    (tmp_path / "p" / TRUSTED_KEYS_FILE).write_text(capsys.readouterr().out, encoding="utf-8")
    archive = tmp_path / "small.tar"
    assert model("export", "small", archive, "--sign", tmp_path / "k.pem", "--registry", trial.folder) == 0
    assert model("import", archive, "--registry", tmp_path / "p") == 0
    assert capsys.readouterr().out.endswith(", signed by A. Owner\n")
    assert model("import", tmp_path / "source", "--name", "b", "--registry", tmp_path / "p") == 1
    assert "is not signed" in capsys.readouterr().err


def test_a_folder_beside_a_registry_that_asks_for_signatures_is_not_promoted(
    production: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = small_bundle(tmp_path / "source").path
    assert main(["model", "promote", str(source), "index", "--registry", str(production.folder)]) == 1
    assert "take it in first, address-match model import FILE.tar" in capsys.readouterr().err
