"""The cases that the shipped bundle does not answer as it should, each with the reason."""

from pathlib import Path

FILE = Path(__file__).parent / "known_failures.tsv"


def known_failures() -> dict[tuple[str, str], str]:
    """Read the reason of each failing case, by the name of its page and its query."""
    lines = FILE.read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if line.strip()]
    return {(page, query): reason for page, query, reason in rows}
