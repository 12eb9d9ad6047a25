"""An evaluation as one page of HTML that needs no network, no script and no other file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

from address_match.service.evaluation.charts import (
    absence_chart,
    classes_chart,
    coverage_chart,
    fields_chart,
    reliability_chart,
)
from address_match.service.evaluation.findings import Findings
from address_match.service.evaluation.scores import Scores

MOST_SHOWN = 500
"""Wrong answers that are listed, where they are."""

_MEASURES = {
    "rank_1": "best candidate right, of the present",
    "precision": "right, of the matched",
    "recall": "matched and right, of the present",
    "f1": "harmonic mean of precision and recall",
    "absent_accepted": "matched, of the absent",
    "recall_at_99_precision": "recall at the threshold of 99 % precision",
    "recall_at_995_precision": "recall at the threshold of 99.5 % precision",
    "expected_calibration_error": "calibration error of the best candidate's probability, ten bins",
}
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2430; --paper: #fff; --faint: #d8dde6; --first: #0b63b5; --second: #b3541e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ef; --paper: #15181e; --faint: #3a414d; --first: #6db3f2; --second: #f0a070; }
}
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--faint); text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--ink); } svg text.axis { font-size: 12px; }
.grid { stroke: var(--faint); } .ideal { stroke: var(--faint); stroke-width: 2; fill: none; }
.interval { stroke: var(--first); stroke-width: 2; opacity: .55; } .dot { fill: var(--first); }
.curve { stroke: var(--first); stroke-width: 2; fill: none; } .curve.second { stroke: var(--second); stroke-dasharray: 6 4; }
.first { color: var(--first); } .second { color: var(--second); }
"""


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An address that was answered wrongly; only a page that may hold addresses has them."""

    address: str
    status: str
    probability: float
    found: str
    """The best candidate's address; empty where there is none."""
    true: str
    """UPRNs that are right; empty where the reference holds none."""


def html_page(findings: Findings, title: str, assumed: str, wrong: Sequence[WrongAnswer] = ()) -> str:
    """Lay findings out as a page; `assumed` says under which settings the addresses were decided.

    Without `wrong` it holds no address: counts, shares, and the names of classes.
    """
    sections = [
        _summary(findings, assumed),
        _section(
            "What the probabilities are worth",
            reliability_chart(findings.reliability),
            "Points on the line mean what they say; below it they claim too much. Bars are 95 % intervals.",
        ),
        _section(
            "Precision against coverage",
            coverage_chart(findings.precision_coverage),
            "What comes of accepting the surest answers only, absent addresses counted.",
        ),
        _section(
            "Wrong matches against the share of absent addresses",
            absence_chart(findings.by_absence),
            '<span class="first">Of the matched (solid)</span> and <span class="second">of all addresses (dashed)</span>, by the '
            "decisions made here, with present and absent addresses weighed as such a file would hold them.",
        ),
        _section("By class", classes_chart(findings.by_class), "", _classes(findings.by_class)),
        _section(
            "By damaged field",
            fields_chart(findings.by_field),
            "Fields that the address leaves out or says otherwise than the reference, as both are read; an address may stand in several rows.",
        ),
        _wrong(wrong),
    ]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
{"".join(sections)}
</body>
</html>
"""


def _summary(findings: Findings, assumed: str) -> str:
    overall = findings.overall
    values = asdict(overall)
    rows = [
        f'<tr><td>{words}</td><td class="number">{_share(values[name])}</td><td class="number">{_span(findings.intervals.get(name))}</td></tr>'
        for name, words in _MEASURES.items()
    ]
    return (
        f"<p>{overall.queries:,} addresses: {overall.present:,} that the reference holds, {overall.absent:,} that it does not; "
        f"{overall.matched:,} were matched. {escape(assumed)}</p>"
        '<table><tr><th>measure</th><th class="number">value</th><th class="number">95 % interval</th></tr>'
        + "".join(rows)
        + "</table>"
    )


def _section(title: str, chart: str | None, words: str, more: str = "") -> str:
    if chart is None:
        return ""
    return f"<section><h2>{title}</h2><p>{words}</p>{chart}{more}</section>\n"


def _classes(by_class: dict[str, Scores]) -> str:
    rows = [
        f'<tr><td>{escape(name)}</td><td class="number">{scores.queries:,}</td><td class="number">{_share(scores.rank_1)}</td>'
        f'<td class="number">{_share(scores.recall)}</td><td class="number">{_share(scores.precision)}</td>'
        f'<td class="number">{_share(scores.absent_accepted)}</td></tr>'
        for name, scores in by_class.items()
    ]
    heads = ("queries", "rank-1", "recall", "precision", "absent accepted")
    head = "".join(f'<th class="number">{name}</th>' for name in heads)
    return f"<table><tr><th>class</th>{head}</tr>{''.join(rows)}</table>"


def _wrong(wrong: Sequence[WrongAnswer]) -> str:
    if not wrong:
        return ""
    rows = [
        f'<tr><td>{escape(one.address)}</td><td>{escape(one.status)}</td><td class="number">{one.probability:.3f}</td>'
        f"<td>{escape(one.found)}</td><td>{escape(one.true) or 'absent'}</td></tr>"
        for one in wrong[:MOST_SHOWN]
    ]
    left = len(wrong) - len(rows)
    more = f"<p>And {left:,} more.</p>" if left else ""
    return (
        "<section><h2>Wrong answers</h2><p>These are addresses: personal data.</p><table><tr><th>address</th><th>answer</th>"
        '<th class="number">probability</th><th>best candidate</th><th>right</th></tr>'
        + "".join(rows)
        + f"</table>{more}</section>\n"
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _span(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"{interval[0]:.4f} to {interval[1]:.4f}"
