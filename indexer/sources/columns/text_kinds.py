"""How columns say whether a text and its premises are current: in our words, or by the codes of a gazetteer."""

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


BLPU_STATE = "blpu_state"
_STATUS_OF_STATE: Mapping[str, str] = {"1": "provisional", "4": "historical", "6": "provisional"}
"""Of the codes of BS 7666: under construction, no longer existing, planned."""


def premises_status(written: str, *, of_state: bool = False) -> str:
    """Return how a premises stands, in our words where a text says it in others; `of_state`, that it is the state of a BLPU.

    >>> [premises_status(text) for text in ("Historical", "HISTORIC", "Provisional", "Open", "4")]
    ['historical', 'historical', 'provisional', 'Open', '4']
    >>> [premises_status(text, of_state=True) for text in ("4", "2")]
    ['historical', '2']
    """
    if of_state:
        return _STATUS_OF_STATE.get(written.removesuffix(".0"), written)
    kind = kind_of_status(written)
    return kind if kind in _STATUS_OF_STATE.values() and not written.isdigit() else written
