"""What a comparison leaves for whoever promotes: which bundles were compared, on what, and what came of it."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from address_match.drafts import replaced
from address_match.models.bundle import Bundle
from address_match.service.errors import UsageError
from address_match.service.lifecycle.comparison.paired_answers import Comparison, Figures, Slice
from address_match.timestamp import timestamp

FORMAT_VERSION = 1
_FOLDER = "receipts"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Receipt:
    """A comparison and what it was made of."""

    champion_fingerprint: str
    candidate_fingerprint: str
    queries_sha256: str
    """Of the file of queries."""
    moment: str
    """When, UTC."""
    comparison: Comparison

    def refuse_another(self, candidate: Bundle) -> None:
        """Raise UsageError for a bundle whose receipt it is not."""
        if candidate.fingerprint != self.candidate_fingerprint:
            raise UsageError(
                f"the receipt is of the bundle {self.candidate_fingerprint[:_DIGITS]}…, and {candidate.name} is "
                f"{candidate.fingerprint[:_DIGITS]}…: bring the receipt of this bundle, or compare it here, address-match model compare"
            )


def receipt_of(champion: str, candidate: str, queries: Path, comparison: Comparison) -> Receipt:
    """Make the receipt of a comparison of two bundles, by their fingerprints, on a file of queries."""
    digest = sha256(queries.read_bytes()).hexdigest()
    return Receipt(champion, candidate, digest, timestamp(), comparison)


def write_receipt(registry: Path, receipt: Receipt) -> Path:
    """Keep a receipt in a registry; it takes the place of one of the same bundles."""
    path = _place(registry, receipt.champion_fingerprint, receipt.candidate_fingerprint)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"format_version": FORMAT_VERSION, **asdict(receipt)}
    with replaced(path) as draft:
        draft.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path


def read_receipt(registry: Path, champion: str, candidate: str) -> Receipt | None:
    """Return the receipt of two bundles, None where they were not compared; raises UsageError for a damaged one, or one
    of others.
    """
    path = _place(registry, champion, candidate)
    if not path.exists():
        return None
    receipt = read_receipt_file(path)
    compared = receipt.champion_fingerprint, receipt.candidate_fingerprint
    if compared != (champion, candidate):
        raise UsageError(
            f"{path} is of other bundles than its name says ({compared[0][:_DIGITS]}… and {compared[1][:_DIGITS]}…): compare the "
            "two again, address-match model compare"
        )
    return receipt


def read_receipts(registry: Path) -> tuple[Receipt, ...]:
    """Return all receipts of a registry, the newest first; raises UsageError for a damaged one."""
    found = [read_receipt_file(path) for path in (registry / _FOLDER).glob("*.json")]
    return tuple(sorted(found, key=lambda one: one.moment, reverse=True))


def read_receipt_file(path: Path) -> Receipt:
    """Read a receipt; raises UsageError for what is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    return parse_receipt(content, source=str(path))


def parse_receipt(content: bytes, *, source: str) -> Receipt:
    """Read the text of a receipt; raises UsageError, which names `source`, for what is none."""
    try:
        return _receipt(json.loads(content))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{source} is no receipt, or damaged: compare the bundles again, address-match model compare"
        ) from error


def receipt_files(registry: Path, candidate: str) -> list[Path]:
    """Return the files of a registry that say what came of comparing a candidate, by its fingerprint."""
    return sorted((registry / _FOLDER).glob(f"*-{candidate[:_DIGITS]}.json"))


def _receipt(content: dict[str, Any]) -> Receipt:
    if content.pop("format_version") != FORMAT_VERSION:
        raise ValueError("another format")
    found = content.pop("comparison")
    champion, candidate = Figures(**found.pop("champion")), Figures(**found.pop("candidate"))
    slices = tuple(Slice(**one) for one in found.pop("slices"))
    comparison = Comparison(champion=champion, candidate=candidate, slices=slices, **found)
    return Receipt(comparison=comparison, **content)


def _place(registry: Path, champion: str, candidate: str) -> Path:
    return registry / _FOLDER / f"{champion[:_DIGITS]}-{candidate[:_DIGITS]}.json"
