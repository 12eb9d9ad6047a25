"""What a file of text says, in whichever encoding it is written."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, TextIO, cast

from address_match.indexer.errors import SourceError

SAMPLE_BYTES = 1 << 20
LONGEST_RECORD = 1_000_000
"""Characters of one record, unless another bound is named: a hundred times the longest address."""
_PASSED_OVER_AT_ONCE = 1 << 16
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class SampledStream(io.RawIOBase):
    """A stream whose beginning was looked at and is given out again."""

    def __init__(self, stream: BinaryIO) -> None:
        # It waits for some bytes, not for all that were asked for: whoever writes to a pipe may be slow.
        self._read = getattr(stream, "read1", stream.read)
        self.cut = True
        """Whether more may follow the sample."""
        self.sample = self._beginning(stored=stream.seekable())
        self._position = 0

    def _beginning(self, *, stored: bool) -> bytes:
        """Read the first megabyte of what is stored, and of a pipe what comes first, its first line at least."""
        parts: list[bytes] = []
        size = 0
        while size < SAMPLE_BYTES and (part := self._read(SAMPLE_BYTES - size)):
            parts.append(part)
            size += len(part)
            if not stored and b"\n" in part:
                break
        else:
            self.cut = size == SAMPLE_BYTES
        return b"".join(parts)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer from the sample, then from the stream."""
        view = cast("memoryview", memoryview(buffer))  # type: ignore[arg-type]  # io hands over any writable buffer
        if self._position < len(self.sample):
            chunk = self.sample[self._position : self._position + len(view)]
            self._position += len(chunk)
        else:
            chunk = self._read(len(view))
        view[: len(chunk)] = chunk
        return len(chunk)


def detect_encoding(sample: bytes, *, cut: bool = False) -> str:
    """Return which of UTF-8, UTF-16 and Windows-1252 a file is in, by its beginning, `cut` perhaps within a character.

    Text with more broken bytes than whole multi-byte characters is taken for Windows-1252.
    """
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    whole = len(_MULTIBYTE.findall(sample))
    broken = len(_HIGH.findall(_MULTIBYTE.sub(b"", sample[:-3] if cut else sample)))
    return "cp1252" if broken > whole else "utf-8"


def open_text(stream: BinaryIO, *, name: str, encoding: str | None) -> tuple[io.TextIOWrapper, str]:
    """Return a stream as text, and its first megabyte; the encoding is detected unless it is named.

    Bytes that are broken in UTF-8 come as lone surrogates, so that they can be reported. Raises SourceError for a
    stream that is empty or no text, and for an unknown encoding.
    """
    sampled = SampledStream(stream)
    if not sampled.sample.strip():
        raise SourceError(f"{name} is empty; name a file with rows")
    _refuse_what_is_no_text(sampled.sample, name, encoding)
    encoding = encoding or detect_encoding(sampled.sample, cut=sampled.cut)
    errors = "surrogateescape" if encoding.replace("_", "-").lower().startswith("utf-8") else "replace"
    try:
        beginning = sampled.sample.decode(encoding, "replace")
        text = io.TextIOWrapper(
            io.BufferedReader(sampled, 1 << 18), encoding=encoding, errors=errors, newline=""
        )
    except LookupError as error:
        raise SourceError(f"Unknown encoding {encoding!r}; try utf-8 or cp1252") from error
    return text, beginning


def bounded_lines(text: TextIO, longest: int) -> Iterator[str | None]:
    """Yield the lines of a text opened with `newline=""`, with their ends; None for one of more than `longest`
    characters.

    Of such a line nothing is kept, so that no line can take more memory than a few times its bound.
    """
    while line := text.readline(longest + 1):
        if len(line) <= longest or line.endswith("\n"):
            yield line
            continue
        yield None
        if (begun := _pass_over_rest(text)) is not None:
            yield begun


def _pass_over_rest(text: TextIO) -> str | None:
    """Read to the end of a line; return the beginning of the next one where that could only be told by reading it."""
    cut = False
    while piece := text.readline(_PASSED_OVER_AT_ONCE):
        if cut and piece != "\n":
            return piece  # the carriage return before it was the end of the line
        if piece.endswith("\n") or (piece.endswith("\r") and len(piece) < _PASSED_OVER_AT_ONCE):
            return None
        cut = piece.endswith("\r")
    return None


def _refuse_what_is_no_text(sample: bytes, name: str, encoding: str | None) -> None:
    if sample.startswith(b"\x1f\x8b"):
        raise SourceError(f"{name} is packed by gzip; let its name end in .gz, or unpack it")
    if sample.startswith(b"PK\x03\x04"):
        raise SourceError(f"{name} is a workbook or an archive, not rows of text; save it as CSV")
    wide = encoding is not None or sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and sample.count(0) * 10 > len(sample):
        raise SourceError(
            f"{name} holds binary data, not rows of text; is its suffix right? Text in UTF-16 without a mark at its "
            "beginning needs its encoding named: utf-16-le"
        )


def mended(text: str) -> str:
    """Read the lone surrogates of a text as Windows-1252."""
    return re.sub(
        "[\ud800-\udfff]+",
        lambda run: (
            run[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
            if all("\udc80" <= c <= "\udcff" for c in run[0])
            else "\ufffd" * len(run[0])
        ),
        text,
    )
