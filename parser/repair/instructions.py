"""What a sender tells the courier behind the address, which may quote another door: LEAVE WITH NEIGHBOUR AT NO 7."""

import re

from address_match.parser.repair.repaired_text import Rule

_WHERE = "(?:with|at|in|by|behind|under|next|outside)"
_THING = "(?:it|them|this|parcels?|packages?|deliver(?:y|ies)|letters?|orders?)"
_TOLD = (
    rf"(?:please\s)?(?:leave|deliver|hand|pass|give|take|drop|put)\s(?:(?:the\s|any\s)?{_THING}|{_WHERE}|to)\b"
    r"|(?:please\s)?(?:ring|press|use|call|knock|buzz|try|phone|ask)\s"
    r"(?:the|bell|buzzer|twice|on|for|at|flat|no|number|intercom|next|side|neighbour|before|me)\b"
    r"|if\s(?:no|not|out|away|nobody|unable|absent|i|we)\b"
    r"|please\s|beware\b"
    r"|(?:gate|door|key|entry|access|lock|keysafe|buzzer)\s(?:safe\s)?(?:code|pin|number)\b"
)
_INSTRUCTION = re.compile(rf"(?i)\s{{0,3}}[.;,(\n–-]\s{{0,3}}(?:{_TOLD})[^\n]{{0,400}}\Z")
FIRST_WORDS = "leave|deliver|hand|pass|give|take|drop|put|ring|press|use|call|knock|buzz|try|phone|ask|if|please|beware|code|pin"
"""Words by which a text may hold one, as small letters."""
_DIGIT = re.compile("[0-9]")


def _behind_an_address(match: re.Match[str]) -> str | None:
    """Drop an instruction where a number stands before it, which is the address's."""
    return "" if _DIGIT.search(match.string, 0, match.start()) else None


INSTRUCTIONS: tuple[Rule, ...] = (Rule(_INSTRUCTION, _behind_an_address),)
