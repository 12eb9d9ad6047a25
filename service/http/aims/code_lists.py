"""What AIMS tells of itself: lists of codes, versions, epochs, and whether it can answer. What our reference does not hold is empty."""

from address_match.service.http.aims import envelope
from address_match.service.http.aims.ask import Answering, Ask, Json
from address_match.service.lookup.classification_words import words_of_classes

LISTS = {
    "codelists": [
        {"name": "sources", "description": "Sources of cross references; none is held"},
        {"name": "classifications", "description": "What the codes of classifications stand for"},
        {"name": "custodians", "description": "Local custodians; their names are not held"},
        {"name": "logicalstatuses", "description": "Logical statuses of texts"},
    ],
    "sources": [],
    "custodians": [],
    "logicalStatuses": [
        {"code": "1", "label": "Approved"},
        {"code": "3", "label": "Alternative"},
        {"code": "6", "label": "Provisional"},
        {"code": "8", "label": "Historical"},
    ],
}
GREETING = "hello world"


def code_list(name: str) -> Answering:
    """Return what answers with a list of codes."""

    async def answer(_ask: Ask) -> Json:
        return {name: LISTS[name]}

    return answer


async def classifications(_ask: Ask) -> Json:
    """Answer with what the codes of classifications stand for."""
    return {"classifications": [{"code": code, "label": label} for code, label in words_of_classes().items()]}


async def version(ask: Ask) -> Json:
    """Answer with what answers."""
    return envelope.versions(ask)


async def epochs(ask: Ask) -> Json:
    """Answer with the epoch of the reference, or none where it is not known."""
    held = [{"epoch": ask.epoch, "default": "true", "description": f"Epoch {ask.epoch}"}] if ask.epoch else []
    return {"epochs": held}
