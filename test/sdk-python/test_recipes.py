"""The five recipes of the documentation, word for word, against five checkpoints that share a vocabulary."""

from __future__ import annotations

import pytest
import wandb
from artifact_limbo import Limbo

pytestmark = pytest.mark.limbo(story="stories/checkpoints.yaml")


def states(limbo: Limbo) -> dict[str, str]:
    return {version["name"].rpartition("/")[2]: version["state"] for version in limbo.state()["versions"]}


def test_deleting_what_a_run_logged_stops_at_the_first_alias(limbo: Limbo, api: wandb.Api) -> None:
    run = api.run("team/demo/train-1")
    with pytest.raises(wandb.errors.CommError, match="checkpoints:v1 has the alias diverged"):
        for artifact in run.logged_artifacts():
            artifact.delete()
    limbo.assert_state("checkpoints:v0", "PENDING_DELETION")
    limbo.assert_state("checkpoints:v1", "COMMITTED")
    limbo.assert_state("checkpoints:v2", "COMMITTED")
    limbo.advance("8d")
    limbo.assert_freed("100MB")
    limbo.assert_kept("checkpoints:v0/vocabulary.txt")


def test_deleting_what_a_run_logged_with_aliases_keeps_only_its_input(limbo: Limbo, api: wandb.Api) -> None:
    run = api.run("team/demo/train-1")
    for artifact in run.logged_artifacts():
        artifact.delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_freed("510MB")
    limbo.assert_state("texts:v0", "COMMITTED")
    assert api.artifact_collection_exists("team/demo/checkpoints", "model")
    assert list(api.artifacts("model", "team/demo/checkpoints")) == []


def test_deleting_by_alias_deletes_one_version(limbo: Limbo, api: wandb.Api) -> None:
    run = api.run("team/demo/train-1")
    for artifact in run.logged_artifacts():
        if "best" in artifact.aliases:
            artifact.delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_freed("100MB")
    limbo.assert_state("checkpoints:v3", "DELETED")
    assert list(states(limbo).values()).count("COMMITTED") == 5


def test_deleting_all_without_an_alias_keeps_the_named_ones(limbo: Limbo, api: wandb.Api) -> None:
    for artifact in api.artifacts("model", "team/demo/checkpoints"):
        if not artifact.aliases:
            artifact.delete()
    limbo.advance("8d")
    limbo.assert_freed("200MB")
    assert states(limbo) == {
        "texts:v0": "COMMITTED",
        "checkpoints:v0": "DELETED",
        "checkpoints:v1": "COMMITTED",
        "checkpoints:v2": "DELETED",
        "checkpoints:v3": "COMMITTED",
        "checkpoints:v4": "COMMITTED",
    }


def test_deleting_a_collection_asks_nobody_about_aliases(limbo: Limbo, api: wandb.Api) -> None:
    api.artifact_collection("model", "team/demo/checkpoints").delete()
    assert not api.artifact_collection_exists("team/demo/checkpoints", "model")
    assert not api.artifact_exists("team/demo/checkpoints:latest")
    limbo.advance("8d")
    limbo.assert_freed("510MB")
