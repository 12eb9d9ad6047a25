import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from address_match.service.http import problems
from address_match.service.http.active_deployment import ActiveDeployment
from address_match.service.http.guards import BoundedBodies, Outermost
from address_match.service.http.reloader import DeploymentReloader
from address_match.service.http.routes import addresses, bulk, health, parsing
from address_match.service.http.service import MatchingService
from address_match.service.settings import ServerSettings

DESCRIPTION = """Free-text UK addresses in, the property's UPRN out, with a probability that can be trusted, or an honest
"not in the reference". Errors are problem documents (RFC 9457). Addresses are not logged."""


def create_app(
    in_force: ActiveDeployment, settings: ServerSettings, follower: DeploymentReloader | None = None
) -> FastAPI:
    """Make the application; it owns the deployment in force from its start and closes it at its end.

    A `follower` replaces that deployment while the application runs.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = MatchingService(in_force, settings)
        app.state.service = service
        service.start()
        following = None if follower is None else asyncio.create_task(follower.run())
        yield
        if follower is not None and following is not None:
            follower.stop()
            await following
        await service.stop()

    app = FastAPI(title="address-match", version="1", description=DESCRIPTION, lifespan=lifespan)
    for router in (addresses.router, parsing.router, bulk.router, health.router):
        app.include_router(router)
    problems.register(app)
    # The last that is added is the outermost.
    app.add_middleware(BoundedBodies, most=settings.body_bytes)
    app.add_middleware(Outermost)
    return app
