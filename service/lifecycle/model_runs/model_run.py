"""A retraining or a comparison that somebody began on the page: what is known of it, as it is kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from address_match.service.lifecycle.model_runs.scope import Scope


class RunKind(StrEnum):
    """What is done."""

    RETRAIN = "retrain"
    COMPARE = "compare"


class RunState(StrEnum):
    """How far it is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It was refused, or it was ended."""


class Queries(StrEnum):
    """On which addresses two bundles are compared."""

    LABELS = "labels"
    """Those of the store of labels."""
    OWN = "own"
    """Those of a file that the operator of the service named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRun:
    """A retraining or a comparison, and what came of it."""

    id: str
    kind: RunKind
    by: str
    """Who began it."""
    begun: str
    """ISO 8601, UTC, as all moments here."""
    bundle: str
    """The name that the new bundle is to have in the registry, or the bundle that is compared with the one in force."""
    scope: Scope | None = None
    """Of a retraining."""
    queries: Queries | None = None
    """Of a comparison."""
    state: RunState = RunState.RUNNING
    ended: str = ""
    problem: str = ""
    """Why it failed; empty else."""

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "ModelRun":
        """Read what `as_json` gave; raises KeyError, TypeError or ValueError for what is none."""
        return cls(
            **{
                **written,
                "kind": RunKind(written["kind"]),
                "state": RunState(written["state"]),
                "scope": None if written["scope"] is None else Scope(written["scope"]),
                "queries": None if written["queries"] is None else Queries(written["queries"]),
            }
        )

    def as_json(self) -> dict[str, Any]:
        """Give it as a JSON object."""
        return asdict(self)
