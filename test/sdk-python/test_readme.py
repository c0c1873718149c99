"""What the README shows of Python."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from artifact_limbo.command import command_line

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"^```(\w+)[^\n]*\n(.*?)^```$", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE)


def test_the_rehearsal_prints_what_it_shows() -> None:
    [shown] = [text for language, text in BLOCKS if language == "console" and " -- python " in text]
    command, _, output = shown.partition("\n")
    words = command.removeprefix("$ npm run -s limbo -- ").split()
    done = subprocess.run(
        command_line(*(sys.executable if word == "python" else word for word in words)),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == output


def test_the_test_that_it_shows_passes(pytester: pytest.Pytester) -> None:
    [shown] = [text for language, text in BLOCKS if language == "python" and "def test_" in text]
    pytester.makepyfile(shown)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
