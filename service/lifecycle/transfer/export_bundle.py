"""Writes a bundle of a registry into an archive, with what came of comparing it there, and signed."""

from pathlib import Path

from address_match.models.bundle.archive import write_archive
from address_match.models.registry import Registry
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import Act
from address_match.service.lifecycle.comparison.receipt import receipt_files
from address_match.service.lifecycle.transfer.signing_key import SigningKey
from address_match.service.lifecycle.transfer.statement import signed_statement

RECEIPTS = "receipts/"
"""Before the name of each receipt that is enclosed."""
STATEMENT = "statement.json"


def export_bundle(
    registry: Registry, name: str, out: Path, *, key: SigningKey | None = None, by: str = ""
) -> None:
    """Write a verified bundle into an archive; where it is signed, the audit says by whom.

    Raises the errors of `address_match.models.errors`.
    """
    bundle = registry.load(name)
    enclosed = {
        f"{RECEIPTS}{path.name}": path.read_bytes()
        for path in receipt_files(registry.folder, bundle.fingerprint)
    }
    if key is not None:
        details = {"fingerprint": bundle.fingerprint, "key": key.public, "receipts": sorted(enclosed)}
        enclosed[STATEMENT] = signed_statement(bundle, dict(enclosed), key)
        Audit(registry.folder).append(Act.SIGN, registry.reference_to(bundle.path), details, by=by)
    write_archive(bundle, out, enclosed)
