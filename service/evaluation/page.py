"""An evaluation as one page of HTML that needs no network, no script and no other file."""

from collections.abc import Sequence
from dataclasses import asdict

from address_match.service.evaluation.charts import (
    absence_chart,
    classes_chart,
    coverage_chart,
    fields_chart,
    reliability_chart,
)
from address_match.service.evaluation.findings import Findings
from address_match.service.evaluation.wrong_answers import WrongAnswer
from address_match.service.templates import open_template

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


def html_page(findings: Findings, title: str, assumed: str, wrong: Sequence[WrongAnswer] = ()) -> str:
    """Lay findings out as a page; `assumed` says under which settings the addresses were decided.

    Without `wrong` it holds no address: counts, shares, and the names of classes.
    """
    values = asdict(findings.overall)
    return open_template(__package__, "page.html").render(
        title=title,
        assumed=assumed,
        overall=findings.overall,
        measures=[(words, values[name], findings.intervals.get(name)) for name, words in _MEASURES.items()],
        by_class=findings.by_class,
        charts={
            "reliability": reliability_chart(findings.reliability),
            "coverage": coverage_chart(findings.precision_coverage),
            "absence": absence_chart(findings.by_absence),
            "classes": classes_chart(findings.by_class),
            "fields": fields_chart(findings.by_field),
        },
        wrong=wrong[:MOST_SHOWN],
        unlisted=max(0, len(wrong) - MOST_SHOWN),
    )
