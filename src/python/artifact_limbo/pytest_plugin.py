"""The pytest plugin: `def test_…(limbo): …`."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import Callable, Dict, Iterator, Optional

import pytest

from . import sdk
from .client import Limbo
from .server import serve

Start = Callable[[Optional[Path], Optional[Path]], Limbo]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("limbo_story", "the story from whose end each test starts, relative to this file")
    parser.addini("limbo_snapshot", "the snapshot from which each test starts, relative to this file")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "limbo(story=…, snapshot=…): where the test starts, relative to its file",
    )


@pytest.fixture(scope="session")
def _limbo_started() -> Iterator[Start]:
    """One server for each starting point, for the whole session."""
    with ExitStack() as stack:
        servers: Dict[object, Limbo] = {}

        def started(story: Optional[Path], snapshot: Optional[Path]) -> Limbo:
            if (story, snapshot) not in servers:
                servers[story, snapshot] = stack.enter_context(serve(story, snapshot=snapshot))
            return servers[story, snapshot]

        yield started


@pytest.fixture
def limbo(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    _limbo_started: Start,
) -> Iterator[Limbo]:
    """A server as it was at its start, to which the SDK of this process and its children connect."""
    server = _limbo_started(_path(request, "story"), _path(request, "snapshot"))
    server.reset()
    # What the machine says of another service must not reach the tests.
    for name in [name for name in os.environ if name.startswith("WANDB_")]:
        monkeypatch.delenv(name)
    for name, value in server.environment(tmp_path_factory.mktemp("wandb")).items():
        monkeypatch.setenv(name, value)
    sdk.end_session()
    yield server
    server.clear_faults()
    sdk.end_session()


def _path(request: pytest.FixtureRequest, name: str) -> Optional[Path]:
    marker = request.node.get_closest_marker("limbo")
    if marker is not None:
        given = marker.kwargs.get(name)
        return None if given is None else request.path.parent / given
    given = request.config.getini(f"limbo_{name}")
    folder = request.config.inipath.parent if request.config.inipath else request.config.rootpath
    return folder / given if given else None
