"""Which run logged what, which used it, and what is left of that after deletions."""

from __future__ import annotations

import wandb
from artifact_limbo import Limbo
from conftest import Log

FILES = {"weights.pt": "4KB"}


def train(run_id: str, *used: str) -> None:
    with wandb.init(project="demo", id=run_id) as run:
        for name in used:
            run.use_artifact(name)


def test_a_version_knows_who_logged_it_and_who_used_it(api: wandb.Api, log: Log) -> None:
    log("texts", {"texts.txt": "1KB"}, run="import")
    train("train-1", "texts:latest")
    train("train-2", "texts:v0")
    train("train-2-again", "texts:v0")
    artifact = api.artifact("demo/texts:v0")
    creator = artifact.logged_by()
    assert creator is not None and creator.id == "import"
    assert sorted(run.id for run in artifact.used_by()) == ["train-1", "train-2", "train-2-again"]
    assert [used.name for used in api.run("team/demo/train-1").used_artifacts()] == ["texts:v0"]


def test_a_run_of_another_project_uses_a_version(api: wandb.Api, log: Log) -> None:
    log("texts", {"texts.txt": "1KB"})
    with wandb.init(project="evaluation", id="evaluate-1") as run:
        run.use_artifact("team/demo/texts:latest")
    (user,) = api.artifact("demo/texts:v0").used_by()
    assert (user.project, user.id) == ("evaluation", "evaluate-1")


def test_what_is_deleted_is_not_among_what_a_run_logged(api: wandb.Api, log: Log) -> None:
    log("model", FILES, type="model", run="train-1")
    log("model", {"weights.pt": "4KB of more"}, type="model", run="train-1")
    run = api.run("team/demo/train-1")
    assert sorted(one.name for one in run.logged_artifacts() if one.type == "model") == [
        "model:v0",
        "model:v1",
    ]
    api.artifact("demo/model:v0").delete()
    assert [one.name for one in run.logged_artifacts() if one.type == "model"] == ["model:v1"]


def test_being_used_does_not_keep_a_version_from_being_deleted(
    limbo: Limbo, api: wandb.Api, log: Log
) -> None:
    log("texts", {"texts.txt": "1KB"})
    train("train-1", "texts:latest")
    api.artifact("demo/texts:v0").delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_state("texts:v0", "DELETED")


def test_deleting_a_run_keeps_what_it_logged(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("model", FILES, type="model", run="train-1")
    api.run("team/demo/train-1").delete()
    limbo.assert_state("model:v0", "COMMITTED")
    assert [run.id for run in wandb.Api().runs("team/demo")] == []


def test_deleting_a_run_with_its_artifacts_spares_what_it_used(
    limbo: Limbo, api: wandb.Api, log: Log
) -> None:
    log("texts", {"texts.txt": "1KB"})
    with wandb.init(project="demo", id="train-1") as run:
        run.use_artifact("texts:latest")
    log("model", FILES, type="model", run="train-1")
    api.run("team/demo/train-1").delete(delete_artifacts=True)
    limbo.assert_state("model:v0", "PENDING_DELETION")
    limbo.assert_state("texts:v0", "COMMITTED")
    limbo.advance("8d")
    limbo.assert_freed("4KB")


def test_logging_what_is_there_lists_it_among_what_the_run_logged(api: wandb.Api, log: Log) -> None:
    log("texts", {"texts.txt": "1KB"}, run="import-1")
    assert log("texts", {"texts.txt": "1KB"}, run="import-2").version == "v0"
    assert [one.name for one in api.run("team/demo/import-2").logged_artifacts()] == ["texts:v0"]
