"""The command line: which commands there are and what they take. Importing it loads nothing heavy."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from address_match.service.cli.argument_types import address_text, delimiter, names, natural, positive
from address_match.service.cli.es_arguments import add_engine, describe_es
from address_match.service.cli.evaluate import evaluate
from address_match.service.cli.find import explain, find
from address_match.service.cli.index import index_build, index_info
from address_match.service.cli.match import match
from address_match.service.cli.model import (
    model_compare,
    model_export,
    model_import,
    model_list,
    model_promote,
    model_rollback,
    model_show,
    model_verify,
)
from address_match.service.cli.parse import LINES, parse
from address_match.service.cli.policy_options import add_policy
from address_match.service.cli.serve import serve
from address_match.service.cli.shared_arguments import (
    add_bundle,
    add_command,
    add_device,
    add_one_bundle,
    add_registry,
)
from address_match.service.cli.synth import synth
from address_match.service.cli.train_arguments import TRAIN_ENCODER, describe_training


def command_line() -> argparse.ArgumentParser:
    """Describe every command."""
    parser = argparse.ArgumentParser(
        prog="address-match",
        description="Match free-text UK addresses to UPRNs, with a probability that can be trusted.",
        epilog="Exit codes: 0 done, 1 failed, 2 asked in a way that cannot be done.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    index = commands.add_parser("index", help="Build an index of a reference, or describe one.")
    _index(index.add_subparsers(title="commands", metavar="COMMAND", required=True))
    _match(add_command(commands, "match", match))
    _find(commands)
    _parse(add_command(commands, "parse", parse))
    _serve(add_command(commands, "serve", serve))
    _synth(add_command(commands, "synth", synth))
    _evaluate(add_command(commands, "evaluate", evaluate))
    describe_training(commands)
    es = commands.add_parser("es", help="Build, update and keep indices in Elasticsearch.")
    describe_es(es.add_subparsers(title="commands", metavar="COMMAND", required=True))
    model = commands.add_parser("model", help="Keep bundles of models by name, and name the pair to serve.")
    _model(model.add_subparsers(title="commands", metavar="COMMAND", required=True))
    return parser


def read_command_line(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the arguments of a command; those of this process unless others are given. Exits where they are wrong."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:2] == TRAIN_ENCODER.split():
        words[:2] = [TRAIN_ENCODER]
    return command_line().parse_args(words)


def _index(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    build = add_command(commands, "build", index_build)
    build.add_argument(
        "reference", type=Path, metavar="REFERENCE", help="CSV, TSV, Parquet or NDJSON, or one of them as .gz"
    )
    build.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the index")
    add_bundle(build)
    build.add_argument("--mapping", type=Path, metavar="FILE.toml", help="which column is which")
    build.add_argument(
        "--jobs", type=positive, default=1, metavar="N", help="processes that read the reference (1)"
    )
    add_device(build)
    build.add_argument("--force", action="store_true", help="replace the index that stands at DIR")
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    info = add_command(commands, "info", index_info)
    info.add_argument("index", type=Path, metavar="DIR", help="folder of the index")
    info.add_argument("--json", action="store_true", help="print JSON")


def _match(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "input", metavar="INPUT", help="CSV, TSV, Parquet or NDJSON by suffix, also .gz; - for standard input"
    )
    parser.add_argument(
        "--out", required=True, metavar="OUTPUT", help="the same by suffix; - for standard output"
    )
    _index_and_models(parser)
    parser.add_argument(
        "--columns", type=names, metavar="A,B,C", help="columns that make the address, in their order"
    )
    parser.add_argument(
        "--delimiter",
        type=delimiter,
        metavar="CHAR",
        help="of the input; detected unless named (tab, or one character)",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the input; detected unless named (utf-8, cp1252, …)"
    )
    parser.add_argument(
        "--format", choices=("csv", "tsv", "parquet", "ndjson"), help="of standard input and output (csv)"
    )
    parser.add_argument(
        "--top", type=positive, metavar="N", help="add match_candidates, the N best as a JSON list"
    )
    parser.add_argument("--jobs", type=positive, default=1, metavar="N", help="worker processes (1)")
    add_policy(parser, auto=True)
    parser.add_argument(
        "--thorough", action="store_true", help="search every channel even where the postcode settles it"
    )
    parser.add_argument(
        "--explain", action="store_true", help="add match_explanation, what each answer rests on, as JSON"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing output")
    parser.add_argument("--json", action="store_true", help="write the summary on standard error as JSON")


def _find(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    finding = add_command(commands, "find", find)
    finding.add_argument("text", type=address_text, metavar="TEXT", help="an address")
    _index_and_models(finding)
    finding.add_argument("--top", type=positive, default=5, metavar="N", help="candidates to list (5)")
    add_policy(finding, auto=False)
    finding.add_argument("--explain", action="store_true", help="show what the answer rests on")
    finding.add_argument("--json", action="store_true", help="print JSON, as GET /v1/addresses gives it")
    explaining = add_command(commands, "explain", explain)
    explaining.add_argument("text", type=address_text, metavar="TEXT", help="an address")
    _index_and_models(explaining)
    add_policy(explaining, auto=False)
    explaining.add_argument("--uprn", metavar="U", help="a premises to explain besides the best ones")
    explaining.add_argument("--json", action="store_true", help="print JSON")


def _parse(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", type=address_text, nargs="?", metavar="TEXT", help="an address")
    parser.add_argument("--input", metavar="FILE", help="a file of addresses; - for standard input")
    parser.add_argument(
        "--output",
        default="-",
        metavar="FILE.ndjson",
        help="what a file is parsed into; - for standard output (-)",
    )
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="an index, whose reference's names help to parse"
    )
    add_bundle(parser)
    parser.add_argument(
        "--nbest",
        type=natural,
        default=0,
        metavar="N",
        help="list the N best whole parses, with their probabilities",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, as GET /v1/parse gives it")
    parser.add_argument(
        "--columns", type=names, metavar="A,B,C", help="columns of the file that make the address"
    )
    parser.add_argument(
        "--delimiter", type=delimiter, metavar="CHAR", help="of the file; detected unless named"
    )
    parser.add_argument("--encoding", metavar="NAME", help="of the file; detected unless named")
    parser.add_argument(
        "--format",
        choices=(LINES, "csv", "tsv", "parquet", "ndjson"),
        help="of standard input (lines); lines reads any file so",
    )
    parser.add_argument(
        "--jobs", "--workers", type=positive, default=1, metavar="N", help="worker processes for a file (1)"
    )
    parser.add_argument("--force", action="store_true", help="replace an existing output")


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="folder of the index (the promoted pair, and the next one promoted)",
    )
    add_engine(parser)
    add_bundle(parser)
    add_device(parser)
    add_policy(parser, auto=False)
    parser.add_argument("--host", metavar="HOST", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--port", type=int, metavar="PORT", help="port to listen on (8000)")


def _synth(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--size", type=positive, default=20_000, metavar="N", help="premises (20000)")
    parser.add_argument(
        "--queries", type=natural, default=500, metavar="M", help="noisy addresses with their truth (500)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed makes the same bytes (1)"
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for reference.csv and queries.csv"
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    _index_and_models(parser)
    parser.add_argument(
        "--queries",
        type=Path,
        required=True,
        metavar="FILE",
        help="columns address, uprn (empty: absent), and optionally accept_uprns, class",
    )
    add_policy(parser, auto=True)
    parser.add_argument(
        "--thorough", action="store_true", help="search every channel even where the postcode settles it"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write one page with charts, readable without a network"
    )
    parser.add_argument(
        "--html-addresses",
        action="store_true",
        help="list the wrong answers with their addresses in it; they are personal data",
    )
    parser.add_argument("--force", action="store_true", help="replace FILE")


def _model(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = add_command(commands, "list", model_list)
    showing = add_command(commands, "show", model_show)
    add_one_bundle(showing, "bundle")
    showing.add_argument("--card", action="store_true", help="print the model card")
    verifying = add_command(commands, "verify", model_verify)
    verifying.add_argument("bundles", nargs="*", metavar="NAME|DIR", help="all of the registry unless named")
    comparing = add_command(commands, "compare", model_compare)
    add_one_bundle(comparing, "left")
    add_one_bundle(comparing, "right")
    comparing.add_argument("--exact", action="store_true", help="fail unless all parts are the same")
    promoting = add_command(commands, "promote", model_promote)
    add_one_bundle(promoting, "bundle")
    promoting.add_argument("index", type=Path, metavar="INDEX", help="folder of the index")
    rolling_back = add_command(commands, "rollback", model_rollback)
    exporting = add_command(commands, "export", model_export)
    add_one_bundle(exporting, "bundle")
    exporting.add_argument("out", type=Path, metavar="FILE.tar", help="archive to write")
    exporting.add_argument("--force", action="store_true", help="replace a file that stands there")
    importing = add_command(commands, "import", model_import)
    importing.add_argument(
        "source", type=Path, metavar="FILE.tar|DIR", help="an archive or a bundle's folder"
    )
    importing.add_argument("--name", metavar="NAME", help="name in the registry (the bundle's own)")
    for parser in (listing, showing, verifying, comparing, promoting, rolling_back, exporting, importing):
        add_registry(parser)
    for parser in (listing, showing, verifying, comparing):
        parser.add_argument("--json", action="store_true", help="print JSON")


def _index_and_models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    add_engine(parser)
    add_bundle(parser)
    add_device(parser)
