"""What is done again, one way a kind: what a worker is given of an answer, and how what it found is kept.

Everything is read and kept as the owner of the answer would: nobody looks at it, and whoever started the
batch is told counts. Words that are there stay as they are, for people read them and levels quote them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from analysis.answering import one_answer, seat_setup
from analysis.batch.work_pieces import Measured, ToMeasure, ToRead, measure_again, read_again
from analysis.llm.batch import Watch
from analysis.scoring.coverage import only_heard
from analysis.scoring.judge import JudgeScorer
from analysis.signals.picture_notes import picture_notes
from analysis.signals.summary import summarise
from analysis.signals.switches import SWITCHED_OFF, switched_off, wanted_only
from analysis.signals.visible_changes import find_events
from analysis.speech.delivery import measure_delivery
from data.access import LOCAL
from data.domain import Answer, Assessment, AttemptResult, Calibration, Question, RehearseError, SignalFrame
from data.domain.batches import BatchKind
from data.settings import Settings

if TYPE_CHECKING:
    from data.recordings import Recordings
    from data.store import Session

GONE = "The answer was erased meanwhile."
NO_QUESTION = "The question is in no bank any more."
NO_WORDS = "There are no words to read."
CONVERSED = "A round of an interview keeps what was measured while it ran."
NO_RECORDING = "The recording is not there."
NOTHING_TO_MEASURE = "Its set-up is not kept any more, or no camera measure was wanted; its words are there."
ELSEWHERE = (
    "Judged again only by a model that runs on this server: one at an address reads an answer when its "
    "candidate asks."
)


class SkipError(Exception):
    """Nothing is to be done with this answer, for this reason."""


@dataclass(frozen=True, slots=True)
class Judging:
    """The judge of a batch; `leaves`: what it is given leaves this computer."""

    scorer: JudgeScorer
    leaves: bool
    watch: Watch


@dataclass(frozen=True, slots=True)
class Means:
    """What a batch works with. `question` finds one of the bank or of somebody's own sets."""

    recordings: Recordings
    settings: Settings
    question: Callable[[Session, str], Question | None]
    judging: Judging | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer as it was when it was given to a worker."""

    result: AttemptResult
    question: Question
    given: object


class Kind(Protocol):
    """One way of doing things again."""

    @property
    def work(self) -> Callable[[Any], Any]:
        """What a worker does; a function of a module, so that another process finds it."""

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> object:
        """What a worker is given; `SkipError` when nothing is to be done."""

    def keep(self, session: Session, now: AttemptResult, question: Question, found: Any) -> None:
        """Keep what was found beside what is kept `now`."""


@dataclass(frozen=True, slots=True)
class Reread:
    """The reader hears every answer anew. Levels that others gave stay, and so does the advice on them."""

    work: Callable[[ToRead], Assessment | None] = read_again

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> ToRead:
        """The words and the question."""
        return ToRead(replace(result, frames=(), assessment=None), question)

    def keep(
        self, session: Session, now: AttemptResult, question: Question, found: Assessment | None
    ) -> None:
        """Beside what others said."""
        if found is None:
            raise SkipError(NO_WORDS)
        said = session.answers.assessments(now.attempt.id)
        heard = one_answer.with_assessment(now, question, found)
        if any(not only_heard(one) for one in said):
            heard = replace(heard, attempt=now.attempt, advice=now.advice)
        session.answers.save_judged(heard)


@dataclass(frozen=True, slots=True)
class Remeasure:
    """The recording is looked at and, where no words are kept, listened to anew."""

    means: Means
    work: Callable[[ToMeasure], Measured] = measure_again

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> ToMeasure:
        """The recording, and what is wanted of it."""
        if len(result.turns) > 2:
            raise SkipError(CONVERSED)
        attempt, off = result.attempt, switched_off(session.memory, result.attempt.candidate_id)
        seat = self._seat(session, result)
        wanted = any(one.reason != SWITCHED_OFF for one in result.summaries)
        pictures = wanted and (seat is not None or attempt.mode == "upload")
        words = self._may_hear(result)
        if not pictures and not words:
            raise SkipError(NOTHING_TO_MEASURE)
        path = self._recording(attempt.recording or "")
        return ToMeasure(
            path if shares else path.read_bytes(),
            pictures,
            words,
            off,
            seat,
            self.means.settings.frames_per_second,
        )

    def keep(self, session: Session, now: AttemptResult, question: Question, found: Measured) -> None:
        """In place of what was measured; the words only where there were none."""
        speech = now.speech
        if found.speech is not None and not _has_words(now):
            speech = found.speech
            now = replace(now, turns=one_answer.dialogue(question, speech.transcript))
        frames = now.frames if found.frames is None else found.frames
        voiced = speech.voiced if speech else ()
        kept = replace(
            now,
            speech=speech,
            delivery=measure_delivery(speech, now.attempt.question_end_seconds) if speech else now.delivery,
            frames=frames,
            summaries=now.summaries if found.frames is None else summarise(frames, voiced),
            events=now.events if found.frames is None else find_events(frames),
            notes=_notes(now, frames),
        )
        session.answers.save(wanted_only(session.memory, kept))

    def _may_hear(self, result: AttemptResult) -> bool:
        """A speech server gets a recording when its candidate asks; the only one here has."""
        here = self.means.settings.stt_place is None
        return not _has_words(result) and (here or result.attempt.candidate_id == LOCAL.candidate_id)

    def _seat(self, session: Session, result: AttemptResult) -> Calibration | None:
        attempt = result.attempt
        kept = session.memory.recall(attempt.candidate_id, "calibration")
        return seat_setup.read(kept, attempt.started_at.date()) if attempt.mode == "camera" else None

    def _recording(self, name: str) -> Path:
        """A bucket that is away raises `RehearseError`: the batch ends there, and everything waits."""
        path = self.means.recordings.at_hand(name)
        if not path.is_file():
            raise SkipError(NO_RECORDING)
        return path


@dataclass(frozen=True, slots=True)
class Rejudge:
    """The connected judge gives levels anew, beside earlier ones. Only of what had been judged before."""

    judging: Judging

    @property
    def work(self) -> Callable[[Answer], Assessment]:
        """Runs on a thread here: it waits for a server, and the key stays in this process."""
        return self._judge

    def prepare(self, session: Session, result: AttemptResult, question: Question, shares: bool) -> Answer:
        """What a judge sees."""
        if self.judging.leaves and result.attempt.candidate_id != LOCAL.candidate_id:
            raise SkipError(ELSEWHERE)
        answer = one_answer.answer_of(result, question)
        if not answer.candidate_text.strip():
            raise SkipError(NO_WORDS)
        return answer

    def keep(self, session: Session, now: AttemptResult, question: Question, found: Assessment) -> None:
        """Beside what others said."""
        session.answers.save_judged(one_answer.with_assessment(now, question, found))

    def _judge(self, answer: Answer) -> Assessment:
        """Raises what failed where the model did: the batch stops, and the answer waits for its return."""
        watch = self.judging.watch
        found = self.judging.scorer.score(answer, watch)
        if watch.failed is not None:
            raise watch.failed
        return found


def kind_of(name: BatchKind, means: Means) -> Kind:
    """The way of a kind; `RehearseError` when it needs a judge and none is connected."""
    if name == "rescore":
        return Reread()
    if name == "reanalyse":
        return Remeasure(means)
    if means.judging is None:
        raise RehearseError("No language model is connected, so nobody can judge.", "Connect one first.")
    return Rejudge(means.judging)


def _has_words(result: AttemptResult) -> bool:
    return result.speech is not None and bool(result.speech.transcript.words)


def _notes(now: AttemptResult, frames: Sequence[SignalFrame]) -> tuple[str, ...]:
    about_pictures = picture_notes(now.frames)
    kept = tuple(note for note in now.notes if note not in about_pictures)
    return (*kept, *(note for note in picture_notes(frames) if note not in kept))
