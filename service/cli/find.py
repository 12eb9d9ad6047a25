import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from address_match.service.cli.files.inputs import refuse_file_as_address
from address_match.service.cli.options.argument_types import JoinedWords, address_text, positive
from address_match.service.cli.options.command import CommandParser, Commands, add_command
from address_match.service.cli.options.index import add_index_and_models, chosen_index
from address_match.service.cli.options.models import chosen_bundle
from address_match.service.cli.options.policy import add_as_at, add_policy, policy_of

if TYPE_CHECKING:
    from address_match.service.lookup.not_held import NotHeld
    from address_match.service.matching.answer import Answer
    from address_match.service.matching.pipeline import MatchPipeline

_FILE_COMMAND = "match FILE --index DIR --out answers.csv"


def add_find(commands: Commands) -> None:
    """Add the command that finds the premises of one address."""
    parser = add_command(commands, "find", find)
    _add_address(parser)
    parser.add_argument("--top", type=positive, default=5, metavar="N", help="candidates to list (5)")
    add_policy(parser, auto=False)
    add_as_at(parser)
    parser.add_argument("--explain", action="store_true", help="show what the answer rests on")
    parser.add_argument("--json", action="store_true", help="print JSON, as GET /v1/addresses gives it")


def add_explain(commands: Commands) -> None:
    """Add the command that shows what one answer rests on."""
    parser = add_command(commands, "explain", explain)
    _add_address(parser)
    add_policy(parser, auto=False)
    add_as_at(parser)
    parser.add_argument("--uprn", metavar="U", help="a premises to explain besides the best ones")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_address(parser: CommandParser) -> None:
    parser.add_argument(
        "text", type=address_text, nargs="+", action=JoinedWords, metavar="TEXT", help="an address"
    )
    add_index_and_models(parser)


def find(arguments: argparse.Namespace) -> int:
    """Find the premises of one address and list the best candidates."""
    from address_match.service.cli.terminal.address_pages import print_answer, print_explanation
    from address_match.service.matching.answer import Reason
    from address_match.service.wire.answer import answer_object, indented, show_not_held
    from address_match.service.wire.explanation import explanation_object
    from address_match.service.wiring import open_pipeline

    refuse_file_as_address(arguments.text, _FILE_COMMAND)
    index, bundle, policy = (
        chosen_index(arguments, online=True),
        chosen_bundle(arguments),
        policy_of(arguments),
    )
    with closing(open_pipeline(index, bundle, device=arguments.device, policy=policy)) as pipeline:
        if arguments.explain:
            explanation = pipeline.explain_each([arguments.text], top=arguments.top)[0]
            answer = explanation.answer
        else:
            explanation = None
            answer = pipeline.match([arguments.text], top=arguments.top, thorough=True)[0]
        lacking = _not_held(pipeline, arguments.text, answer)
    if arguments.json:
        shown = None if explanation is None else explanation_object(explanation)
        written = answer_object(arguments.text, answer, explanation=shown)
        show_not_held(written, lacking)
        print(indented(written))
    elif explanation is None:
        print_answer(arguments.text, answer, lacking)
    else:
        print_explanation(explanation, lacking)
    return 1 if answer.reason is Reason.ERROR else 0


def explain(arguments: argparse.Namespace) -> int:
    """Show what an answer rests on: the parse, candidates by channel, features and what each adds, the decision."""
    from address_match.parser.text_length import refuse_long
    from address_match.service.cli.terminal.address_pages import print_explanation
    from address_match.service.wire.answer import answer_object, indented, show_not_held
    from address_match.service.wire.explanation import explanation_object
    from address_match.service.wiring import open_pipeline

    refuse_file_as_address(arguments.text, _FILE_COMMAND)
    refuse_long(arguments.text)
    index, bundle, policy = (
        chosen_index(arguments, online=True),
        chosen_bundle(arguments),
        policy_of(arguments),
    )
    with closing(open_pipeline(index, bundle, device=arguments.device, policy=policy)) as pipeline:
        explanation = pipeline.explain(arguments.text, uprn=arguments.uprn)
        lacking = _not_held(pipeline, arguments.text, explanation.answer)
    if arguments.json:
        shown = explanation_object(explanation, uprn=arguments.uprn)
        written = answer_object(arguments.text, explanation.answer, explanation=shown)
        show_not_held(written, lacking)
        print(indented(written))
    else:
        print_explanation(explanation, lacking, uprn=arguments.uprn)
    return 0


def _not_held(pipeline: "MatchPipeline", text: str, answer: "Answer") -> "NotHeld | None":
    """Return the part of an address that is not held, as GET /v1/addresses does."""
    from address_match.service.lookup.not_held import may_lack_a_part, not_held

    if not may_lack_a_part(answer):
        return None
    return not_held(pipeline.parser.parse_batch([text])[0], answer, pipeline.retriever)
