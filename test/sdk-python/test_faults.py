"""Calls that fail as the test says, and what the SDK makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import wandb
from artifact_limbo import Limbo, LimboError
from conftest import Log, artifact_of, assert_downloads

FILES = {"cat.jpg": "2KB"}


def test_a_deletion_is_repeated_after_a_status_that_passes(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", FILES)
    limbo.faults("deleteArtifact", times=2, status=503)
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_a_deletion_fails_at_once_with_a_status_that_stays(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", FILES)
    artifact = api.artifact("demo/animals:v0")
    limbo.faults("deleteArtifact", status=403)
    with pytest.raises(wandb.errors.CommError):
        artifact.delete(delete_aliases=True)
    limbo.assert_state("animals:v0", "COMMITTED")
    artifact.delete(delete_aliases=True)
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_only_the_named_operation_fails(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", FILES)
    limbo.faults("deleteArtifact", times=100, status=403)
    artifact = api.artifact("demo/animals:v0")
    artifact.aliases.append("best")
    artifact.save()
    with pytest.raises(wandb.errors.CommError):
        artifact.delete(delete_aliases=True)
    limbo.clear_faults()
    artifact.delete(delete_aliases=True)


def test_a_dropped_connection_is_repeated(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", FILES)
    limbo.faults("deleteArtifact", drop=True)
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.assert_state("animals:v0", "PENDING_DELETION")


def test_an_upload_is_repeated(limbo: Limbo, log: Log, tmp_path: Path) -> None:
    limbo.faults("upload", times=1, status=500)
    log("animals", FILES)
    assert_downloads("demo/animals:v0", FILES, tmp_path)


def test_an_upload_that_is_refused_fails_and_leaves_no_version(limbo: Limbo, api: wandb.Api) -> None:
    limbo.faults("upload", times=100, status=403)
    with wandb.init(project="demo") as run:
        logged = run.log_artifact(artifact_of("animals", FILES))
        with pytest.raises(ValueError, match="upload"):
            logged.wait()
        limbo.clear_faults()
    assert not api.artifact_exists("demo/animals:v0")


def test_a_download_is_repeated(limbo: Limbo, log: Log, tmp_path: Path) -> None:
    log("animals", FILES)
    limbo.faults("download", times=1, status=503)
    assert_downloads("demo/animals:v0", FILES, tmp_path)


def test_a_run_goes_on_without_its_file_stream(limbo: Limbo) -> None:
    limbo.faults("fileStream", times=100, status=404)
    with wandb.init(project="demo") as run:
        run.log({"loss": 1})


def test_a_fault_that_nothing_can_have_is_refused(limbo: Limbo) -> None:
    with pytest.raises(LimboError, match="status"):
        limbo.faults(status=7)
