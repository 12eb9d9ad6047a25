"""The commands that train, and their options."""

import argparse
from pathlib import Path

from address_match.service.cli.argument_types import positive
from address_match.service.cli.shared_arguments import add_bundle, add_command, add_device
from address_match.service.cli.train import train
from address_match.service.cli.train_encoder import train_encoder

TRAIN_ENCODER = "train encoder"
"""A command of two words beside `train`, which takes a reference in the place of the second."""


def describe_training(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the commands that train bundles and encoders."""
    _train(add_command(commands, "train", train))
    _train_encoder(add_command(commands, TRAIN_ENCODER, train_encoder))


def _train(parser: argparse.ArgumentParser) -> None:
    _reference(parser)
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="addresses whose premises are known, as for evaluate; they are learned from as well",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the new bundle")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of everything random (1)")
    parser.add_argument(
        "--size",
        type=positive,
        metavar="N",
        help="made-up premises to learn from (the shipped bundle's number)",
    )
    parser.add_argument(
        "--encoder",
        type=Path,
        metavar="DIR",
        help="an encoder to take in as it is, of `train encoder` (a static one is trained with the rest)",
    )
    add_device(parser)
    parser.add_argument("--force", action="store_true", help="replace the bundle that stands at DIR")


def _train_encoder(parser: argparse.ArgumentParser) -> None:
    _reference(parser)
    parser.add_argument(
        "--family",
        choices=("static", "transformer"),
        default="static",
        help="what the encoder is made of (static)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the new encoder")
    parser.add_argument(
        "--base",
        metavar="DIR|NAME",
        help="a transformer to begin from: a sentence-transformers folder or a hub's name (MiniLM-L6 as installed)",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="of everything random (1)")
    parser.add_argument("--pairs", type=positive, metavar="N", help="premises to learn from (120000)")
    parser.add_argument("--steps", type=positive, metavar="N", help="batches (1200; 600 for a transformer)")
    parser.add_argument("--batch", type=positive, metavar="N", help="pairs a batch (512; 128)")
    parser.add_argument("--resume", action="store_true", help="go on where a training of DIR was ended")
    parser.add_argument("--force", action="store_true", help="replace the encoder that stands at DIR")
    add_device(parser)
    add_bundle(parser)


def _reference(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "reference",
        type=Path,
        nargs="?",
        metavar="REFERENCE",
        help="addresses to learn from, as for index build",
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE.toml", help="which column of REFERENCE is which"
    )
