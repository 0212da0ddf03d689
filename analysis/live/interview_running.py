"""One interview under way, and what becomes of it when nobody looks at it any more."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.interview.keeping.kept_interview import Interview
from analysis.live import captures
from analysis.live.conductor import Conductor
from analysis.live.registry import Registry
from analysis.live.round_keeping import RoundWorld, keep_so_far, record_on
from analysis.live.typed_floor import TypedFloor
from analysis.live.voice_floor import VoiceFloor
from data.domain import Change, RehearseError, panics_as_errors

LOGGER = logging.getLogger(__name__)
LEFT_SECONDS = 60.0
"""An interview nobody has looked at for this long is taken for left: what was said is kept and scored."""
LEFT_FOR_GOOD_SECONDS = 1800.0
"""One nobody has looked at for this long gives its memory back; it can be gone on with as after a restart."""


@dataclass(slots=True)
class Running:
    """One interview under way. `seen` is when a page last looked at it; as it was at `safe` it is scored."""

    conductor: Conductor
    floor: TypedFloor | VoiceFloor
    world: RoundWorld
    scoring: set[str] = field(default_factory=set)
    again: list[Callable[[], object]] = field(default_factory=list)
    """Rounds that could not be written down: each is tried again when somebody looks after this."""
    seen: float = 0.0
    safe: float = 0.0
    told: RehearseError | None = None
    """What stopped the recording, once the interview has heard of it."""
    reported: bool = False
    """Whether its candidate has seen the report of all of it."""

    @property
    def interview(self) -> Interview:
        """As it stands now."""
        return self.conductor.interview

    @property
    def busy(self) -> bool:
        """Whether a round is still to be written down or scored."""
        return bool(self.scoring or self.again)

    @property
    def owner(self) -> str:
        """Whose interview it is."""
        return self.interview.candidate_id


def write(running: Running, floor: TypedFloor, change: Change) -> bool:
    """A tab has written this; False when another one has written something newer."""
    try:
        with panics_as_errors():
            return floor.write(change)
    except Exception as problem:  # the text is with the floor, and the interview goes on
        LOGGER.exception("A draft could not be kept")
        running.conductor.failed("keep", problem)
        return True


def care(everyone: Registry[Running], interview_id: str, running: Running) -> None:
    """Keep and score what was said when nobody has looked for a while; let go of what was left for good."""
    away = time.monotonic() - running.seen
    running.conductor.keep_again()
    tell_of_recording(running)
    for _ in range(len(running.again)):
        running.again.pop(0)()
    if away > LEFT_SECONDS and running.safe < running.seen and not running.interview.over:
        running.safe, floor = running.seen, running.floor
        recording = isinstance(floor, VoiceFloor) and not captures.state(floor.key).ended
        keep_so_far(running.world, running.interview, recording=recording)
    if away > LEFT_FOR_GOOD_SECONDS and not running.busy and not running.conductor.unkept:
        everyone.remove(interview_id, running)
        let_go(running)


def tell_of_recording(running: Running) -> None:
    """Send what stopped the recording into the interview, once for each recording."""
    floor = running.floor
    if not isinstance(floor, VoiceFloor):
        return
    problem = captures.state(floor.key).error
    if problem is not None and running.told is not problem:
        running.told = problem
        running.conductor.failed("recording", problem)


def record_again(running: Running) -> None:
    """Go on in another file where the recording of an interview that is not over has ended."""
    floor = running.floor
    if isinstance(floor, VoiceFloor) and not running.interview.over and captures.state(floor.key).ended:
        record_on(running.world, floor, running.conductor)


def let_go(running: Running) -> None:
    """Stop it here; what is kept of it stays."""
    running.conductor.close()
    if isinstance(running.floor, VoiceFloor):
        running.floor.close()
