"""Samples of the answers of a file: the same file, design and seed give the same one."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np

from address_match.service.lifecycle.labels.answered_file import AnsweredFile, read_answered
from address_match.service.lifecycle.labels.draw_answers import draw_answers
from address_match.service.lifecycle.labels.drawing_design import DrawingDesign
from address_match.service.lifecycle.labels.sample import Sample, SampledAnswer


class _OfKeptText(TypedDict, total=False):
    text: str
    channel: str
    moment: int
    bundle: str


def draw_sample(
    answers: Path, design: DrawingDesign, seed: int, columns: Sequence[str] | None = None
) -> Sample:
    """Draw answers of a file to label; the same file, design and seed give the same sample. Raises as `read_answered`
    does.
    """
    return draw_answered(read_answered(answers, columns), file_sha256(answers), design, seed)


def draw_answered(answered: AnsweredFile, source: str, design: DrawingDesign, seed: int) -> Sample:
    """Draw of answers that are named by the hash `source`."""
    drawn = draw_answers(answered, design, seed)
    names, counts = np.unique(drawn.strata, return_counts=True)
    return Sample(
        tuple(
            SampledAnswer(
                id=answer_id(source, seed, answered.rows[position]),
                row=answered.rows[position],
                address=answered.addresses[position],
                status=answered.statuses[position],
                uprn=answered.uprns[position],
                matched_address=answered.matched_addresses[position],
                probability=float(answered.probabilities[position]),
                inclusion=float(drawn.inclusion[place]),
                stratum=str(drawn.strata[position]),
                blind=bool(drawn.blind[place]),
                second=bool(drawn.second[place]),
                **_of_kept_text(answered, position),
            )
            for place, position in enumerate(drawn.positions.tolist())
        ),
        dict(zip(map(str, names), counts.tolist(), strict=True)),
        source,
        seed,
    )


def _of_kept_text(answered: AnsweredFile, position: int) -> _OfKeptText:
    """Return what leads from a label back to the answer that a service gave, and to the facts of its channel."""
    if not answered.kept:
        return {}
    kept = answered.kept[position]
    return {"text": kept.id, "channel": kept.channel, "moment": kept.moment, "bundle": kept.bundle}


def file_sha256(path: Path) -> str:
    """Name a file by its bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def answer_id(source: str, seed: int, row: int) -> str:
    """Name an answer of a file, by its hash, in one drawing."""
    return f"a{hashlib.sha256(f'{source} {seed} {row}'.encode()).hexdigest()[:12]}"
