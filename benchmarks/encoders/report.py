"""What was measured of encoders, as figures and tables."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoders.corpus import Corpus
from benchmarks.encoders.number_pairs import NumberPair
from benchmarks.encoders.retrieval import CUTS, WHOLE, Ranking
from benchmarks.encoders.speed import EncoderCost
from benchmarks.harness.result import Figure, Table, columns_of
from benchmarks.harness.synthetic import RESERVED

Margins = Mapping[str, NDArray[np.float32]]
"""Of all pairs, by the encoder."""


def overall(corpus: Corpus, rankings: Sequence[Ranking]) -> Table:
    """Show the recall of every method, on noise as in training and on reserved noise."""
    rows = [
        {
            "method": ranking.method,
            "dimensions": ranking.dimensions or None,
            "numbers": ranking.numbers or None,
            **{f"@{cut}": ranking.recall(cut, ~corpus.reserved) for cut in CUTS},
            **{f"reserved @{cut}": ranking.recall(cut, corpus.reserved) for cut in CUTS},
        }
        for ranking in rankings
    ]
    return columns_of(rows, "Recall")


def by_class(corpus: Corpus, rankings: Sequence[Ranking]) -> list[Table]:
    """Show the recall of each class of noise, lexical methods and every encoder at its full length in whole numbers."""
    shown = _in_full(rankings)
    kinds = np.array([query.kind for query in corpus.queries])
    return [
        columns_of(
            [
                {
                    "class": kind + (" (reserved)" if kind in RESERVED else ""),
                    "queries": int((kinds == kind).sum()),
                    **{ranking.method: ranking.recall(cut, kinds == kind) for ranking in shown},
                }
                for kind in sorted(set(kinds.tolist()))
            ],
            f"Recall @{cut} by class of noise",
        )
        for cut in CUTS
    ]


def recall_figures(corpus: Corpus, rankings: Sequence[Ranking]) -> dict[str, Figure]:
    """Name the recall of the methods that `by_class` shows, and the queries behind it."""
    parts = {"trained": ~corpus.reserved, "reserved": corpus.reserved}
    return {
        **{f"queries_{part}": int(among.sum()) for part, among in parts.items()},
        **{
            f"{ranking.method}_recall_at_{cut}_{part}": ranking.recall(cut, among)
            for ranking in _in_full(rankings)
            for part, among in parts.items()
            for cut in CUTS
        },
    }


def _in_full(rankings: Sequence[Ranking]) -> list[Ranking]:
    longest = {r.method: max(o.dimensions for o in rankings if o.method == r.method) for r in rankings}
    return [r for r in rankings if r.dimensions == longest[r.method] and r.numbers in {"", WHOLE}]


def confusions(pairs: Sequence[NumberPair], margins_of: Margins) -> Table:
    """Show for each kind of pair how often the right text is the nearer one, and by how much."""
    rows = [
        {
            "encoder": name,
            "pair": kind,
            "text": "messy" if messy else "clean",
            "pairs": len(margins),
            "right": float((margins > 0).mean()),
            "median margin": float(np.median(margins)),
            "lowest hundredth": float(np.percentile(margins, 1)),
        }
        for name in margins_of
        for (kind, messy), margins in _by_kind(pairs, margins_of[name]).items()
    ]
    return columns_of(rows, "Pairs that must not be confused: how much nearer the right one is")


def _by_kind(
    pairs: Sequence[NumberPair], margins: NDArray[np.float32]
) -> dict[tuple[str, bool], NDArray[np.float32]]:
    kinds = [(pair.kind, pair.messy) for pair in pairs]
    return {
        kind: margins[[place for place, other in enumerate(kinds) if other == kind]]
        for kind in dict.fromkeys(kinds)
    }


def confusion_figures(pairs: Sequence[NumberPair], margins_of: Margins) -> dict[str, Figure]:
    """Name the share of all pairs, clean and messy, that an encoder tells apart, and that of its worst kind."""
    figures: dict[str, Figure] = {}
    for name, margins in margins_of.items():
        right = {kind: float((found > 0).mean()) for kind, found in _by_kind(pairs, margins).items()}
        for messy in (False, True):
            chosen = np.array([pair.messy == messy for pair in pairs], dtype=bool)
            text = "messy" if messy else "clean"
            figures[f"{name}_pairs_right_{text}"] = float((margins[chosen] > 0).mean())
            figures[f"{name}_pairs_right_{text}_worst_kind"] = min(
                share for (_, of), share in right.items() if of == messy
            )
    return figures


def speeds(costs: Mapping[str, EncoderCost]) -> list[Table]:
    """Show how quickly texts are encoded."""
    rows: list[dict[str, str | int]] = [
        {
            "encoder": name,
            "batch": rate.batch,
            "texts per CPU-second": round(rate.cpu),
            "texts per second": round(rate.wall),
        }
        for name, cost in costs.items()
        for rate in cost.rates
    ]
    return [columns_of(rows, "Encoding from raw text")]


def cost_figures(costs: Mapping[str, EncoderCost]) -> dict[str, Figure]:
    """Name what an encoder costs."""
    figures: dict[str, Figure] = {}
    for name, cost in costs.items():
        figures |= {
            f"{name}_best_texts_per_cpu_second": max(rate.cpu for rate in cost.rates),
            f"{name}_one_text_p50_ms": cost.alone_p50_ms,
            f"{name}_one_text_p99_ms": cost.alone_p99_ms,
            f"{name}_resident_mib": cost.resident_mib,
            f"{name}_disk_mib": cost.disk_mib,
        }
        if cost.build_cpu_seconds is not None:
            figures[f"{name}_million_texts_cpu_seconds"] = cost.build_cpu_seconds
    return figures
