"""Files with one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from data.domain import RehearseError

Built = TypeVar("Built")


def read_objects(
    path: Path, build: Callable[[Mapping[str, Any], int], Built], fields: str
) -> tuple[Built, ...]:
    """What `build` makes of the object and number of each line; `fields` are named when one is wrong."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RehearseError(f"{path.name} cannot be read: {error}.", "Give a JSONL file.") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(build(json.loads(line), number))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise RehearseError(
                    f"{path.name}, line {number}: {type(error).__name__} {error}.",
                    f"Each line is an object with {fields}.",
                ) from error
    return tuple(rows)
