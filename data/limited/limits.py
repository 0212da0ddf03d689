"""What a piece of limited work may cost, and what is said when it costs more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.domain import RehearseError

Limited = Literal["memory", "processor time", "time", "result", "file", "end"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may cost.

    `memory_bytes` counts address space: an idle Python takes 30 MB of it, one with numpy and PyAV 400 MB.
    macOS does not hold it; processor time and wall clock are held there too. `result_bytes` is for what
    comes back (of a stream, for each piece), `file_bytes` for each file that is written (None: as much as
    the result).
    """

    memory_bytes: int = 1_000_000_000
    cpu_seconds: float = 20.0
    wall_seconds: float = 30.0
    result_bytes: int = 20_000_000
    file_bytes: int | None = None

    def why(self, limit: Limited) -> str:
        """The end of a sentence that begins with what was worked on."""
        return {
            "memory": f"needs more than {_size(self.memory_bytes)} of memory and was stopped",
            "processor time": f"needs more than {self.cpu_seconds:g} s of processor time and was stopped",
            "time": f"takes longer than {self.wall_seconds:g} s and was stopped",
            "result": f"gives more than {_size(self.result_bytes)} and was stopped",
            "file": f"becomes larger than {_size(self.file_bytes or self.result_bytes)} and was stopped",
            "end": "could not be worked on: the program that reads it ended",
        }[limit]


class LimitExceeded(RehearseError):  # noqa: N818  it says what happened
    """The work was stopped; `limit` says by what ("end": it died, which a broken input can bring about)."""

    def __init__(self, limit: Limited, message: str, remedy: str) -> None:
        """Keep the limit beside the two sentences."""
        super().__init__(message, remedy)
        self.limit = limit


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.0f} MB" if size_bytes >= 1_000_000 else f"{size_bytes / 1e3:.0f} kB"
