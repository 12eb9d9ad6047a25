"""Answers, and a small real matcher that needs no index: it knows addresses by their exact text."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from address_match.indexer.retrieval import PremisesLookup
from address_match.indexer.texts.schemas import LISTED_SCHEMA
from address_match.parser.parse import Parse
from address_match.parser.parsed_fields import ParsedFields
from address_match.service.matching.answer import Answer, RankedPremises, Reason, Relation
from address_match.service.matching.explanation.explanation import (
    Contribution,
    ExplainedAbsence,
    ExplainedCandidate,
    Explanation,
    FieldEvidence,
)
from address_match.service.matching.features.feature import Field


def matched(uprn: str = "100", address: str = "1 MILL LANE", probability: float = 0.97) -> Answer:
    best = RankedPremises(uprn, address, probability, Relation.EXACT, "premises")
    return Answer.matched(best, absent_probability=1 - probability, candidates=(best,))


def review(uprn: str = "100", address: str = "1 MILL LANE", probability: float = 0.6) -> Answer:
    best = RankedPremises(uprn, address, probability, Relation.EXACT)
    return Answer.review(best, reason=Reason.LOW, absent_probability=1 - probability, candidates=(best,))


def absent(best_uprn: str = "", probability: float = 0.1) -> Answer:
    candidates = (
        (RankedPremises(best_uprn, "SOMEWHERE", probability, Relation.SAME_STREET),) if best_uprn else ()
    )
    found = probability if best_uprn else 0.0
    return Answer.unmatched(
        Reason.ABSENT, probability=found, absent_probability=1 - found, candidates=candidates
    )


def explained(text: str, answer: Answer) -> Explanation:
    """An explanation of one piece of evidence a candidate."""
    evidence = FieldEvidence(Field.NUMBER, "number 1 agrees", 3.25, (Contribution("number", "equal", 3.25),))
    candidates = tuple(
        ExplainedCandidate(
            c.uprn,
            c.address,
            c.probability,
            c.relation,
            ("block",),
            ParsedFields(number=1),
            (evidence,),
            3.25,
        )
        for c in answer.candidates
    )
    absence = ExplainedAbsence(
        answer.absent_probability, (Contribution("prior", "of all", -1.5),), -1.5, "It is held."
    )
    return Explanation(Parse(text, (), (), ParsedFields(number=1), 1.0), answer, candidates, "", absence)


class SmallReference:
    """Holds an address a premises, and nothing else of it but a postcode and coordinates."""

    def __init__(self, uprns: Mapping[str, str]) -> None:
        nothing = {f.name: "" for f in LISTED_SCHEMA if f.type == pa.string()}
        of_all = {**nothing, "postcode": "YO17 7AA", "number": -1, "number_end": -1, "easting": 478_000.0}
        rows = [{**of_all, "uprn": uprn, "address": address} for address, uprn in uprns.items()]
        self._texts = pa.Table.from_pylist(rows, schema=LISTED_SCHEMA)

    def lookup_all(self, uprns: Sequence[str]) -> pa.Table:
        return self._texts.filter(pc.is_in(self._texts.column("uprn"), pa.array(uprns, pa.string())))


class ExactTextMatcher:
    """Matches a text that stands in its dictionary, except for case and white space, and calls the others absent."""

    retriever: PremisesLookup

    def __init__(self, uprns: Mapping[str, str]) -> None:
        self.retriever = SmallReference(uprns)
        self._uprns = {_key(text): (uprn, text) for text, uprn in uprns.items()}

    def match(self, texts: Sequence[str], *, top: int = 5, thorough: bool = False) -> list[Answer]:  # noqa: ARG002 - the port's
        return [self._answer(text) for text in texts]

    def explain_each(self, texts: Sequence[str], *, top: int = 5, listed: int = 10) -> list[Explanation]:  # noqa: ARG002 - the port's
        return [explained(text, self._answer(text)) for text in texts]

    def close(self) -> None:
        pass

    def _answer(self, text: str) -> Answer:
        if not text.strip():
            return Answer.blank()
        if len(text) > 10_000:
            return Answer.failed(f"the address has {len(text)} characters, more than 10000")
        found = self._uprns.get(_key(text))
        return matched(*found) if found else absent()


def _key(text: str) -> str:
    return " ".join(text.upper().split())
