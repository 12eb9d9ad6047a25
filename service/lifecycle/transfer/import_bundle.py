"""Takes a bundle into a registry: its hashes, who signed it, and what came of comparing it are checked first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from address_match.models.bundle import Bundle
from address_match.models.bundle.archive import read_enclosed
from address_match.models.registry import Entry, Registry
from address_match.service.errors import GateError, SignatureError, UsageError
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.comparison.gates import gates_of
from address_match.service.lifecycle.comparison.receipt import (
    Receipt,
    parse_receipt,
    read_receipt_file,
    write_receipt,
)
from address_match.service.lifecycle.transfer.export_bundle import RECEIPTS, STATEMENT
from address_match.service.lifecycle.transfer.statement import SignedStatement
from address_match.service.lifecycle.transfer.trusted_keys import TRUSTED_KEYS_FILE, trusted_keys


@dataclass(frozen=True, slots=True)
class Imported:
    """A bundle that is in the registry now."""

    entry: Entry
    signer: str
    """Whose trusted key signed it; empty where the registry asks for no signature."""


def import_bundle(
    registry: Registry,
    source: Path,
    name: str | None = None,
    *,
    receipt: Path | None = None,
    by: str = "",
) -> Imported:
    """Add the bundle of an archive or a folder, and the receipts that come with it or are named, and enter it into the
    audit.

    Raises `SignatureError` where the registry trusts certain keys and none of them signed it, `GateError` where a
    receipt says that it does not pass the registry's gates beside the bundle in force, UsageError for a receipt of
    another bundle, and what `Registry.add` raises. Then nothing is added.
    """
    enclosed = read_enclosed(source) if source.is_file() else {}
    enclosed_receipts = {path: text for path, text in enclosed.items() if path.startswith(RECEIPTS)}
    signer, signed = _signer(registry, source, enclosed.get(STATEMENT))
    if signer and receipt is not None:
        raise UsageError(
            f"{registry.folder} asks for signatures ({TRUSTED_KEYS_FILE}), and {receipt} is not signed: compare the bundle where it is "
            "exported, so that its archive encloses the receipt"
        )
    receipts = [parse_receipt(text, source=f"{path} in {source}") for path, text in enclosed_receipts.items()]
    receipts += [] if receipt is None else [read_receipt_file(receipt)]

    def check(bundle: Bundle, chosen: str) -> None:
        if signed is not None:
            signed.statement.refuse_another(bundle, enclosed_receipts)
        for one in receipts:
            one.refuse_another(bundle)
        _refuse_failing(registry, chosen, receipts)
        details = _details(bundle, signer, signed, enclosed_receipts)
        Audit(registry.folder).append(Act.IMPORT, chosen, details, by=by)

    entry = registry.add(source, name, witness=check)
    for one in receipts:
        write_receipt(registry.folder, one)
    return Imported(entry, signer)


def _signer(registry: Registry, source: Path, statement: bytes | None) -> tuple[str, SignedStatement | None]:
    """Return whose trusted key signed an archive, empty where the registry names none, and what was signed."""
    signed = None if statement is None else _read(statement, source)
    trusted = trusted_keys(registry.folder)
    if trusted is None:
        return "", signed
    if signed is None:
        raise SignatureError(
            f"{source} is not signed, and {registry.folder} asks for it ({TRUSTED_KEYS_FILE}): export it where it was made, address-match "
            "model export NAME FILE.tar --sign KEY"
        )
    if signed.key not in trusted:
        raise SignatureError(
            f"{source} is signed with the key {signed.key}, which is not in {registry.folder / TRUSTED_KEYS_FILE}; that names "
            f"{', '.join(sorted(trusted.values())) or 'nobody'}"
        )
    return trusted[signed.key], signed


def _read(statement: bytes, source: Path) -> SignedStatement:
    try:
        return SignedStatement.from_json(statement)
    except SignatureError as error:
        raise SignatureError(f"{source}: {error}") from error


def _refuse_failing(registry: Registry, name: str, receipts: Sequence[Receipt]) -> None:
    """Raise `GateError` for a receipt that says that the bundle is worse than the one in force than the gates allow."""
    gates, champion = gates_of(registry.folder), registry.promotions.in_force()
    if gates is None or champion is None:
        return
    for one in receipts:
        if one.champion_fingerprint == champion.bundle_fingerprint and (
            failures := gates.failures(one.comparison)
        ):
            raise GateError(
                f"{name} does not pass the gates of {registry.folder} beside {champion.bundle}, which is in force, as it was compared at "
                f"{one.moment}:\n  " + "\n  ".join(failures)
            )


def _details(
    bundle: Bundle, signer: str, signed: SignedStatement | None, receipts: Mapping[str, bytes]
) -> dict[str, object]:
    """Return what the audit keeps of it."""
    said: dict[str, object] = {
        "fingerprint": bundle.fingerprint,
        "signer": signer,
        "receipts": sorted(receipts),
    }
    if signed is not None:
        said |= {"key": signed.key, "signed": signed.statement.moment}
    return {name: value for name, value in said.items() if value}
