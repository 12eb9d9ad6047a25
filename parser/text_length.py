"""How long an address may be, and what is said of one that is longer."""

from address_match.parser.errors import TextTooLongError

MAX_TEXT_LENGTH = 10_000
"""Characters; a longer text is refused by the callers that meet users."""


def length_problem(text: str) -> str:
    """Return that a text is longer than an address may be; empty where it is not. The text is not quoted."""
    if len(text) <= MAX_TEXT_LENGTH:
        return ""
    return f"the address has {len(text):,} characters; at most {MAX_TEXT_LENGTH:,} are read"


def refuse_long(text: str) -> None:
    """Raise TextTooLongError for a text that is longer than an address may be."""
    if problem := length_problem(text):
        raise TextTooLongError(problem)
