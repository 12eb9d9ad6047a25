"""What decides about the answers of a run, so that answers of two runs are put together only where they go together."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

import orjson

from address_match.indexer.manifest import IndexManifest
from address_match.indexer.storage.checksums import FileChecksum, checksum, checksum_of
from address_match.service.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIdentity:
    """What decides about the answers of a run: where one of these changed, earlier and later answers do not go
    together.
    """

    release: str
    input: str
    """Checksum of the file."""
    index: str
    """The generation, and the checksum of its manifest."""
    bundle: str
    """Fingerprint of the models."""
    columns: list[str]
    """Those of the input that make the address."""
    delimiter: str | None
    encoding: str | None
    precision: float
    absence_prior: float
    places: list[str]
    """Towns in which the rows were assumed to lie."""
    threshold: float
    """Least probability of a match that the file asks for; 0 where nothing was known of that."""
    top: int | None
    thorough: bool
    explain: bool
    sheet: str | None = None
    """Of a workbook; None for the first with addresses."""
    header: bool = True
    """Whether the input has a line with the names of its columns."""
    layout: str | None = None
    """The one that was named."""
    only: list[str] | None = None
    """Statuses of the rows of an answered input that are matched again; None where all rows are matched."""
    fields: list[str] = field(default_factory=list)
    """What is written out of the premises that are answered."""
    as_at: str | None = None
    """The day on which texts have to be valid; None where that does not matter."""
    audit: str | None = None
    """The column of identifiers that are judged; None where none are."""
    since: str | None = None
    """The index or the generation that the answers of the input are of; None where it holds none that may stand."""
    columns_named: bool = False
    """Whether the columns of the address were named, and not found."""
    reference: str = ""
    """`identity_of_generation` of the one in force; empty of an index that is no folder."""
    part: int = 1
    """Which part of the file is answered, counted from 1."""
    parts: int = 1

    def differences(self, other: "RunIdentity") -> list[str]:
        """Name what is not the same, as the user would."""
        changed = (
            each.name for each in fields(self) if getattr(self, each.name) != getattr(other, each.name)
        )
        return list(dict.fromkeys(_NAMES.get(name, f"--{name.replace('_', '-')}") for name in changed))


_NAMES = {
    "release": "the release of this program",
    "input": "the input",
    "index": "the index",
    "bundle": "the bundle",
    "columns": "the columns of the address",
    "parts": "the number of parts",
    "header": "--no-header",
    "columns_named": "--columns",
    "reference": "the index",
}
"""What is no option of its name."""


def identity_of_file(path: Path) -> str:
    """Return what tells the bytes of a file from others."""
    found = checksum(path)
    return checksum_of(orjson.dumps([found.bytes, found.blocks]))


def identity_of_generation(files: Mapping[str, FileChecksum]) -> str:
    """Return what tells a generation from others by the checksums of its files; of an index without files, nothing."""
    if not files:
        return ""
    return checksum_of(
        orjson.dumps({name: asdict(file) for name, file in files.items()}, option=orjson.OPT_SORT_KEYS)
    )


def identity_of_index(manifest: IndexManifest) -> str:
    """Return what tells an index in force from others, of its name too."""
    return f"{manifest.generation} {checksum_of(orjson.dumps(asdict(manifest), option=orjson.OPT_SORT_KEYS))}"


def refuse_incomplete(parts: Sequence[RunIdentity]) -> None:
    """Raise `UsageError` unless these are all parts of one run, each once."""
    first = parts[0]
    for other in parts[1:]:
        if changed := replace(first, part=other.part).differences(other):
            raise UsageError(
                f"the parts are not of one run: {', '.join(changed)} differs between part {first.part} and part {other.part}"
            )
    given = [each.part for each in parts]
    if twice := sorted({number for number in given if given.count(number) > 1}):
        raise UsageError(f"part {twice[0]} of {first.parts} is given twice; name each part once")
    if missing := sorted(set(range(1, first.parts + 1)) - set(given)):
        raise UsageError(
            f"part {missing[0]} of {first.parts} is missing; match it with --part {missing[0]}/{first.parts}"
        )
