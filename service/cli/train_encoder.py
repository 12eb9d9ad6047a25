import argparse
import json
import shutil
import sys
from dataclasses import asdict
from functools import partial

from address_match.service.cli.trained_folder import made_beside, refuse_folder
from address_match.service.errors import UsageError


def train_encoder(arguments: argparse.Namespace) -> int:
    """Train an encoder alone, on a reference or on the synthetic country; needs the extra `train`.

    Writes a folder in the layout of sentence-transformers. A training that was ended before its time leaves its last
    checkpoint beside DIR, from which --resume goes on. A ranker and a calibration belong to the encoder that they were
    fitted with, so that an encoder matches addresses only as part of a bundle.
    """
    from address_match.service.batch.interruption import interruptible
    from address_match.service.training.encoder import EncoderTraining, Family
    from address_match.service.training.encoder import train_encoder as train

    out = arguments.out.resolve()
    refuse_folder(out, of="an encoder", mark="modules.json", force=arguments.force)
    training = EncoderTraining(
        family=Family(arguments.family),
        reference=arguments.reference,
        mapping=arguments.mapping,
        bundle=arguments.bundle,
        base=arguments.base,
        seed=arguments.seed,
        pairs=arguments.pairs,
        steps=arguments.steps,
        batch_size=arguments.batch,
        device=arguments.device,
    )
    if training.base is not None and training.family is Family.STATIC:
        raise UsageError("--base is for the transformer family; a static encoder begins from nothing")
    checkpoints = out.with_name(f".{out.name}.training")
    if not arguments.resume:
        shutil.rmtree(checkpoints, ignore_errors=True)
    progress = partial(print, file=sys.stderr, flush=True)
    with interruptible():
        with made_beside(out) as draft:
            report = train(
                training, draft, checkpoints=checkpoints, resume=arguments.resume, progress=progress
            )
        shutil.rmtree(checkpoints, ignore_errors=True)
    print(json.dumps({"encoder": str(out), **asdict(report)}, indent=2))
    return 0
