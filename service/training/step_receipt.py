"""What a step leaves for whoever orchestrates or audits it: what went in, what came out, by which code, and what it
cost.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from address_match.drafts import replaced
from address_match.models.bundle import Bundle
from address_match.service.training.provenance import code_version, libraries

FORMAT_VERSION = 1
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class StepReceipt:
    """A step that was done."""

    step: str
    inputs: Mapping[str, object]
    """Hashes and settings; no address."""
    outputs: Mapping[str, object]
    seed: int
    begun: str
    """UTC."""
    seconds: float
    cpu_seconds: float
    code_version: str = field(default_factory=code_version)
    libraries: Mapping[str, str] = field(default_factory=libraries)

    def write(self, path: Path) -> None:
        """Write it as JSON, whole; one that stands there is replaced."""
        with replaced(path) as draft:
            content = {"format_version": FORMAT_VERSION, **asdict(self)}
            draft.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def receipt_beside(out: Path) -> Path:
    """Return where the receipt of a bundle's making stands; not in the bundle, which is the same whenever it is made."""
    return out.with_name(f"{out.name}.receipt.json")


def made_of(bundle: Bundle) -> dict[str, object]:
    """Return what came out where a bundle did: its fingerprint and the hash of every part."""
    return {
        "fingerprint": bundle.fingerprint,
        "parts": {part.path: part.sha256 for part in bundle.manifest.parts},
    }


@dataclass(frozen=True, slots=True)
class StepClock:
    """When a step began."""

    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    wall: float = field(default_factory=time.monotonic)
    cpu: float = field(default_factory=time.process_time)

    def receipt(
        self, step: str, *, inputs: Mapping[str, object], outputs: Mapping[str, object], seed: int
    ) -> StepReceipt:
        """Make the receipt of the step, which ends now."""
        return StepReceipt(
            step=step,
            inputs=inputs,
            outputs=outputs,
            seed=seed,
            begun=self.begun.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - self.wall, _DIGITS),
            cpu_seconds=round(time.process_time() - self.cpu, _DIGITS),
        )


def receipt_of_training(clock: StepClock, bundle: Bundle, step: str = "train") -> StepReceipt:
    """Make the receipt of a training on a reference, which ends now."""
    description = bundle.manifest.description
    inputs = {
        "reference": description.reference.description,
        "reference_sha256": description.reference.sha256,
        **description.hyper_parameters,
    }
    return clock.receipt(step, inputs=inputs, outputs=made_of(bundle), seed=description.seeds["country"])
