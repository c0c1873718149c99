"""A rehearsal for each well-known mistake of cleanup scripts, with the SDK."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent

import pytest
from artifact_limbo.command import command_line

SEVERAL = """
- repeat: 3
  steps: [{ log: models, type: model, files: { "w{n}": 10MB, vocabulary: 1MB }, run: train }]
"""
TWO_PAGES = """
- repeat: 60
  steps: [{ log: models, type: model, files: { "w{n}": 10MB }, run: train }]
"""
NAMED = SEVERAL + "- { alias: 'models:v0', add: [best] }\n"
LINKED = SEVERAL + "- { link: 'models:v0', to: serving }\n"
USED = SEVERAL + "- { use: 'models:v0', run: other/evaluation }\n"
SHARED = """
- { log: models, type: model, files: { w: 10MB, a: 1KB } }
- { log: models, files: { w: 10MB, a: 1KB, b: 1KB } }
"""
ONE_EACH = """
- { log: models, type: model, files: { w: 10MB }, run: train }
- { log: texts, type: model, files: { t: 10MB }, run: train }
"""
SYSTEM = """
- { log: run-train-history, type: wandb-history, files: { rows: 1MB }, run: train }
- { log: models, type: model, files: { w: 10MB }, run: train }
"""

MISTAKES = {
    "link deleted": (LINKED, 'api.artifact("team/demo/serving:v0").delete()'),
    "stopped at refusal": (
        NAMED,
        'for version in api.artifacts("model", "team/demo/models"):\n    version.delete()',
    ),
    "refusals swallowed": (
        NAMED,
        """
        for version in api.run("team/demo/train").logged_artifacts():
            try:
                version.delete()
            except Exception:
                pass
        """,
    ),
    "deleted while paging": (
        TWO_PAGES,
        """
        for version in api.artifacts("model", "team/demo/models"):
            version.delete(delete_aliases=True)
        """,
    ),
    "named version deleted": (
        NAMED,
        """
        for version in api.artifacts("model", "team/demo/models"):
            if "latest" not in version.aliases:
                version.delete(delete_aliases=True)
        """,
    ),
    "used elsewhere": (USED, 'api.artifact("team/demo/models:v0").delete()'),
    "not found": (
        SEVERAL,
        """
        try:
            keep = api.artifact("team/demo/models:best").name
        except wandb.errors.CommError:
            keep = None
        for version in api.artifacts("model", "team/demo/models"):
            if version.name != keep:
                version.delete(delete_aliases=True)
        """,
    ),
    "freed little": (SHARED, 'api.artifact("team/demo/models:v0").delete()'),
    "latest kept all": (
        ONE_EACH,
        """
        for collection in api.artifact_type("model", "team/demo").collections():
            for version in collection.artifacts():
                if not version.aliases:
                    version.delete()
        """,
    ),
    "collections left empty": (
        ONE_EACH,
        'api.artifact("team/demo/models:latest").delete(delete_aliases=True)',
    ),
    "system type touched": (
        SYSTEM,
        """
        for version in api.run("team/demo/train").logged_artifacts():
            try:
                version.delete(delete_aliases=True)
            except wandb.errors.CommError as error:
                print(error)
        """,
    ),
}


def rehearsed(folder: Path, steps: str, script: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "story.yaml").write_text(f"title: Before the cleanup\nsteps:\n{indent(steps.strip(), '  ')}\n")
    (folder / "clean.py").write_text(f"import wandb\n\napi = wandb.Api()\n{dedent(script)}\n")
    return subprocess.run(
        command_line("rehearse", *options, "story.yaml", "--", sys.executable, "clean.py"),
        cwd=folder,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_rehearsal_finds(mistake: str, tmp_path: Path) -> None:
    report = json.loads(rehearsed(tmp_path, *MISTAKES[mistake], "--json").stdout)
    assert mistake in [finding["kind"] for finding in report["findings"]]


def test_a_rehearsal_of_a_careful_script_finds_nothing(tmp_path: Path) -> None:
    careful = """
        versions = list(api.artifacts("model", "team/demo/models"))
        for version in versions:
            if not version.aliases:
                version.delete()
        """
    done = rehearsed(tmp_path, SEVERAL, careful, "--fail-on", "warning")
    assert "No well-known mistake was found." in done.stdout
    assert done.returncode == 0


def test_a_rehearsal_needs_no_login_and_leaves_no_trace(tmp_path: Path) -> None:
    logs = """
        with wandb.init(entity="team", project="demo", id="new") as run:
            with open("made.txt", "w") as file:
                file.write("hello")
            artifact = wandb.Artifact("made", type="text")
            artifact.add_file("made.txt")
            run.log_artifact(artifact).wait()
        api.artifact("team/demo/made:v0").delete(delete_aliases=True)
        """
    done = rehearsed(tmp_path, SEVERAL, logs)
    assert done.returncode == 0, done.stderr
    assert "versions logged (1): made:v0" in done.stdout
    assert "versions deleted (1): made:v0" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"story.yaml", "clean.py", "made.txt"}


def test_a_rehearsal_takes_the_key_of_the_script_for_its_own(tmp_path: Path) -> None:
    brings_its_key = """
        wandb.login(key="0123456789" * 4)
        wandb.Api(api_key="abcdefghij" * 4).artifact("team/demo/models:v0").delete()
        """
    done = rehearsed(tmp_path, SEVERAL, brings_its_key)
    assert done.returncode == 0, done.stderr
    assert "versions deleted (1): models:v0" in done.stdout


def test_a_rehearsal_lists_edits(tmp_path: Path) -> None:
    edits = """
        version = api.artifact("team/demo/models:v0")
        version.tags = ["old"]
        version.description = "not needed"
        version.save()
        collection = version.collection
        collection.description = "ours"
        collection.save()
        """
    done = rehearsed(tmp_path, SEVERAL, edits)
    assert "  versions edited (1): models:v0\n  artifact collections edited (1): models\n" in done.stdout
