import argparse
import json
from contextlib import closing
from dataclasses import asdict

from address_match.service.cli.index_location import chosen_index
from address_match.service.cli.policy_options import policy_of
from address_match.service.cli.registry_options import chosen_bundle


def find(arguments: argparse.Namespace) -> int:
    """Find the premises of one address and list the best candidates."""
    from address_match.service.cli.pages import print_answer, print_explanation
    from address_match.service.http.responses import AddressAnswer
    from address_match.service.matching.answer import Reason
    from address_match.service.wiring import open_pipeline

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
    if arguments.json:
        print(AddressAnswer.of(arguments.text, answer, explanation=explanation).model_dump_json(indent=2))
    elif explanation is None:
        print_answer(arguments.text, answer)
    else:
        print_explanation(explanation)
    return 1 if answer.reason is Reason.ERROR else 0


def explain(arguments: argparse.Namespace) -> int:
    """Show what an answer rests on: the parse, candidates by channel, features and what each adds, the decision."""
    from address_match.parser.text_length import refuse_long
    from address_match.service.cli.pages import print_explanation
    from address_match.service.wiring import open_pipeline

    refuse_long(arguments.text)
    index, bundle, policy = (
        chosen_index(arguments, online=True),
        chosen_bundle(arguments),
        policy_of(arguments),
    )
    with closing(open_pipeline(index, bundle, device=arguments.device, policy=policy)) as pipeline:
        explanation = pipeline.explain(arguments.text, uprn=arguments.uprn)
    if arguments.json:
        print(json.dumps(asdict(explanation), indent=2, ensure_ascii=False))
    else:
        print_explanation(explanation, arguments.uprn)
    return 0
