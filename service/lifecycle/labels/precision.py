"""Which share of the matched is right, by the labels of a sample."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from address_match.service.errors import UsageError
from address_match.service.evaluation.hand_check import CheckedStratum
from address_match.service.evaluation.hand_verdicts import HandVerdict
from address_match.service.lifecycle.labels.draw_answers import strata_of_matched
from address_match.service.lifecycle.labels.draw_sample import file_sha256
from address_match.service.lifecycle.labels.label_set import Label, label_set
from address_match.service.lifecycle.labels.sample import Sample
from address_match.service.lifecycle.labels.store import LabelStore
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict


def checked_strata_of(sample: Sample, labels: Iterable[Label]) -> list[CheckedStratum]:
    """Count the matched answers of a file and their labels by stratum, the unsure first.

    Those that were drawn from all answers alike count in the stratum that they lie in: of it they are drawn at random,
    too.
    """
    known = [one for one in labels_of(sample, labels) if one.judgement.is_known]
    found = Counter((one.answer.stratum, one.judgement.verdict is Verdict.RIGHT) for one in known)
    return [
        CheckedStratum(sample.strata[name], found[name, True] + found[name, False], found[name, True])
        for name in strata_of_matched(sample.strata)
    ]


def labels_of(sample: Sample, labels: Iterable[Label]) -> list[Label]:
    """Return those of the labels that are of a sample."""
    ids = {answer.id for answer in sample.answers}
    return [one for one in labels if one.answer.id in ids]


def labels_of_file(store: LabelStore, answers: Path) -> tuple[Sample, list[Label]]:
    """Return the sample of a file of answers that has most labels, and these; raises UsageError where none was drawn
    from it.
    """
    source = file_sha256(answers)
    labels = label_set(store).labels
    samples = [
        (sample, labels_of(sample, labels)) for sample in store.samples() if sample.source_sha256 == source
    ]
    if not samples:
        raise UsageError(
            f"{store.folder} has no sample of {answers}; draw one: address-match label draw {answers} --out FILE"
        )
    return max(samples, key=lambda sample: len(sample[1]))


def verdicts_on_matched(sample: Sample, labels: Iterable[Label]) -> Counter[HandVerdict]:
    """Count what is said of the matched answers of a sample, in the words of `check`."""
    matched = set(strata_of_matched(sample.strata))
    said = {one.answer.id: one.judgement for one in labels}
    return Counter(
        _in_words_of_check(said.get(answer.id)) for answer in sample.answers if answer.stratum in matched
    )


def _in_words_of_check(judgement: Judgement | None) -> HandVerdict:
    if judgement is None:
        return HandVerdict.OPEN
    if not judgement.is_known:
        return HandVerdict.CANNOT_TELL
    return HandVerdict.RIGHT if judgement.verdict is Verdict.RIGHT else HandVerdict.WRONG
