from fastapi import APIRouter

from address_match.indexer.errors import EngineUnavailableError
from address_match.service.http.problems import describe
from address_match.service.http.responses import Health, Readiness, ServedModels
from address_match.service.http.routes.serving import Serving

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Whether the service runs")
async def health() -> Health:
    """Answer as long as the process lives."""
    return Health(status="ok")


@router.get("/readyz", summary="Whether the service can answer", responses=describe(EngineUnavailableError))
async def readiness(service: Serving) -> Readiness:
    """Ask everything that the service depends on whether it answers, and say what it answers with."""
    deployment, trouble = await service.readiness()
    checks = {"index": "ok"} | ({"promotion": trouble} if trouble else {})
    return Readiness(status="ready", checks=checks, serving=ServedModels.of(deployment))
