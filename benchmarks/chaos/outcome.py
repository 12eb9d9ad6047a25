"""What came of a scenario: how often it was tried, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Outcome:
    """Tries of one scenario."""

    scenario: str
    tries: int = 0
    too_late: int = 0
    """Tries among them in which the command had ended before it was killed; they try nothing but the command."""
    failures: list[str] = field(default_factory=list)
    """What went wrong and by which try; empty where all held."""

    def add(self, problems: Sequence[str], *, in_time: bool = True) -> None:
        """Count a try, whether it came in time, and what went wrong in it."""
        self.failures.extend(f"try {self.tries}: {problem}" for problem in problems)
        self.tries += 1
        self.too_late += not in_time


def as_table(outcomes: Sequence[Outcome]) -> str:
    """Write outcomes as a table in Markdown."""
    rows = [
        f"| {each.scenario} | {each.tries:,} | {each.too_late:,} | {len(each.failures):,} |"
        for each in outcomes
    ]
    return "\n".join(["| scenario | tries | too late | failures |", "|---|---:|---:|---:|", *rows])
