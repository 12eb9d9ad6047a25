"""Tab completion of the commands, their options, and the files and folders that they take."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

SHELLS = ("bash", "zsh", "tcsh")


def add_completion(parser: argparse.ArgumentParser) -> None:
    """Add the option that prints a completion script for a shell."""
    parser.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=SHELLS,
        help='print what makes the shell complete commands; for bash: eval "$(address-match --print-completion bash)"',
    )


class _PrintCompletion(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        _option: str | None = None,
    ) -> None:
        """Print the script and exit 0."""
        import shtab

        for action in _actions(parser):
            if (kind := _completed_as(action)) is not None:
                action.complete = shtab.DIRECTORY if kind == "folder" else shtab.FILE  # type: ignore[attr-defined]  # shtab's own
        print(shtab.complete(parser, str(values)))
        parser.exit()


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of all its commands."""
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - nor for commands
            for command in action.choices.values():
                yield from _actions(command)
        else:
            yield action


def _completed_as(action: argparse.Action) -> str | None:
    """Return whether an argument is a folder or a file, None for anything else."""
    metavar, path = str(action.metavar or ""), action.type is Path
    if ("DIR" in metavar and "FILE" not in metavar) or (path and metavar == "INDEX"):
        return "folder"
    return "file" if path or any(word in metavar for word in ("FILE", "INPUT", "OUTPUT")) else None
