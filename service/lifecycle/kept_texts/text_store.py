"""A folder of texts by day: `day=2026-11-29/texts-WRITER.KEY`, a line of ciphertext each time that some were written."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from address_match.service.facts.writer import today
from address_match.service.lifecycle.appended_line import append_line
from address_match.service.lifecycle.kept_texts.kept_text import KeptText
from address_match.service.lifecycle.kept_texts.text_cipher import KEY_VARIABLE, TextCipher

_DAY_PREFIX = "day="
_FILE = re.compile(r"texts-[0-9a-f]{12}\.([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class ReadTexts:
    """The texts of a store, oldest day first, and what of it could not be read."""

    texts: tuple[KeptText, ...]
    unread: tuple[str, ...] = ()
    """What each is, relative to the store, and why; it stays where it is."""


class TextStore:
    """Texts by day; any number of writers may share it, since each has files of its own."""

    def __init__(
        self, folder: Path, cipher: TextCipher, keep_days: int = 0, day: Callable[[], date] = today
    ) -> None:
        """Texts are kept for so many days where something is written."""
        self._folder = folder
        self._cipher = cipher
        self._keep_days = keep_days
        self._day = day
        self._file = f"texts-{uuid4().hex[:12]}.{cipher.id}"
        self._swept: date | None = None

    def write(self, _channel: str, texts: Sequence[KeptText]) -> None:
        """Add texts to the day; raises OSError where they are not there afterwards."""
        day = self._day()
        self._forget(day)
        place = self._folder / f"{_DAY_PREFIX}{day.isoformat()}"
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = self._cipher.encrypted(json.dumps(texts, ensure_ascii=False).encode())
        append_line(place / self._file, line)

    def read(self) -> ReadTexts:
        """Read all texts; a line that is torn or was altered, and a file of another key, are left out and said."""
        found: list[KeptText] = []
        unread: list[str] = []
        for _, folder in sorted(self._days()):
            for path in sorted(folder.iterdir()):
                named = _FILE.fullmatch(path.name)
                if named:
                    texts, why = self._of_file(path, named[1])
                    found += texts
                    unread += [f"{path.relative_to(self._folder)}: {reason}" for reason in why]
        return ReadTexts(tuple(found), tuple(unread))

    def _of_file(self, path: Path, key_id: str) -> tuple[list[KeptText], list[str]]:
        if not self._cipher.knows(key_id):
            return [], [f"written with another key than {KEY_VARIABLE} names; add that one, after a comma"]
        try:
            lines = path.read_bytes().split()
        except OSError as error:
            return [], [str(error.strerror)]
        texts: list[KeptText] = []
        why: list[str] = []
        for number, line in enumerate(lines, 1):
            content = self._cipher.decrypted(line, key_id)
            if content is None:
                why.append(f"line {number} is torn, or was altered")
            else:
                texts += [KeptText(*row) for row in json.loads(content)]
        return texts, why

    def _forget(self, today: date) -> None:
        """Remove days that are too old, once a day; days to come are kept."""
        if self._swept == today:
            return
        self._swept = today
        for day, folder in [*self._days()]:
            if today - day > timedelta(self._keep_days):
                shutil.rmtree(folder, ignore_errors=True)

    def _days(self) -> Iterator[tuple[date, Path]]:
        for folder in self._folder.glob(f"{_DAY_PREFIX}*"):
            try:
                yield date.fromisoformat(folder.name.removeprefix(_DAY_PREFIX)), folder
            except ValueError:  # a folder of somebody else
                continue
