"""An answer as a whole recording, made in the browser or elsewhere: kept before anything looks into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from analysis import media
from analysis.answering import one_answer
from analysis.answering.from_recording import observe
from analysis.signals.switches import switched_off
from analysis.speech.transcribe import Transcriber
from data.domain import Attempt, Calibration, Question, RehearseError
from data.settings import Settings

if TYPE_CHECKING:
    from data.recordings import Recordings
    from data.store import Session

SENT_BYTES = 4_400_000_000
"""Of one person, kept as it was sent: four files of the largest size, and what was on its way meanwhile."""
KEPT_TOO = "What you sent is kept as well: “The file you sent” below saves it."


Told: TypeAlias = Callable[[str], object]
"""Is given a sentence on what is waited for; "" once the waiting is over."""


def _untold(_sentence: str) -> None:
    """Nobody is there to be told."""


class Handed(Protocol):
    """A file that was handed over."""

    @property
    def name(self) -> str:
        """As its owner calls it."""

    @property
    def suffix(self) -> str:
        """The end of its name, with its dot."""

    def save(self, target: Path) -> None:
        """Write it to `target`."""


class Outside(Protocol):
    """What is needed of the world (`analysis.live.world`)."""

    @property
    def session(self) -> Session:
        """As whoever is looking may use it."""

    @property
    def recordings(self) -> Recordings:
        """Where the file goes."""

    @property
    def settings(self) -> Settings:
        """How long a recording may be, how many pictures of it are measured."""

    @property
    def transcriber(self) -> Transcriber:
        """Writes down the words."""


def require_room(world: Outside, candidate_id: str) -> None:
    """Refuse one more file of somebody who has much lying here as it was sent."""
    own = frozenset(attempt.id for attempt in world.session.answers.of(candidate_id))
    kept = world.recordings.received_bytes(own)
    if kept >= SENT_BYTES:
        raise RehearseError(
            f"The files you sent keep {kept / 1e9:.1f} GB, as much as one person may.",
            "Discard answers under “Not finished”, or erase answers that kept the file you sent.",
        )


def keep_file(world: Outside, attempt: Attempt, handed: Handed) -> Attempt:
    """Save the file before anything looks into it; the attempt with it.

    Until it has been read it is among the unfinished answers, to be saved elsewhere or discarded.
    """
    require_room(world, attempt.candidate_id)
    received = world.recordings.receive(attempt.id, handed.suffix, handed.name)
    world.recordings.take(received, handed.save)
    kept = replace(attempt, recording=received.name)
    world.session.answers.start(kept)
    return kept


def playable(world: Outside, attempt: Attempt, told: Told = _untold) -> tuple[Attempt, tuple[str, ...]]:
    """The attempt with its received file turned into a recording, and what has to be said about that.

    What was sent is let go of only when all of it is in the recording. RehearseError when it is not one.
    """
    recordings = world.recordings
    taken = media.take_in(
        recordings.path(attempt.recording or ""),
        recordings.part(attempt.id).with_suffix(""),
        named=recordings.sent_as(attempt.id),
        longest_seconds=world.settings.recording_seconds,
        owner=attempt.candidate_id,
        told=told,
    )
    kept = replace(attempt, recording=taken.facts.path.name)
    world.session.answers.start(kept)
    if not taken.lost:
        recordings.drop_received(attempt.id)
    return kept, (*taken.notes, KEPT_TOO) if taken.lost else taken.notes


def analyse(
    world: Outside,
    attempt: Attempt,
    question: Question,
    calibration: Calibration | None,
    notes: tuple[str, ...] = (),
) -> None:
    """Words and signals of a kept recording, saved with what is to be said of it."""
    seen = observe(
        world.recordings.path(attempt.recording or ""),
        world.transcriber,
        frames_per_second=world.settings.frames_per_second,
        calibration=calibration,
        off=switched_off(world.session.memory, attempt.candidate_id),
    )
    said = (*notes, *seen.notes)
    one_answer.keep_answer(world.session, attempt, question, seen.speech, seen.frames, said)


def finish_left(
    world: Outside,
    attempt: Attempt,
    question: Question,
    calibration: Calibration | None,
    told: Told = _untold,
) -> None:
    """Go on where an answer with a recording was left, or handed over: make the file whole, then read it.

    `told` is given what is waited for meanwhile, "" when that is over.
    """
    notes: tuple[str, ...] = ()
    if world.recordings.is_received(attempt.recording):
        try:
            attempt, notes = playable(world, attempt, told)
        except RehearseError as failure:
            raise RehearseError(
                failure.message, f"{failure.remedy} What you sent is kept under “Not finished”."
            ) from failure
    media.recover(world.recordings.part(attempt.id))
    analyse(world, attempt, question, calibration, notes)
