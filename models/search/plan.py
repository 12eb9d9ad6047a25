"""How a search is cut into blocks so that it fits the memory of its device, decided before it starts."""

from dataclasses import dataclass, replace

from address_match.models.errors import DeviceMemoryError
from address_match.models.search.nearest import GROUP

FEWEST_ROWS = 4_096
"""Smaller blocks keep a device waiting; below them the queries are cut."""
_KEY_BYTES = 8
_SORTING = 3
"""Copies of the keys that are alive while the best are chosen."""


@dataclass(frozen=True, slots=True)
class Workload:
    """What every block of a search has in common."""

    rows: int
    """Vectors that are searched."""
    dimensions: int
    vector_bytes: int
    """Of one number of a vector as it is held: 1 or 4."""
    score_bytes: int
    """Of one number of the product: 2 or 4."""
    groups: int
    """Groups of rows that are compared again for a query."""

    def bytes_of(self, plan: "SearchPlan") -> int:
        """Return the most bytes that are at work at one time."""
        return max(self._comparing(plan.queries, plan.rows), self._comparing_again(self.again(plan)))

    def again(self, plan: "SearchPlan") -> int:
        """Return how many queries are compared again at once: as many numbers as there were scores."""
        return max(1, plan.queries * plan.rows // (self.groups * GROUP * self.dimensions))

    def _comparing(self, queries: int, rows: int) -> int:
        block = rows * self.dimensions * (self.vector_bytes + self.score_bytes)
        found = (rows // GROUP + 1 + self.groups) * (self.score_bytes + _SORTING * _KEY_BYTES)
        each_query = self.dimensions * (4 + self.score_bytes) + rows * self.score_bytes + found
        return block + queries * each_query

    def _comparing_again(self, queries: int) -> int:
        rows = queries * self.groups * GROUP
        return rows * (self.dimensions * (self.vector_bytes + 4) + _SORTING * _KEY_BYTES)


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """How many queries and rows are compared at once."""

    queries: int
    rows: int

    def halved(self) -> "SearchPlan | None":
        """Return the next smaller plan: half the rows, then half the queries; None when nothing is left to halve."""
        if self.rows > FEWEST_ROWS:
            return replace(self, rows=max(self.rows // 2, FEWEST_ROWS))
        if self.queries > 1:
            return replace(self, queries=self.queries // 2)
        return None


def plan_search(work: Workload, widest: SearchPlan, free_bytes: int, device: str) -> SearchPlan:
    """Return the largest plan, at most `widest`, that fits; raise `DeviceMemoryError` when not even the smallest does."""
    plan: SearchPlan | None = widest
    while plan is not None:
        if work.bytes_of(plan) <= free_bytes:
            return plan
        smallest, plan = plan, plan.halved()
    raise DeviceMemoryError(
        f"{device} has {free_bytes / 2**20:,.0f} MiB to spare, and comparing one text with {smallest.rows:,} vectors of "
        f"{work.dimensions} dimensions takes {work.bytes_of(smallest) / 2**20:,.0f}. Free some of its memory, or "
        "search on the CPU: --device cpu"
    )
