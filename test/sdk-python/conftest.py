"""What the tests share: versions logged through the SDK, with contents written as stories write them."""

from __future__ import annotations

from pathlib import Path
from typing import Mapping, Protocol, Sequence

import pytest
import wandb
from artifact_limbo import Limbo
from artifact_limbo.sizes import bytes_of

pytest_plugins = ["pytester"]

Files = Mapping[str, str]
"""The contents by path: `2KB`, or `2KB of cats` where two paths or versions share or differ."""


class Log(Protocol):
    def __call__(
        self,
        name: str,
        files: Files,
        *,
        type: str = "dataset",
        run: str = "import",
        aliases: Sequence[str] = (),
    ) -> wandb.Artifact: ...


def content(path: str, size: str) -> bytes:
    """The bytes of a file: as many as its size says, and named after its content, else its path."""
    size, _, name = size.partition(" of ")
    count = bytes_of(size)
    return ((name or path).encode() * count)[:count]


def artifact_of(name: str, files: Files, type: str = "dataset", **options: object) -> wandb.Artifact:
    """An artifact with these files that is not logged yet."""
    artifact = wandb.Artifact(name, type=type, **options)
    for path, size in files.items():
        with artifact.new_file(path, mode="wb") as file:
            file.write(content(path, size))
    return artifact


def assert_downloads(name: str, files: Files, folder: Path) -> None:
    """A version has exactly these files, fetched from the server and not from a cache."""
    found = Path(wandb.Api().artifact(name).download(str(folder), skip_cache=True))
    paths = {str(path.relative_to(found)): path for path in found.rglob("*") if path.is_file()}
    assert {name: path.read_bytes() for name, path in paths.items()} == {
        path: content(path, size) for path, size in files.items()
    }


@pytest.fixture
def log(limbo: Limbo) -> Log:
    """Logs a version to the project `demo`, and waits until it is committed."""

    def log(
        name: str, files: Files, *, type: str = "dataset", run: str = "import", aliases: Sequence[str] = ()
    ) -> wandb.Artifact:
        with wandb.init(project="demo", id=run, resume="allow") as current:
            return current.log_artifact(artifact_of(name, files, type), aliases=list(aliases)).wait()

    return log


@pytest.fixture
def api(limbo: Limbo) -> wandb.Api:
    """The public API of the admin."""
    return wandb.Api()
