"""Starts `limbo serve`."""

from __future__ import annotations

import json
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Iterator, Union

from .client import Limbo
from .command import command_line

_PATIENCE_SECONDS = 10


@contextmanager
def serve(
    story: Union[str, Path, None] = None,
    *,
    snapshot: Union[str, Path, None] = None,
    clock: str = "manual",
) -> Iterator[Limbo]:
    """A server on a free port, from the end of a story, a snapshot, or an empty store.

    `clock` is `manual`, `real`, or how many times as fast as real. Raises `RuntimeError` with what the server said if it
    does not start.
    """
    command = command_line("serve", "--json", "--port", "0", "--clock", clock)
    command += [] if story is None else [str(story)]
    command += [] if snapshot is None else ["--from", str(snapshot)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            if not first:
                log.seek(0)
                raise RuntimeError(f"limbo serve ended with status {process.wait()}:\n{log.read().decode()}")
            # A server that prints more must not wait for a reader.
            Thread(target=process.stdout.read, daemon=True).start()
            address = json.loads(first)
            yield Limbo(address["url"], address["keys"])
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
