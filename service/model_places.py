from dataclasses import dataclass
from pathlib import Path

from address_match.models.registry import Registry
from address_match.service.facts.store import FactStore
from address_match.service.labels.store import LabelStore


@dataclass(frozen=True, slots=True)
class ModelPlaces:
    """Where a service finds what is known of its models: what the commands `model`, `decide`, `monitor`, `label` and `audit` read."""

    registry: Registry
    facts: FactStore | None
    """Facts of answers; None where the service keeps none."""
    labels: LabelStore

    @property
    def particulars(self) -> Path:
        """File of what only people know of the models, which their documents are filled in from."""
        return self.registry.folder / "particulars.toml"
