"""A time to live, set and read through the SDK."""

from __future__ import annotations

from datetime import timedelta

import pytest
import wandb
from artifact_limbo import Limbo
from conftest import Log, artifact_of


def test_a_version_that_is_logged_with_a_ttl_expires_then(limbo: Limbo, api: wandb.Api) -> None:
    artifact = artifact_of("animals", {"cat.jpg": "2KB"})
    artifact.ttl = timedelta(days=30)
    with wandb.init(project="demo") as run:
        run.log_artifact(artifact).wait()
    assert api.artifact("demo/animals:v0").ttl == timedelta(days=30)
    limbo.advance("29d")
    limbo.assert_state("animals:v0", "COMMITTED")
    limbo.advance("2d")
    limbo.assert_state("animals:v0", "PENDING_DELETION")
    assert not api.artifact_exists("demo/animals:v0")
    limbo.advance("8d")
    limbo.assert_freed("2KB")


def test_a_ttl_that_is_set_late_counts_from_the_creation(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    limbo.advance("10d")
    artifact = api.artifact("demo/animals:v0")
    assert artifact.ttl is None
    artifact.ttl = timedelta(days=3)
    artifact.save()
    limbo.advance("1d")
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_a_ttl_that_is_taken_away_ends_nothing(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    for ttl in (timedelta(days=3), None):
        artifact = api.artifact("demo/animals:v0")
        artifact.ttl = ttl
        artifact.save()
    assert wandb.Api().artifact("demo/animals:v0").ttl is None
    limbo.advance("30d")
    limbo.assert_state("animals:v0", "COMMITTED")


def test_a_version_that_inherits_expires_by_the_default_of_the_team(
    limbo: Limbo, api: wandb.Api, log: Log
) -> None:
    log("animals", {"cat.jpg": "2KB"})
    limbo.steps("- team ttl: 14d")
    artifact = api.artifact("demo/animals:v0")
    assert artifact.ttl == timedelta(days=14)
    artifact.ttl = None
    artifact.save()
    limbo.advance("15d")
    limbo.assert_state("animals:v0", "COMMITTED")
    artifact = wandb.Api().artifact("demo/animals:v0")
    artifact.ttl = wandb.ArtifactTTL.INHERIT
    artifact.save()
    limbo.advance("1d")
    limbo.assert_state("animals:v0", "PENDING_DELETION")


@pytest.mark.limbo(story="stories/checkpoints.yaml")
def test_a_member_who_may_not_set_a_ttl_changes_nothing_and_gets_no_error(limbo: Limbo) -> None:
    with limbo.acting_as("bob"):
        artifact = wandb.Api().artifact("team/demo/checkpoints:v0")
        artifact.ttl = timedelta(days=1)
        artifact.save()
        assert wandb.Api().artifact("team/demo/checkpoints:v0").ttl is None
