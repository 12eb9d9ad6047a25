"""How often an address of this very file would be matched if the reference did not hold its premises."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from address_match.service.batch.estimates.file_evidence import SeenAnswer
from address_match.service.batch.matcher import AddressMatcher
from address_match.service.matching.answer import Answer, Status


class ExcludingMatcher(AddressMatcher, Protocol):
    """What can answer as if the reference did not hold some premises, too."""

    def match(
        self,
        texts: Sequence[str],
        *,
        top: int = 5,
        thorough: bool = False,
        excluded: Sequence[frozenset[str]] | None = None,
    ) -> list[Answer]:
        """Answer each text, in order, as if its `excluded` UPRNs were not held."""
        ...


OpenExcluding = Callable[[], ExcludingMatcher]
"""Opens one; it travels to worker processes as any `OpenMatcher`."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What came of matching addresses without their premises."""

    tested: int = 0
    accepted: int = 0
    """Of those, matched all the same: with another premises, which is wrong."""
    probabilities: tuple[float, ...] = ()
    """Of the premises that these are matched with."""


def leave_out_test(
    matched: Sequence[SeenAnswer], open_matcher: OpenExcluding, *, thorough: bool = False
) -> LeftOut:
    """Match rows again, each without the premises that it is matched with; a text that stands twice counts once."""
    tested = list({one.text: one for one in matched}.values())
    if not tested:
        return LeftOut()
    with closing(open_matcher()) as matcher:
        answers = matcher.match(
            [one.text for one in tested],
            top=1,
            thorough=thorough,
            excluded=[frozenset({one.uprn}) for one in tested],
        )
    accepted = tuple(answer.probability for answer in answers if answer.status is Status.MATCHED)
    return LeftOut(len(tested), len(accepted), accepted)
