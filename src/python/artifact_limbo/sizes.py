"""Sizes as stories write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Union

Size = Union[int, str]
"""A number of bytes, or a size such as `3MB` or `1.5GiB`."""

_DECIMAL = ("B", "KB", "MB", "GB", "TB", "PB")
_BYTES = {
    **{unit: 1_000**power for power, unit in enumerate(_DECIMAL)},
    **{f"{letter}iB": 1_024 ** (power + 1) for power, letter in enumerate("KMGT")},
}


def bytes_of(size: Size) -> int:
    """The bytes of a size. Raises `ValueError` for anything else, such as a number without a unit."""
    if isinstance(size, int):
        return size
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([A-Za-z]+)", size)
    if found is None or found[2] not in _BYTES:
        raise ValueError(f"{size!r}: expected a size such as 512B, 10KB, 2MB or 1GiB")
    return int(Decimal(found[1]) * _BYTES[found[2]])


def size_text(count: int) -> str:
    """Bytes, exactly: `2MB`, `4.002GB`."""
    power = min((len(str(count)) - 1) // 3, len(_DECIMAL) - 1)
    return f"{(Decimal(count) / 1_000**power).normalize():f}{_DECIMAL[power]}"
