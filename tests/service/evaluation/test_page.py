import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from address_match.service.evaluation.charts import (
    absence_chart,
    classes_chart,
    coverage_chart,
    reliability_chart,
)
from address_match.service.evaluation.damage import Damage
from address_match.service.evaluation.evaluation_query import EvaluationQuery
from address_match.service.evaluation.findings import Findings, findings_of
from address_match.service.evaluation.page import html_page
from address_match.service.evaluation.wrong_answers import WrongAnswer
from tests.service.factories import absent, matched, review

ADDRESS = "1 MILL LANE, MARLOW FOLD"
ASSUMED = "Decided for a precision of 0.99."
SVG_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""A name of what follows; nothing is fetched from there."""
ODD = '<img src=x onerror="alert(1)">'


def findings(kind: str = "typo") -> Findings:
    here = EvaluationQuery(ADDRESS, frozenset({"100"}), kind)
    nowhere = EvaluationQuery("9 OSIER ROW", frozenset(), "plain")
    answers = [matched(), matched("7", ADDRESS), review(), absent(), matched("7", ADDRESS)]
    damaged = [{}, {"street": Damage.OTHERWISE}, {"street": Damage.LEFT_OUT}, None, None]
    return findings_of([here, here, here, nowhere, nowhere], answers, damaged)


def test_the_page_stands_alone() -> None:
    page = html_page(findings(), "An evaluation", ASSUMED).replace(SVG_NAMESPACE, "")
    assert "<script" not in page
    assert re.findall(r"https?://|@import|url\(|\b(?:href|src)\s*=", page) == []
    assert page.count("<svg") == 5
    assert ASSUMED in page


def test_no_address_stands_in_the_page_unless_it_is_told_to() -> None:
    assert "MILL LANE" not in html_page(findings(), "An evaluation", ASSUMED)
    wrong = [WrongAnswer(ADDRESS, "matched", 0.97, "2 MILL LANE", "100")]
    assert ADDRESS in html_page(findings(), "An evaluation", ASSUMED, wrong)


def test_every_text_is_escaped() -> None:
    page = html_page(findings(ODD), ODD, ODD, [WrongAnswer(ODD, ODD, 0.5, ODD, ODD)])
    assert ODD not in page
    assert "<img" not in page


def test_every_element_is_closed() -> None:
    class Elements(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the port's
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    elements = Elements()
    elements.feed(html_page(findings(ODD), ODD, ODD, [WrongAnswer(ODD, ODD, 0.5, ODD, ODD)]))
    assert elements.open == []


def test_every_chart_is_well_formed_and_says_what_it_shows() -> None:
    found = findings()
    charts = [
        reliability_chart(found.reliability),
        coverage_chart(found.precision_coverage),
        absence_chart(found.by_absence),
        classes_chart(found.by_class),
    ]
    titles = [ET.fromstring(chart or "").get("aria-label") for chart in charts]  # noqa: S314 - our own text
    assert titles == [
        "Reliability of the probabilities",
        "Precision against coverage",
        "Wrong matches against the share of absent addresses",
        "Best candidate right, by class",
    ]


def test_a_chart_of_nothing_is_left_out() -> None:
    page = html_page(findings_of([], [], []), "Nothing", ASSUMED)
    assert "<svg" not in page
    assert "0 addresses" in page
