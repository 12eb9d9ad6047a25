"""The scripts that `--print-completion` prints make a shell complete commands, options and paths."""

import subprocess

import pytest

from address_match.service.cli import main


def _script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main(["--print-completion", shell])
    assert ended.value.code == 0
    return capsys.readouterr().out


def _completed_by_bash(script: str, *words: str) -> list[str]:
    """Complete the last word as bash does when tab is pressed behind it."""
    asked = "\n".join(
        [
            script,
            f"COMP_WORDS=({' '.join(repr(word) for word in words)})",
            f"COMP_CWORD={len(words) - 1}",
            "_shtab_address_match",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ]
    )
    return subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True).stdout.split()


def test_bash_completes_commands_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    script = _script("bash", capsys)
    assert _completed_by_bash(script, "address-match", "ev") == ["evaluate"]
    assert _completed_by_bash(script, "address-match", "train", "enc") == ["encoder"]
    assert _completed_by_bash(script, "address-match", "match", "--abs") == ["--absence-prior"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_every_shell_has_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "promote" in _script(shell, capsys)


def test_hidden_spellings_are_not_offered(capsys: pytest.CaptureFixture[str]) -> None:
    script = _script("bash", capsys)
    assert _completed_by_bash(script, "address-match", "parse", "--ou") == ["--out"]
