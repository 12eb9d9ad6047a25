"""The commands of the program. Importing this loads nothing heavy: each command imports what it needs when it runs."""

from importlib.metadata import version

from address_match.service.cli.access.keys import add_key_commands
from address_match.service.cli.access.users import add_user_commands
from address_match.service.cli.audit import add_audit
from address_match.service.cli.columns import add_columns_command
from address_match.service.cli.decide import add_decide
from address_match.service.cli.evaluation.check import add_check
from address_match.service.cli.evaluation.evaluate import add_evaluate
from address_match.service.cli.find import add_explain, add_find
from address_match.service.cli.index.es import add_es
from address_match.service.cli.index.index import add_index
from address_match.service.cli.label.label import add_label
from address_match.service.cli.match.match import add_match
from address_match.service.cli.match.merge import add_merge
from address_match.service.cli.model.model import add_model
from address_match.service.cli.monitor.monitor import add_monitor
from address_match.service.cli.options.command import CommandParser, add_commands
from address_match.service.cli.parse import add_parse
from address_match.service.cli.program.completion import add_completion
from address_match.service.cli.serve.serve import add_serve
from address_match.service.cli.synth import add_synth
from address_match.service.cli.train.retrain import add_retrain
from address_match.service.cli.train.train import add_train

COMMANDS = (
    add_index,
    add_match,
    add_merge,
    add_columns_command,
    add_find,
    add_explain,
    add_parse,
    add_serve,
    add_key_commands,
    add_user_commands,
    add_synth,
    add_evaluate,
    add_check,
    add_label,
    add_train,
    add_retrain,
    add_es,
    add_model,
    add_monitor,
    add_decide,
    add_audit,
)
"""What adds each command, in the order of the help."""


def command_line() -> CommandParser:
    """Describe every command."""
    parser = CommandParser(
        prog="address-match",
        description="Match free-text UK addresses to UPRNs, with a probability that can be trusted.",
        epilog="Exit codes: 0 done, 1 failed, 2 asked in a way that cannot be done.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('address-match')}")
    add_completion(parser)
    commands = add_commands(parser)
    for add in COMMANDS:
        add(commands)
    return parser
