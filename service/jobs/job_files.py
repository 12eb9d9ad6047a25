from dataclasses import dataclass
from pathlib import Path

from address_match.service.batch.kept.answer_log import SUFFIX
from address_match.service.jobs.job import Job
from address_match.service.jobs.job_options import ResultFormat


@dataclass(frozen=True, slots=True)
class JobFiles:
    """Where the files of a job lie."""

    folder: Path
    suffix: str
    """Of the file to match."""

    @classmethod
    def of(cls, folder: Path, job: Job) -> "JobFiles":
        """Name the files of a job in its folder."""
        return cls(folder, job.suffix)

    @property
    def addresses(self) -> Path:
        """The file to match; the name that it came with is not used."""
        return self.folder / f"addresses{self.suffix}"

    @property
    def answers(self) -> Path:
        """All answers, which stand there once the last is given."""
        return self.folder / "answers.part"

    @property
    def log(self) -> Path:
        """The answers so far."""
        return self.folder / f"answers.part{SUFFIX}"

    @property
    def said(self) -> Path:
        """What the command that is run says of itself."""
        return self.folder / "said.txt"

    def result(self, kind: ResultFormat) -> Path:
        """Return the file of the rows with their answers."""
        return self.folder / f"result.{kind}"

    @property
    def labels(self) -> Path:
        """What people say of the answers: a store of labels, which is made when the rows are lined up that wait for a
        person.
        """
        return self.folder / "labels"

    @property
    def kept(self) -> frozenset[str]:
        """Return the names of what stays when a job is done: the results in all formats, and what people say of them."""
        return frozenset({self.labels.name, *(self.result(kind).name for kind in ResultFormat)})
