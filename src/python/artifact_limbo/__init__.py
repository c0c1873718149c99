"""Rehearse and test cleanup scripts for W&B Artifacts offline.

`serve` starts a server that the unchanged SDK talks to, and `Limbo` is a client of its control API. With
pytest, the fixture `limbo` does both.
"""

from .client import Elapsed, Json, Limbo, LimboError, State
from .server import serve

__all__ = ["Elapsed", "Json", "Limbo", "LimboError", "State", "serve"]
