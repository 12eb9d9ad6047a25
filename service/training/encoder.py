"""Trains an encoder alone: on the made-up country, or on the addresses of a reference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from models.bundle import load_bundle
from models.synthesis.folds import ENCODER_FOLDS, FOLDS
from models.synthesis.premises import Premises
from models.training.fitting import Progress, Tell
from models.training.pairs import TrainingPairs
from models.training.report import TrainingReport
from models.training.schedule import Schedule
from parser.address_parser import AddressParser
from service.errors import UsageError
from service.training.encoder_pairs import made_up_pairs
from service.training.reference import read_premises
from service.training.size import TrainingSize
from service.training.streets import for_reading, reading_streets

CHECKPOINT_FILE = "checkpoint.safetensors"


class Family(StrEnum):
    """What an encoder is made of."""

    STATIC = "static"
    TRANSFORMER = "transformer"


@dataclass(frozen=True, slots=True)
class EncoderTraining:
    """What is asked of a training; None is the tested default of the family."""

    family: Family
    reference: Path | None = None
    """The user's own addresses; the made-up country without one."""
    mapping: Path | None = None
    bundle: str | Path | None = None
    """Whose parser reads the reference; the shipped one unless named."""
    base: str | None = None
    """A transformer's: a sentence-transformers directory, or the name of a model of a hub."""
    seed: int = 1
    pairs: int | None = None
    steps: int | None = None
    batch_size: int | None = None
    device: str = "auto"


def train_encoder(
    training: EncoderTraining,
    out: Path,
    *,
    checkpoints: Path,
    resume: bool = False,
    progress: Callable[[str], None] = print,
) -> TrainingReport:
    """Train an encoder into the directory `out`, with a checkpoint in the folder `checkpoints` until it is done.

    It learns from streets of the encoder's folds alone (`models.synthesis.folds`), of a user's reference too, so that a ranker
    and a calibration can be fitted with it on streets that it has not seen. Raises the errors of `models.errors`, of
    `indexer.errors` when the reference cannot be read, and `UsageError` when it holds no street of those folds.
    """
    progress("writing pairs of texts")
    pairs = _pairs(training)
    progress(f"training a {training.family} encoder on {len(pairs):,} pairs")
    checkpoint = checkpoints / CHECKPOINT_FILE
    tell = _teller(progress)
    if training.family is Family.STATIC:
        from models.training.static import SCHEDULE, train_static

        return train_static(
            pairs,
            out,
            seed=training.seed,
            schedule=_schedule(SCHEDULE, training),
            checkpoint=checkpoint,
            resume=resume,
            tell=tell,
        )
    from models.training.transformer import SCHEDULE, train_transformer

    return train_transformer(
        pairs,
        out,
        seed=training.seed,
        base=training.base,
        schedule=_schedule(SCHEDULE, training),
        device=training.device,
        checkpoint=checkpoint,
        resume=resume,
        tell=tell,
    )


def _pairs(training: EncoderTraining) -> TrainingPairs:
    size = TrainingSize()
    count = training.pairs or size.encoder_pairs
    premises: Sequence[Premises]
    if training.reference is None:
        share = count / size.encoder_pairs
        premises = reading_streets(training.seed, max(1, round(size.reading_premises * share)))
    else:
        premises = _own_streets(training, training.reference, count)
    return made_up_pairs(premises, count, training.seed)


def _own_streets(training: EncoderTraining, reference: Path, count: int) -> Sequence[Premises]:
    """Read about `count` premises of the user's reference that stand on the encoder's streets, or all where there are fewer."""
    parser = AddressParser.load(load_bundle(training.bundle).parser_path)
    enough = count * FOLDS // len(ENCODER_FOLDS)
    premises = read_premises(reference, parser, mapping=training.mapping, at_most=enough)
    seen = for_reading(premises)
    if not seen:
        raise UsageError(
            f"{reference} holds {len(premises):,} premises, none of them on a street that an encoder learns from (four "
            "in ten, the others are for ranker and calibration): give a reference of more streets"
        )
    return seen


def _schedule(tested: Schedule, training: EncoderTraining) -> Schedule:
    return replace(
        tested,
        steps=training.steps or tested.steps,
        batch_size=training.batch_size or tested.batch_size,
    )


def _teller(progress: Callable[[str], None]) -> Tell:
    def tell(reached: Progress) -> None:
        if reached.recall is not None:
            progress(
                f"step {reached.step:,} of {reached.steps:,}: loss {reached.loss:.3f}, "
                f"recall on held-out streets {reached.recall:.4f}"
            )

    return tell
