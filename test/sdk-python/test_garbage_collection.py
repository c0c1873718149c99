"""What garbage collection deletes, and what can be downloaded afterward."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
import wandb
from artifact_limbo import Limbo
from conftest import Log, assert_downloads

FIRST = {"cat.jpg": "2KB", "dog.jpg": "1KB"}
SECOND = {**FIRST, "rat.jpg": "3KB"}


def test_deleting_the_first_version_frees_nothing(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", FIRST)
    log("animals", SECOND)
    api.artifact("demo/animals:v0").delete()
    limbo.advance("8d")
    limbo.assert_state("animals:v0", "DELETED")
    limbo.assert_freed(0)
    assert_downloads("demo/animals:v1", SECOND, tmp_path)


def test_deleting_the_second_version_frees_what_only_it_had(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", FIRST)
    log("animals", SECOND)
    api.artifact("demo/animals:v1").delete(delete_aliases=True)
    assert limbo.advance("8d")["deleted"] == ["team/demo/animals:v1"]
    limbo.assert_freed("3KB")
    assert_downloads("demo/animals:v0", FIRST, tmp_path)


def test_a_deleted_version_cannot_be_found_or_downloaded(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", FIRST)
    artifact = api.artifact("demo/animals:v0")
    artifact.delete(delete_aliases=True)
    with pytest.raises(wandb.errors.CommError, match="animals:v0"):
        wandb.Api().artifact("demo/animals:v0")
    with pytest.raises((ValueError, wandb.errors.CommError)):
        artifact.download(str(tmp_path), skip_cache=True)


def test_a_collected_file_answers_404(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", FIRST)
    artifact = api.artifact("demo/animals:v0")
    url = artifact.files()[0]._attrs["directUrl"]
    assert requests.get(url, timeout=10).status_code == 200
    artifact.delete(delete_aliases=True)
    limbo.advance("8d")
    assert requests.get(url, timeout=10).status_code == 404


def test_content_that_was_collected_is_uploaded_again(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", FIRST)
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_freed("3KB")
    assert log("animals", FIRST).version == "v1"
    assert_downloads("demo/animals:v1", FIRST, tmp_path)


def test_content_that_is_logged_again_before_the_collection_stays(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", FIRST)
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.advance("3d")
    log("animals", SECOND)
    limbo.advance("8d")
    limbo.assert_state("animals:v0", "DELETED")
    limbo.assert_freed(0)
    assert_downloads("demo/animals:v1", SECOND, tmp_path)


def test_a_file_of_which_only_the_size_is_known_says_so(limbo: Limbo, api: wandb.Api, tmp_path: Path) -> None:
    limbo.steps("- { log: animals, type: dataset, files: { cat.jpg: 2GB } }")
    artifact = api.artifact("demo/animals:v0")
    assert artifact.size == 2_000_000_000
    answer = requests.get(artifact.files()[0]._attrs["directUrl"], timeout=10)
    assert answer.status_code == 404
    assert "size" in answer.text
