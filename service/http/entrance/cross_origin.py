from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from address_match.service.http.errors import CrossOriginError
from address_match.service.http.problems.problem_response import respond_to


class CrossOrigin(CORSMiddleware):
    """Tells browsers which pages elsewhere may ask for what; what is not allowed is refused by a problem document."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """Answer what a browser asks before it lets a page ask."""
        answered = super().preflight_response(request_headers)
        if answered.status_code == 200:
            return answered
        refused = respond_to(
            CrossOriginError(
                "pages of that origin may not ask this, or not by that method or with those headers; who runs the service names origins in "
                "ADDRESS_MATCH_CORS_ORIGINS"
            )
        )
        told = {name: value for name, value in answered.headers.items() if not name.startswith("content-")}
        refused.headers.update(told)
        return refused
