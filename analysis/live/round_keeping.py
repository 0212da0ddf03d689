"""What becomes of a round: its recording closed, its words written down, kept as an attempt, scored.

Everything here runs beside the page: neither a rerun nor a closed tab interrupts it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import media
from analysis.answering.from_recording import Observation, observe
from analysis.interview.keeping.kept_interview import Interview, to_kept
from analysis.interview.keeping.rounds import attempt_of, keep_round, said_so_far, score_round
from analysis.live.conductor import Conductor
from analysis.live.listening import Listener, LiveAnswer, listen_while_paused, start_listening
from analysis.live.pause_judging import JudgeTurn, end_of_turn
from analysis.live.sending import Sending
from analysis.live.voice_floor import VoiceFloor
from analysis.scoring import Scorer
from analysis.signals.switches import Off
from analysis.speech.transcribe import Transcriber
from data.domain import Attempt, AttemptResult, Calibration, ErasedError, RehearseError
from data.settings import Settings

if TYPE_CHECKING:
    from data.recordings import Recordings
    from data.store import Session


INTERRUPTED = "This answer was interrupted, so how it was spoken was not measured."


@dataclass(frozen=True, slots=True)
class RoundWorld:
    """What a round needs of the outside; made on the page's thread, used on any."""

    session: Session
    recordings: Recordings
    settings: Settings
    transcriber: Transcriber
    scorer: Scorer
    calibration: Calibration | None
    off: Off = frozenset()
    """Camera metrics the candidate does not want: nobody looks for them."""
    sending: Sending | None = None
    """To whom answers go besides; None when nothing leaves this server."""
    begun: set[str] = field(default_factory=set)
    """Attempts that are known to have been started."""

    def listen(self, *, video: bool) -> LiveAnswer:
        """The taps of one recording."""
        return start_listening(self.settings, video=video, calibration=self.calibration, off=self.off)

    def listen_while_paused(self) -> Listener | None:
        """Hears a spoken "resume"; None where that would send sound to a server."""
        return listen_while_paused(self.settings)

    @property
    def judge_turn(self) -> JudgeTurn | None:
        """Tells by the sound whether a turn is over; None where silence alone ends one."""
        return end_of_turn().probability if self.settings.end_of_turn == "model" else None

    def new_path(self, interview: Interview, at: int, part: int = 1) -> Path:
        """Where the recording of round `at` goes, or its `part`-th part."""
        attempt_id = interview.id_of_round(at)
        whole = self.recordings.part(attempt_id).with_suffix("")
        return whole if part == 1 else whole.with_name(f"{attempt_id}.part{part}.mp4")


def heard_once(finish: Callable[[Transcriber], Observation]) -> Callable[[Transcriber], Observation]:
    """What a recording gave, asked for once however often it has to be written down."""
    found: list[Observation] = []

    def heard(transcriber: Transcriber) -> Observation:
        if not found:
            found.append(finish(transcriber))
        return found[0]

    return heard


def from_files(world: RoundWorld, interview: Interview, at: int, transcriber: Transcriber) -> Observation:
    """What the recording of round `at` gives, whose end a killed server did not come to.

    RehearseError where it cannot be read, or would be sent to a server to be heard: that may be another now.
    """
    files = interview.rounds[at].files
    for name in files:
        recover(world, name)
    if world.settings.stt_place:
        raise RehearseError(INTERRUPTED)
    if len(files) > 1:
        return said_so_far(interview.state.dialogues[at])  # heard when its parts are put together
    return _observed(world, world.recordings.path(files[0]), transcriber)


def write_down(
    world: RoundWorld,
    interview: Interview,
    at: int,
    finish: Callable[[Transcriber], Observation] | None,
) -> None:
    """Keep round `at` and score it. `finish` waits for what its recording gave; None when it was typed.

    Whatever fails, the attempt stays among the unfinished ones.
    """
    seen = _seen(world, interview, at, finish) if finish else None
    result = _kept(world, interview, at, seen)
    if result is not None:
        _score(world, interview, at, result)


def keep_so_far(world: RoundWorld, interview: Interview, *, recording: bool = False) -> None:
    """Keep and score what was said in the open round of an interview that was left; nothing of it is sent.

    `recording`: its file is still being written and is left alone.
    """
    at = len(interview.rounds) - 1
    if interview.over or at < 0 or not interview.state.dialogues[at].is_answered:
        return
    for name in () if recording else interview.rounds[at].files:
        recover(world, name)
    dialogue = interview.state.dialogues[at]
    seen = None if interview.mode == "typed" else said_so_far(dialogue, (INTERRUPTED,))
    result = _kept(world, interview, at, seen)
    if result is not None:
        score_round(world.session, interview, at, result, world.scorer)


