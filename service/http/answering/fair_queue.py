"""A bounded queue of work from which clients and routes are served in turn."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeVar

from address_match.service.http.errors import OverloadedError

Item = TypeVar("Item")

SHARE_OF_ONE_CLIENT = 0.75
"""Share of the queue that one client may fill, so that there is room for another when one asks without end.

A proxy in front is one client: what it cannot fill is a quarter of a queue that is more than a second long.
"""


def _any(_route: str) -> bool:
    return True


class FairQueue(Generic[Item]):
    """Holds items up to a bound on their work, and gives one of each lane (a route and a client) in turn.

    Not safe to share between threads: it belongs to an event loop.
    """

    def __init__(self, most: float) -> None:
        """Hold items whose costs are `most` together, in any unit that the caller chooses."""
        self._most = most
        self.work = 0.0
        """The costs of all items together."""
        self._by_client: Counter[str] = Counter()
        """Items of each client: for one that asks for little, the bound is on how many."""
        self._lanes: OrderedDict[tuple[str, str], deque[tuple[Item, float]]] = OrderedDict()
        self._filled = asyncio.Event()

    def __len__(self) -> int:
        return self._by_client.total()

    def is_full(self, client: str, coming: int = 0) -> bool:
        """Return whether a client may put in no more, once it has put in so many usual items that come."""
        of_client = self._by_client[client] + coming
        return self.work + coming >= self._most or of_client >= max(1, self._most * SHARE_OF_ONE_CLIENT)

    def put(self, route: str, client: str, item: Item, cost: float) -> None:
        """Put in an item; raises `OverloadedError` where there is no room for the client's."""
        if self.is_full(client):
            raise OverloadedError(f"{len(self)} requests wait already; try again in a second")
        self._lanes.setdefault((route, client), deque()).append((item, cost))
        self._by_client[client] += 1
        self.work += cost
        self._filled.set()

    async def get(self) -> Item:
        """Wait for the next item."""
        while (item := self.take()) is None:
            self._filled.clear()
            await self._filled.wait()
        return item

    def take(self, wanted: Callable[[str], bool] = _any) -> Item | None:
        """Return the next item of a route that is wanted; None where there is none."""
        key = next((key for key in self._lanes if wanted(key[0])), None)
        if key is None:
            return None
        lane = self._lanes.pop(key)
        item, cost = lane.popleft()
        if lane:
            self._lanes[key] = lane  # behind the others
        self._by_client[key[1]] -= 1
        if not self._by_client[key[1]]:
            del self._by_client[key[1]]
        self.work = self.work - cost if self._by_client else 0.0
        return item
