"""Versions that are put together in parts, or from an earlier one."""

from __future__ import annotations

from pathlib import Path

import wandb
from artifact_limbo import Limbo
from conftest import Log, artifact_of, assert_downloads


def test_the_parts_that_several_runs_upload_become_one_version(limbo: Limbo, tmp_path: Path) -> None:
    parts = [{f"part-{number}.txt": f"{number + 1}KB"} for number in range(3)]
    for number, files in enumerate(parts):
        with wandb.init(project="demo", group="import", id=f"import-{number}") as run:
            run.upsert_artifact(artifact_of("parts", files), distributed_id="import")
    assert not wandb.Api().artifact_exists("demo/parts:latest")
    with wandb.init(project="demo", group="import", id="import-last") as run:
        last = artifact_of("parts", {"last.txt": "4KB"})
        run.finish_artifact(last, distributed_id="import").wait()
    whole = {name: size for part in (*parts, {"last.txt": "4KB"}) for name, size in part.items()}
    assert_downloads("demo/parts:v0", whole, tmp_path)


def test_an_increment_adds_to_the_latest_version(limbo: Limbo, log: Log, tmp_path: Path) -> None:
    log("animals", {"cat.jpg": "2KB", "dog.jpg": "1KB"})
    with wandb.init(project="demo") as run:
        more = artifact_of("animals", {"rat.jpg": "3KB", "dog.jpg": "1KB of bulldog"}, incremental=True)
        run.log_artifact(more).wait()
    assert_downloads(
        "demo/animals:v1", {"cat.jpg": "2KB", "dog.jpg": "1KB of bulldog", "rat.jpg": "3KB"}, tmp_path
    )


def test_a_draft_shares_what_it_keeps_of_its_base(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", {"cat.jpg": "2KB", "dog.jpg": "1KB"})
    draft = api.artifact("demo/animals:v0").new_draft()
    draft.remove("dog.jpg")
    with draft.new_file("rat.jpg", mode="wb") as file:
        file.write(b"rat.jpg" * 10)
    with wandb.init(project="demo") as run:
        run.log_artifact(draft).wait()
    api.artifact("demo/animals:v0").delete()
    limbo.advance("8d")
    limbo.assert_freed("1KB")
    assert_downloads("demo/animals:v1", {"cat.jpg": "2KB", "rat.jpg": "70B"}, tmp_path)


def test_equal_content_is_the_same_version_and_moves_its_aliases(
    limbo: Limbo, api: wandb.Api, log: Log
) -> None:
    log("animals", {"cat.jpg": "2KB"})
    assert log("animals", {"cat.jpg": "2KB"}, aliases=["best"]).version == "v0"
    assert sorted(api.artifact("demo/animals:v0").aliases) == ["best", "latest"]


def test_an_upload_of_many_files_stores_them_all(limbo: Limbo, log: Log, tmp_path: Path) -> None:
    files = {
        f"folder-{number % 3}/file {number} (ä).txt": f"{number}B of {number}" for number in range(1, 60)
    }
    log("many", files)
    assert_downloads("demo/many:v0", files, tmp_path)
    assert limbo.verify()["findings"] == []
