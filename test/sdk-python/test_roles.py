"""Members of a team, each with a key of their own (ACL-1 to ACL-3)."""

from __future__ import annotations

import pytest
import wandb
from artifact_limbo import Limbo
from conftest import artifact_of

pytestmark = pytest.mark.limbo(story="stories/checkpoints.yaml")

VERSION = "team/demo/checkpoints:v0"


def test_each_key_is_its_user(limbo: Limbo) -> None:
    assert set(limbo.keys) == {"admin", "bob", "vera"}
    for user in limbo.keys:
        with limbo.acting_as(user):
            viewer = wandb.Api().viewer
            assert (viewer.username, viewer.entity) == (user, "team")


def test_a_viewer_reads_everything_and_changes_nothing(limbo: Limbo) -> None:
    with limbo.acting_as("vera"):
        artifact = wandb.Api().artifact(VERSION)
        assert artifact.size == 110_000_000
        with pytest.raises(wandb.errors.CommError, match="vera"):
            artifact.delete()
        artifact.aliases.append("mine")
        with pytest.raises(wandb.errors.CommError, match="vera"):
            artifact.save()
    limbo.assert_state("checkpoints:v0", "COMMITTED")


def test_a_member_deletes_versions_that_others_logged(limbo: Limbo) -> None:
    with limbo.acting_as("bob"):
        wandb.Api().artifact(VERSION).delete()
    limbo.assert_state("checkpoints:v0", "PENDING_DELETION")


def test_a_member_deletes_only_their_own_runs(limbo: Limbo) -> None:
    with limbo.acting_as("bob"):
        with wandb.init(project="demo", entity="team", id="mine") as run:
            run.log_artifact(artifact_of("notes", {"notes.txt": "1KB"})).wait()
        api = wandb.Api()
        api.run("team/demo/mine").delete()
        with pytest.raises(wandb.errors.CommError, match="train-1"):
            api.run("team/demo/train-1").delete()


def test_a_key_of_nobody_has_an_entity_of_its_own(limbo: Limbo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WANDB_API_KEY", "stranger-" + "0" * 40)
    with wandb.init(project="demo") as run:
        assert run.entity != "team"
        run.log_artifact(artifact_of("notes", {"notes.txt": "1KB"})).wait()
    with pytest.raises(wandb.errors.CommError):
        wandb.Api().artifact(VERSION).delete(delete_aliases=True)
    limbo.assert_state("checkpoints:v0", "COMMITTED")
