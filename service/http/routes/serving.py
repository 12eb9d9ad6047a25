from typing import Annotated

from fastapi import Depends, Request

from address_match.service.http.service import MatchingService


def serving(request: Request) -> MatchingService:
    """Return the service that the application was made with."""
    service: MatchingService = request.app.state.service
    return service


Serving = Annotated[MatchingService, Depends(serving)]
