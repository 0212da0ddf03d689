"""Use cases of one answer: start it, measure it, correct its words, score it. Each step saves what it made.

What the candidate said is saved before anything that can fail runs on it: `start_answer` puts the attempt
into the store, the recording grows on disk, and `keep_answer` saves the words before a scorer sees them.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from analysis.answering.part_asked import as_asked
from analysis.answering.what_counts import what_counts
from analysis.scoring import Scorer
from analysis.scoring.advice import advise
from analysis.scoring.reader import ReaderScorer
from analysis.signals.picture_notes import picture_notes
from analysis.signals.summary import summarise
from analysis.signals.switches import Memory, wanted_only
from analysis.signals.visible_changes import find_events
from analysis.speech.delivery import measure_delivery
from analysis.speech.edit import edit_transcript, edit_turns
from analysis.written.as_turns import with_written
from analysis.written.drafts import DraftKeeper, drop_drafts, written_for
from data.domain import (
    Answer,
    Assessment,
    Attempt,
    AttemptResult,
    CaptureMode,
    KeyPointResult,
    Question,
    RehearseError,
    Score,
    SignalFrame,
    Speech,
    Transcript,
    Turn,
    Word,
)
from data.domain.letters import visible
from data.rubrics import load_rubric

NO_WORDS = ("There are no words to judge.", "Type the answer, or say it again.")


class AnswerKeeper(Protocol):
    """Where answers are kept (`session.answers`)."""

    def start(self, attempt: Attempt) -> None:
        """Keep that an attempt has begun."""

    def save(self, result: AttemptResult) -> None:
        """Keep everything known about an attempt, in one transaction."""

    def save_judged(self, result: AttemptResult) -> bool:
        """Keep what a scorer said, if the words are still those it read; False when the answer is gone."""


class Keeper(DraftKeeper, Protocol):
    """The parts of a session that practising needs."""

    @property
    def answers(self) -> AnswerKeeper:
        """Where answers are."""

    @property
    def memory(self) -> Memory:
        """Where choices are."""


def start_answer(
    keeper: Keeper,
    *,
    candidate_id: str,
    session_id: str,
    question: Question,
    mode: CaptureMode,
    now: datetime | None = None,
) -> Attempt:
    """Begin an attempt and keep that it has begun, so that a crash cannot hide it."""
    attempt = Attempt(
        id=uuid.uuid4().hex,
        candidate_id=candidate_id,
        session_id=session_id,
        question_id=question.id,
        started_at=now or datetime.now(UTC),
        mode=mode,
        status="recording",
        question_end_seconds=None if mode in ("typed", "upload") else 0.0,
    )
    keeper.answers.start(attempt)
    return attempt


def typed_speech(text: str) -> Speech:
    """A typed answer as words without times: nothing about its delivery is measured."""
    words = tuple(Word(word) for word in visible(text).split())
    return Speech(Transcript(words, engine="typed", language=None), voiced=(), fillers=None, seconds=0.0)


def keep_typed(keeper: Keeper, candidate_id: str, session_id: str, question: Question, text: str) -> str:
    """Keep a whole answer that was typed; its attempt's id."""
    attempt = start_answer(
        keeper, candidate_id=candidate_id, session_id=session_id, question=question, mode="typed"
    )
    keep_answer(keeper, attempt, question, typed_speech(text))
    return attempt.id


def dialogue(question: Question, transcript: Transcript) -> tuple[Turn, ...]:
    """The two turns of a single-question practice: what was asked, what was answered."""
    words = transcript.words
    asked = Turn(index=0, speaker="interviewer", text=question.text)
    answered = Turn(
        index=1,
        speaker="candidate",
        text=transcript.text,
        words=words,
        start_seconds=words[0].start_seconds if words else None,
        end_seconds=words[-1].end_seconds if words else None,
    )
    return asked, answered


def measure_answer(
    attempt: Attempt,
    question: Question,
    speech: Speech,
    frames: Sequence[SignalFrame],
    notes: Sequence[str] = (),
) -> AttemptResult:
    """Everything that is measured, nothing that is judged. Pure."""
    spoken = attempt.mode != "typed"
    return AttemptResult(
        attempt=replace(attempt, status="captured"),
        turns=dialogue(question, speech.transcript),
        speech=speech,
        delivery=measure_delivery(speech, attempt.question_end_seconds) if spoken else None,
        frames=tuple(frames),
        summaries=summarise(frames, speech.voiced) if frames else (),
        events=find_events(frames) if frames else (),
        notes=(*notes, *picture_notes(frames), *speech.notes),
    )


