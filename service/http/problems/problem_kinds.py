"""One table from errors to kinds of problems."""

from dataclasses import dataclass

from starlette.requests import ClientDisconnect

from address_match.indexer.errors import EngineUnavailableError, IndexerError
from address_match.parser.errors import TextTooLongError
from address_match.service.access.errors import (
    KeyLimitError,
    MissingKeyError,
    OtherPageError,
    PersonNeededError,
    RoleError,
    SignedOutError,
    SignInLimitError,
    UnknownKeyError,
    WrongPasswordError,
)
from address_match.service.errors import DecisionError, GateError
from address_match.service.http.errors import (
    ActRefusedError,
    BodyTooLargeError,
    ClientGoneError,
    CrossOriginError,
    HangsError,
    LimitTooHighError,
    NoPostcodeError,
    NoSuchPartError,
    NotReadyError,
    OverloadedError,
    PackedBodyError,
    RepeatedParameterError,
    TooManyAddressesError,
    TooMuchWorkError,
    UnknownBundleError,
    UnknownHostError,
    UnknownPostcodeError,
    UnknownStreetError,
    UnknownUprnError,
    UnreadableBodyError,
    UnreadableUrlError,
)
from address_match.service.jobs.errors import (
    FileTooLargeError,
    JobStateError,
    NoResultError,
    NoRoomError,
    OtherOriginError,
    OtherVerdictError,
    TooManyJobsError,
    UnfitVerdictError,
    UnknownFormatError,
    UnknownJobError,
    UnknownRowError,
    UnknownSampleError,
)
from address_match.service.lifecycle.feedback.answer_id import UnknownAnswerError
from address_match.service.lifecycle.feedback.feedback_book import FeedbackNotWrittenError
from address_match.service.lifecycle.model_runs.errors import RunGoingOnError, UnknownRunError
from address_match.service.lookup.page import UnknownCursorError
from address_match.service.lookup.premises_lists import FilterOfStreetsError


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """How one class of errors is shown."""

    status: int
    name: str
    title: str
    detail: str = ""
    """Shown instead of the error's own message, which may speak of files of the server."""
    challenge: str = ""
    """How to show who asks (RFC 6750), for the header `WWW-Authenticate`; empty where that is no question."""


_CHALLENGE = 'Bearer realm="address-match"'
_GONE = ProblemKind(499, "client-gone", "The client has gone")

