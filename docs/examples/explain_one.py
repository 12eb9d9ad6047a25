#!/usr/bin/env python
"""Show what the answer for one address rests on.

Usage: python docs/examples/explain_one.py INDEX, with an index of docs/examples/reference.csv.
"""

import sys
from contextlib import closing
from pathlib import Path

import address_match as am


def lines(explanation: am.Explanation) -> list[str]:
    """Say what was decided, what each field adds to the best candidate, and why not another or none."""
    answer, best = explanation.answer, explanation.candidates[0]
    told = [f"{answer.status.value} {answer.reason.value}".strip(), best.address]
    told += [f"{each.log_odds:+6.2f}  {each.words}" for each in best.evidence if abs(each.log_odds) >= 1]
    return [*told, f"{best.log_odds:+6.2f}  in all", explanation.runner_up, explanation.absence.words]


def main(index: Path) -> None:
    """Explain why a flat that the reference lacks is not answered with its building."""
    with closing(am.open_pipeline(index)) as pipeline:
        explanation = pipeline.explain("Flat 9, Marlin Court, 50 Skipper Street, Shildon")
    print("\n".join(lines(explanation)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
