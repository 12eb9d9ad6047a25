from dataclasses import dataclass
from pathlib import Path

from address_match.models.registry import Registry
from address_match.service.facts.store import FactStore
from address_match.service.lifecycle.labels.store import LabelStore


@dataclass(frozen=True, slots=True)
class ModelPlaces:
    """Where a service finds what is known of its models: what the commands `model`, `decide`, `monitor`, `label` and
    `audit` read.
    """

    registry: Registry
    facts: FactStore | None
    """Facts of answers; None where the service keeps none."""
    labels: LabelStore
    reference: Path | None = None
    """Addresses that ranker, parser and encoder are learned from; these are not learned anew where there are none."""
    queries: Path | None = None
    """Addresses with their truth, on which bundles are compared beside the labels."""

    @property
    def particulars(self) -> Path:
        """File of what only people know of the models, which their documents are filled in from."""
        return self.registry.folder / "particulars.toml"
