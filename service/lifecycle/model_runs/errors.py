"""Why a run is not begun or not given.

ModelRunError
├── UnknownRunError   there is no such run
└── RunGoingOnError   another goes on, and one is done after the other
"""

from address_match.service.errors import ServiceError


class ModelRunError(ServiceError):
    """Base of the errors of runs; no message holds a place on the server."""


class UnknownRunError(ModelRunError):
    """There is no run of an id."""

    def __init__(self) -> None:
        super().__init__("there is no such run")


class RunGoingOnError(ModelRunError):
    """A run goes on already."""

    def __init__(self) -> None:
        super().__init__("another run goes on; wait for its end, or end it")
