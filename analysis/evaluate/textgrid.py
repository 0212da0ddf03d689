"""Reading the interval tiers of a Praat TextGrid, short or long form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data.domain import RehearseError


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled interval, seconds. An empty text is silence."""

    start_seconds: float
    end_seconds: float
    text: str


def read_tiers(path: Path) -> dict[str, tuple[Label, ...]]:
    """Return the interval tiers by name. Raises RehearseError when the file is not a TextGrid."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
        return dict(_tiers(_values(text)))
    except (OSError, UnicodeDecodeError, ValueError, IndexError) as error:
        raise RehearseError(
            f"{path} is not a TextGrid that can be read.", "Save it from Praat as text."
        ) from error


def _values(text: str) -> list[str]:
    """Both forms hold the same quoted strings and numbers; the long form adds names around them."""
    body = text.split("<exists>", 1)[1]
    body = re.sub(r"(intervals|item|points)\s*\[\d*\]|intervals: size|points: size", "", body)
    return re.findall(r'"(?:[^"]|"")*"|(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?', body)


def _tiers(values: list[str]) -> list[tuple[str, tuple[Label, ...]]]:
    tiers = []
    place = 1
    for _ in range(int(values[0])):
        kind, name, count = values[place].strip('"'), values[place + 1].strip('"'), int(values[place + 4])
        width = 3 if kind == "IntervalTier" else 2
        rows = [values[place + 5 + n * width : place + 5 + (n + 1) * width] for n in range(count)]
        if width == 3:
            tiers.append((name, tuple(Label(float(a), float(b), t.strip('"').strip()) for a, b, t in rows)))
        place += 5 + count * width
    return tiers
