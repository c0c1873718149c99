"""Aliases and tags: what they move, what they hold off, and what they find."""

from __future__ import annotations

import pytest
import wandb
from artifact_limbo import Limbo
from conftest import Log


@pytest.fixture(autouse=True)
def two_versions(log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"}, aliases=["best"])
    log("animals", {"dog.jpg": "1KB"})


def test_an_alias_holds_off_a_plain_deletion(limbo: Limbo, api: wandb.Api) -> None:
    with pytest.raises(wandb.errors.CommError, match=r"animals:v0 has the alias best.*delete_aliases=True"):
        api.artifact("demo/animals:v0").delete()
    limbo.assert_state("animals:v0", "COMMITTED")


def test_an_alias_moves_to_the_version_that_gets_it(api: wandb.Api) -> None:
    artifact = api.artifact("demo/animals:v1")
    artifact.aliases.append("best")
    artifact.save()
    again = wandb.Api()
    assert again.artifact("demo/animals:best").version == "v1"
    assert again.artifact("demo/animals:v0").aliases == []


def test_a_version_that_loses_its_aliases_can_be_deleted(limbo: Limbo, api: wandb.Api) -> None:
    artifact = api.artifact("demo/animals:v0")
    artifact.aliases.remove("best")
    artifact.save()
    artifact.delete()
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_latest_is_absent_after_its_version_is_deleted(limbo: Limbo, api: wandb.Api) -> None:
    api.artifact("demo/animals:v1").delete(delete_aliases=True)
    assert not wandb.Api().artifact_exists("demo/animals:latest")
    assert wandb.Api().artifact_exists("demo/animals:v0")


def test_a_tag_finds_many_versions_and_holds_off_no_deletion(limbo: Limbo, api: wandb.Api) -> None:
    for name in ("demo/animals:v0", "demo/animals:v1"):
        artifact = api.artifact(name)
        artifact.tags.append("to be deleted")
        artifact.save()
    tagged = list(wandb.Api().artifacts("dataset", "team/demo/animals", tags="to be deleted"))
    assert sorted(artifact.name for artifact in tagged) == ["animals:v0", "animals:v1"]
    for artifact in tagged:
        artifact.delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_freed("3KB")


def test_a_description_and_metadata_are_kept(api: wandb.Api) -> None:
    artifact = api.artifact("demo/animals:v0")
    artifact.description = "cats"
    artifact.metadata["rows"] = 3
    artifact.save()
    again = wandb.Api().artifact("demo/animals:v0")
    assert (again.description, again.metadata) == ("cats", {"rows": 3})
