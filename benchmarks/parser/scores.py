"""From verdicts to figures: shares that are right, confusions, calibration, wins and losses by their cause."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from address_match.parser.labels import LABELS
from benchmarks.harness.result import Table, columns_of
from benchmarks.parser.verdicts import NBEST, Verdict

_BINS = 10
_CAUSES_SHOWN = 40


def by_kind(verdicts: Sequence[Verdict], goals: Mapping[str, float | None]) -> Table:
    """Tabulate each kind of case: whole addresses right, tokens right, right within the five best."""
    rows: list[dict[str, str | float | int | None]] = []
    for kind in dict.fromkeys(verdict.kind for verdict in verdicts):
        some = [verdict for verdict in verdicts if verdict.kind == kind]
        rows.append(
            {
                "kind": kind,
                "cases": len(some),
                "whole right": share_right(some),
                "goal": goals.get(kind),
                "but for noise": sum(verdict.address_right for verdict in some) / len(some),
                "tokens right": share_of_tokens(some),
                f"within {NBEST} best": share_within_best(some),
                "mean probability": float(np.mean([verdict.probability for verdict in some])),
            }
        )
    return columns_of(rows, "By kind")


def share_right(verdicts: Sequence[Verdict]) -> float | None:
    """Return the share of cases whose every token is right; None without a case."""
    return sum(verdict.right for verdict in verdicts) / len(verdicts) if verdicts else None


def share_within_best(verdicts: Sequence[Verdict]) -> float | None:
    """Return the share of cases whose true labels are among the best parses; None without a case."""
    return sum(verdict.within_best for verdict in verdicts) / len(verdicts) if verdicts else None


def share_of_tokens(verdicts: Iterable[Verdict]) -> float | None:
    """Return the share of tokens that are right; None without a token."""
    right = [t is g for verdict in verdicts for t, g in zip(verdict.truth, verdict.given, strict=True)]
    return sum(right) / len(right) if right else None


def token_calibration_error(verdicts: Iterable[Verdict]) -> float | None:
    """Return the expected calibration error of the tokens' probabilities."""
    claimed: list[float] = []
    right: list[bool] = []
    for verdict in verdicts:
        claimed += verdict.certainties
        right += [t is g for t, g in zip(verdict.truth, verdict.given, strict=True)]
    return calibration_error(claimed, right)


def parse_calibration_error(verdicts: Iterable[Verdict]) -> float | None:
    """Return the expected calibration error of the probabilities of whole parses."""
    pairs = [(verdict.probability, verdict.right) for verdict in verdicts]
    return calibration_error([claimed for claimed, _ in pairs], [right for _, right in pairs])


def calibration_error(claimed: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return the mean distance between probability and share of right ones over ten bins of equal width.

    >>> calibration_error([0.95, 0.95, 0.95, 0.95], [True, True, True, False])
    0.2
    """
    if not claimed:
        return None
    bins = np.minimum((np.asarray(claimed) * _BINS).astype(np.int64), _BINS - 1)
    said = np.bincount(bins, weights=np.asarray(claimed, dtype=np.float64), minlength=_BINS)
    were = np.bincount(bins, weights=np.asarray(right, dtype=np.float64), minlength=_BINS)
    return round(float(np.abs(said - were).sum() / len(claimed)), 12)


def confusion(verdicts: Iterable[Verdict]) -> Table:
    """Tabulate the tokens: a row per true label, a column per label given."""
    counts = Counter(pair for verdict in verdicts for pair in zip(verdict.truth, verdict.given, strict=True))
    return Table(
        "Tokens by true label (row) and given label (column)",
        ("true", *(label.value for label in LABELS)),
        tuple((true.value, *(counts[true, given] for given in LABELS)) for true in LABELS),
    )


def causes(verdicts: Iterable[Verdict]) -> Table:
    """Tabulate the errors by kind of case and by what was taken for what, the most frequent first."""
    counts = Counter((verdict.kind, verdict.causes) for verdict in verdicts if not verdict.right)
    rows = tuple((kind, cause, count) for (kind, cause), count in counts.most_common(_CAUSES_SHOWN))
    return Table("Errors by cause", ("kind", "cause", "cases"), rows)


def wins_and_losses(verdicts: Iterable[Verdict], before: Mapping[tuple[str, str], str]) -> Table:
    """Tabulate the cases of both runs that one of them got right and the other wrong, by cause."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for verdict in verdicts:
        was = before.get((verdict.kind, verdict.name))
        if was is None or (was == "") == verdict.right:
            continue
        counts["win" if verdict.right else "loss", verdict.kind, was or verdict.causes] += 1
    rows = tuple((*key, count) for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Table("Wins and losses against the run before", ("what", "kind", "cause", "cases"), rows)
