"""Takes a stranger's recording in: what reads it runs in the limited worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.media.bounds import LONGEST_SECONDS
from analysis.media.facts import RecordingFacts
from analysis.media.in_worker import WORTH_A_TRY, limits_for
from data.domain import RehearseError
from data.limited import run_limited

AT_ONCE = threading.BoundedSemaphore(2)
"""Recordings that are taken in at the same time; others wait their turn."""
TURN_SECONDS = 300.0
"""How long one waits for its turn: then whoever sent it is told, and what was sent stays."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A recording of ours made from a stranger's.

    `lost` says in sentences what could not be carried over (keep the original then), `told` what was changed.
    """

    facts: RecordingFacts
    lost: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """All there is to say about it."""
        return (*self.lost, *self.told)


def take_in(
    source: Path, target: Path, *, named: str | None = None, longest_seconds: float = LONGEST_SECONDS
) -> TakenIn:
    """Write what can be decoded of `source` as an mp4 with its index in front, in the limited worker.

    Sound becomes mono; the picture is copied where browsers play it and nothing is wrong with it. `named` is
    what its owner calls the file. `target` appears only when whole. Raises RehearseError when nothing in it
    can be used, or it costs more than it may.
    """
    name = named or source.name
    growing = target.with_name(target.name + ".making")
    try:
        with _turn():
            seen = _run("look:look", source, name, longest_seconds, named=name, seconds=0.0)
            made = _run("making:make", source, growing, name, seen, named=name, seconds=seen["seconds"])
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
    facts = RecordingFacts(**(made["facts"] | {"path": target}))
    return TakenIn(facts, (*seen["lost"], *made["lost"]), tuple(seen["told"]))


@contextmanager
def _turn() -> Iterator[None]:
    if not AT_ONCE.acquire(timeout=TURN_SECONDS):
        raise RehearseError(
            "Other recordings are being looked at, and they take long.", "Try it again in a while."
        )
    try:
        yield
    finally:
        AT_ONCE.release()


def _run(work: str, *arguments: object, named: str, seconds: float) -> Any:
    limits = limits_for(seconds)
    return run_limited(
        f"analysis.media.intake.{work}", *arguments, limits=limits, named=named, remedy=WORTH_A_TRY
    )
