"""What routes ask the framework for: the service that answers, and who asks."""

from typing import Annotated

from fastapi import Depends, Request

from address_match.service.http.answering.matching_service import MatchingService
from address_match.service.http.entrance import door


async def service_of(request: Request) -> MatchingService:
    """Return the service that the application was made with."""
    service: MatchingService = request.app.state.service
    return service


async def client_of(request: Request) -> str:
    """Return what clients are told apart by: the id of the key or of who is signed in, or the address of the peer where nobody has to be known."""
    if known := door.known_as(request.scope):
        return known
    return request.client.host if request.client else ""


Service = Annotated[MatchingService, Depends(service_of)]
Client = Annotated[str, Depends(client_of)]
