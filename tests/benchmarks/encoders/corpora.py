"""A small reference with its queries."""

from address_match.service.evaluation.evaluation_query import EvaluationQuery
from benchmarks.encoders.corpus import Corpus

TEXTS = (
    "12 ALDERMOOR STREET, ANYTOWN, AB1 2CD",
    "14 ALDERMOOR STREET, ANYTOWN, AB1 2CD",
    "12 CORN MILL LANE, OTHERTON, XY9 8ZZ",
    "THE OLD GRANARY, 12 CORN MILL LANE, OTHERTON, XY9 8ZZ",
    "ROSE COTTAGE, OTHERTON",
)
UPRNS = ("1", "2", "3", "3", "4")
QUERIES = (
    EvaluationQuery("12 aldermoor st anytown", frozenset({"1"}), "lower_case"),
    EvaluationQuery("old granary otherton", frozenset({"3"}), "street_unsaid"),
    EvaluationQuery("rse cttge otherton", frozenset({"4"}), "vowels_dropped"),
)
CORPUS = Corpus(TEXTS, UPRNS, QUERIES)
