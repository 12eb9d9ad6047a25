"""The routes by which people decide about the models, and put them in force. Each names the person who does it, as `--by` of a command does."""

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from address_match.models.registry import Deployment
from address_match.service.access.errors import PersonNeededError, RoleError
from address_match.service.errors import DecisionError, GateError
from address_match.service.http.errors import ActRefusedError, UnknownBundleError
from address_match.service.http.model.refusals import in_thread
from address_match.service.http.model.requests import (
    AcknowledgementRequest,
    Alias,
    AliasRequest,
    Channel,
    DecisionId,
    PromotionRequest,
    ReferenceRequest,
    RollbackRequest,
)
from address_match.service.http.model.required_roles import Owner, OwnerOrOperator
from address_match.service.http.model.responses import ShownDecision, ShownDeployment
from address_match.service.http.model.routes import MODEL, Places, bundle_named, facts_of
from address_match.service.http.problems.described_problems import OF_A_BODY, describe
from address_match.service.http.routing.dependencies import Service
from address_match.service.lifecycle.decisions.decision_log import DecisionLog
from address_match.service.lifecycle.decisions.model_decision import ModelDecision
from address_match.service.lifecycle.monitoring.accepted_facts import Acceptance, accept
from address_match.service.lifecycle.monitoring.acknowledgement import Acknowledgement, acknowledge
from address_match.service.lifecycle.monitoring.report import report_store
from address_match.service.lifecycle.promotion import index_of, promote, roll_back

OF_A_PERSON = (PersonNeededError, RoleError)

router = APIRouter(prefix=MODEL, tags=["model"])


async def turn_of(request: Request) -> asyncio.Lock:
    """Return what has promotions of an application made one after the other: each opens an index."""
    lock: asyncio.Lock = request.app.state.promoting
    return lock


Turn = Annotated[asyncio.Lock, Depends(turn_of)]


@router.post(
    "/decisions",
    status_code=201,
    summary="Propose a decision",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, ActRefusedError),
)
async def propose(places: Places, owner: Owner, proposal: ModelDecision) -> ShownDecision:
    """Keep a decision in the audit; it is in force when another person approves it. Write no address into it."""
    log = DecisionLog(places.registry.folder)
    decided = await in_thread(places, lambda: log.find(log.propose(proposal, by=owner.name)))
    return ShownDecision.of(decided)


@router.post(
    "/decisions/{decision}/approval",
    summary="Approve a decision",
    responses=describe(*OF_A_PERSON, DecisionError, ActRefusedError),
)
async def approve(places: Places, owner: Owner, decision: DecisionId) -> ShownDecision:
    """Approve a decision that another person proposed."""
    log = DecisionLog(places.registry.folder)
    return ShownDecision.of(await in_thread(places, lambda: log.approve(decision, by=owner.name)))


@router.post(
    "/promotions",
    summary="Promote a bundle",
    responses=describe(
        *OF_A_BODY, *OF_A_PERSON, UnknownBundleError, GateError, DecisionError, ActRefusedError
    ),
)
async def put_in_force(
    places: Places, owner: Owner, service: Service, turn: Turn, asked: PromotionRequest
) -> ShownDeployment:
    """Put a bundle in force with the index of the present deployment, once both were opened together; a service without `--index` follows."""
    registry, served = places.registry, service.served

    def promoted() -> Deployment:
        bundle = bundle_named(registry, asked.bundle)
        index = index_of(registry.promotions.in_force() or served)
        said = {"override": asked.override, "decision": asked.decision}
        return promote(registry, bundle, index, by=owner.name, **said)

    async with turn:
        return ShownDeployment.of(await in_thread(places, promoted))


@router.post(
    "/rollback",
    summary="Roll back",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, ActRefusedError),
)
async def put_back(
    places: Places, person: OwnerOrOperator, turn: Turn, asked: RollbackRequest
) -> ShownDeployment:
    """Put in force what was so before the present deployment; it asks for no decision, since something is wrong now."""
    back = partial(roll_back, places.registry, by=person.name, reason=asked.reason)
    async with turn:
        return ShownDeployment.of(await in_thread(places, back))


@router.put(
    "/aliases/{alias}",
    status_code=204,
    summary="Let an alias stand for a bundle",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, UnknownBundleError, ActRefusedError),
)
async def set_alias(places: Places, _owner: Owner, alias: Alias, asked: AliasRequest) -> None:
    """Set an alias, in place of what it stood for before; `champion` is always the promoted bundle, and not set."""
    registry = places.registry
    await in_thread(places, lambda: registry.aliases.set(alias, bundle_named(registry, asked.bundle)))


@router.delete(
    "/aliases/{alias}",
    status_code=204,
    summary="Take an alias away",
    responses=describe(*OF_A_PERSON, ActRefusedError),
)
async def remove_alias(places: Places, _owner: Owner, alias: Alias) -> None:
    """Take an alias away; the bundle stays."""
    await in_thread(places, lambda: places.registry.aliases.remove(alias))


@router.post(
    "/monitor/{channel}/reference",
    summary="Accept facts as usual",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, ActRefusedError),
)
async def accept_facts(places: Places, owner: Owner, channel: Channel, asked: ReferenceRequest) -> Acceptance:
    """Have what comes after these days of a channel compared with them, as `address-match monitor accept` does."""
    accepting = partial(
        accept,
        facts_of(places),
        channel,
        first=asked.first,
        last=asked.last,
        by=owner.name,
        reason=asked.reason,
        target_precision=asked.target_precision,
    )
    return (await in_thread(places, accepting)).acceptance


@router.post(
    "/monitor/{channel}/acknowledgement",
    summary="Acknowledge a warning",
    responses=describe(*OF_A_BODY, *OF_A_PERSON, ActRefusedError),
)
async def acknowledge_warning(
    places: Places, owner: Owner, channel: Channel, asked: AcknowledgementRequest
) -> Acknowledgement:
    """Write down that an owner has looked at the warning of a channel, as `address-match monitor acknowledge` does."""
    facts = facts_of(places)

    def acknowledged() -> Acknowledgement:
        (report,) = report_store(facts, facts, [channel]).channels
        return acknowledge(facts.folder, report, by=owner.name, reason=asked.reason)

    return await in_thread(places, acknowledged)
