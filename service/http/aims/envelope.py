"""The containers in which AIMS answers, and the shapes of answers that hold nothing; keys stand in AIMS's order."""

from collections.abc import Sequence
from http import HTTPStatus

from address_match.service.http.aims.ask import Ask, Json
from address_match.service.http.aims.error_texts import STATUS_TEXTS, Refusal
from address_match.service.http.aims.parameters import NUMBERS

API_VERSION = "address-match 1"
UNKNOWN_VERSION = "NA"
"""Of the data, where no epoch is set; AIMS says the same."""
_SAMPLE_SIZE = 20
"""What AIMS says in an answer that holds nothing."""


def versions(ask: Ask) -> Json:
    """Name what answers: the service and the epoch of the reference."""
    return {"apiVersion": API_VERSION, "dataVersion": ask.epoch or UNKNOWN_VERSION}


def with_terms(ask: Ask) -> Json:
    """Name what answers, as the paths of the questionnaire do; our service has no terms."""
    return {**versions(ask), "termsAndConditions": ""}


def answered(container: Json) -> Json:
    """Close a container that holds an answer."""
    return {**container, "status": _status(HTTPStatus.OK), "errors": []}


def refused(container: Json, refusal: Refusal) -> Json:
    """Close a container that holds none."""
    error = {"code": refusal.code, "message": refusal.message}
    return {**container, "status": _status(refusal.status), "errors": [error]}


def by_router(status: HTTPStatus, message: str = "") -> Json:
    """Say that a path, method or body is not one of AIMS."""
    return {
        "response": "Error calling API",
        "status": {"code": status.value, "message": message or STATUS_TEXTS[status]},
    }


def _status(status: HTTPStatus) -> Json:
    return {"code": status.value, "message": STATUS_TEXTS[status]}


def search(
    ask: Ask,
    *,
    tokens: Json | None = None,
    addresses: Sequence[Json] = (),
    kind: str = "",
    recommended: str = "",
    total: int = 0,
    sample: int = _SAMPLE_SIZE,
    most: float = 0.0,
    threshold: float = NUMBERS["matchthreshold"].default,
) -> Json:
    """Shape `/addresses`, and all that is refused for want of a key."""
    said = ask.parameters
    response = {
        "tokens": tokens or {},
        "addresses": addresses,
        "matchtype": kind,
        "recommendationCode": recommended,
        "filter": said.word("classificationfilter"),
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "rangekm": said.word("rangekm"),
        "latitude": said.word("lat"),
        "longitude": said.word("lon"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": total,
        "sampleSize": sample,
        "maxScore": most,
        "matchthreshold": threshold,
        "verbose": said.flag("verbose"),
        "countryBoosts": said.boosts(),
        "pafdefault": said.flag("pafdefault"),
    }
    return {**versions(ask), "response": response}


def uprn(ask: Ask, content: Json | None = None) -> Json:
    """Shape `/addresses/uprn`; `content` is the address, or addresses."""
    said = ask.parameters
    echo = {
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "verbose": said.flag("verbose"),
        "pafdefault": said.flag("pafdefault"),
    }
    return {**versions(ask), "response": {**(content or {}), **echo}}


def postcode(ask: Ask, addresses: Sequence[Json] = (), *, total: int = 0, most: float = 0.0) -> Json:
    """Shape `/addresses/postcode`."""
    said = ask.parameters
    response = {
        "postcode": asked_postcode(ask),
        "addresses": addresses,
        "filter": said.word("classificationfilter"),
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": total,
        "maxScore": most,
        "verbose": said.flag("verbose"),
        "pafdefault": said.flag("pafdefault"),
    }
    return {**versions(ask), "response": response}


def asked_postcode(ask: Ask) -> str:
    """Return the postcode that is asked for: of the path, else of the input, else of the parameter of that name."""
    return ask.in_path.get("postcode", ask.parameters.word("input") or ask.parameters.word("postcode"))


def partial(ask: Ask, addresses: Sequence[Json] = (), *, total: int = 0) -> Json:
    """Shape `/addresses/partial`."""
    said = ask.parameters
    response = {
        "input": said.word("input"),
        "addresses": addresses,
        "filter": said.word("classificationfilter"),
        "fallback": said.flag("fallback"),
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "offset": said.whole("offset"),
        "total": total,
        "maxScore": 0.0,
        "verbose": said.flag("verbose"),
        "highlight": said.word("highlight"),
        "favourpaf": said.flag("favourpaf"),
        "favourwelsh": said.flag("favourwelsh"),
        "countryBoosts": said.boosts(),
        "timeout": said.whole("timeout"),
    }
    return {**versions(ask), "response": response}


def drawn(ask: Ask, addresses: Sequence[Json] = ()) -> Json:
    """Shape `/addresses/random`, which shows only three of the countries' weights, each twice."""
    said = ask.parameters
    boosts = said.boosts()
    shown = {**boosts, "lboost": boosts["nboost"], "mboost": boosts["sboost"], "jboost": boosts["wboost"]}
    response = {
        "addresses": addresses,
        "filter": said.word("classificationfilter"),
        "historical": said.flag("historical"),
        "epoch": said.word("epoch"),
        "limit": said.whole("limit"),
        "verbose": said.flag("verbose"),
        "countryBoosts": shown,
        "pafdefault": said.flag("pafdefault"),
    }
    return {**versions(ask), "response": response}
