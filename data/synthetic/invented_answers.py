"""Synthetic attempts that look like weeks of practice: for the sample data, screenshots and benchmarks.

Everything made here says so: `Attempt.synthetic`, a note on every answer, and the scorer's name. Skill grows
slowly and unevenly, answers vary a lot, some cannot be scored and some were typed or had no camera.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data.access import SAMPLE_CANDIDATE
from data.domain import (
    Advice,
    Assessment,
    Attempt,
    AttemptResult,
    CaptureMode,
    Evidence,
    Fix,
    KeyPointResult,
    Question,
    RehearseError,
    Score,
    Turn,
    Word,
)
from data.synthetic.measurements import made_delivery, made_frames, made_speech, made_summaries

SCORER = "synthetic"
"""Scorer of everything made here; trends never mix scorers, so it stays apart from real scores."""
NOTE = "Synthetic sample: nobody said this, and nobody was measured."
_MODES: tuple[CaptureMode, ...] = ("camera", "camera", "camera", "microphone", "typed")
_SECONDS_PER_WORD = 0.42


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to make for one candidate: sessions spread evenly over `weeks` that end at `until`."""

    candidate_id: str
    sessions: int = 22
    answers_per_session: int = 3
    weeks: float = 9
    until: datetime = datetime(2026, 11, 23, 18, tzinfo=UTC)
    seed: int = 7


def sample_results(questions: Sequence[Question], until: datetime | None = None) -> tuple[AttemptResult, ...]:
    """The sample data of the Progress page: nine weeks of one invented candidate, ending now."""
    return synthetic_results(Plan(SAMPLE_CANDIDATE, until=until or datetime.now(UTC)), questions)


def synthetic_results(plan: Plan, questions: Sequence[Question]) -> tuple[AttemptResult, ...]:
    """All attempts of one invented candidate, oldest first; the same plan gives the same attempts."""
    if not questions:
        raise RehearseError("There is no question to make synthetic answers for.", "Check QUESTIONS.")
    dice = random.Random(f"{plan.seed}/{plan.candidate_id}")
    talent = {competency: dice.gauss(1.7, 0.35) for competency in ("C1", "C2", "C3", "C4", "C5", "C6")}
    results: list[AttemptResult] = []
    for number in range(plan.sessions):
        progress = (number + 1) / plan.sessions
        start = plan.until - timedelta(weeks=plan.weeks * (1 - progress), minutes=dice.randrange(300))
        for place in range(dice.randint(1, plan.answers_per_session)):
            answer = _Answer(plan, dice.choice(questions), number, place, start, progress)
            results.append(_result(dice, answer, talent))
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer to be made up."""

    plan: Plan
    question: Question
    session: int
    place: int
    start: datetime
    progress: float


def _result(dice: random.Random, answer: _Answer, talent: dict[str, float]) -> AttemptResult:
    mode = dice.choice(_MODES)
    session = f"{answer.plan.candidate_id}-session-{answer.session:03d}"
    skill = {competency: level + 1.3 * answer.progress for competency, level in talent.items()}
    made = _dialogue(dice, answer.question, sum(skill.values()) / len(skill) / 4)
    assessment = _assess(dice, answer.question, made, skill)
    scored = any(score.level is not None for score in assessment.scores)
    spoken = mode != "typed"
    seconds = max(20.0, len(made.turns[1].words) * _SECONDS_PER_WORD)
    frames = made_frames(dice, seconds, answer.progress) if mode == "camera" else ()
    return AttemptResult(
        attempt=Attempt(
            id=f"{session}-{answer.place}",
            candidate_id=answer.plan.candidate_id,
            session_id=session,
            question_id=answer.question.id,
            started_at=answer.start + timedelta(minutes=6 * answer.place),
            mode=mode,
            status="scored" if scored else "unscored",
            question_end_seconds=0.0 if spoken else None,
            note=NOTE,
            synthetic=True,
        ),
        turns=made.turns,
        speech=made_speech(dice, made.turns[1], seconds) if spoken else None,
        delivery=made_delivery(dice, made.turns[1], seconds, answer.progress) if spoken else None,
        frames=frames,
        summaries=made_summaries(dice, frames),
        assessment=assessment,
        advice=_advice(assessment) if scored else None,
        notes=(NOTE,),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A dialogue, and the sentence said for each key point that was made."""

    turns: tuple[Turn, Turn]
    said: dict[str, Evidence]


def _dialogue(dice: random.Random, question: Question, share: float) -> _Made:
    words: list[Word] = []
    said: dict[str, Evidence] = {}
    sentences: list[str] = []
    clock = 1.0
    for point in question.key_points:
        if dice.random() > share:
            continue
        begin = clock
        for text in point.text.split():
            words.append(Word(text, round(clock, 2), round(clock + 0.35, 2), round(dice.uniform(0.8, 1), 2)))
            clock += _SECONDS_PER_WORD
        said[point.id] = Evidence(point.text, 1, "volunteered", round(begin, 2), round(clock, 2))
        sentences.append(point.text)
        clock += dice.expovariate(1)
    answered = Turn(1, "candidate", " ".join(sentences) or "I am not sure.", tuple(words))
    return _Made((Turn(0, "interviewer", question.text), answered), said)


def _assess(dice: random.Random, question: Question, made: _Made, skill: dict[str, float]) -> Assessment:
    points = tuple(
        KeyPointResult(point, "covered" if point.id in made.said else "missed", made.said.get(point.id))
        for point in question.key_points
    )
    unscored = dice.random() < 0.06
    scores = tuple(
        _score(dice, competency, skill.get(competency, 2.0), made, points, unscored)
        for competency in question.competencies
    )
    return Assessment(scores, points, notes=(NOTE,))


def _score(
    dice: random.Random,
    competency: str,
    skill: float,
    made: _Made,
    points: tuple[KeyPointResult, ...],
    unscored: bool,
) -> Score:
    quotes = tuple(p.evidence for p in points if p.evidence and p.key_point.competency == competency)
    if unscored or not quotes:
        reason = "The recording was too quiet to judge." if unscored else "The answer did not touch this."
        return Score(competency, None, SCORER, "1", "synthetic", reason=reason)
    level = min(4.0, max(1.0, round(dice.gauss(skill, 0.45) * 2) / 2))
    width = dice.choice((0.5, 0.5, 1.0))
    return Score(
        criterion=competency,
        level=level,
        scorer=SCORER,
        scorer_version="1",
        rubric_version="synthetic",
        low=max(1.0, level - width),
        high=min(4.0, level + width),
        evidence=quotes[:3],
        missing_for_next="Say what the user sees while it fails." if level < 4 else "",
    )


def _advice(assessment: Assessment) -> Advice:
    missed = [p for p in assessment.key_points if p.status == "missed"][:3]
    fixes = tuple(Fix(f"Not said: {p.key_point.text}", p.key_point.probe) for p in missed)
    made = tuple(p.key_point.text for p in assessment.key_points if p.status == "covered")[:2]
    return Advice(made, fixes, "Answer the same question again and start with its requirements.")
