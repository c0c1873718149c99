"""The SDK of this process: the environment that points it at a server, and its session."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict


def environment(url: str, key: str, folder: Path) -> Dict[str, str]:
    """The variables for a server and a user, with all files of the SDK in `folder`."""
    private = ("CACHE", "DATA", "CONFIG", "ARTIFACT")
    # Where a call keeps failing, the SDK would repeat it for many minutes.
    retries = (("MAX", "3"), ("WAIT_MIN_SECONDS", "0.2"), ("WAIT_MAX_SECONDS", "1"))
    return {
        "WANDB_BASE_URL": url,
        "WANDB_API_KEY": key,
        "WANDB_PROJECT": "demo",
        "WANDB_ERROR_REPORTING": "false",
        "WANDB_SILENT": "true",
        "WANDB_CONSOLE": "off",
        "WANDB_DIR": str(folder),
        **{f"WANDB_{name}_DIR": str(folder / name.lower()) for name in private},
        "NETRC": str(folder / "netrc"),
        "NO_PROXY": "127.0.0.1,localhost",
        **{
            f"WANDB__{calls}_RETRY_{name}": value
            for calls in ("GRAPHQL", "FILE_TRANSFER", "FILE_STREAM")
            for name, value in retries
        },
    }


def end_session() -> None:
    """Finishes the run under way, and lets the SDK read its environment again."""
    wandb: Any = sys.modules.get("wandb")
    if wandb is None:
        return
    # A run that cannot be finished must not reach the next test.
    run, wandb.run = wandb.run, None
    try:
        if run is not None:
            run.finish()
    finally:
        wandb.teardown()
