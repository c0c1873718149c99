"""The command that the wheel brings."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LIMBO = shutil.which("limbo", path=str(Path(sys.executable).parent)) or "limbo"

STORY = """\
title: One version
steps:
  - { log: animals, type: dataset, files: { cat.jpg: 2MB } }
"""


def test_its_status_and_its_input_are_those_of_the_program() -> None:
    passed = subprocess.run(
        [LIMBO, "run", "--quiet", "-"], input=STORY, capture_output=True, text=True, check=True
    )
    assert passed.stdout == "passed  <stdin>  One version\n"
    refused = STORY + "  - delete: animals:v7\n"
    assert (
        subprocess.run(
            [LIMBO, "run", "--quiet", "-"], input=refused, capture_output=True, text=True
        ).returncode
        == 1
    )
    assert subprocess.run([LIMBO, "run", "nowhere.yaml"], capture_output=True).returncode == 2


def test_the_stories_come_with_it() -> None:
    told = subprocess.run([LIMBO, "run", "--stories"], capture_output=True, text=True, check=True)
    assert "deleting" in told.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_that_it_starts(number: int) -> None:
    server = subprocess.Popen([LIMBO, "serve", "--json", "--port", "0"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = json.loads(server.stdout.readline())
    assert address["pid"] == server.pid
    server.send_signal(number)
    assert server.wait(10) == 0
    server.stdout.close()
