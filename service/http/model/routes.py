"""The routes that show which models answer, how they do, and what was decided about them."""

import asyncio
from dataclasses import asdict, replace
from functools import partial
from typing import Annotated

import pyarrow as pa
from fastapi import APIRouter, Depends, Query, Request

from address_match.models.bundle import read_bundle
from address_match.models.errors import RegistryError
from address_match.models.registry import Deployment, Registry
from address_match.service.facts.store import SHADOW, FactStore
from address_match.service.http.errors import ActRefusedError, UnknownBundleError
from address_match.service.http.model.monitor_responses import ShownBeside, ShownReport, ShownShadow
from address_match.service.http.model.refusals import in_thread, without_folders
from address_match.service.http.model.requests import AuditParameters, BundleInPath, NotedParameters
from address_match.service.http.model.required_roles import PersonOrNone, Reading
from address_match.service.http.model.responses import (
    AuditPage,
    DecisionList,
    ModelDocuments,
    ModelState,
    Offer,
    ReceiptList,
    ShownBundle,
    ShownDecision,
    ShownDeployment,
    ShownEvent,
    ShownReceipt,
    ShownRow,
    WhoAsks,
)
from address_match.service.http.problems.described_problems import describe
from address_match.service.http.routing.dependencies import Service
from address_match.service.lifecycle.audit.audit import Audit
from address_match.service.lifecycle.audit.audit_row import AuditRow
from address_match.service.lifecycle.audit.chain import AuditCheck
from address_match.service.lifecycle.comparison.gates import gates_of
from address_match.service.lifecycle.comparison.receipt import read_receipts
from address_match.service.lifecycle.decisions.decision_log import DecisionLog
from address_match.service.lifecycle.decisions.promotion_rules import promotion_rules
from address_match.service.lifecycle.labels.label_set import label_set
from address_match.service.lifecycle.model_places import ModelPlaces
from address_match.service.lifecycle.model_record.documents import documents
from address_match.service.lifecycle.model_record.particulars import read_particulars, unsaid
from address_match.service.lifecycle.monitoring.answers_beside import answers_beside
from address_match.service.lifecycle.monitoring.bundle_facts import bundle_facts
from address_match.service.lifecycle.monitoring.report import MonitorReport, channel_object, report_store
from address_match.service.lifecycle.monitoring.watched_values import MEANINGS
from address_match.service.lifecycle.monitoring.window_charts import window_charts
from address_match.service.lifecycle.promotion import verify_audit
from address_match.service.lookup.page import UnknownCursorError, page_of

MODEL = "/v1/model"

router = APIRouter(prefix=MODEL, tags=["model"], dependencies=[Reading])


async def places_of(request: Request) -> ModelPlaces:
    """Return where the application finds what is known of its models."""
    places: ModelPlaces = request.app.state.model_places
    return places


async def reporting_of(request: Request) -> asyncio.Lock:
    """Return what has the reports of an application made one after the other: each reads the facts of weeks."""
    lock: asyncio.Lock = request.app.state.reporting
    return lock


async def offers_of(request: Request) -> list[Offer]:
    """Return what an application can do beside showing."""
    offers: list[Offer] = request.app.state.model_offers
    return offers


Places = Annotated[ModelPlaces, Depends(places_of)]
Offers = Annotated[list[Offer], Depends(offers_of)]


@router.get("", summary="See which models answer", responses=describe(ActRefusedError))
async def state(places: Places, service: Service, person: PersonOrNone, offers: Offers) -> ModelState:
    """Give what is served, the bundles of the registry and their aliases, what was promoted, and what is asked of whoever promotes."""
    who = None if person is None else WhoAsks.of(person)
    return await in_thread(places, partial(_state, places, service.served, who, offers))


@router.get("/monitor", summary="See whether answers are as usual", responses=describe(ActRefusedError))
async def monitor(
    places: Places, service: Service, turn: Annotated[asyncio.Lock, Depends(reporting_of)]
) -> ShownReport:
    """Compare the last answers of each channel with its reference, as `address-match monitor report` does, with charts."""
    async with turn:
        return await in_thread(places, partial(_report, places, service.served))


@router.get("/shadow", summary="See how a candidate beside answers", responses=describe(ActRefusedError))
async def shadow(places: Places, turn: Annotated[asyncio.Lock, Depends(reporting_of)]) -> ShownShadow:
    """Count where a candidate agrees with what was answered, as `address-match monitor shadow` does, and compare its windows with what is usual."""
    async with turn:
        return await in_thread(places, partial(_shadow, places))


@router.get(
    "/bundles/{bundle}/record",
    summary="Read the documents of a bundle",
    responses=describe(UnknownBundleError, ActRefusedError),
)
async def record(places: Places, bundle: BundleInPath) -> ModelDocuments:
    """Give the model card, the ATRS record, the QF4SA sheet and the CSPA description; what only people know is in the registry's particulars.toml."""
    return await in_thread(places, partial(_documents, places, bundle))


@router.get("/receipts", summary="List comparisons", responses=describe(ActRefusedError))
async def receipts(places: Places) -> ReceiptList:
    """Give what came of comparing bundles on addresses whose truth is known, and which gates were not passed."""
    return await in_thread(places, partial(_receipts, places))


