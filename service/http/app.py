import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from address_match.service.http import list_routes, probes, problems
from address_match.service.http.deployment import ActiveDeployment
from address_match.service.http.guards import BoundedBodies, Outermost
from address_match.service.http.reloader import DeploymentReloader
from address_match.service.http.routes import router
from address_match.service.http.service import MatchingService
from address_match.service.settings import ServerSettings

DESCRIPTION = """Free-text UK addresses in, the property's UPRN out, with a probability that can be trusted, or an honest
"not in the reference". Errors are problem documents (RFC 9457). Addresses are not logged."""


class _Application(FastAPI):
    """An application that describes its problems as it sends them."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            problems.describe_as_sent(super().openapi())
        return super().openapi()


def create_app(
    active: ActiveDeployment, settings: ServerSettings, reloader: DeploymentReloader | None = None
) -> FastAPI:
    """Make the application; it owns the active deployment from its start and closes it at its end.

    A `reloader` replaces that deployment while the application runs.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = MatchingService(active, settings)
        app.state.service = service
        app.state.readiness_check = check = probes.ReadinessCheck(active)
        service.start()
        reloading = None if reloader is None else asyncio.create_task(reloader.run())
        yield
        if reloader is not None and reloading is not None:
            reloader.stop()
            await reloading
        await service.stop()
        check.close()

    app = _Application(
        title="address-match", version="1", description=DESCRIPTION, lifespan=lifespan, redirect_slashes=False
    )
    app.include_router(router)
    app.include_router(list_routes.router)
    app.include_router(probes.router)
    app.state.routes = [*router.routes, *list_routes.router.routes, *probes.router.routes]
    problems.register(app)
    # The last that is added is the outermost.
    app.add_middleware(BoundedBodies, most=settings.body_bytes)
    app.add_middleware(Outermost)
    return app
