"""A client of the control API of `limbo serve`."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, TypedDict
from unittest import mock
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from . import explaining, sdk
from .sizes import Size, bytes_of, size_text

Json = Dict[str, Any]
"""A JSON document, as the command `limbo` prints it with `--json`."""


class Elapsed(TypedDict):
    """What happened while the clock moved or garbage collection ran."""

    now: str
    """The instant since the store began, as an ISO 8601 duration: `P8D`."""
    events: List[Json]
    freed: int
    """Bytes that were deleted from the bucket."""
    deleted: List[str]
    """The versions that became DELETED."""


class State(TypedDict):
    """The whole store."""

    now: str
    versions: List[Json]
    """Each with `name`, `state`, `aliases` and `size`; tombstones too."""
    objects: List[Json]
    """Each with `digest`, `size`, `holders` and `bucket`."""
    bytes: Dict[str, int]
    """`logical`, `stored` and `billed`."""


class LimboError(Exception):
    """What the server refused: a code, and a sentence that says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Limbo:
    """A running server. Names are `animals:v0`, `demo/animals:v0` or `team/demo/animals:v0`."""

    def __init__(self, url: str, keys: Mapping[str, str]) -> None:
        self.url = url
        """The address, for `WANDB_BASE_URL`."""
        self.keys = keys
        """The API keys by user: `admin`, who may do everything, and the members of the story's team."""
        # The server is on this machine, so no proxy is needed.
        self._opener = build_opener(ProxyHandler({}))

    def advance(self, by: str) -> Elapsed:
        """Moves the clock by `8d`, `6h` or `2w`. Scheduled jobs run on the way, each at its time."""
        return self._send("POST", "advance", {"by": by})

    def collect(self) -> Elapsed:
        """Runs garbage collection now."""
        return self._send("POST", "collect", {})

    def undo(self, steps: int = 1) -> int:
        """Undoes the last calls, each a request, and returns how many: fewer if there are no more."""
        return self._send("POST", "undo", {"steps": steps})["done"]

    def redo(self, steps: int = 1) -> int:
        """Redoes the calls that were undone last, and returns how many."""
        return self._send("POST", "redo", {"steps": steps})["done"]

    def reset(self) -> None:
        """Returns to the store at the start, without faults."""
        self._send("POST", "reset", {})

    def plan(
        self,
        *versions: str,
        delete_aliases: bool = False,
        collections: Sequence[str] = (),
        runs: Sequence[str] = (),
        projects: Sequence[str] = (),
        artifacts: bool = False,
        delete_all: Optional[str] = None,
        where: Sequence[str] = (),
        user: Optional[str] = None,
    ) -> Json:
        """What a deletion would do, without doing it: `limbo plan`.

        `artifacts` deletes what the runs logged too. `delete_all` names a collection, and `where` says which of
        its versions: `without aliases`, `with ALIAS`, `older than 30d`, `keep last 3`.
        """
        asked: Json = {
            "delete": versions,
            "deleteAliases": delete_aliases,
            "deleteCollections": collections,
            "deleteRuns": runs,
            "deleteProjects": projects,
            "artifacts": artifacts,
            "deleteAll": delete_all,
            "where": where,
            "as": user,
        }
        return self._send("POST", "plan", {name: value for name, value in asked.items() if value})

    def why(self, path: str) -> Json:
        """Why `animals:v0/cat.jpg` is stored, or is not, and what would free it: `limbo why`."""
        return self._send("GET", "why", name=path)

    def usage(self) -> Json:
        """Bytes by project, collection and version, and how many could be freed: `limbo usage`."""
        return self._send("GET", "usage")

    def timeline(self) -> Json:
        """The states of each version over time: `limbo timeline`."""
        return self._send("GET", "timeline")

    def verify(self) -> Json:
        """Recounts everything and reports what is wrong: `limbo verify`."""
        return self._send("GET", "verify")

    def state(self) -> State:
        """The whole store."""
        return self._send("GET", "state")

    def events(self, since: int = 0) -> List[Json]:
        """What has happened since the start and was not undone, without the first `since` events."""
        events: List[Json] = []
        while True:
            page = self._send("GET", "events", since=str(since))
            if not page["events"]:
                return events
            events += page["events"]
            since = page["next"]

    def story(self, title: str = "A recorded story") -> str:
        """The history so far as a story, in YAML."""
        return self._request("GET", "story", title=title).decode()

    def snapshot(self) -> bytes:
        """The store as a snapshot, for `limbo … --from` and `serve(snapshot=…)`."""
        return self._request("GET", "snapshot")

    def steps(self, yaml: str) -> Json:
        """Plays steps of the scenario language, and says which are refused and which claims fail."""
        return self._send("POST", "steps", {"yaml": yaml})

    def faults(
        self,
        operation: str = "*",
        *,
        times: int = 1,
        status: Optional[int] = None,
        delay: Optional[float] = None,
        drop: bool = False,
    ) -> None:
        """Plans how the next calls fail: with a status, after `delay` seconds, or with a dropped connection.

        `operation` is a field of GraphQL such as `deleteArtifact`, or `upload`, `download`, `fileStream`, `*`.
        """
        fault: Json = {"operation": operation, "times": times, "status": status, "delay": delay, "drop": drop}
        self._send("POST", "faults", {name: value for name, value in fault.items() if value})

    def clear_faults(self) -> None:
        """Forgets all planned faults."""
        self._send("DELETE", "faults")

    def environment(self, folder: Path, user: str = "admin") -> Dict[str, str]:
        """The variables that point the SDK at this server, as this user, with its files in `folder`."""
        return sdk.environment(self.url, self._key(user), folder)

    @contextmanager
    def acting_as(self, user: str) -> Iterator[None]:
        """Inside, the SDK has the key of this user: `with limbo.acting_as("bob"): …`."""
        with mock.patch.dict(os.environ, WANDB_API_KEY=self._key(user)):
            sdk.end_session()
            try:
                yield
            finally:
                sdk.end_session()

    def assert_freed(self, size: Size) -> None:
        """Exactly this many bytes were freed since the start: `3MB`, or a number of bytes."""
        __tracebackhide__ = True
        events = self.events()
        freed = sum(event["freed"] for event in events if event["type"] == "objectSwept")
        if freed != bytes_of(size):
            expected = f"expected {size_text(bytes_of(size))} to be freed, but {size_text(freed)} was"
            raise AssertionError(
                explaining.message(expected, explaining.freed(events, self.state(), self.usage()))
            )

    def assert_state(self, name: str, state: str) -> None:
        """A version, named by its index or an alias, is PENDING, COMMITTED, PENDING_DELETION or DELETED."""
        __tracebackhide__ = True
        version = explaining.version_named(name, self.state())
        if version["state"] != state:
            expected = f"expected {name} to be {state}, but it is {version['state']}"
            raise AssertionError(explaining.message(expected, explaining.state(self, version)))

    def assert_kept(self, path: str) -> None:
        """The bytes of `animals:v0/cat.jpg` are stored, whatever the state of the version."""
        __tracebackhide__ = True
        answer = self.why(path)
        if answer["kind"] != "stored":
            expected = f"expected {path} to be stored, but it is not"
            raise AssertionError(explaining.message(expected, explaining.not_stored(answer)))

    def _key(self, user: str) -> str:
        if user not in self.keys:
            raise ValueError(f"{user!r} has no key: expected one of {', '.join(self.keys)}")
        return self.keys[user]

    def _send(self, method: str, path: str, body: Optional[Json] = None, **query: str) -> Any:
        return json.loads(self._request(method, path, body, **query) or "null")

    def _request(self, method: str, path: str, body: Optional[Json] = None, **query: str) -> bytes:
        request = Request(
            f"{self.url}/limbo/v1/{path}{'?' if query else ''}{urlencode(query)}",
            data=None if body is None else json.dumps(body).encode(),
            headers={} if body is None else {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(request) as response:
                content: bytes = response.read()
                return content
        except HTTPError as problem:
            raise _error_in(problem.read(), str(problem)) from None


def _error_in(body: bytes, otherwise: str) -> LimboError:
    try:
        error = json.loads(body)["error"]
        return LimboError(error["code"], error["message"])
    except (ValueError, KeyError, TypeError):
        return LimboError("http", otherwise)