@router.get("/decisions", summary="List decisions", responses=describe(ActRefusedError))
async def decisions(places: Places) -> DecisionList:
    """Give what was proposed about the models, who approved it, and whether it was carried out."""
    return await in_thread(places, partial(_decisions, places))


@router.get("/audit", summary="Read the audit", responses=describe(UnknownCursorError, ActRefusedError))
async def audit(places: Places, part: Annotated[AuditParameters, Query()]) -> AuditPage:
    """Give what was done to the registry, and by whom."""
    return await in_thread(places, partial(_audit, places, part))


@router.get("/audit/verification", summary="Verify the audit", responses=describe(ActRefusedError))
async def verification(places: Places, known: Annotated[NotedParameters, Query()]) -> AuditCheck:
    """Say whether a row was altered, removed or put in; note the hash of the last row elsewhere, and give it at the next time."""
    return await in_thread(places, partial(_verified, places, known.noted))


def bundle_named(registry: Registry, name: str) -> str:
    """Return the name in the registry of what a name or an alias means; raises `UnknownBundleError` for anything else, a folder too."""
    found = registry.alias_names().get(name[1:], "") if name.startswith("@") else name
    if found not in registry.names():
        raise UnknownBundleError(f"the registry has no bundle {name!r}; it has {', '.join(registry.names())}")
    return found


def facts_of(places: ModelPlaces) -> FactStore:
    """Return where facts are kept; raises `ActRefusedError` where none are."""
    if places.facts is None:
        raise ActRefusedError(
            "the service keeps no facts of its answers, so that there is nothing to monitor"
        )
    return places.facts


def _state(
    places: ModelPlaces, served: Deployment, person: WhoAsks | None, offers: list[Offer]
) -> ModelState:
    registry = places.registry
    aliases, events = registry.alias_names(), registry.promotions.events()
    in_force = registry.promotions.in_force()
    return ModelState(
        person=person,
        served=ShownDeployment.of(served),
        promoted=None if in_force is None else ShownDeployment.of(in_force),
        bundles=[ShownBundle.of(entry, aliases) for entry in registry.entries()],
        history=[ShownEvent.of(event) for event in reversed(events)],
        offers=offers,
        rules=promotion_rules(registry.folder),
        gates=gates_of(registry.folder),
    )


def _report(places: ModelPlaces, served: Deployment) -> ShownReport:
    facts = facts_of(places)
    of_bundle, labels = _facts_of_bundle(places.registry, served), label_set(places.labels).labels
    return shown_report(report_store(facts, facts, of_bundle=of_bundle, labels=labels))


def _shadow(places: ModelPlaces) -> ShownShadow:
    facts = facts_of(places)
    beside = FactStore(facts.folder / SHADOW)
    found = [ShownBeside.of(one) for one in answers_beside(beside)]
    return ShownShadow(beside=found, report=shown_report(report_store(beside, facts)))


def _facts_of_bundle(registry: Registry, served: Deployment) -> pa.Table | None:
    """Return the facts that the bundle brings which answers, None where it has none, or was moved away since it was opened."""
    try:
        return bundle_facts(read_bundle(registry.directory(served.bundle)))
    except RegistryError:
        return None


def shown_report(report: MonitorReport) -> ShownReport:
    """Show a report with its charts."""
    channels = [
        channel_object(one) | {"charts": [asdict(chart) for chart in window_charts(one.windows)]}
        for one in report.channels
    ]
    said = {"moment": report.moment, "level": report.level.word, "channels": channels, "meanings": MEANINGS}
    return ShownReport.model_validate(said)


def _documents(places: ModelPlaces, name: str) -> ModelDocuments:
    bundle = places.registry.load(bundle_named(places.registry, name))
    said = read_particulars(places.particulars) if places.particulars.exists() else {}
    missing = {question.name: question.asks for question in unsaid(said)}
    return ModelDocuments(documents=documents(bundle, said), missing=missing)


def _receipts(places: ModelPlaces) -> ReceiptList:
    entries = places.registry.entries()
    names = {entry.bundle.fingerprint: entry.name for entry in entries if entry.bundle is not None}
    gates = gates_of(places.registry.folder)
    found = read_receipts(places.registry.folder)
    return ReceiptList(receipts=[ShownReceipt.of(one, gates, names) for one in found])


def _decisions(places: ModelPlaces) -> DecisionList:
    found = DecisionLog(places.registry.folder).all()
    return DecisionList(decisions=[ShownDecision.of(one) for one in reversed(found)])


def _audit(places: ModelPlaces, part: AuditParameters) -> AuditPage:
    rows = Audit(places.registry.folder).rows()
    page = page_of(rows[::-1], _number, cursor=part.cursor, limit=part.limit)
    return AuditPage(rows=[ShownRow.of(row) for row in page.items], total=page.total, cursor=page.cursor)


def _number(row: AuditRow) -> str:
    return str(row.sequence)


def _verified(places: ModelPlaces, noted: str) -> AuditCheck:
    found = verify_audit(places.registry, noted)
    return replace(found, problem=without_folders(found.problem, places))