def keep_answer(
    keeper: Keeper,
    attempt: Attempt,
    question: Question,
    speech: Speech,
    frames: Sequence[SignalFrame] = (),
    notes: Sequence[str] = (),
) -> AttemptResult:
    """Measure an answer and save it, before it is scored, with the code and the sketch made for it."""
    written = written_for(keeper, attempt.candidate_id, question.id)
    measured = measure_answer(attempt, question, speech, frames, notes)
    result = wanted_only(keeper.memory, replace(measured, code=written.code, sketch=written.sketch))
    keeper.answers.save(result)
    drop_drafts(keeper, attempt.candidate_id, question.id)
    return result


def with_words(result: AttemptResult, question: Question, text: str) -> AttemptResult:
    """The same answer with other words, not scored yet; unchanged words keep their times. Pure."""
    text = visible(text)
    if result.speech is None or text.split() == result.speech.transcript.text.split():
        return result
    heard = result.speech.heard or result.speech.transcript.words
    transcript = edit_transcript(result.speech.transcript, text)
    if text.split() == [word.text for word in heard]:
        transcript = replace(transcript, words=heard)
    speech = replace(result.speech, transcript=transcript, heard=heard)
    turns = retold(result, question, transcript)
    return replace(result, speech=speech, turns=turns, assessment=None, advice=None)


def retold(result: AttemptResult, question: Question, transcript: Transcript) -> tuple[Turn, ...]:
    """The dialogue with other words of the candidate's, each in the turn it belongs to."""
    before = result.speech.transcript if result.speech else None
    if len(result.turns) > 2 and before and before.words:
        return edit_turns(result.turns, before, transcript)
    return dialogue(as_asked(question, result.turns), transcript)


def answer_of(result: AttemptResult, question: Question) -> Answer:
    """What a scorer is given: dialogue, code and sketch, and of a drill's question only its part. Pure."""
    asked = as_asked(question, result.turns)
    return Answer(asked, with_written(result), result.attempt.id)


def correct(keeper: Keeper, result: AttemptResult, question: Question, text: str) -> AttemptResult:
    """The answer with other words, saved before anything judges them."""
    corrected = with_words(result, question, text)
    if corrected is not result:
        keeper.answers.save(corrected)
    return corrected


def assess(result: AttemptResult, question: Question, scorer: Scorer) -> AttemptResult:
    """Score an answer. Without words, or when the scorer fails, every criterion is unscored with the reason.

    No words mean a muted microphone or another language more often than an empty answer.
    """
    answer = answer_of(result, question)
    try:
        if not answer.candidate_text.strip():
            raise RehearseError(*NO_WORDS)
        assessment = scorer.score(answer)
    except RehearseError as failure:
        assessment = _unscored(answer.question, scorer, str(failure))
    return with_assessment(result, question, assessment)


def with_assessment(result: AttemptResult, question: Question, assessment: Assessment) -> AttemptResult:
    """The answer with what a scorer said of it, and the advice that follows. Pure.

    A level above 1 without a quote does not count, nor a point whose false version was said, whoever gave it.
    """
    assessment = what_counts(assessment, as_asked(question, result.turns), result.challenged)
    return replace(
        result,
        attempt=replace(result.attempt, status="scored" if is_scored(assessment) else "unscored"),
        assessment=assessment,
        advice=advise(answer_of(result, question), assessment),
    )


def is_scored(assessment: Assessment | None) -> bool:
    """Whether a scorer gave at least one level, or a reader, who gives none, could tell of a point."""
    if assessment is None or assessment.scores:
        return assessment is not None and any(score.level is not None for score in assessment.scores)
    return any(one.status != "cannot_tell" for one in assessment.key_points)


def score_answer(
    keeper: Keeper, result: AttemptResult, question: Question, scorer: Scorer, text: str | None = None
) -> AttemptResult:
    """Correct the words when `text` is given, save them, score, save again."""
    corrected = result if text is None else correct(keeper, result, question, text)
    scored = assess(corrected, question, scorer)
    keeper.answers.save_judged(scored)
    return scored


def reading_of(result: AttemptResult, question: Question) -> AttemptResult:
    """The answer as the reader hears it: what stands beside the levels of others, whoever gives them."""
    return assess(result, question, ReaderScorer())


def _unscored(question: Question, scorer: Scorer, reason: str) -> Assessment:
    """Why nothing can be told: by criterion, or of a reader, who gives no levels, by key point."""
    if scorer.name == ReaderScorer.name:
        points = tuple(KeyPointResult(point, "cannot_tell") for point in question.key_points)
        made_by = (scorer.name, scorer.version, load_rubric().version)
        return Assessment((), points, (), (reason,), *made_by)
    return Assessment(
        scores=tuple(
            Score(
                criterion=competency,
                level=None,
                scorer=scorer.name,
                scorer_version=scorer.version,
                rubric_version=load_rubric().version,
                reason=reason,
            )
            for competency in question.competencies
        )
    )