PROBLEMS: dict[type[Exception], ProblemKind] = {
    MissingKeyError: ProblemKind(401, "missing-key", "A key is needed", challenge=_CHALLENGE),
    UnknownKeyError: ProblemKind(
        401, "unknown-key", "The key is not in force", challenge=f'{_CHALLENGE}, error="invalid_token"'
    ),
    RoleError: ProblemKind(
        403, "other-role", "The key is not for this", challenge=f'{_CHALLENGE}, error="insufficient_scope"'
    ),
    PersonNeededError: ProblemKind(403, "person-needed", "A person has to sign in for this"),
    SignedOutError: ProblemKind(401, "signed-out", "Nobody is signed in", challenge=_CHALLENGE),
    OtherPageError: ProblemKind(403, "other-page", "Another page asks for this"),
    WrongPasswordError: ProblemKind(403, "wrong-password", "The name or the password is not right"),
    SignInLimitError: ProblemKind(429, "sign-in-limit", "Too many have failed to sign in"),
    TextTooLongError: ProblemKind(422, "address-too-long", "The address is too long"),
    LimitTooHighError: ProblemKind(422, "limit-too-high", "Too many candidates asked for"),
    TooMuchWorkError: ProblemKind(422, "too-much-work", "One request may not ask for so much"),
    UnknownHostError: ProblemKind(400, "unknown-host", "The host is not known here"),
    CrossOriginError: ProblemKind(400, "cross-origin", "A page of that origin may not ask this"),
    RepeatedParameterError: ProblemKind(422, "repeated-parameter", "A parameter is given more than once"),
    UnreadableUrlError: ProblemKind(422, "unreadable-url", "The URL cannot be read"),
    UnreadableBodyError: ProblemKind(400, "unreadable-body", "The body cannot be read"),
    PackedBodyError: ProblemKind(415, "packed-body", "The body is packed"),
    ClientGoneError: _GONE,
    ClientDisconnect: _GONE,
    TooManyAddressesError: ProblemKind(413, "too-many-addresses", "Too many addresses in one request"),
    KeyLimitError: ProblemKind(429, "key-limit", "So much may be asked, and no more for now"),
    BodyTooLargeError: ProblemKind(413, "body-too-large", "The body is too large"),
    UnknownUprnError: ProblemKind(404, "unknown-uprn", "No such premises in the reference"),
    UnknownPostcodeError: ProblemKind(404, "unknown-postcode", "No such postcode in the reference"),
    UnknownStreetError: ProblemKind(404, "unknown-street", "No such street in the reference"),
    NoPostcodeError: ProblemKind(422, "no-postcode", "That is no postcode"),
    UnknownAnswerError: ProblemKind(404, "unknown-answer", "No such answer"),
    FeedbackNotWrittenError: ProblemKind(
        503,
        "feedback-not-written",
        "Feedback cannot be kept",
        "Feedback cannot be kept now; try again later.",
    ),
    FilterOfStreetsError: ProblemKind(
        422, "filter-of-streets", "Too many streets to count what passes a filter"
    ),
    GateError: ProblemKind(409, "gate-not-passed", "The bundle does not pass the gates"),
    DecisionError: ProblemKind(409, "undecided", "Two persons have not decided that"),
    ActRefusedError: ProblemKind(409, "act-refused", "That cannot be done as it was asked"),
    UnknownRunError: ProblemKind(404, "unknown-run", "No such run"),
    RunGoingOnError: ProblemKind(409, "run-going-on", "Another run goes on"),
    UnknownBundleError: ProblemKind(404, "unknown-bundle", "No such bundle in the registry"),
    UnknownCursorError: ProblemKind(422, "unknown-cursor", "The list does not hold what the cursor names"),
    UnknownJobError: ProblemKind(404, "unknown-job", "No such job"),
    NoSuchPartError: ProblemKind(416, "no-such-part", "The file has no such part"),
    NoResultError: ProblemKind(404, "no-result", "No result in that format"),
    UnknownSampleError: ProblemKind(404, "unknown-sample", "No such sample"),
    UnknownRowError: ProblemKind(404, "unknown-row", "No such row in the queue"),
    OtherVerdictError: ProblemKind(409, "other-verdict", "The same coder said something else before"),
    UnfitVerdictError: ProblemKind(422, "unfit-verdict", "The verdict does not fit the row"),
    JobStateError: ProblemKind(409, "job-state", "The job is not in the state for that"),
    UnknownFormatError: ProblemKind(422, "unknown-format", "No kind of file that can be read"),
    OtherOriginError: ProblemKind(422, "other-origin", "No place that may be told"),
    FileTooLargeError: ProblemKind(413, "file-too-large", "The file is too large"),
    TooManyJobsError: ProblemKind(429, "too-many-jobs", "Too many jobs wait"),
    NoRoomError: ProblemKind(507, "no-room", "There is no room for the file"),
    OverloadedError: ProblemKind(429, "overloaded", "Too many requests wait"),
    NotReadyError: ProblemKind(503, "not-ready", "The service cannot answer yet, or no longer"),
    HangsError: ProblemKind(503, "hangs", "Requests do not get on"),
    EngineUnavailableError: ProblemKind(
        503,
        "engine-unavailable",
        "The index does not answer",
        "The index cannot answer now; try again later.",
    ),
    IndexerError: ProblemKind(
        503,
        "index-unusable",
        "The index cannot be used",
        "The index cannot be used; see the log of the service.",
    ),
}
"""The class of an error, or the nearest of its bases, decides."""
INVALID = ProblemKind(422, "invalid-request", "The request is not valid")
UNEXPECTED = ProblemKind(500, "unexpected", "Something went wrong", "The error is in the log of the service.")


def kind_of(error: Exception) -> ProblemKind | None:
    """Return how an error is answered; None of one that nobody foresaw."""
    return next((PROBLEMS[base] for base in type(error).__mro__ if base in PROBLEMS), None)
