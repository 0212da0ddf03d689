"""Takes a stranger's recording in: what reads it runs in the limited worker."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.media.bounds import LONGEST_SECONDS
from analysis.media.facts import RecordingFacts
from analysis.media.in_worker import WORTH_A_TRY, limits_for
from analysis.media.intake.turns import Told, Turns
from data.limited import Limits, run_limited

TURNS = Turns()
LONG_PIXELS = 18e9
"""To be decoded and encoded anew: eleven minutes of 1280 x 720, one of 4K, two minutes of processor time."""
SHORT_SECONDS = 300.0
"""Of processor time that what is not long may take, whatever comes up in it."""


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
    source: Path,
    target: Path,
    *,
    named: str | None = None,
    longest_seconds: float = LONGEST_SECONDS,
    owner: str = "",
    told: Told = lambda sentence: None,
) -> TakenIn:
    """Write what can be decoded of `source` as an mp4 with its index in front, in the limited worker.

    Sound becomes mono; the picture is copied where browsers play it and nothing is wrong with it. `named` is
    what its owner calls the file. `target` appears only when whole. Few are taken in at a time, one of each
    `owner`; `told` is given what is waited for. Raises RehearseError when nothing in it can be used, it costs
    more than it may, or its turn does not come.
    """
    name = named or source.name
    growing = target.with_name(target.name + ".making")
    turn = TURNS.arrive(owner)
    try:
        with TURNS.held(turn, told):
            seen = _run("look:look", source, name, longest_seconds, named=name, limits=limits_for(0.0))
            long = seen["pixels"] > LONG_PIXELS
            made = None if long else _made(source, growing, name, seen)
        if made is None:
            with TURNS.held(replace(turn, long=True), told):
                made = _made(source, growing, name, seen)
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)
    facts = RecordingFacts(**(made["facts"] | {"path": target}))
    return TakenIn(facts, (*seen["lost"], *made["lost"]), tuple(seen["told"]))


def _made(source: Path, growing: Path, name: str, seen: dict[str, Any]) -> Any:
    most = math.inf if seen["pixels"] > LONG_PIXELS else SHORT_SECONDS
    limits = limits_for(seen["seconds"], most_cpu_seconds=most)
    return _run("making:make", source, growing, name, seen, named=name, limits=limits)


def _run(work: str, *arguments: object, named: str, limits: Limits) -> Any:
    return run_limited(
        f"analysis.media.intake.{work}", *arguments, limits=limits, named=named, remedy=WORTH_A_TRY
    )
