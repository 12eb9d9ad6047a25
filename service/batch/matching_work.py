import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from address_match.service.batch.answer_columns import answer_columns, answer_rows
from address_match.service.batch.matcher import AddressMatcher, MatchOptions, OpenMatcher


@dataclass(frozen=True, slots=True)
class Matching:
    """Answers batches with a matcher."""

    matcher: AddressMatcher
    options: MatchOptions

    def run(self, texts: Sequence[str], errors: Mapping[int, str]) -> list[list[object]]:
        """Return the columns that matching adds, in the order of `match_columns`."""
        return answer_columns(answer_rows(self.matcher, texts, errors, self.options), self.options)

    def close(self) -> None:
        """Close the matcher."""
        gc.unfreeze()
        self.matcher.close()


def open_matching(open_matcher: OpenMatcher, options: MatchOptions) -> Matching:
    """Open the matcher in the process that will use it."""
    matching = Matching(open_matcher(), options)
    # What was opened stays until the end; looking through it for cycles again and again costs a twentieth of a run.
    gc.freeze()
    return matching
