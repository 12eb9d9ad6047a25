"""Write the probabilities that the pages quote of answers anew, after a new bundle: `python -m tests.docs.renew`.

It renews README.md, use/python.md, use/notebook.md, use/decisions.md (its table of settings) and use/http-api.md. Where
another premises or status is answered than a page says, the words around it have to be read by a person: that is left
as it is, and the tests name it.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from fastapi.testclient import TestClient

import address_match as am
from address_match.service.cli import main as command
from address_match.service.http.app import create_app
from address_match.service.settings.server_settings import ServerSettings
from tests.docs.example_index import HTTP_ANSWERS, REFERENCE, ROOT, blocks, page, rows
from tests.docs.test_notebook import STEP
from tests.integration.conftest import active_deployment, environment, python

EXAMPLES = ROOT / "docs" / "examples"
_FRACTION = re.compile(r"(?<=[:\s\[])-?\d+\.\d+(?:e-?\d+)?(?=[,\s\]}])")
"""A number with decimals in JSON, outside of its strings."""


def main() -> None:
    """Renew all pages."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "example-index"
        am.build(REFERENCE, index)
        _rewrite("README.md", lambda text: _find_of_readme(text, index))
        _rewrite("docs/use/python.md", lambda text: _printed_by_examples(text, index))
        _rewrite("docs/use/decisions.md", lambda text: _settings(text, index))
        _rewrite("docs/use/http-api.md", lambda text: _http_answers(text, index))
    _rewrite("docs/use/notebook.md", _notebook)


def fractions(shown: object, found: object) -> Iterator[float]:
    """Yield for each number with decimals of a quoted answer, in its order, what stands there in the answer of today.

    Raises:
        ValueError: if today's answer has no such place.
    """
    if isinstance(shown, dict) and isinstance(found, dict) and shown.keys() <= found.keys():
        for name, value in shown.items():
            yield from fractions(value, found[name])
    elif isinstance(shown, list) and isinstance(found, list):
        left = iter(found)
        for one in shown:
            alike = next((item for item in left if _alike(one, item)), None)
            yield from fractions(one, alike)
    elif isinstance(shown, float) and isinstance(found, float):
        yield found
    elif shown != found:
        raise ValueError(f"{shown!r} is quoted, {found!r} is answered")


def _alike(shown: object, found: object) -> bool:
    """Return whether an answer has what is quoted, except for numbers with decimals."""
    try:
        list(fractions(shown, found))
    except ValueError:
        return False
    return True


def with_numbers_of(block: str, found: object) -> str:
    """Return a block of JSON with the numbers of today's answer, laid out as it was."""
    values = fractions(json.loads(block), found)
    return _FRACTION.sub(lambda _: repr(next(values)), block)


def _find_of_readme(text: str, index: Path) -> str:
    shown = next(block for block in blocks(text, "") if block.startswith("$ address-match find"))
    asked, _, answer = shown.partition("\n")
    with contextlib.redirect_stdout(io.StringIO()) as said:
        command(["find", asked.split('"')[1], "--index", str(index), "--top", "2", "--json"])
    return text.replace(answer, with_numbers_of(answer, json.loads(said.getvalue())))


def _printed_by_examples(text: str, index: Path) -> str:
    for example in sorted(EXAMPLES.glob("*.py")):
        called = f"$ python docs/examples/{example.name} example-index\n"
        shown = next(block for block in blocks(text, "") if block.startswith(called))
        ran = subprocess.run(
            python(str(example), str(index)), env=environment(), capture_output=True, text=True, check=True
        )
        lines = [line.rstrip() for line in ran.stdout.strip().splitlines()]
        text = text.replace(shown, called + "\n".join(lines))
    return text


def _settings(text: str, index: Path) -> str:
    heading, settings = "| prior of absence | precision | probability | status |", []
    with closing(am.open_pipeline(index)) as pipeline:
        for row in rows(text, "prior of absence", "precision", "probability", "status"):
            prior, precision = row["prior of absence"], row["precision"]
            under = pipeline.under(am.DecisionPolicy(float(prior), float(precision)))
            answer = under.match(["12 Tanfld, Shldn"], thorough=True)[0]
            probability = f"{answer.probability:.3f}".removeprefix("0")
            settings.append(f"| {prior} | {precision} | {probability} | {row['status']} |")
    before, _, behind = text.partition(f"{heading}\n|---|---|---|---|\n")
    left = behind.splitlines()[len(settings) :]
    return "\n".join([before + heading, "|---|---|---|---|", *settings, *left]) + "\n"


def _http_answers(text: str, index: Path) -> str:
    with TestClient(create_app(active_deployment(index), ServerSettings())) as client:
        for named_by, url, place in HTTP_ANSWERS:
            block = next(block for block in blocks(text, "json") if named_by in json.loads(block))
            found = client.get(url).json()
            for name in place:
                found = found[name]
            found["request_id"] = json.loads(block).get("request_id")
            text = text.replace(block, with_numbers_of(block, found))
    return text


def _notebook(text: str) -> str:
    names: dict[str, object] = {}
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, REFERENCE.name).write_bytes(REFERENCE.read_bytes())
        os.chdir(folder)
        try:
            for code, shown in STEP.findall(text):
                with contextlib.redirect_stdout(io.StringIO()) as said:
                    exec(code, names)  # noqa: S102 - what the page tells its readers to run
                quoted = f"```python\n{code}```\n\n```\n"
                text = text.replace(f"{quoted}{shown}```", f"{quoted}{said.getvalue()}```") if shown else text
        finally:
            os.chdir(here)
    return text


def _rewrite(name: str, renewed: Callable[[str], str]) -> None:
    """Write a page as `renewed` gives it; say what keeps it from being renewed."""
    text = page(name)
    try:
        written = renewed(text)
    except ValueError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return
    (ROOT / name).write_text(written, encoding="utf-8")
    print(f"{name}: {'renewed' if written != text else 'as it was'}")


if __name__ == "__main__":
    main()
