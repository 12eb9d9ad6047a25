#!/usr/bin/env python
"""Writes the pages that say what the program itself knows: use/cli.md from the command line, operate/configuration.md from the
settings, use/problems.md from the errors of the service. `make docs` runs it; with --check it writes nothing and fails where a page is
not what it would write.
"""

import argparse
import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import dedent

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from address_match.service.cli.program.command_line import command_line
from address_match.service.http.pages.problem_pages import ExplainedProblem, explained_problems
from address_match.service.settings.all_settings import ALL_SETTINGS
from address_match.service.settings.environment_settings import EnvironmentSettings

HERE = Path(__file__).resolve().parent
WIDTH = 88
"""Characters of a line that says how a command is used."""
CLIENT_GONE = 499
"""Status of what nobody is answered with, but the log and the metrics count."""
HEADER = "<!-- Written by docs/generate.py; do not edit. -->\n\n"

CLI_INTRODUCTION = """# Commands

Each command says the same with `--help`. `INPUT` and `OUTPUT` may be `-`, which is standard input and standard output. What stands in
brackets behind an option is what holds without it.
"""

CONFIGURATION_INTRODUCTION = """# Configuration

Every setting has a default, and most have an option of a command. Set in the environment what stays the same from run to run; an option
goes before its variable. A value that is not valid is refused, with the name of its variable. `serve` warns of a variable that is named
`ADDRESS_MATCH_…` and is no setting.
"""

PROBLEMS_INTRODUCTION = """# Problems

What the service refuses, and why, by status and name. The name ends the `type` of a [problem document](http-api.md#errors), which is the path of a page of the
service that says the same, without a key or a network. `detail` names the part of the request that is at fault, and the way out. With 429 and 503 the header `Retry-After` says
when to come back.
"""

SETTINGS_HEADINGS = {
    "Oidc": "OIDC",
    "Aims": "AIMS",
    "OsPlaces": "OS Places",
    "Label": "Labels",
    "Model": "Models",
    "Elastic": "Elasticsearch",
    "Decision": "Decisions",
    "Log": "Logs",
    "Fact": "Facts",
    "Monitor": "Monitoring",
    "Job": "Jobs",
    "Text": "Kept texts",
}
"""Of classes of settings, where it is not their name."""
OTHER_VARIABLES = """## Other variables

| variable | meaning |
|---|---|
| `OMP_NUM_THREADS` | Threads that a process uses within one product of matrices. The commands set 1 unless you set it: on small matrices more threads wait for each other longer than they work. |
| `ADDRESS_MATCH_DEBUG` | With any value, a command that fails shows a traceback, which may hold an address. |
"""


def main() -> int:
    """Write the pages, or with --check say which of them is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a page is stale")
    check = parser.parse_args().check
    pages = {
        HERE / "use" / "cli.md": cli_page(command_line()),
        HERE / "operate" / "configuration.md": configuration_page(ALL_SETTINGS),
        HERE / "use" / "problems.md": problems_page(explained_problems().values()),
    }
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(
                f"{path.relative_to(HERE.parent)} is stale: run `make docs`, or python docs/generate.py",
                file=sys.stderr,
            )
        else:
            path.write_text(pages[path], encoding="utf-8")
    return 1 if check and stale else 0


# ------------------------------------------------------------------ commands


def cli_page(parser: argparse.ArgumentParser) -> str:
    """Describe every command of a command line: first a list, then each by itself."""
    commands = list(_commands(parser))
    listed = [f"| [`{_words(one)}`](#{_anchor(one)}) | {summary} |" for one, summary in commands]
    table = "\n".join(["| command | what it does |", "|---|---|", *listed])
    parts = [CLI_INTRODUCTION.rstrip(), parser.epilog or "", _taken(parser), table]
    parts += [_command(one) for one, _ in commands]
    return HEADER + "\n\n".join(part for part in parts if part) + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[argparse.ArgumentParser, str]]:
    """Give every command that can be run, with its summary, in the order in which --help lists them."""
    for group in _subcommands(parser):
        summaries = {choice.dest: choice.help or "" for choice in group._choices_actions}  # noqa: SLF001 - nothing public tells
        for name, command in group.choices.items():
            if name not in summaries:  # another name of a command
                continue
            if any(True for _ in _subcommands(command)):
                yield from _commands(command)
            if command.get_default("run") is not None:
                yield command, summaries[name]


def _subcommands(
    parser: argparse.ArgumentParser,
) -> "Iterator[argparse._SubParsersAction[argparse.ArgumentParser]]":
    for action in parser._actions:  # noqa: SLF001 - nothing public tells
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - nothing public tells
            yield action


def _command(parser: argparse.ArgumentParser) -> str:
    """Describe one command: what it does, how it is written, what it takes."""
    description = (parser.description or "").replace("<", "&lt;")
    parts = [f"## {_words(parser)}", description, f"```\n{_usage(parser)}\n```", _taken(parser)]
    return "\n\n".join(part for part in parts if part)


def _taken(parser: argparse.ArgumentParser) -> str:
    """List the arguments and options that a command takes, under the headings of its help."""
    lists: dict[str, list[str]] = {}
    for heading, action in _shown_under_headings(parser):
        lists.setdefault(heading, []).append(f"- {_named(action)}: {_meaning(action, parser)}")
    return "\n\n".join(
        "\n".join([*([f"{heading.capitalize()}:\n"] if heading else []), *listed])
        for heading, listed in lists.items()
    )


def _shown_under_headings(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Give the arguments and options of a command with their heading, which is empty for those that stand first."""
    shown, unnamed = _shown(parser), (parser._positionals, parser._optionals)  # noqa: SLF001 - nothing public tells
    for group in parser._action_groups:  # noqa: SLF001 - nothing public tells
        for action in group._group_actions:  # noqa: SLF001 - nothing public tells
            if action in shown:
                yield ("" if group in unnamed else str(group.title)), action


