"""A registry, facts that have drifted, a decision that somebody proposed for them, and labels: what the page of the
models shows.
"""

from pathlib import Path

from address_match.service.lifecycle.decisions.decision_log import DecisionLog
from address_match.service.lifecycle.decisions.promotion_rules import PROMOTION_FILE
from address_match.service.lifecycle.monitoring.accepted_facts import accept
from tests.service.http.model_client import places_in
from tests.service.lifecycle.decisions.factories import decision
from tests.service.lifecycle.model_runs.arrangements import labelled
from tests.service.lifecycle.monitoring.made_up_facts import some_facts, store_of

HELD = {
    "1 Tanfield Road, Shildon": "100000000101",
    "12 Tanfield Rd, Shildon DL4 5QA": "100000000104",
    "2 Cragwell Road, Shildon": "100000000106",
}

A_DAY = 1_440
MINUTE = 29_529_000
"""Of the usual facts, counted from 1970: in February 2026."""


def drifted_models(folder: Path, reason: str) -> dict[str, str]:
    """Fill a folder; returns the settings by which a service finds what is in it."""
    store = store_of(folder / "facts", some_facts(10_000, minute=MINUTE))
    accept(store, "file", first=None, last=None, by="A. Owner", reason="a quiet week", target_precision=None)
    store_of(folder / "facts", some_facts(2_000, seed=3, minute=MINUTE + 2 * A_DAY, accepted=0.6))
    registry = places_in(folder).registry
    DecisionLog(registry.folder).propose(decision(reason=reason), by="A. Owner")
    (registry.folder / PROMOTION_FILE).write_text("needs_decision = true", encoding="utf-8")
    labelled(places_in(folder).labels, folder, HELD, 10)
    places = {name: str(folder / name.lower()) for name in ("REGISTRY", "FACTS", "LABELS", "JOBS")}
    return {f"ADDRESS_MATCH_{name}": value for name, value in (places | {"RECORD": "true"}).items()}
