"""What is answered over the wire about the models."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from address_match.models.registry import Deployment, Entry, Event
from address_match.service.access.api_key import Role
from address_match.service.access.person import Person
from address_match.service.lifecycle.audit.audit_row import AuditRow
from address_match.service.lifecycle.comparison.gates import Gates
from address_match.service.lifecycle.comparison.paired_answers import Comparison
from address_match.service.lifecycle.comparison.receipt import Receipt
from address_match.service.lifecycle.decisions.decision_log import Decided
from address_match.service.lifecycle.decisions.model_decision import (
    DecidedFinding,
    DecisionScope,
    Kind,
    QualityLines,
)
from address_match.service.lifecycle.decisions.promotion_rules import PromotionRules
from address_match.service.lifecycle.model_runs.model_run import Queries, RunKind, RunState
from address_match.service.lifecycle.model_runs.scope import Scope

Offer = Literal["monitor", "labels", "runs", "follows"]


class WhoAsks(BaseModel):
    """The person in whose name a request acts."""

    name: str
    roles: list[Role]

    @classmethod
    def of(cls, person: Person) -> "WhoAsks":
        """Show a person."""
        return cls(name=person.name, roles=[role for role in Role if role in person.roles])


class ShownDeployment(BaseModel):
    """A bundle and an index that are served together."""

    bundle: str = Field(description="Its name in the registry, or that of its folder.")
    bundle_version: str
    bundle_fingerprint: str
    generation: str = Field(description="Of the index, when the two were opened.")

    @classmethod
    def of(cls, deployment: Deployment) -> "ShownDeployment":
        """Show a deployment without the places on the server."""
        return cls(
            bundle=Path(deployment.bundle).name,
            bundle_version=deployment.bundle_version,
            bundle_fingerprint=deployment.bundle_fingerprint,
            generation=deployment.generation,
        )


class ShownEvent(BaseModel):
    """A deployment came into force."""

    act: Literal["promote", "rollback"]
    moment: str = Field(description="ISO 8601, UTC, as all moments here.")
    deployment: ShownDeployment
    override: str = Field(description="Why it was promoted although it does not pass the gates; empty else.")

    @classmethod
    def of(cls, event: Event) -> "ShownEvent":
        """Show an event."""
        shown = ShownDeployment.of(event.deployment)
        return cls(act=event.act, moment=event.moment, deployment=shown, override=event.override)


class ShownBundle(BaseModel):
    """A bundle of the registry."""

    name: str
    version: str = Field(description="Empty where the manifest cannot be read, as the two below.")
    fingerprint: str
    created: str
    aliases: list[str] = Field(description="Names that stand for it, `champion` for the promoted one.")

    @classmethod
    def of(cls, entry: Entry, aliases: Mapping[str, str]) -> "ShownBundle":
        """Show what stands under a name, with the aliases of all bundles."""
        known = entry.bundle
        return cls(
            name=entry.name,
            version="" if known is None else known.manifest.description.version,
            fingerprint="" if known is None else known.fingerprint,
            created="" if known is None else known.manifest.created,
            aliases=[alias for alias, name in aliases.items() if name == entry.name],
        )


class ModelState(BaseModel):
    """Which models answer, which others there are, and what is asked of whoever promotes one."""

    person: WhoAsks | None = Field(description="Null where no person signed in.")
    served: ShownDeployment = Field(description="What answers now.")
    promoted: ShownDeployment | None = Field(description="What was promoted last; null where nothing was.")
    bundles: list[ShownBundle]
    history: list[ShownEvent] = Field(description="Promotions and rollbacks, the newest first.")
    offers: list[Offer] = Field(
        description="What else this service does: it keeps facts, has jobs to draw from, retrains and compares, or follows what is promoted."
    )
    rules: PromotionRules
    gates: Gates | None = Field(description="Null where the registry has none.")


class ShownReceipt(BaseModel):
    """A comparison of two bundles."""

    champion: str = Field(
        description="Name of the bundle, else the beginning of its fingerprint; as the next."
    )
    candidate: str
    moment: str
    queries_sha256: str
    comparison: Comparison
    failures: list[str] = Field(description="Gates of the registry that the candidate does not pass.")

    @classmethod
    def of(cls, receipt: Receipt, gates: Gates | None, names: Mapping[str, str]) -> "ShownReceipt":
        """Show a receipt; `names` holds those of bundles by their fingerprints."""
        champion, candidate = receipt.champion_fingerprint, receipt.candidate_fingerprint
        return cls(
            champion=names.get(champion, champion[:12]),
            candidate=names.get(candidate, candidate[:12]),
            moment=receipt.moment,
            queries_sha256=receipt.queries_sha256,
            comparison=receipt.comparison,
            failures=[] if gates is None else list(gates.failures(receipt.comparison)),
        )


class ReceiptList(BaseModel):
    """The comparisons of a registry, the newest first."""

    receipts: list[ShownReceipt]


class ModelDocuments(BaseModel):
    """The documents of a bundle, as `address-match model record` writes them."""

    documents: dict[str, str] = Field(description="Texts in Markdown by the names of their files.")
    missing: dict[str, str] = Field(description="What people have not said yet, by name, with what is asked.")


class DoneBy(BaseModel):
    """Who did something with a decision, and when."""

    by: str
    account: str
    moment: str


class ShownDecision(BaseModel):
    """A decision and what has become of it."""

    id: str
    proposed: DoneBy
    approved: DoneBy | None
    carried_out: DoneBy | None
    kind: Kind
    scope: DecisionScope | None
    reason: str
    effect_on_series: str
    cost: str
    review_date: date
    finding: DecidedFinding
    quality: QualityLines

    @classmethod
    def of(cls, decided: Decided) -> "ShownDecision":
        """Show a decision."""
        return cls.model_validate(decided.as_json())


class DecisionList(BaseModel):
    """The decisions of a registry, the newest first."""

    decisions: list[ShownDecision]


class ShownRow(BaseModel):
    """A row of the audit."""

    sequence: int
    moment: str
    by: str
    account: str
    act: str
    subject: str
    told: str = Field(description="The details in words.")
    details: Any = Field(
        description="The details as they are kept, but for folders, which are told by their names."
    )
    digest: str

    @classmethod
    def of(cls, row: AuditRow) -> "ShownRow":
        """Show a row without the places on the server."""
        shown = _without_places(row)
        return cls.model_validate({**shown.as_object(), "told": shown.told})


def _without_places(row: AuditRow) -> AuditRow:
    """Return a row whose deployment, where it has one, names its bundle and its index without the folders that they lie in."""
    details = row.as_object()["details"]
    if not (isinstance(details, dict) and isinstance(deployment := details.get("deployment"), dict)):
        return row
    places = {name: Path(str(deployment[name])).name for name in ("bundle", "index") if name in deployment}
    named = {**details, "deployment": {**deployment, **places}}
    return replace(row, subject=Path(row.subject).name, details=json.dumps(named))


class AuditPage(BaseModel):
    """Rows of the audit, the newest first."""

    rows: list[ShownRow]
    total: int
    cursor: str = Field(description="Names the next page; empty where this is the last.")


class ShownRun(BaseModel):
    """A retraining or a comparison, and what came of it."""

    id: str
    kind: RunKind
    by: str
    begun: str
    bundle: str = Field(description="The new bundle, or the one that is compared with that in force.")
    scope: Scope | None
    queries: Queries | None
    state: RunState
    ended: str
    problem: str = Field(description="Why it failed; empty else.")
    said: str = Field(description="The last that its command said, while it goes on.")


class RunList(BaseModel):
    """What was begun, the newest first, and what may be."""

    runs: list[ShownRun]
    scopes: list[Scope] = Field(description="What can be learned anew here.")
    queries: list[Queries] = Field(description="On what bundles can be compared here.")


class ShownSample(BaseModel):
    """A sample, and which share of the matched is right by its labels."""

    id: str = Field(description="By which its rows are labelled one by one.")
    answers: int
    drawn_of: int
    precision: dict[str, float] | None = Field(
        description="`value`, `low` and `high`; null where labels are too few to say."
    )


class ShownAgreement(BaseModel):
    """How far two coders agree beyond chance."""

    coders: list[str]
    answers: int = Field(description="That both labelled.")
    alike: int
    kappa: float | None = Field(description="Cohen's, with its 95 % interval; null where it is not defined.")
    low: float | None
    high: float | None


class ShownLabels(BaseModel):
    """What the store of labels holds."""

    labels: int
    contradicting: int
    sha256: str
    last: str
    verdicts: dict[str, int]
    coders: dict[str, int]
    samples: list[ShownSample]
    agreement: list[ShownAgreement] = Field(description="Of each two who labelled the same answers.")


class ShownTaking(BaseModel):
    """What became of a coder's file."""

    new: int
    known: int
    open: int = Field(description="Rows without a verdict.")
