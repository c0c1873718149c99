"""Runs that are resumed."""

from __future__ import annotations

import wandb
from artifact_limbo import Limbo
from conftest import Log, artifact_of


def test_a_resumed_run_goes_on_where_it_ended(limbo: Limbo) -> None:
    with wandb.init(project="demo", id="train-1", config={"lr": 0.1}) as run:
        run.log({"loss": 2})
        run.log({"loss": 1})
    with wandb.init(project="demo", id="train-1", resume="must") as run:
        assert run.resumed
        assert run.starting_step == 2
        assert run.config["lr"] == 0.1
        assert run.summary["loss"] == 1


def test_a_resumed_run_logs_to_what_it_logged_before(api: wandb.Api, log: Log) -> None:
    log("model", {"weights.pt": "4KB of epoch-1"}, type="model", run="train-1")
    with wandb.init(project="demo", id="train-1", resume="must") as run:
        run.log_artifact(artifact_of("model", {"weights.pt": "4KB of epoch-2"}, "model")).wait()
    logged = [one.name for one in api.run("team/demo/train-1").logged_artifacts() if one.type == "model"]
    assert sorted(logged) == ["model:v0", "model:v1"]


def test_a_run_that_does_not_exist_cannot_be_resumed(limbo: Limbo) -> None:
    try:
        wandb.init(project="demo", id="nobody", resume="must")
    except wandb.errors.UsageError as problem:
        assert "nobody" in str(problem)
    else:
        raise AssertionError("a run was resumed that does not exist")


def test_a_run_that_is_resumed_if_it_exists_begins_otherwise(limbo: Limbo) -> None:
    with wandb.init(project="demo", id="train-1", resume="allow") as run:
        assert not run.resumed
    with wandb.init(project="demo", id="train-1", resume="allow") as run:
        assert run.resumed
