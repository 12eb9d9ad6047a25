"""A list, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from address_match.service.errors import ServiceError

Item = TypeVar("Item")


class UnknownCursorError(ServiceError):
    """A page is asked for behind something that the list does not hold."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, in its order."""

    items: Sequence[Item]
    total: int
    """Items of the whole list."""
    cursor: str
    """Names the last item where others follow, else empty."""


def page_of(items: Sequence[Item], key: Callable[[Item], str], *, cursor: str, limit: int) -> Page[Item]:
    """Return at most `limit` items that stand behind the one which the cursor names by its key, or the first ones.

    So a list that changes between two pages goes on where it was left; raises `UnknownCursorError` where that item is
    gone.
    """
    start = 0
    if cursor:
        start = next((at for at, item in enumerate(items, start=1) if key(item) == cursor), 0)
        if not start:
            raise UnknownCursorError("the list holds nothing that the cursor names; begin without a cursor")
    shown = items[start : start + limit]
    return Page(shown, len(items), key(shown[-1]) if start + limit < len(items) else "")
