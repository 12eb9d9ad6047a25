"""The demo comes out as the tutorial tells it."""

import shlex
from collections.abc import Iterator

import pytest

from address_match.service.cli import main
from tests.docs.example_index import blocks, page

TUTORIAL = page("docs/tutorial.md")
SHOWN = blocks(TUTORIAL, "")


def command(name: str) -> list[str]:
    """The arguments of the first command of the tutorial that begins so."""
    block = next(block for block in SHOWN if block.startswith(f"address-match {name} "))
    return shlex.split(block.splitlines()[0])[1:]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Work in a folder in which the tutorial's first two steps were done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("tutorial"))
        assert main(command("synth")) == 0
        assert main(command("index build")) == 0
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_the_demo_matches_as_many_as_the_tutorial_says(capsys: pytest.CaptureFixture[str]) -> None:
    shown = next(block for block in SHOWN if block.startswith("500 addresses in ")).splitlines()
    assert main(command("match")) == 0
    # The first line has the seconds, which differ from one machine to the next.
    assert capsys.readouterr().err.splitlines()[-len(shown) + 1 :] == shown[1:]


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_the_answer_that_the_tutorial_explains_is_the_one_that_is_given(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = next(block for block in SHOWN if block.startswith("unmatched  "))
    capsys.readouterr()
    assert main(command("find")) == 0
    assert shown in capsys.readouterr().out
