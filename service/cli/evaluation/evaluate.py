import argparse
import json
from contextlib import closing
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import add_columns, add_sheet_and_layout
from address_match.service.cli.options.command import Commands, add_command
from address_match.service.cli.options.index import add_index_and_models, chosen_index
from address_match.service.cli.options.models import chosen_bundle
from address_match.service.cli.options.policy import AUTO, add_as_at, add_policy, add_thorough, policy_of
from address_match.service.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from address_match.service.evaluation.evaluation_query import EvaluationQuery
    from address_match.service.evaluation.findings import Findings
    from address_match.service.matching.answer import Answer
    from address_match.service.matching.pipeline import MatchPipeline
    from address_match.service.matching.policy import DecisionPolicy


def add_evaluate(commands: Commands) -> None:
    """Add the command that measures answers against the truth."""
    parser = add_command(commands, "evaluate", evaluate)
    add_index_and_models(parser)
    parser.add_argument(
        "--queries",
        type=Path,
        required=True,
        metavar="FILE",
        help="the address, in the columns that match takes, uprn (empty: absent), and optionally accept_uprns, class",
    )
    add_columns(parser)
    add_sheet_and_layout(parser)
    add_policy(parser, auto=True)
    add_thorough(parser)
    add_as_at(parser)
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


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the answers to addresses whose truth is known.

    Prints rank-1, precision, recall and F1 at the decision, the share of absent queries accepted, recall at 99 % and
    99.5 % precision, and the expected calibration error, with 95 % intervals by bootstrap, by class, and by the field that an
    address leaves out or says differently from the reference. --html writes the same with charts as one page that needs no
    network; no address stands in it unless --html-addresses is given.
    """
    from address_match.service.batch.input.query_file import read_query_file
    from address_match.service.batch.output.destination import refuse_unwritable
    from address_match.service.evaluation.damage import damage_of
    from address_match.service.evaluation.findings import findings_of
    from address_match.service.wiring import open_pipeline

    if arguments.html is None and (arguments.html_addresses or arguments.force):
        raise UsageError("--html-addresses and --force go with --html FILE")
    if arguments.html is not None:
        refuse_unwritable(arguments.html, force=arguments.force)
    queries = read_query_file(
        arguments.queries, arguments.columns, sheet=arguments.sheet, layout=arguments.layout
    )
    policy = policy_of(arguments)
    index, bundle = chosen_index(arguments), chosen_bundle(arguments)
    with closing(open_pipeline(index, bundle, device=arguments.device, policy=policy)) as pipeline:
        answers, policy = _answers(pipeline, policy, arguments, queries)
        damaged = damage_of(queries, pipeline.parser, pipeline.retriever)
    findings = findings_of(queries, answers, damaged)
    estimated = arguments.absence_prior == AUTO
    assumed = (
        f"Decided for a precision of {policy.precision:g} at a prior of absence of {policy.absence_prior:.3f}, "
        f"{'estimated from these addresses' if estimated else 'as assumed'}."
    )
    if arguments.html is not None:
        _write_page(arguments, findings, assumed, queries, answers)
    if arguments.json:
        as_at = policy.as_at and policy.as_at.isoformat()
        settings = {**asdict(policy), "as_at": as_at, "absence_prior_estimated": estimated}
        print(json.dumps({"settings": settings, **asdict(findings)}, indent=2))
    else:
        from address_match.service.cli.evaluation.scores_page import print_findings

        print_findings(findings, assumed)
    return 0


def _answers(
    pipeline: "MatchPipeline",
    policy: "DecisionPolicy",
    arguments: argparse.Namespace,
    queries: "Sequence[EvaluationQuery]",
) -> "tuple[list[Answer], DecisionPolicy]":
    """Answer the queries; under AUTO by the prior that a first round of answers gives, which the policy returned has."""
    from address_match.service.batch.match_batches import BATCH_ROWS
    from address_match.service.cli.terminal.consoles import rows_progress
    from address_match.service.fault_isolation import match_in_batches
    from address_match.service.matching.decision.absence import prior_from_answers

    texts = [query.address for query in queries]

    def answers(assuming: "MatchPipeline") -> "list[Answer]":
        match = partial(assuming.match, top=1, thorough=arguments.thorough)
        found: list[Answer] = []
        with rows_progress("matching", len(texts)) as show:
            for batch in match_in_batches(match, texts, BATCH_ROWS):
                found += batch
                show(len(found))
        return found

    found = answers(pipeline)
    if arguments.absence_prior != AUTO:
        return found, policy
    policy = replace(policy, absence_prior=prior_from_answers(found, policy.absence_prior))
    return answers(pipeline.under(policy)), policy


def _write_page(
    arguments: argparse.Namespace,
    findings: "Findings",
    assumed: str,
    queries: "Sequence[EvaluationQuery]",
    answers: "Sequence[Answer]",
) -> None:
    from address_match.service.batch.output.destination import replaced_at_the_end
    from address_match.service.evaluation.page import html_page
    from address_match.service.evaluation.wrong_answers import wrong_answers

    wrong = wrong_answers(queries, answers) if arguments.html_addresses else ()
    page = html_page(findings, f"How {arguments.queries.name} was answered", assumed, wrong)
    with replaced_at_the_end(arguments.html, force=arguments.force) as path:
        path.write_text(page, encoding="utf-8")
