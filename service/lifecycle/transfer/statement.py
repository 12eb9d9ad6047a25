"""What is signed of a bundle: its manifest, which names every part, and what came of comparing it, each by its hash."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from address_match.models.bundle import Bundle
from address_match.models.bundle.manifest import MANIFEST_FILE
from address_match.service.errors import SignatureError
from address_match.service.lifecycle.audit.audit_row import canonical
from address_match.service.lifecycle.transfer.signing_key import SigningKey, is_signed
from address_match.timestamp import timestamp

FORMAT_VERSION = 1
_OF_US = b"address-match bundle\n"
"""Before what is signed, so that the signature is of nothing else."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What whoever signs answers for."""

    bundle: str
    """Its name where it was signed."""
    manifest_sha256: str
    receipts: Mapping[str, str]
    """SHA-256 of each by its path in the archive."""
    moment: str
    """When it was signed, ISO 8601, UTC."""
    format_version: int = FORMAT_VERSION

    def content(self) -> bytes:
        """Return what is signed."""
        return _OF_US + canonical(asdict(self)).encode()

    def refuse_another(self, bundle: Bundle, receipts: Mapping[str, bytes]) -> None:
        """Raise `SignatureError` where a bundle, or what came of comparing it, is not what was signed."""
        if _manifest_sha256(bundle) != self.manifest_sha256:
            raise SignatureError(
                f"the manifest of {bundle.name} is not the one that was signed: export the bundle again"
            )
        found = _hashes(receipts)
        if differing := sorted(dict(found.items() ^ self.receipts.items())):
            raise SignatureError(f"{', '.join(differing)}: not as it was signed; export the bundle again")


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A statement, and by which key it was signed; not yet whether that is trusted."""

    statement: Statement
    key: str
    """Public."""

    @classmethod
    def from_json(cls, text: bytes) -> "SignedStatement":
        """Read a statement and verify its signature; raises `SignatureError` for one that does not fit, or is none."""
        try:
            said = json.loads(text)
            statement, key = Statement(**said["statement"]), str(said["key"])
            fits = statement.format_version == FORMAT_VERSION and is_signed(
                statement.content(), said["signature"], key
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SignatureError("its signature cannot be read: export the bundle again") from error
        if not fits:
            raise SignatureError("its signature does not fit what it says: do not use this archive")
        return cls(statement, key)


def signed_statement(bundle: Bundle, receipts: Mapping[str, bytes], key: SigningKey) -> bytes:
    """State what a bundle and its receipts are, and sign it."""
    statement = Statement(bundle.name, _manifest_sha256(bundle), _hashes(receipts), timestamp())
    content = {"statement": asdict(statement), "key": key.public, "signature": key.sign(statement.content())}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _manifest_sha256(bundle: Bundle) -> str:
    return sha256((bundle.path / MANIFEST_FILE).read_bytes()).hexdigest()


def _hashes(receipts: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(content).hexdigest() for name, content in receipts.items()}
