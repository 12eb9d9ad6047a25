import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service.http import problems
from service.http.following import PromotionFollower
from service.http.guards import BoundedBodies, Outermost
from service.http.matching_service import MatchingService
from service.http.pair_in_force import PairInForce
from service.http.routes import addresses, bulk, health, parsing
from service.settings import ServerSettings

DESCRIPTION = """Free-text UK addresses in, the property's UPRN out, with a probability that can be trusted, or an honest
"not in the reference". Errors are problem documents (RFC 9457). Addresses are not logged."""


def create_app(
    in_force: PairInForce, settings: ServerSettings, follower: PromotionFollower | None = None
) -> FastAPI:
    """Make the application; it owns the pair in force from its start and closes it at its end.

    A `follower` replaces that pair while the application runs.
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
