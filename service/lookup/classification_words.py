"""What the codes of the AddressBase classification stand for."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

_FILE = "classification_words.tsv"


@lru_cache(maxsize=1 << 10)
def classification_words(code: str) -> str:
    """Return what a code of the AddressBase classification stands for, in the words of the nearest class that is known;
    else nothing.

    >>> classification_words("RD04"), classification_words("CR08XY"), classification_words("?")
    ('Terraced', 'Shop / Showroom', '')
    """
    beginnings = (code[:length] for length in range(len(code), 0, -1))
    words = words_of_classes()
    return next((words[known] for known in beginnings if known in words), "")


@cache
def words_of_classes() -> Mapping[str, str]:
    """Return what all codes that are known stand for, by the codes."""
    lines = files("address_match.service.lookup").joinpath(_FILE).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return MappingProxyType(dict(pairs))
