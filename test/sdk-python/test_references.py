"""References to what is stored elsewhere, and to files of other versions."""

from __future__ import annotations

from pathlib import Path

import wandb
from artifact_limbo import Limbo
from conftest import Log, content


def log_reference(name: str, address: object, path: str) -> None:
    artifact = wandb.Artifact(name, type="dataset")
    artifact.add_reference(address, path, checksum=False)
    with wandb.init(project="demo") as run:
        run.log_artifact(artifact).wait()


def test_a_reference_stores_no_bytes(limbo: Limbo, api: wandb.Api) -> None:
    log_reference("scans", "https://example.invalid/scan.bin", "scan.bin")
    artifact = api.artifact("demo/scans:v0")
    assert artifact.manifest.entries["scan.bin"].ref == "https://example.invalid/scan.bin"
    artifact.delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_state("scans:v0", "DELETED")
    limbo.assert_freed(0)


def test_a_reference_to_a_local_file_is_downloaded_from_there(
    limbo: Limbo, api: wandb.Api, tmp_path: Path
) -> None:
    (tmp_path / "scan.bin").write_bytes(b"a scan")
    artifact = wandb.Artifact("scans", type="dataset")
    artifact.add_reference((tmp_path / "scan.bin").as_uri())
    with wandb.init(project="demo") as run:
        run.log_artifact(artifact).wait()
    folder = api.artifact("demo/scans:v0").download(str(tmp_path / "copy"))
    assert (Path(folder) / "scan.bin").read_bytes() == b"a scan"


def test_a_reference_to_a_file_of_another_version_is_downloaded_with_it(
    limbo: Limbo, api: wandb.Api, log: Log, tmp_path: Path
) -> None:
    log("animals", {"cat.jpg": "2KB"})
    log_reference("pets", api.artifact("demo/animals:v0").get_entry("cat.jpg"), "pet.jpg")
    folder = api.artifact("demo/pets:v0").download(str(tmp_path / "copy"), skip_cache=True)
    assert (Path(folder) / "pet.jpg").read_bytes() == content("cat.jpg", "2KB")


def test_a_reference_does_not_keep_what_it_refers_to(limbo: Limbo, api: wandb.Api, log: Log) -> None:
    log("animals", {"cat.jpg": "2KB"})
    log_reference("pets", api.artifact("demo/animals:v0").get_entry("cat.jpg"), "pet.jpg")
    (dangling,) = limbo.plan("animals:v0", delete_aliases=True)["dangling"]
    assert dangling["version"] == "pets:v0"
    api.artifact("demo/animals:v0").delete(delete_aliases=True)
    limbo.advance("8d")
    limbo.assert_freed("2KB")
    assert [finding["kind"] for finding in limbo.verify()["findings"]] == ["reference dangles"]
