"""What a coder wrote, looked at row by row and taken into the store as a whole, or not at all."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from address_match.indexer.sources.columns.identifiers import mend_identifier
from address_match.service.batch.output.writers import unguarded
from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.label_file import WrittenLabel
from address_match.service.lifecycle.labels.label_set import judgements_of, said_of_answers
from address_match.service.lifecycle.labels.sample import SampledAnswer
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.verdict import MOST_NOTE, WORDS, Judgement, Verdict
from address_match.timestamp import timestamp


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a coder's file."""

    new: int
    """Labels that the store did not have."""
    known: int
    """Those that it had already."""
    open: int
    """Rows without a verdict."""


def take_in(
    written: Iterable[WrittenLabel],
    store: LabelStore,
    coder: str,
    *,
    adjudicates: bool = False,
    replace: bool = False,
) -> TakenIn:
    """Take what a coder wrote into a store.

    Raises UsageError, which names the row, where anything cannot be: an unknown answer or word, a UPRN too many or too
    few, an answer that stands twice, and without `replace` one of which the coder said something else before. Then
    nothing is taken in.
    """
    with store.alone():
        answers, coded = store.answers(), store.coded()
        said = judgements_of(coded, coder, adjudicates=adjudicates)
        others = {name for name, by_coder in said_of_answers(coded).items() if coder in by_coder}
        found: dict[str, Judgement] = {}
        rows_open = 0
        for row in written:
            judgement = judgement_of(row, answers, said.get(row.id), shows_all=adjudicates)
            if judgement is None:
                rows_open += 1
                continue
            if row.id in found:
                raise UsageError(f"{row.where}: {row.id} stands twice; leave one of them out")
            if adjudicates and row.id in others:
                raise UsageError(
                    f"{row.where}: {coder} labelled {row.id} before; let somebody else adjudicate"
                )
            before = said.get(row.id, judgement)
            if before != judgement and not replace:
                raise UsageError(
                    f"{row.where}: {coder} said {before} of {row.id} before, and now {judgement}; "
                    "give --replace if that is meant"
                )
            found[row.id] = judgement
        new = {
            name: judgement for name, judgement in found.items() if not judgement.is_kept_as(said.get(name))
        }
        if new:
            store.add_coded(CodedAnswers(coder, adjudicates, timestamp(), new))
    return TakenIn(len(new), len(found) - len(new), rows_open)


def judgement_of(
    row: WrittenLabel,
    answers: Mapping[str, SampledAnswer],
    before: Judgement | None = None,
    *,
    shows_all: bool = False,
) -> Judgement | None:
    """Read what a row says, None where it says nothing yet; raises UsageError, which names the row, for what cannot be.

    Blind answers cannot be called right, unless the file `shows_all`. Where a row has no place for a note, that of what
    the coder said `before` stays.
    """
    answer = answers.get(row.id)
    if answer is None:
        raise UsageError(
            f"{row.where}: {row.id!r} is no answer of this store; name the one that it was drawn with"
        )
    uprn = mend_identifier(row.uprn)
    if uprn is None:
        raise UsageError(
            f"{row.where}: a spreadsheet left out digits of the UPRN {row.uprn!r}; write it as text"
        )
    note = _note(row, before)
    if not row.verdict and not uprn:
        if row.note:
            raise UsageError(f"{row.where}: a note, and no verdict; write one of {WORDS} beside it")
        return None
    judged = _judged(row.where, _verdict(row), uprn, answer, hidden=answer.blind and not shows_all)
    return dataclasses.replace(judged, note=note)


def _note(row: WrittenLabel, before: Judgement | None) -> str:
    """Read a note in one line; the message of one that is too long does not repeat it."""
    if row.note is None:
        return before.note if before else ""
    note = " ".join(unguarded(row.note).split())
    if len(note) > MOST_NOTE:
        raise UsageError(f"{row.where}: the note has {len(note)} characters; shorten it to {MOST_NOTE}")
    return note


def _verdict(row: WrittenLabel) -> Verdict:
    """Read the word; a UPRN without one says which premises is meant."""
    word = " ".join(row.verdict.lower().split())
    try:
        return Verdict(word) if word else Verdict.OTHER
    except ValueError:
        raise UsageError(
            f"{row.where}: {row.verdict!r} is no verdict; write one of {WORDS}, or nothing"
        ) from None


def _judged(where: str, verdict: Verdict, uprn: str, answer: SampledAnswer, *, hidden: bool) -> Judgement:
    if verdict is Verdict.OTHER:
        if not uprn:
            raise UsageError(f"{where}: which premises is meant? write its UPRN into label_uprn")
        return Judgement(Verdict.RIGHT if uprn == answer.uprn else Verdict.OTHER, uprn)
    if verdict is Verdict.RIGHT:
        if hidden:
            raise UsageError(
                f"{where}: the answer is not shown in this row, so that it cannot be called right; write the UPRN that is meant"
            )
        if not answer.uprn:
            raise UsageError(
                f"{where}: this answer names no premises; write {Verdict.ABSENT.value}, or the UPRN that is meant"
            )
        if uprn not in {"", answer.uprn}:
            raise UsageError(
                f"{where}: right, and yet another UPRN than that of the answer; take one of them out"
            )
        return Judgement(verdict, answer.uprn)
    if uprn:
        raise UsageError(f"{where}: {verdict.value}, and yet a UPRN; take one of them out")
    return Judgement(verdict)
