"""What a file is matched by, and what may be chosen of its answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.matching.answer import Answer
from address_match.service.matching.explanation.explanation import Explanation


class AddressMatcher(Protocol):
    """What a file is matched by."""

    @property
    def retriever(self) -> PremisesLookup:
        """What looks the premises of answers up."""
        ...

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:
        """Answer each text, in order; a text that cannot be read gets an answer that says so."""
        ...

    def explain_each(self, texts: Sequence[str], *, top: int = 5, listed: int = 10) -> list[Explanation]:
        """Answer each text by the full search, in order, and show what each answer rests on, and its `listed` best
        candidates.
        """
        ...

    def close(self) -> None:
        """Release what was opened."""
        ...


OpenMatcher = Callable[[], AddressMatcher]
"""Opens a matcher; it travels to worker processes, so it is a function of a module or a partial of one."""


@dataclass(frozen=True, slots=True)
class MatchOptions:
    """What the user chose about the answers."""

    top: int | None = None
    """How many candidates to write out; None leaves the column out."""
    thorough: bool = False
    """Search every channel even where the first is already certain."""
    explain: bool = False
    """Write out what each answer rests on; the search is then thorough."""
    fields: tuple[str, ...] = ()
    """What to write out of what the reference holds of the premises that is answered, names of
    `held_columns.KNOWN_FIELDS`.
    """
    historical: bool = False
    """Whether to write out which answers are historical."""
    audit: bool = False
    """Whether identifiers that the rows give are judged by the answers."""
