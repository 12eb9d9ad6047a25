"""Keep one faulty address from costing the others of its batch their answers."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from address_match.indexer.errors import IndexerError
from address_match.models.errors import ModelError
from address_match.service.error_place import place_of
from address_match.service.errors import ServiceError
from address_match.service.matching.answer import Answer

NO_ROWS_FAULT = 20
"""If so many addresses fail and none is answered, the fault is not theirs."""

_log = logging.getLogger("address_match.matching")

Item = TypeVar("Item")
Found = TypeVar("Found")


def match_each(match: Callable[[Sequence[str]], list[Answer]], texts: Sequence[str]) -> list[Answer]:
    """Answer each text, in order; one that raises an unforeseen error gets an answer that says so, and is logged.

    Raises what `answers_or_faults` raises.
    """
    return [
        fault_answer(found) if isinstance(found, Exception) else found
        for found in answers_or_faults(match, texts)
    ]


def match_in_batches(
    match: Callable[[Sequence[str]], list[Answer]], texts: Sequence[str], rows: int
) -> Iterator[list[Answer]]:
    """Answer texts as `match_each` does, `rows` at a time."""
    for start in range(0, len(texts), rows):
        yield match_each(match, texts[start : start + rows])


def answers_or_faults(
    match: Callable[[Sequence[Item]], Sequence[Found]], texts: Sequence[Item]
) -> list[Found | Exception]:
    """Answer each text, in order, or give the error that it raises by itself.

    A batch that fails is halved until the text at fault is alone. Errors that no text is to blame for are raised: those
    of our own packages and of the machine, and one that all of at least `NO_ROWS_FAULT` texts raise.
    """
    found = _halved(match, texts)
    faults = [each for each in found if isinstance(each, Exception)]
    if len(faults) == len(texts) >= NO_ROWS_FAULT:
        raise faults[0]
    return found


def _halved(
    match: Callable[[Sequence[Item]], Sequence[Found]], texts: Sequence[Item]
) -> list[Found | Exception]:
    try:
        return list(match(texts))
    except (IndexerError, ModelError, ServiceError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - outermost handler of a row: whatever it is, the other rows go on
        if len(texts) <= 1:
            return [error]
    middle = len(texts) // 2
    return _halved(match, texts[:middle]) + _halved(match, texts[middle:])


def fault_answer(error: Exception) -> Answer:
    """Answer a text that raised an unforeseen error, and log the kind and place of it."""
    kind, place = type(error).__name__, place_of(error)
    _log.error("unexpected %s in %s; one address stays without an answer", kind, place)
    return Answer.failed(f"unexpected {kind} in {place}; report it")