def _shown(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Give the arguments and options of a command, except for --help and the commands under it."""
    left_out: tuple[type, ...] = (argparse._HelpAction, argparse._SubParsersAction)  # noqa: SLF001 - nothing public tells
    actions = parser._actions  # noqa: SLF001 - nothing public tells
    return [one for one in actions if not isinstance(one, left_out) and one.help is not argparse.SUPPRESS]


def _words(parser: argparse.ArgumentParser) -> str:
    """Name a command without the program: `index build`."""
    return parser.prog.partition(" ")[2]


def _anchor(parser: argparse.ArgumentParser) -> str:
    return _words(parser).replace(" ", "-")


def _usage(parser: argparse.ArgumentParser) -> str:
    """Write how a command is used; not by argparse, which writes it otherwise from one Python to the next."""
    placed = [action for action in _shown(parser) if not action.option_strings]
    named = [action for action in _shown(parser) if action.option_strings]
    needed = [_written(action) for action in named if action.required]
    others = [f"[{_written(action)}]" for action in named if not action.required]
    lines = [parser.prog]
    for word in [*map(_placed, placed), *needed, *others]:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(" " * 4 + word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines)


def _placed(action: argparse.Action) -> str:
    name = _value(action)
    return {"?": f"[{name}]", "*": f"[{name} …]", "+": f"{name} …"}.get(str(action.nargs), name)


def _written(action: argparse.Action) -> str:
    value = _value(action)
    return f"{action.option_strings[0]} {value}" if value else action.option_strings[0]


def _value(action: argparse.Action) -> str:
    """Say how the value of an argument is written; empty where it takes none."""
    if action.nargs == 0:
        return ""
    if action.metavar is not None:
        return str(action.metavar)
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def _named(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{_placed(action)}`"
    first, *others = action.option_strings
    value = _value(action)
    also = f" (or {', '.join(f'`{name}`' for name in others)})" if others else ""
    needed = ", needed" if action.required else ""
    return f"`{first} {value}`{also}{needed}" if value else f"`{first}`{also}{needed}"


def _meaning(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    return ((action.help or "") % {**vars(action), "prog": parser.prog}).replace("<", "&lt;")


# ------------------------------------------------------------------ settings


def configuration_page(classes: Iterable[type[EnvironmentSettings]]) -> str:
    """Describe classes of settings, in their order."""
    sections = [_settings(one) for one in classes if one.model_fields]
    return f"{HEADER}{CONFIGURATION_INTRODUCTION}\n" + "\n".join([*sections, OTHER_VARIABLES])


def _settings(one: type[EnvironmentSettings]) -> str:
    meanings = _meanings(one)
    rows = [
        f"| `{one.variable(name)}` | {_default(field)} | {_in_a_cell(meanings.get(name, ''))}{_bounds(field)} |"
        for name, field in one.model_fields.items()
    ]
    name = one.__name__.removesuffix("Settings")
    heading = SETTINGS_HEADINGS.get(name, name)
    table = "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])
    return f"## {heading}\n\n{inspect.cleandoc(one.__doc__ or '')}\n\n{table}\n"


def _default(field: FieldInfo) -> str:
    """Write a default; one that is worked out is described by the function that does so."""
    if field.default_factory is not None:
        said = inspect.getdoc(field.default_factory) or "worked out"
        return _in_a_cell(said.splitlines()[0].removeprefix("Return ").rstrip("."))
    if field.is_required():
        return "needed"
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return f"`{value}`" if value not in ("", None, ()) else "nothing"


def _bounds(field: FieldInfo) -> str:
    """Say between which values a number has to be, empty where it may be any."""
    words = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    said = [
        f"{words[name]} {getattr(bound, name)}"
        for bound in field.metadata
        for name in words
        if hasattr(bound, name)
    ]
    return f" ({', '.join(said)})" if said else ""


def _meanings(one: type[EnvironmentSettings]) -> dict[str, str]:
    """Return the sentence under each field of a class, as its source has it."""
    body: list[ast.stmt] = ast.parse(dedent(inspect.getsource(one))).body[0].body  # type: ignore[attr-defined]  # a class
    found = {}
    for statement, following in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
            and isinstance(following.value.value, str)
        ):
            found[statement.target.id] = inspect.cleandoc(following.value.value)
    return found


# ------------------------------------------------------------------ problems


def problems_page(explained: Iterable[ExplainedProblem]) -> str:
    """List the problems of the service by status and name, each with when it is answered."""
    rows = [
        f"| {one.kind.status} | `{one.kind.name}` | {_in_a_cell(one.kind.title)} | {_in_a_cell(one.meaning)} |"
        for one in sorted(explained, key=lambda one: (one.kind.status, one.kind.name))
        if one.kind.status != CLIENT_GONE
    ]
    head = ["| status | name | title | when |", "|---|---|---|---|"]
    return HEADER + PROBLEMS_INTRODUCTION + "\n" + "\n".join([*head, *rows]) + "\n"


def _in_a_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
