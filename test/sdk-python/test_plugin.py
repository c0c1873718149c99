"""The fixture: the control API through its client, and what a failed assertion says."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import wandb
from artifact_limbo import Limbo, LimboError, serve
from conftest import Log

CANONICAL = "../../scenarios/3-deleting/02-deleting-the-first-version.yaml"


def test_each_test_begins_with_an_empty_store(limbo: Limbo, log: Log) -> None:
    assert limbo.state()["versions"] == []
    log("animals", {"cat.jpg": "2KB"})


test_and_so_does_the_next = test_each_test_begins_with_an_empty_store


@pytest.mark.limbo(story=CANONICAL)
def test_a_test_begins_at_the_end_of_its_story(limbo: Limbo) -> None:
    limbo.assert_state("animals:v0", "DELETED")
    limbo.assert_kept("animals:v0/cat.jpg")


def test_the_ini_file_says_where_every_test_begins(pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".yaml", story=Path(__file__).with_name("stories").joinpath("checkpoints.yaml").read_text()
    )
    pytester.makeini("[pytest]\nlimbo_story = story.yaml")
    pytester.makepyfile("def test_it(limbo):\n    limbo.assert_state('checkpoints:best', 'COMMITTED')")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_a_script_in_a_process_of_its_own_needs_no_change(limbo: Limbo, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    script = "import wandb; wandb.Api().artifact('demo/animals:latest').delete(delete_aliases=True)"
    subprocess.run([sys.executable, "-c", script], check=True)
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_a_deletion_is_undone_and_repeated(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    assert limbo.undo() == 1
    limbo.assert_state("animals:v0", "COMMITTED")
    assert api.artifact_exists("demo/animals:latest")
    assert limbo.redo() == 1
    assert limbo.redo() == 0
    limbo.assert_state("animals:v0", "PENDING_DELETION")


@pytest.mark.limbo(story="stories/checkpoints.yaml")
def test_a_plan_says_what_a_deletion_would_free_and_changes_nothing(limbo: Limbo) -> None:
    plan = limbo.plan(delete_all="checkpoints", where=["keep last 3"], delete_aliases=True)
    assert [version["version"] for version in plan["deleted"]["versions"]] == [
        "checkpoints:v0",
        "checkpoints:v1",
    ]
    (refused,) = limbo.plan("checkpoints:v1")["refused"]
    assert refused["refusal"]["code"] == "has-aliases"
    limbo.assert_state("checkpoints:v0", "COMMITTED")


def test_why_names_the_holders_of_a_file(limbo: Limbo, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    assert [holder["version"] for holder in limbo.why("animals:v0/cat.jpg")["holders"]] == ["animals:v0"]
    assert limbo.usage()["total"]["storedBytes"] == 2_000


def test_what_happened_is_a_story_that_plays_again(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", {"cat.jpg": "2KB"})
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    (tmp_path / "story.yaml").write_text(limbo.story("A recorded deletion"))
    (tmp_path / "store.limbo").write_bytes(limbo.snapshot())
    with serve(tmp_path / "story.yaml") as told, serve(snapshot=tmp_path / "store.limbo") as kept:
        for other in (told, kept):
            other.assert_state("animals:v0", "PENDING_DELETION")
            other.advance("8d")
            other.assert_freed("2KB")


def test_events_are_told_from_a_point_on(limbo: Limbo, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    before = limbo.events()
    assert "versionCommitted" in [event["type"] for event in before]
    limbo.advance("1d")
    assert [event["type"] for event in limbo.events(since=len(before))] == ["clockMoved"]


def test_what_the_server_refuses_is_an_error_with_a_code(limbo: Limbo) -> None:
    with pytest.raises(LimboError) as refused:
        limbo.advance("soon")
    assert refused.value.code == "bad-request"
    assert "expected a duration" in str(refused.value)


def test_an_assertion_of_a_state_says_what_stands_in_the_way(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    with pytest.raises(AssertionError) as failed:
        limbo.assert_state("animals:v0", "DELETED")
    assert str(failed.value) == textwrap.dedent(
        """\
        expected animals:v0 to be DELETED, but it is COMMITTED
        animals:v0 is live, with the alias latest, and nothing has deleted it. It is day 0.
        A plain delete is refused: animals:v0 has the alias latest. (DEL-2)"""
    )
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    with pytest.raises(AssertionError) as failed:
        limbo.assert_state("animals:v0", "DELETED")
    assert str(failed.value) == textwrap.dedent(
        """\
        expected animals:v0 to be DELETED, but it is PENDING_DELETION
        animals:v0 was soft-deleted on day 0.
        Soft-deleted, not collected yet
          2KB in 1 object  freed on day 7
        It is day 0."""
    )


def test_an_assertion_of_what_was_freed_names_the_holders(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    log("animals", {"cat.jpg": "2KB", "dog.jpg": "1KB"})
    api.artifact("demo/animals:v0").delete()
    limbo.advance("8d")
    with pytest.raises(AssertionError) as failed:
        limbo.assert_freed("2KB")
    assert str(failed.value) == textwrap.dedent(
        """\
        expected 2KB to be freed, but 0B was
        Garbage collection deleted
          animals:v0
        Other versions still hold (GC-3)
          2KB of animals:v0  held by animals:v1"""
    )


def test_an_assertion_of_what_is_kept_says_since_when_it_is_gone(
    limbo: Limbo, api: wandb.Api, log: Log
) -> None:
    log("animals", {"cat.jpg": "2KB"})
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.assert_kept("animals:v0/cat.jpg")
    limbo.advance("8d")
    with pytest.raises(AssertionError) as failed:
        limbo.assert_kept("animals:v0/cat.jpg")
    assert str(failed.value) == textwrap.dedent(
        """\
        expected animals:v0/cat.jpg to be stored, but it is not
        animals:v0 is DELETED. Its bytes were deleted on day 7 (GC-2)."""
    )
