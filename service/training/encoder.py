"""Trains an encoder alone: on the synthetic country, or on the addresses of a reference."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from address_match.models.bundle import load_bundle
from address_match.models.encoder.training.fit import Progress, Tell
from address_match.models.encoder.training.pairs import TrainingPairs
from address_match.models.encoder.training.run_training import TrainingReport, TrainingRun
from address_match.models.encoder.training.schedule import Schedule
from address_match.models.synthesis.premises import Premises
from address_match.models.synthesis.splits import ENCODER_SPLITS, SPLITS
from address_match.parser.address_parser import AddressParser
from address_match.service.errors import UsageError
from address_match.service.training.data.encoder_pairs import synthetic_pairs
from address_match.service.training.data.own_reference import read_premises
from address_match.service.training.data.splits import on_encoder_streets, parser_premises
from address_match.service.training.encoder_family import EncoderFamily
from address_match.service.training.size import TrainingSize

CHECKPOINT_FILE = "checkpoint.safetensors"


@dataclass(frozen=True, slots=True)
class EncoderTraining:
    """Settings of a training; None is the tested default of the family."""

    family: EncoderFamily
    reference: Path | None = None
    """The user's own addresses; the synthetic country without one."""
    mapping: Path | None = None
    bundle: str | Path | None = None
    """Whose parser parses the reference; the shipped one unless named."""
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

    It learns from streets of the encoder's splits alone (`address_match.models.synthesis.splits`), of a user's
    reference too, so that a ranker and a calibration can be fitted with it on streets that it has not seen. Raises the
    errors of `address_match.models.errors`, of `address_match.indexer.errors` when the reference cannot be read, and
    `UsageError` when it holds no street of those splits.
    """
    progress("writing pairs of texts")
    pairs = _pairs(training)
    progress(f"training a {training.family} encoder on {len(pairs):,} pairs")

    def run(tested: Schedule) -> TrainingRun:
        schedule = _schedule(tested, training)
        return TrainingRun(
            training.seed, schedule, checkpoints / CHECKPOINT_FILE, resume=resume, tell=_teller(progress)
        )

    if training.family is EncoderFamily.STATIC:
        from address_match.models.encoder.training.train_static import SCHEDULE, train_static

        return train_static(pairs, out, run(SCHEDULE))
    from address_match.models.encoder.training.train_transformer import SCHEDULE, train_transformer

    return train_transformer(pairs, out, run(SCHEDULE), base=training.base, device=training.device)


def _pairs(training: EncoderTraining) -> TrainingPairs:
    size = TrainingSize()
    count = training.pairs or size.encoder_pairs
    premises: Sequence[Premises]
    if training.reference is None:
        share = count / size.encoder_pairs
        premises = parser_premises(training.seed, max(1, round(size.reading_premises * share)))
    else:
        premises = _own_streets(training, training.reference, count)
    return synthetic_pairs(premises, count, training.seed)


def _own_streets(training: EncoderTraining, reference: Path, count: int) -> Sequence[Premises]:
    """Read about `count` premises of the user's reference that stand on the encoder's streets, or all where there are
    fewer.
    """
    parser = AddressParser.load(load_bundle(training.bundle).parser_path)
    enough = count * SPLITS // len(ENCODER_SPLITS)
    premises = read_premises(reference, parser, mapping=training.mapping, at_most=enough)
    seen = on_encoder_streets(premises)
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