def score_here(world: RoundWorld, interview: Interview, attempt_id: str) -> None:
    """Score an answer without a model, after its judging was stopped."""
    at = next(at for at, kept in enumerate(interview.rounds) if kept.attempt_id == attempt_id)
    result = world.session.answers.load(attempt_id)
    if result is not None:
        score_round(world.session, interview, at, result, world.scorer)


def recover(world: RoundWorld, name: str) -> float:
    """Make a part of a recording whole that a killed server left; its seconds, 0 when there is none."""
    path = world.recordings.at_hand(name)
    growing = path.with_name(path.name + ".part")
    try:
        if growing.is_file():
            media.recover(growing)
        return media.probe(path).seconds if path.is_file() else 0.0
    except RehearseError:
        return 0.0


def keeper(world: RoundWorld) -> Callable[[Interview], None]:
    """Keeps the interview, and an attempt for each round that has begun, so that a crash cannot hide it."""

    def keep(interview: Interview) -> None:
        world.session.interviews.save(to_kept(interview))  # first: it holds the words of the open round
        for at in range(len(interview.rounds)):
            _begin(world, interview, at)

    return keep


def _begin(world: RoundWorld, interview: Interview, at: int) -> None:
    """Start the attempt of a round, once; one that is not there afterwards has been erased."""
    attempt_id = interview.rounds[at].attempt_id
    if attempt_id in world.begun:
        return
    if world.session.answers.load(attempt_id) is None:
        with suppress(ErasedError):
            world.session.answers.start(attempt_of(interview, at))
    world.begun.add(attempt_id)


def record_on(world: RoundWorld, floor: VoiceFloor, conductor: Conductor) -> None:
    """Go on recording in another file: the one before has ended (a closed lid, a killed server)."""
    rounds = conductor.interview.rounds
    at, files = len(rounds) - 1, rounds[-1].files
    before = sum(recover(world, name) for name in files)
    path = world.new_path(conductor.interview, at, len(files) + 1)

    def with_part(interview: Interview) -> Interview:
        kept = interview.rounds[at]
        longer = replace(kept, files=(*kept.files, path.name), pauses=(*kept.pauses, before))
        return replace(interview, rounds=(*interview.rounds[:at], longer))

    floor.reopen(path, before)
    if conductor.interview.state.clock.paused:
        floor.hold(True)
    conductor.note(with_part)


def _kept(world: RoundWorld, interview: Interview, at: int, seen: Observation | None) -> AttemptResult | None:
    attempt = _attempt(world, interview, at)
    return keep_round(world.session, interview, at, attempt, seen) if attempt else None


def _score(world: RoundWorld, interview: Interview, at: int, result: AttemptResult) -> None:
    """By the judge, where one was chosen and something was said; it works beside, and can be stopped."""
    asked = interview.question(at)
    sent = result.attempt.status == "captured" and world.sending is not None
    if not sent or world.sending is None or not world.sending.judged(world.session, result, asked):
        score_round(world.session, interview, at, result, world.scorer)


def _attempt(world: RoundWorld, interview: Interview, at: int) -> Attempt | None:
    """The attempt as it was begun; None when it has been erased since, and nothing may come back."""
    _begin(world, interview, at)  # the disk may have been full when it began
    kept = world.session.answers.load(interview.rounds[at].attempt_id)
    return kept.attempt if kept else None


def _seen(
    world: RoundWorld, interview: Interview, at: int, finish: Callable[[Transcriber], Observation]
) -> Observation:
    try:
        seen = finish(world.transcriber)
        return seen if len(interview.rounds[at].files) == 1 else _joined(world, interview, at, seen)
    except RehearseError as failure:
        if len(interview.rounds[at].files) > 1:
            with suppress(RehearseError):
                _put_together(world, interview, at)
        return said_so_far(interview.state.dialogues[at], (str(failure),))


def _joined(world: RoundWorld, interview: Interview, at: int, seen: Observation) -> Observation:
    """An interrupted recording put together and listened to as a whole."""
    heard = _observed(world, _put_together(world, interview, at), world.transcriber)
    return replace(heard, notes=(*seen.notes, *heard.notes))


def _put_together(world: RoundWorld, interview: Interview, at: int) -> Path:
    """One file of the parts of a recording; where that was begun and cut off, none of them goes in twice."""
    first, *others = interview.rounds[at].files
    target = world.recordings.at_hand(first)
    whole = world.recordings.joined(interview.rounds[at].attempt_id)
    if not whole.is_file():
        parts = [world.recordings.at_hand(name) for name in (first, *others)]
        media.join([part for part in parts if part.is_file()], whole)
    for name in others:
        world.recordings.drop(name)
    return whole.replace(target)


def _observed(world: RoundWorld, recording: Path, transcriber: Transcriber) -> Observation:
    return observe(
        recording,
        transcriber,
        frames_per_second=world.settings.frames_per_second,
        calibration=world.calibration,
        off=world.off,
    )
