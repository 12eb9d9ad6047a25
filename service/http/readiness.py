"""What the health routes answer: whether the service can answer, and with what."""

from pathlib import PurePath

from pydantic import BaseModel, Field

from address_match.models.registry import Deployment
from address_match.service.lifecycle.shadow.candidate import CandidateStanding
from address_match.service.opening.served_reference import ServedReference


class Health(BaseModel):
    """Whether the service, or what it depends on, answers."""

    status: str
    checks: dict[str, str] = Field(default_factory=dict)


class ServedModels(BaseModel):
    """Which models and which index answer, by their fingerprints."""

    bundle: str = Field(description="Name of the bundle, or of its folder.")
    bundle_version: str
    bundle_fingerprint: str
    encoder_fingerprint: str
    parser_fingerprint: str
    generation: str = Field(description="Of the index.")

    @classmethod
    def of(cls, deployment: Deployment) -> "ServedModels":
        """Show a deployment, without the places on the server."""
        facts = {name: getattr(deployment, name) for name in cls.model_fields}
        return cls(**facts | {"bundle": PurePath(deployment.bundle).name})


class ServedCandidate(BaseModel):
    """A bundle that answers beside the one in service, or in its place for some data sets."""

    bundle: str = Field(description="Name of the bundle, or of its folder.")
    bundle_fingerprint: str

    @classmethod
    def of(cls, standing: CandidateStanding) -> "ServedCandidate":
        """Show which one it is."""
        return cls(bundle=standing.bundle, bundle_fingerprint=standing.bundle_fingerprint)


class Readiness(Health):
    """Whether the service can answer, and with what."""

    serving: ServedModels
    reference: ServedReference | None = Field(None, description="What the index that answers was built from.")
    epoch: str = Field("", description="Epoch of AddressBase that the reference is of, where it is set.")
    candidates: dict[str, ServedCandidate] = Field(
        default_factory=dict, description="Who else answers: `shadow` beside, `canary` for some data sets."
    )
