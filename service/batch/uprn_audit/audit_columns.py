"""The columns that an audit adds, and how a batch of rows is audited."""

from collections.abc import Iterator, Sequence

from address_match.indexer.retrieval import PremisesLookup
from address_match.service.batch.uprn_audit.given_column import held_form, identifier_forms
from address_match.service.batch.uprn_audit.verdict import (
    AuditedAnswer,
    AuditedRow,
    AuditVerdict,
    GivenPremises,
    verdict_of,
)
from address_match.service.lookup.ancestors import ancestors_of
from address_match.service.lookup.premises_in_parts import premises_in_parts
from address_match.service.matching.answer import Answer

VERDICT, PROBABILITY, BETTER = "match_audit", "match_audit_probability", "match_audit_uprn"
AUDIT_COLUMNS = (VERDICT, PROBABILITY, BETTER)
LISTED = 50
"""Candidates by which an identifier is judged: no search proposes more premises."""
_DIGITS = 6
_FIRST = 2
"""Candidates of an answer that may take the place of a former premises."""


def audit_columns(
    answers: Sequence[Answer], given: Sequence[str], reference: PremisesLookup
) -> list[list[object]]:
    """Return the values of `AUDIT_COLUMNS` for some answers, which list `LISTED` candidates, and the identifiers given
    for their rows.
    """
    rows = list(_audited(answers, given, reference))
    probabilities = [None if row.probability is None else round(row.probability, _DIGITS) for row in rows]
    return [[row.verdict.value for row in rows], [*probabilities], [row.better for row in rows]]


def _audited(
    answers: Sequence[Answer], given: Sequence[str], reference: PremisesLookup
) -> Iterator[AuditedRow]:
    asked = {form for written in given for form in identifier_forms(written)}
    first = {one.uprn for answer in answers for one in answer.candidates[:_FIRST]}
    held = premises_in_parts(sorted(asked | first), reference)
    ancestors = ancestors_of(held.values(), reference)
    current = {uprn for uprn, premises in held.items() if not premises.is_retired}
    for answer, written in zip(answers, given, strict=True):
        if not written.strip():
            yield AuditedRow(AuditVerdict.NONE)
            continue
        form = held_form(written, held)
        premises = GivenPremises(form, form not in current, ancestors[form]) if form else None
        yield verdict_of(AuditedAnswer(answer, ancestors.get(answer.uprn, ()), current), premises)
