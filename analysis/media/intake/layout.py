"""Where the stretches of a stranger's recording come to lie on our clock. Pure arithmetic.

A file may hold several recordings one after the other (parts), the clock of each may start again (segments),
and it may jump ahead: what is in between is a gap, of which some seconds are kept.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from analysis.media.bounds import MAX_GAP_SECONDS

STARTS_AGAIN_SECONDS = 0.5
"""A clock that goes back by more has started again."""
FARTHEST_SECONDS = 1e10
"""Times beyond are no times."""

Span = tuple[float, float]


class Covered:
    """When a stream has something; holes of up to `MAX_GAP_SECONDS` are closed."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._spans: list[list[float]] = []

    def add(self, start: float, end: float) -> None:
        """Something lasts from `start` to `end` seconds."""
        if not (math.isfinite(start + end) and -FARTHEST_SECONDS < start <= end < FARTHEST_SECONDS):
            return
        last = self._spans[-1] if self._spans else None
        if last and last[0] - MAX_GAP_SECONDS <= start <= last[1] + MAX_GAP_SECONDS:
            last[0], last[1] = min(last[0], start), max(last[1], end)
        else:
            self._spans.append([start, end])

    @property
    def spans(self) -> list[Span]:
        """The stretches in order."""
        return merged((start, end) for start, end in self._spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The stretches in order, those that lie within a short gap of each other joined."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + MAX_GAP_SECONDS:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


class Segments:
    """Counts, for each stream, how often its clock has started again."""

    def __init__(self) -> None:
        """Every stream is in its first segment."""
        self._latest: dict[int, float] = {}
        self._numbers: dict[int, int] = {}

    def number(self, stream: int, seconds: float) -> int:
        """The segment in which a packet of `stream` with decoding time `seconds` lies."""
        latest = self._latest.get(stream, -math.inf)
        if seconds < latest - STARTS_AGAIN_SECONDS:
            self._numbers[stream] = self._numbers.get(stream, 0) + 1
            latest = seconds
        self._latest[stream] = max(latest, seconds)
        return self._numbers.get(stream, 0)


class Layout:
    """The clock that all of it is put on. `spans` of each segment of each part, in order."""

    def __init__(self, parts: Sequence[Sequence[Sequence[Span]]]) -> None:
        """Lay the segments end to end and shorten the gaps in them."""
        self._begins: dict[tuple[int, int], tuple[list[float], list[float]]] = {}
        self.seconds = 0.0
        self.gaps: list[Span] = []
        """Where a gap was shortened, on our clock, and how long it was."""
        for number, part in enumerate(parts):
            for segment, spans in enumerate(part):
                self._begins[number, segment] = self._lay(spans)
        self.pieces = len(self._begins)

    def place(self, part: int, segment: int, seconds: float) -> float:
        """The second on our clock at which `seconds` of a segment is seen or heard."""
        theirs, ours = self._begins[part, segment]
        index = max(0, bisect_right(theirs, seconds) - 1)
        after = ours[index] + max(0.0, seconds - theirs[index])
        return min(after, ours[index + 1]) if index + 1 < len(ours) else after

    def _lay(self, spans: Sequence[Span]) -> tuple[list[float], list[float]]:
        theirs, ours = [spans[0][0]] if spans else [0.0], [self.seconds]
        self.seconds += spans[0][1] - spans[0][0] if spans else 0.0
        for before, span in pairwise(spans):
            self.gaps.append((self.seconds, span[0] - before[1]))
            self.seconds += MAX_GAP_SECONDS
            theirs.append(span[0])
            ours.append(self.seconds)
            self.seconds += span[1] - span[0]
        return theirs, ours
