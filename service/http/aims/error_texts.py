"""The errors that clients of AIMS know, by their codes."""

from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

STATUS_TEXTS = MappingProxyType(
    {
        HTTPStatus.OK: "Ok",
        HTTPStatus.BAD_REQUEST: "Bad request",
        HTTPStatus.UNAUTHORIZED: "Unauthorized",
        HTTPStatus.NOT_FOUND: "Not found",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Request entity too large",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Unsupported media type",
        HTTPStatus.TOO_MANY_REQUESTS: "Too many requests (see message detail)",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Internal server error",
    }
)
UNAUTHORIZED = frozenset({11, 12, 13, 14})
NOT_FOUND = frozenset({3})
_FILTER = "Invalid classification filter value provided. Filters must "
_GATEWAY = "The API is now only available via the Gateway URL, enforced by this key."
_FAILED = "Request to ElasticSearch failed"

TEXTS = MappingProxyType(
    {
        1: "No address string supplied. The string is free format and supplied using the input= query string parameter. ",
        2: "Address format is not supported",
        3: "UPRN request didn't yield a result. The UPRN may no longer exist on the current AddressBase, "
        "or only be available with historical=true query string parameter",
        4: "Limit parameter is not numeric",
        5: "Offset parameter is not numeric",
        6: "Limit parameter is too small, minimum = 1",
        7: "Offset parameter is too small, minimum = 0",
        8: "Limit parameter is too large, maximum = *",
        9: "Offset parameter is too large, maximum = *",
        10: f"{_FAILED} (*)",
        11: "The API key is missing from the Authorization header.",
        12: "An Invalid API key was provided. A key has been found but it does not match any on the list of currently active keys.",
        13: f"Source key not provided. {_GATEWAY}",
        14: f"Invalid source key provided. {_GATEWAY}",
        15: f"{_FILTER}exactly match a classification code (see /classifications) or use a pattern match such as RD*. "
        "There are also four presets residential, commercial, workplace and educational.",
        16: "Postcode supplied is not valid according to the UK addresses pattern match.",
        18: f"{_FAILED} (postcode)(*)",
        20: "UPRNs must be numeric. They can have up to 12 digits and have no leading zeroes.",
        21: "Range KM parameter is not numeric",
        22: "Latitude parameter is not numeric. The API expects decimal degrees.",
        23: "Longitude parameter is not numeric. The API expects decimal degrees. ",
        24: "Latitude parameter must be less than 60.9",
        25: "Latitude parameter must be greater than 49.8",
        26: "Longitude parameter must be less than 1.8",
        27: "Longitude parameter must be greater than -8.6",
        28: "MatchThreshold parameter is not numeric",
        29: "MatchThreshold parameter must be greater than 0 and less than or equal to 100",
        30: f"{_FAILED} (partial address)(*)",
        33: "Partial address string too short, minimum * characters",
        34: f"{_FILTER}contain one or more full classification codes (see /classifications) or use a single pattern match such as RD*. "
        "A mixture of exact match and pattern match is not valid.",
        35: f"{_FAILED} (random)(*)",
        36: "Requested Epoch is not available. Current available epochs are *.",
        37: f"{_FAILED} (uprn)(*)",
        38: "Latitude, longitude, rangekm and filter must all be provided.",
        39: "AddressType must be of type paf, welshpaf, nag, welshnag or nisra.",
        40: "At least one of postcode, streetname and townname must be supplied and not wildcarded (use all three for best results)",
        41: "Query string parameters eboost, nboost, sboost, wboost, lboost, mboost and jboost must be decimals in the range 0 to 10.0, "
        "default is 1.0",
        43: "Timeout parameter is not numeric",
        44: "Timeout parameter is too small, minimum (milliseconds) = 50",
        45: "Timeout parameter is too large, maximum (milliseconds) = *",
    }
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered, as AIMS says it."""

    code: int
    figure: str = ""
    """Stands for the star of the text."""
    status: HTTPStatus = HTTPStatus.BAD_REQUEST

    @property
    def message(self) -> str:
        """Return the text of the code."""
        return TEXTS[self.code].replace("*", self.figure, 1) if self.figure else TEXTS[self.code]


def refusal(code: int, figure: object = "") -> Refusal:
    """Return the refusal of a code, with its status."""
    if code in UNAUTHORIZED:
        return Refusal(code, str(figure), HTTPStatus.UNAUTHORIZED)
    return Refusal(code, str(figure), HTTPStatus.NOT_FOUND if code in NOT_FOUND else HTTPStatus.BAD_REQUEST)
