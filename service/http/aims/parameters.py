"""The parameters that AIMS has, each declared once: how it is read, what holds without it, and how a wrong one is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType

_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
_DECIMAL = re.compile(
    r"\s*[+-]?(?:NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?)[dDfF]?\s*"
)
_MOST_WHOLE = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Number:
    """A parameter that is a number, with the codes by which it is refused."""

    default: float
    least: float
    most: float
    unread: int
    small: int
    large: int
    is_whole: bool = True

    def problem(self, written: str) -> int:
        """Return the code of what is wrong with a written number, 0 for none."""
        value = read_whole(written) if self.is_whole else read_decimal(written)
        if value is None:
            return self.unread
        if value < self.least:
            return self.small
        return 0 if value <= self.most else self.large  # NaN is no number up to the most


NUMBERS = MappingProxyType(
    {
        "limit": Number(10, 1, 5000, unread=4, small=6, large=8),
        "offset": Number(0, 0, 5000, unread=5, small=7, large=9),
        "matchthreshold": Number(5, 0, 100, unread=28, small=29, large=29, is_whole=False),
        "limitperaddress": Number(1, 0, 5000, unread=4, small=6, large=8),
        "timeout": Number(250, 50, 5000, unread=43, small=44, large=45),
    }
)
BULK_DEFAULTS: Mapping[str, float | bool] = MappingProxyType({"matchthreshold": 10})
"""Of calls in bulk, where they differ from those of the table."""
FLAGS = MappingProxyType(
    {
        "historical": False,
        "verbose": False,
        "pafdefault": False,
        "fallback": False,
        "favourpaf": True,
        "favourwelsh": False,
    }
)
WORDS = MappingProxyType(
    {
        "highlight": "on",
        "groupfullpostcodes": "no",
        "addresstype": "paf",
        "postcode": "*",
        "streetname": "*",
        "townname": "*",
    }
)
"""What holds where a text is not sent; of others nothing does."""
BOOSTS = MappingProxyType(
    {"eboost": "E", "nboost": "N", "sboost": "S", "wboost": "W", "lboost": "L", "mboost": "M", "jboost": "J"}
)
"""Weights of countries, in the order in which they are shown, with the codes of these."""
BOOST = Number(1, 0, 10, unread=41, small=41, large=41, is_whole=False)
ADDRESS_TYPES = ("paf", "welshpaf", "nag", "welshnag", "nisra")


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a request says, by the names of AIMS; what cannot be read counts as if it were not sent."""

    sent: Mapping[str, str]
    defaults: Mapping[str, float | bool]
    """Of numbers and flags where those of the path differ from the table's."""
    is_blank_absent: bool = False
    """Whether a blank number counts as not sent, as on the paths of a search."""

    def word(self, name: str) -> str:
        """Return a text, that of the table where it is not sent."""
        return self.sent.get(name, WORDS.get(name, ""))

    def flag(self, name: str) -> bool:
        """Return a yes or no."""
        read = {"true": True, "false": False}.get(self.sent.get(name, "").lower())
        return bool(self.defaults.get(name, FLAGS[name])) if read is None else read

    def number(self, name: str) -> float:
        """Return a number, also one that is out of bounds: refusals repeat it."""
        declared = NUMBERS[name]
        written = self.sent.get(name, "")
        read = read_whole(written) if declared.is_whole else read_decimal(written)
        return read if read is not None and isfinite(read) else self.defaults.get(name, declared.default)

    def whole(self, name: str) -> int:
        """Return a number that is whole."""
        return int(self.number(name))

    def problem(self, name: str) -> int:
        """Return the code of what is wrong with a number, 0 for none."""
        written = self.sent.get(name)
        if written is None or (self.is_blank_absent and not written.strip()):
            return 0
        return NUMBERS[name].problem(written)

    def boosts(self) -> dict[str, float]:
        """Return the weights of the countries; 1 for one that cannot be read."""
        read = {name: read_decimal(self.sent.get(name, "")) for name in BOOSTS}
        return {name: BOOST.default if v is None or not isfinite(v) else v for name, v in read.items()}


def read_whole(written: str) -> int | None:
    """Read a whole number of 32 bits; None where it is none."""
    value = int(written) if _WHOLE.fullmatch(written) else None
    return value if value is not None and -_MOST_WHOLE - 1 <= value <= _MOST_WHOLE else None


def read_decimal(written: str) -> float | None:
    """Read a decimal number, which may be NaN; None where it is none."""
    return float(written.strip().rstrip("dDfF")) if _DECIMAL.fullmatch(written) else None
