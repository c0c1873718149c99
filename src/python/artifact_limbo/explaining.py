"""Why an assertion does not hold, from what the server answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Dict, Iterable, List, Optional, Sequence

from .sizes import size_text

if TYPE_CHECKING:
    from .client import Json, Limbo, State

_ENTITY, _PROJECT = "team", "demo"
_MOST_LINES = 10
_MOST_HOLDERS = 3


def message(expected: str, reasons: Iterable[str]) -> str:
    """The text of a failed assertion."""
    return "\n".join([expected, *reasons])


def version_named(name: str, state: State) -> Json:
    """The version of a name such as `animals:v0` or `demo/animals:best`, tombstones included."""
    full = _full_name(name)
    collection, _, alias = full.rpartition(":")
    for version in state["versions"]:
        its_collection = version["name"].rpartition(":")[0]
        if version["name"] == full or (its_collection == collection and alias in version["aliases"]):
            return version
    known = _listed([_short(version["name"]) for version in state["versions"]])
    raise AssertionError(message(f"there is no version {name}; the store has", known or ["  none"]))


def state(limbo: Limbo, version: Json) -> List[str]:
    """Why a version is in its state, and what happens next."""
    name = _short(version["name"])
    now = f"It is {_day(limbo.state()['now'])}."
    if version["state"] == "PENDING":
        return [f"The upload of {name} is not finished. {now}"]
    if version["state"] == "COMMITTED":
        aliases = (
            f"with the alias {', '.join(version['aliases'])}" if version["aliases"] else "without aliases"
        )
        refused = [
            f"A plain delete is refused: {one['refusal']['sentence']} ({one['refusal']['rule']})"
            for one in limbo.plan(version["name"])["refused"]
        ]
        return [f"{name} is live, {aliases}, and nothing has deleted it. {now}", *refused]
    since = _since(limbo, version["name"])
    if version["state"] == "DELETED":
        return [f"Garbage collection deleted {name} on {_day(since)}. {now} (GC-2)"]
    return [f"{name} was soft-deleted on {_day(since)}.", *_waiting(limbo.usage())]


def freed(events: Sequence[Json], state: State, usage: Json) -> List[str]:
    """What was deleted, and what holds or delays the rest."""
    closed = [_short(event["version"]) for event in events if event["type"] == "versionClosed"]
    kept: Dict[str, str] = {}
    for event in events:
        if event["type"] == "holdsReleased":
            kept.update((digest, event["version"]) for digest in event["stillHeld"])
    objects = [one for one in state["objects"] if one["digest"] in kept and one["holders"]]
    held = [
        f"{size_text(one['size'])} of {_short(kept[one['digest']])}  held by {_holders(one['holders'])}"
        for one in objects
    ]
    return [
        *(
            ["Garbage collection deleted", *_listed(closed)]
            if closed
            else ["Garbage collection deleted no version."]
        ),
        *(["Other versions still hold (GC-3)", *_listed(held)] if held else []),
        *_waiting(usage),
    ]


def not_stored(answer: Json) -> List[str]:
    """Why the bytes of a file are not stored."""
    kind = answer["kind"]
    if kind == "not found":
        return [answer["refusal"]["sentence"]]
    name = answer["version"]
    if kind == "no such path":
        nearest = f" The nearest is {answer['nearest']}." if answer["nearest"] else ""
        return [f"{name} has no such file.{nearest}"]
    if kind == "reference":
        return [f"{name} only refers to it: limbo stores none of its bytes."]
    deleted = f"Its bytes were deleted on {_day(answer['since'])} ({answer['rule']})"
    return [
        f"{name} is {answer['state']}. {deleted}{', and the bucket keeps a copy' if kind == 'copy' else ''}."
    ]


def _waiting(usage: Json) -> List[str]:
    freeable = usage["freeable"]
    lines = [
        f"{size_text(going['sizeBytes'])} in {going['count']} object{'s' if going['count'] > 1 else ''}  "
        + (f"freed on {_day(going['at'])}" if going["at"] else "never freed")
        for going in freeable["softDeleted"]
    ]
    missing = [f"{one['sentence']} ({one['rule']})" for one in freeable["missing"]]
    waiting = (
        ["Soft-deleted, not collected yet", *_listed(lines), f"It is {_day(usage['now'])}."] if lines else []
    )
    return [*waiting, *missing]


def _since(limbo: Limbo, name: str) -> Optional[str]:
    for version in limbo.timeline()["versions"]:
        if version["name"] == name:
            return version["states"][-1]["from"]
    return None


def _full_name(name: str) -> str:
    given = name.partition(":")[0].count("/")
    return "/".join([*(_ENTITY, _PROJECT)[: 2 - given], name])


def _short(name: str) -> str:
    prefix = f"{_ENTITY}/{_PROJECT}/"
    return name[len(prefix) :] if name.startswith(prefix) else name


def _day(instant: Optional[str]) -> str:
    days = re.fullmatch(r"P(\d+)D", instant or "")
    return f"day {days[1]}" if days else {"PT0S": "day 0", None: "an unknown day"}.get(instant, str(instant))


def _holders(names: Sequence[str]) -> str:
    rest = len(names) - _MOST_HOLDERS
    return ", ".join(map(_short, names[:_MOST_HOLDERS])) + (f" and {rest} more" if rest > 0 else "")


def _listed(lines: Sequence[str]) -> List[str]:
    rest = len(lines) - _MOST_LINES
    return [f"  {line}" for line in lines[:_MOST_LINES]] + ([f"  … and {rest} more"] if rest > 0 else [])
