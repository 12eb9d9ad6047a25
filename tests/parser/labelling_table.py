"""The documented table of hard cases, `hard_cases.tsv`: how they are labelled and what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from address_match.parser.labels import Label


@dataclass(frozen=True, slots=True)
class HardCase:
    """A text, the words and label of each run of it, and the fields of its reading that are said."""

    text: str
    runs: tuple[tuple[str, Label], ...]
    fields: tuple[tuple[str, str | int], ...]

    def labels(self) -> tuple[Label, ...]:
        """Return the label of every token."""
        return tuple(label for words, label in self.runs for _ in words.split())

    def words(self) -> tuple[str, ...]:
        """Return the folded tokens."""
        return tuple(word for words, _ in self.runs for word in words.split())


def hard_cases() -> Iterator[HardCase]:
    """Yield the rows of the table."""
    for line in Path(__file__).with_name("hard_cases.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, runs, reading = line.split("\t")
        pairs = (run.rsplit("=", 1) for run in runs.split(" | "))
        said = (field.split("=", 1) for field in reading.split("; "))
        yield HardCase(
            text,
            tuple((words, Label(label)) for words, label in pairs),
            tuple((name, int(value) if name in _WHOLE_NUMBERS else value) for name, value in said),
        )


_WHOLE_NUMBERS = frozenset({"number", "number_end"})
