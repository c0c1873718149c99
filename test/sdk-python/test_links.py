"""Links to versions, from portfolios."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import wandb
from artifact_limbo import Limbo
from conftest import Log


@pytest.fixture
def link(limbo: Limbo, log: Log, api: wandb.Api) -> wandb.Artifact:
    """A link to `model:v0`, with the alias `live`."""
    log("model", {"weights.pt": "4KB"}, type="model").link("team/demo/production", aliases=["live"])
    return api.artifact("demo/production:v0")


def test_a_link_leads_to_its_source(link: wandb.Artifact) -> None:
    assert link.is_link
    assert link.source_artifact.name == "model:v0"
    assert link.name == "production:v0"
    assert sorted(link.aliases) == ["latest", "live"]


def test_a_link_in_a_list_has_its_own_version_and_files(
    limbo: Limbo, log: Log, api: wandb.Api, tmp_path: Path
) -> None:
    log("model", {"old.pt": "1KB"}, type="model")
    for source in (log("model", {"weights.pt": "4KB"}, type="model"), api.artifact("team/demo/model:v0")):
        source.link("team/demo/production")
    listed = list(api.artifacts("model", "team/demo/production"))
    assert [(one.name, one.version, one.source_name) for one in listed] == [
        ("production:v1", "v1", "model:v0"),
        ("production:v0", "v0", "model:v1"),
    ]
    folders = [Path(one.download(root=str(tmp_path / one.version))) for one in listed]
    assert [[file.name for file in folder.iterdir()] for folder in folders] == [["old.pt"], ["weights.pt"]]


def test_deleting_through_a_link_deletes_only_the_link(
    limbo: Limbo, link: wandb.Artifact, api: wandb.Api
) -> None:
    link.delete(delete_aliases=True)
    assert not wandb.Api().artifact_exists("demo/production:live")
    limbo.advance("8d")
    limbo.assert_state("model:v0", "COMMITTED")
    limbo.assert_freed(0)


def test_unlinking_removes_the_link(limbo: Limbo, link: wandb.Artifact) -> None:
    link.unlink()
    assert not wandb.Api().artifact_exists("demo/production:live")
    limbo.assert_state("model:v0", "COMMITTED")


def test_only_a_link_can_be_unlinked(link: wandb.Artifact, api: wandb.Api) -> None:
    with pytest.raises(ValueError, match="not a linked artifact"):
        api.artifact("demo/model:v0").unlink()


def test_deleting_a_portfolio_keeps_what_it_links_to(
    limbo: Limbo, link: wandb.Artifact, api: wandb.Api
) -> None:
    api.artifact_collection("model", "team/demo/production").delete()
    assert not api.artifact_collection_exists("team/demo/production", "model")
    limbo.assert_state("model:v0", "COMMITTED")


def test_deleting_the_source_removes_the_link(limbo: Limbo, link: wandb.Artifact, api: wandb.Api) -> None:
    api.artifact("demo/model:v0").delete(delete_aliases=True)
    assert not wandb.Api().artifact_exists("demo/production:live")
    limbo.advance("8d")
    limbo.assert_freed("4KB")


def test_a_link_takes_no_ttl(link: wandb.Artifact) -> None:
    with pytest.raises(ValueError, match="link artifact"):
        link.ttl = timedelta(days=1)
