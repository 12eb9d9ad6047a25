"""A folder of samples and of what coders said of them; nothing in it is ever changed, and each file names its content
by hash.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias, TypeVar

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from address_match.drafts import replaced
from address_match.service.errors import UsageError
from address_match.service.lifecycle.labels.sample import (
    OF_A_KEPT_TEXT,
    OF_AN_ANSWER,
    Sample,
    SampledAnswer,
    SampledAnswers,
)
from address_match.service.lifecycle.labels.verdict import Judgement, Verdict

FORMAT_VERSION, _BY_ROWS = 2, 1
"""What is written, and what was before: its hash is of the rows, and it is read all the same."""
_SAMPLES, _VERDICTS = "samples", "verdicts"
_KEY = b"address_match_labels"
_DIGITS = 16
_T = TypeVar("_T")
_Columns: TypeAlias = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True)
class CodedAnswers:
    """What one coder said, taken in at once."""

    coder: str
    adjudicates: bool
    """Whether it settles what coders contradict each other in."""
    moment: str
    """When it was taken in, UTC."""
    judgements: Mapping[str, Judgement]
    """By the answer's id."""
    withdrawn: frozenset[str] = frozenset()
    """Ids of answers of which the coder takes back what was said before."""


class LabelStore:
    """Samples and verdicts below one folder, which is made when the first is added. They hold addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def existing(cls, folder: Path) -> Self:
        """Return the store of a folder; raises UsageError where there is none."""
        if not folder.is_dir():
            raise UsageError(
                f"{folder} is no store of labels: `label draw` makes one, in the folder that --store names"
            )
        return cls(folder)

    def samples(self) -> list[Sample]:
        """Return every sample, by hash; raises UsageError for a damaged one."""
        return [_read(path, _sample) for path in sorted((self.folder / _SAMPLES).glob("*.parquet"))]

    def answers(self) -> dict[str, SampledAnswer]:
        """Return every sampled answer by its id."""
        return {answer.id: answer for sample in self.samples() for answer in sample.answers}

    def coded(self) -> list[CodedAnswers]:
        """Return what coders said, in the order in which it was taken in; raises UsageError for a damaged file."""
        return [_read(path, _coded) for path in sorted((self.folder / _VERDICTS).glob("*.parquet"))]

    def count_coded(self) -> int:
        """Count the files of what coders said; it grows by one whenever something is taken in."""
        return sum(1 for _ in (self.folder / _VERDICTS).glob("*.parquet"))

    def add_sample(self, sample: Sample) -> Path:
        """Keep a sample; one that is there already stays as it is."""
        metadata = {
            "strata": dict(sample.strata),
            "source_sha256": sample.source_sha256,
            "seed": sample.seed,
        }
        with self.alone():
            return _write(
                self.folder / _SAMPLES,
                "",
                pa.table(dict(SampledAnswers.of(sample.answers).columns)),
                metadata,
            )

    def add_coded(self, coded: CodedAnswers) -> Path:
        """Keep what a coder said, after all that was said before; the caller holds the store `alone`."""
        rows = [
            {"id": name, "verdict": said.verdict.value, "uprn": said.uprn, "note": said.note}
            for name, said in coded.judgements.items()
        ]
        rows += [{"id": name, "verdict": "", "uprn": "", "note": ""} for name in sorted(coded.withdrawn)]
        metadata = {"coder": coded.coder, "adjudicates": coded.adjudicates, "moment": coded.moment}
        number = self.count_coded() + 1
        return _write(self.folder / _VERDICTS, f"{number:06}-", pa.Table.from_pylist(rows), metadata)

    def alone(self) -> AbstractContextManager[object]:
        """Keep other processes from writing between what is read and what is written."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return FileLock(self.folder / ".lock")


def _write(folder: Path, numbered: str, table: pa.Table, metadata: Mapping[str, Any]) -> Path:
    """Write rows under the hash of what they say; where they stand already, nothing is written."""
    said = {"format_version": FORMAT_VERSION, **metadata}
    path = folder / f"{numbered}{_digest(said, table.to_pydict())}.parquet"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        noted = {_KEY: json.dumps(said, ensure_ascii=False).encode()}
        with replaced(path, private=True) as draft:
            pq.write_table(table.replace_schema_metadata(noted), draft, compression="zstd")
    return path


def _read(path: Path, made_of: Callable[[dict[str, Any], _Columns], _T]) -> _T:
    try:
        table = pq.read_table(path)
        metadata, columns = json.loads(table.schema.metadata[_KEY]), table.to_pydict()
        _refuse_altered(path, metadata, columns)
        del metadata["format_version"]
        return made_of(metadata, columns)
    except (OSError, KeyError, TypeError, ValueError, pa.ArrowException) as error:
        raise UsageError(
            f"{path} is damaged, altered or of another release: restore it from a copy, or move it away and do without it"
        ) from error


def _refuse_altered(path: Path, metadata: Mapping[str, Any], columns: _Columns) -> None:
    digest = {FORMAT_VERSION: _digest, _BY_ROWS: _digest_by_rows}[metadata["format_version"]]
    if not path.stem.endswith(digest(metadata, columns)):
        raise ValueError("altered")


def _digest(metadata: Mapping[str, Any], columns: _Columns) -> str:
    """Hash what is said column by column: a queue of 100,000 rows is opened while somebody waits."""
    digest = hashlib.sha256(json.dumps(metadata, sort_keys=True).encode())
    for name, values in columns.items():
        digest.update(orjson.dumps([name, values]))
    return digest.hexdigest()[:_DIGITS]


def _digest_by_rows(metadata: Mapping[str, Any], columns: _Columns) -> str:
    said = json.dumps([metadata, _rows(columns)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _rows(columns: _Columns) -> list[dict[str, Any]]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _sample(metadata: dict[str, Any], columns: _Columns) -> Sample:
    names = [name for name in OF_AN_ANSWER if name in columns or name not in OF_A_KEPT_TEXT]
    return Sample(SampledAnswers({name: columns[name] for name in names}), **metadata)


def _coded(metadata: dict[str, Any], columns: _Columns) -> CodedAnswers:
    rows = _rows(columns)
    said = [row for row in rows if row["verdict"]]
    judgements = {
        row["id"]: Judgement(Verdict(row["verdict"]), row["uprn"], row.get("note", ""))  # none in older files
        for row in said
    }
    withdrawn = frozenset(row["id"] for row in rows if not row["verdict"])
    return CodedAnswers(judgements=judgements, withdrawn=withdrawn, **metadata)
