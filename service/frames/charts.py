"""Charts that a notebook shows, by Altair, which is installed with `address-match[charts]`."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from address_match.service.errors import UsageError

try:
    import altair as alt
except ImportError as error:
    raise UsageError("Charts need Altair: pip install 'address-match[charts]'") from error

if TYPE_CHECKING:
    from address_match.service.evaluation.findings import Findings
    from address_match.service.matching.explanation.explanation import ExplainedCandidate, Explanation

_SHARE = alt.Scale(domain=[0, 1])
_LEAST_SHOWN = 0.05
"""Log-odds of evidence that is shown by itself; what is less stands together."""
_REST, _SUM = "all else", "log-odds"


def reliability(findings: "Findings") -> alt.LayerChart:
    """Draw which share of the best candidates is right beside what their probabilities claim, with 95 % intervals.

    On the diagonal the probabilities mean what they say.

    >>> from address_match import charts
    >>> charts.reliability(am.evaluate(matcher, labelled))  # doctest: +SKIP
    """
    bins = alt.Chart(_rows([_fields(one, "queries claimed right low high") for one in findings.reliability]))
    claimed = alt.X("claimed:Q", title="probability of the best candidate", scale=_SHARE)
    right = alt.Y("right:Q", title="share that is right", scale=_SHARE)
    diagonal = alt.Chart(_rows([{"claimed": 0, "right": 0}, {"claimed": 1, "right": 1}])).mark_line(
        strokeDash=[4, 4], color="gray"
    )
    chart = alt.LayerChart(
        layer=[
            diagonal.encode(claimed, right),
            bins.mark_rule().encode(claimed, alt.Y("low:Q", title="share that is right"), alt.Y2("high:Q")),
            bins.mark_point(filled=True, size=60).encode(
                claimed,
                right,
                tooltip=[f"{name}:Q" for name in ("queries", "claimed", "right", "low", "high")],
            ),
        ]
    )
    return chart.properties(title="Reliability of the probabilities")


def precision_coverage(findings: "Findings") -> alt.Chart:
    """Draw the precision of the accepted against the share of all addresses that is accepted, for every threshold.

    >>> charts.precision_coverage(am.evaluate(matcher, labelled))  # doctest: +SKIP
    """
    names = "threshold coverage precision recall"
    points = alt.Chart(_rows([_fields(one, names) for one in findings.precision_coverage]))
    chart: alt.Chart = (
        points.mark_line(point=True)
        .encode(
            alt.X("coverage:Q", title="share of all addresses accepted", scale=_SHARE),
            alt.Y("precision:Q", title="precision", scale=alt.Scale(zero=False)),
            order="coverage:Q",
            tooltip=[f"{name}:Q" for name in names.split()],
        )
        .properties(title="Precision against coverage")
    )
    return chart


def waterfall(explanation: "Explanation", *, rank: int = 1) -> alt.Chart:
    """Draw what each element of an address adds to the log-odds of a candidate, of the best one unless another `rank`
    is named.

    The bars sum to the last one. Raises UsageError where there is no candidate of that rank.

    >>> charts.waterfall(matcher.explain("15 Tanfield Road, Shildon"))  # doctest: +SKIP
    """
    listed = explanation.candidates
    if not 1 <= rank <= len(listed):
        raise UsageError(f"there is no candidate {rank}: the explanation lists {len(listed)}")
    candidate = listed[rank - 1]
    bars = _bars(candidate)
    chart: alt.Chart = (
        alt.Chart(_rows(bars))
        .mark_bar()
        .encode(
            alt.Y("words:N", title=None, sort=[bar["words"] for bar in bars], axis=alt.Axis(labelLimit=400)),
            alt.X("begins:Q", title="log-odds that this is the premises"),
            alt.X2("ends:Q"),
            alt.Color("kind:N", title=None, scale=alt.Scale(domain=["for", "against", "sum"])),
            tooltip=["words:N", "log_odds:Q"],
        )
        .properties(title=f"{candidate.address} ({candidate.probability:.3f})")
    )
    return chart


def _bars(candidate: "ExplainedCandidate") -> list[dict[str, Any]]:
    """Return the bars in their order, each from where the one before it ends, and the sum of all."""
    shown = [one for one in candidate.evidence if abs(one.log_odds) >= _LEAST_SHOWN]
    steps = [(one.words, one.log_odds) for one in shown]
    if len(shown) < len(candidate.evidence):
        steps.append((_REST, candidate.log_odds - sum(step for _, step in steps)))
    ends = list(accumulate((step for _, step in steps), initial=0.0))
    bars = [
        _bar(words, start, end, "for" if step > 0 else "against")
        for (words, step), start, end in zip(steps, ends[:-1], ends[1:], strict=True)
    ]
    return [*bars, _bar(_SUM, 0.0, candidate.log_odds, "sum")]


def _bar(words: str, begins: float, ends: float, kind: str) -> dict[str, Any]:
    return {"words": words, "begins": begins, "ends": ends, "log_odds": ends - begins, "kind": kind}


def _fields(value: object, names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names.split()}


def _rows(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Return rows as data of a chart, which is drawn without pandas."""
    return alt.InlineData(values=list(rows))
