"""The page of the notebook runs from its beginning to its end, and prints what it shows."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from tests.docs.example_index import REFERENCE, page

STEP = re.compile(r"```python\n(.*?)```\n(?:\n```\n(.*?)```\n)?", re.DOTALL)


def test_the_notebook_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(REFERENCE, tmp_path)
    monkeypatch.chdir(tmp_path)
    steps = STEP.findall(page("docs/use/notebook.md"))
    names: dict[str, object] = {}
    printed: list[str] = []
    for code, _ in steps:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(code, names)  # noqa: S102 - what the page tells its readers to run
        printed.append(said.getvalue())
    assert printed == [shown for _, shown in steps]
