"""The columns that `match --since` adds behind those of the answers."""

REASON = "match_since"
"""Why a row was matched again, or that its earlier answer stands."""
EARLIER_STATUS = "match_earlier_status"
EARLIER_UPRN = "match_earlier_uprn"
"""The earlier answer of a row that was matched again."""
SINCE_COLUMNS = (REASON, EARLIER_STATUS, EARLIER_UPRN)
