"""Facts that are dated after now, as a clock that was set back leaves them: they would be the last ones for as long as
it was wrong.
"""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

SLACK = timedelta(hours=1)
"""How far the clocks of two machines that share a store may differ."""


def until_now(facts: pa.Table) -> tuple[pa.Table, int]:
    """Return the facts that are not dated ahead, and how many are."""
    kept = facts.filter(
        pc.less_equal(facts.column("moment"), pa.scalar(_latest(), facts.schema.field("moment").type))
    )
    return kept, len(facts) - len(kept)


def ahead_sentences(facts: int, end: datetime | None = None) -> list[str]:
    """Say how many facts are dated ahead, and that the end of a reference is, with the way out."""
    found = []
    if end is not None and end > _latest():
        found.append(
            f"its reference ends at {end:%Y-%m-%d %H:%M}, which is yet to come, so that nothing is compared with it: "
            "the clock was set back; accept a quiet stretch anew, monitor accept"
        )
    if facts:
        found.append(
            f"{facts:,} answers are dated after now: the clock was set back; they are judged when their time has come"
        )
    return found


def _latest() -> datetime:
    return datetime.now(UTC) + SLACK
