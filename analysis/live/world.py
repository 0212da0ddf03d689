"""The outside of everything that runs while somebody is in the room, as whoever is looking may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.answering.erasing import Copies
from analysis.interview.speaker.llm_speaker import Asker
from analysis.live.judging_jobs import Jobs
from analysis.scoring import Scorer
from analysis.scoring.judge import JudgeScorer
from analysis.speech.transcribe import Transcriber
from data.access import Viewer
from data.domain import Calibration
from data.settings import Settings

if TYPE_CHECKING:
    from data.recordings import Recordings
    from data.store import Session


def uncalibrated() -> None:
    """Nobody was measured in their seat."""


@dataclass(frozen=True, slots=True)
class World:
    """Made on a page's thread, used on any."""

    session: Session
    recordings: Recordings
    settings: Settings
    transcriber: Transcriber
    scorers: tuple[Scorer, ...]
    """The one that needs no model first."""
    judge: JudgeScorer | None
    jobs: Jobs
    asker: Asker | None
    """The chat model that words probes."""
    calibrate: Callable[[], Calibration | None] = uncalibrated
    """Gives the calibration of this seat; asked on the page's thread, where a camera is to be measured."""

    @property
    def viewer(self) -> Viewer:
        """Whoever is looking."""
        return self.session.viewer

    @property
    def copies(self) -> Copies:
        """Everywhere an answer is kept."""
        return Copies(self.session, self.recordings, self.jobs)
