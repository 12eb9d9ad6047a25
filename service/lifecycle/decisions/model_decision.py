"""What is decided about the models, as its proposer writes it into a file."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from address_match.service.errors import UsageError

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Kind = Literal["nothing", "recalibrate", "re-index", "retrain", "threshold"]
DecisionScope = Literal["ranker", "parser", "encoder", "all"]
"""Those of retraining for which labels are not enough; the others are kinds of their own."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DecidedFinding(_Part):
    """What it rests on: what `monitor report` said of a channel."""

    channel: str = ""
    """Empty where it concerns no single one."""
    level: Literal["quiet", "notice", "warn", "act", "none"]
    """`none` where it rests on something else than a report."""
    moment: Said
    """When that was found."""
    why: Annotated[tuple[Said, ...], Field(min_length=1)]
    """What was found, a sentence each."""


class QualityLines(_Part):
    """What becomes of the five dimensions of the quality framework for statistical algorithms (QF4SA)."""

    accuracy: Said
    explainability: Said
    reproducibility: Said
    timeliness: Said
    cost_effectiveness: Said


class ModelDecision(_Part):
    """What is to be done, and why."""

    kind: Kind
    scope: DecisionScope | None = None
    """Of what is trained anew; with `retrain` alone."""
    reason: Said
    effect_on_series: Said
    """On published figures: a break, where it lies, how it is told."""
    cost: Said
    """Of people and machines."""
    review_date: date
    """When it is looked at again."""
    finding: DecidedFinding
    quality: QualityLines

    @model_validator(mode="after")
    def _scope_of_retraining(self) -> "ModelDecision":
        if (self.kind == "retrain") != (self.scope is not None):
            raise ValueError("scope is named with kind retrain, and only with it")
        return self

    @property
    def short(self) -> str:
        """Say in a word or two what is to be done."""
        return f"{self.kind} {self.scope}" if self.scope else self.kind

    @property
    def changes_service(self) -> bool:
        """Tell whether something may be promoted for it."""
        return self.kind != "nothing"


def read_decision(path: Path) -> ModelDecision:
    """Read a decision from a file, JSON where it is called so, else TOML; raises UsageError with all that is wrong in
    it.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}. `decide propose --template` prints one to fill in"
        ) from error
    try:
        return decision_of(content)
    except ValidationError as error:
        faults = "\n  ".join(
            f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors(include_url=False)
        )
        raise UsageError(
            f"{path} is no decision as it stands:\n  {faults}\n`decide propose --template` prints one to fill in"
        ) from error


def decision_of(content: Any) -> ModelDecision:
    """Make a decision of an object of JSON or TOML; raises ValidationError."""
    return ModelDecision.model_validate(content)


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "the whole"
