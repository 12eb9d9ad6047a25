"""What the coders of a store say together: the labels that stand, and those in which they contradict each other."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from address_match.service.lifecycle.labels.sample import SampledAnswer
from address_match.service.lifecycle.labels.store import CodedAnswers, LabelStore
from address_match.service.lifecycle.labels.verdict import Judgement

_WEIGHT_DIGITS = 6


@dataclass(frozen=True, slots=True)
class TrueAddress:
    """An address whose premises is known, and how many such it stands for."""

    address: str
    uprn: str
    """Empty where the reference does not hold it."""
    weight: float
    """In the digits in which a file keeps it."""


@dataclass(frozen=True, slots=True)
class Label:
    """An answer and what stands of it."""

    answer: SampledAnswer
    judgement: Judgement

    @property
    def weight(self) -> float:
        """Answers that it stands for, in the digits in which a file keeps it."""
        return round(self.answer.weight, _WEIGHT_DIGITS)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An answer of which coders say different things, and nobody has settled it."""

    answer: SampledAnswer
    judgements: Mapping[str, Judgement]
    """By coder."""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The labels of a store as they stand."""

    labels: tuple[Label, ...]
    """By answer id, those that nobody can tell among them."""
    contradictions: tuple[Contradiction, ...]
    last: str
    """When the last label was taken in, UTC; empty where there is none."""

    @property
    def true_addresses(self) -> tuple[TrueAddress, ...]:
        """Those that say what is right."""
        return tuple(
            TrueAddress(one.answer.address, one.judgement.uprn, one.weight)
            for one in self.labels
            if one.judgement.is_known
        )

    def days_at(self, now: datetime) -> float | None:
        """Return how many days before `now` the last label was taken in; None where there is none."""
        return (now - datetime.fromisoformat(self.last)) / timedelta(days=1) if self.last else None


def label_set(store: LabelStore) -> LabelSet:
    """Put together what coders said: what all say of an answer stands, else what an adjudicator says."""
    answers, coded = store.answers(), store.coded()
    settled, said = settled_of_answers(coded), said_of_answers(coded)
    labels, contradictions = [], []
    for name in sorted(said):
        different = set(said[name].values())
        if len(different) == 1:
            labels.append(Label(answers[name], _of_all(said[name])))
        elif name in settled:
            labels.append(Label(answers[name], settled[name][1]))
        else:
            contradictions.append(Contradiction(answers[name], said[name]))
    return LabelSet(tuple(labels), tuple(contradictions), max((one.moment for one in coded), default=""))


def _of_all(said: Mapping[str, Judgement]) -> Judgement:
    """Return what all coders say alike, with the notes of those who wrote one; of several, each with its coder."""
    notes = {coder: one.note for coder, one in sorted(said.items()) if one.note}
    joined = "; ".join(
        notes.values() if len(notes) < 2 else (f"{coder}: {note}" for coder, note in notes.items())
    )
    return replace(next(iter(said.values())), note=joined)


def said_of_answers(coded: Iterable[CodedAnswers]) -> dict[str, dict[str, Judgement]]:
    """Return the last that each coder said of each answer, by the answer's id and the coder; adjudications are left
    out.
    """
    said: dict[str, dict[str, Judgement]] = {}
    for one in coded:
        if one.adjudicates:
            continue
        for name, judgement in one.judgements.items():
            said.setdefault(name, {})[one.coder] = judgement
        for name in one.withdrawn & said.keys():
            said[name].pop(one.coder, None)
    return {name: by_coder for name, by_coder in said.items() if by_coder}


def settled_of_answers(coded: Iterable[CodedAnswers]) -> dict[str, tuple[str, Judgement]]:
    """Return who settled each answer last, and what that one says of it, by the answer's id."""
    settled: dict[str, tuple[str, Judgement]] = {}
    for one in coded:
        if one.adjudicates:
            settled |= {name: (one.coder, judgement) for name, judgement in one.judgements.items()}
            settled = {name: last for name, last in settled.items() if name not in one.withdrawn}
    return settled


def judgements_of(
    coded: Iterable[CodedAnswers], coder: str, *, adjudicates: bool = False
) -> dict[str, Judgement]:
    """Return the last that one coder said of each answer, by the answer's id."""
    found: dict[str, Judgement] = {}
    for one in coded:
        if one.coder == coder and one.adjudicates is adjudicates:
            found |= one.judgements
            for name in one.withdrawn:
                found.pop(name, None)
    return found


def labels_sha256(labels: Sequence[TrueAddress]) -> str:
    """Name a set of labels by what it says, whatever its order and wherever it is kept."""
    lines = sorted(json.dumps([one.address, one.uprn, one.weight]) for one in labels)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
