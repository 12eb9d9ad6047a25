"""The instructions of a Dockerfile, as far as the tests ask for them."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

DOCKER = Path(__file__).resolve().parents[2] / "docker"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction, its continued lines joined."""

    stage: str
    name: str
    """In upper case: RUN, COPY, USER."""
    value: str

    @property
    def commands(self) -> list[list[str]]:
        """The commands of a RUN, word by word."""
        return [shlex.split(command) for command in self.value.split("&&")]


def instructions(path: Path = DOCKER / "Dockerfile") -> list[Instruction]:
    """Read a Dockerfile."""
    text = re.sub(r"^#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[Instruction] = []
    stage = ""
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        name, _, value = line.strip().partition(" ")
        if name == "FROM":
            stage = value.split()[-1]
        if name:
            found.append(Instruction(stage, name, value.strip()))
    return found


def stages_of(target: str, path: Path = DOCKER / "Dockerfile") -> list[str]:
    """Name the stage that a target is made in, and those it stands on, the last first."""
    bases = {each.stage: each.value.split()[0] for each in instructions(path) if each.name == "FROM"}
    names = [target]
    while bases[names[-1]] in bases:
        names.append(bases[names[-1]])
    return names


def admitted(path: Path = DOCKER / "Dockerfile.dockerignore") -> list[str]:
    """Name what of the repository an image is made of: all is ignored but what has an exclamation mark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line[1:] for line in lines if line.startswith("!")]
