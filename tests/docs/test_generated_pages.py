import subprocess

from tests.docs.example_index import ROOT
from tests.integration.conftest import environment, python


def test_the_pages_of_commands_and_settings_say_what_the_program_says() -> None:
    """They are written by docs/generate.py, which `make docs` runs."""
    generate = python(str(ROOT / "docs" / "generate.py"), "--check")
    checked = subprocess.run(
        generate, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
