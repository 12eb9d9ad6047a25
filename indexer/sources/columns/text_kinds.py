"""How columns say of which kind a text of a premises is: in our words, or as a gazetteer writes its logical status."""

from collections.abc import Mapping

TEXT_KINDS = ("postal", "gazetteer", "alternative", "historical", "provisional")
"""Our words; the first one where nothing is said."""
LOGICAL_STATUS_WORDS = (
    "logical_status",
    "lpi_logical_status",
    "logical_status_code",
    "lpi_logical_status_code",
)
"""Of the column of a gazetteer, in the order in which they are preferred."""
_KIND_OF_STATUS: Mapping[str, str] = {
    "1": TEXT_KINDS[0],
    "3": "alternative",
    "5": "provisional",
    "6": "provisional",
    "7": "provisional",
    "8": "historical",
    "9": "historical",
    "approved": TEXT_KINDS[0],
    "approved preferred": TEXT_KINDS[0],
    "candidate": "provisional",
    "historic": "historical",
    "rejected": "historical",
}
"""Of the codes of BS 7666 and their words; what was rejected never was an address, and is told from current ones alike."""


def kind_of_status(status: str) -> str:
    """Return of which kind a text of this logical status is; another word as it is, in lower case.

    >>> [kind_of_status(status) for status in ("1", "8.0", "Historical", "Approved (preferred)", "live")]
    ['postal', 'historical', 'historical', 'postal', 'live']
    """
    word = " ".join(status.lower().replace("(", " ").replace(")", " ").split()).removesuffix(".0")
    return _KIND_OF_STATUS.get(word, word)
