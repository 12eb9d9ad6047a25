"""What an output was made with, in a file beside it, so that a later run can know what its answers are worth."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from address_match.drafts import replaced
from address_match.service.batch.kept.run_identity import RunIdentity, identity_of_file
from address_match.service.errors import UsageError

SUFFIX = ".run.json"
"""Of the record, behind the name of the output."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What is known of an output; no address is in it."""

    output: str
    """`identity_of_file`."""
    run: RunIdentity

    @classmethod
    def of(cls, output: Path, run: RunIdentity) -> "RunRecord":
        """Return the record of an output that is written; that of a run in parts is of all of them."""
        return cls(identity_of_file(output), replace(run, part=1, parts=1))

    def write(self, output: Path) -> None:
        """Put it beside the output."""
        with replaced(record_path(output)) as draft:
            draft.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def record_path(output: Path) -> Path:
    """Return where the record of an output stands."""
    return output.with_name(f"{output.name}{SUFFIX}")


def read_record(output: Path) -> RunRecord:
    """Read the record of an output; raises UsageError where there is none, or the output was altered since."""
    path = record_path(output)
    try:
        content = json.loads(path.read_bytes())
        record = RunRecord(content["output"], RunIdentity(**content["run"]))
    except FileNotFoundError as error:
        raise UsageError(
            f"{path} is missing, in which `match` says what {output.name} was made with; keep it beside the file, "
            "or match the file anew"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no record of a match of this release; match the file anew") from error
    if identity_of_file(output) != record.output:
        raise UsageError(
            f"{output} is not as `match` wrote it, so that its rows and answers may not belong together; match it anew"
        )
    return record
