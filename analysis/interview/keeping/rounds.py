"""A round becomes an ordinary attempt: its dialogue as turns, its delivery without the interviewer's gaps.

Pure but for saving.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from analysis.answering import one_answer
from analysis.answering.from_recording import Observation
from analysis.interview.keeping.kept_interview import Interview, RoundKept
from analysis.interview.loop.state import Dialogue
from analysis.scoring import Scorer
from analysis.signals.picture_notes import picture_notes
from analysis.signals.summary import summarise
from analysis.signals.switches import wanted_only
from analysis.signals.visible_changes import find_events
from analysis.speech.delivery import measure_delivery
from analysis.speech.voiced_time import merged
from analysis.written.drafts import drop_drafts, written_for
from data.domain import (
    Attempt,
    AttemptResult,
    Filler,
    Interval,
    Speech,
    Transcript,
    Turn,
    Word,
)

SKIPPED = "The question was skipped."
NOTHING_SAID = "Nothing was said to this question, so there is nothing to judge."


def attempt_of(interview: Interview, at: int, *, now: datetime | None = None) -> Attempt:
    """The attempt of round `at`. Its session is the interview, so that its answers stay together."""
    kept = interview.rounds[at]
    return Attempt(
        id=kept.attempt_id,
        candidate_id=interview.candidate_id,
        session_id=interview.id,
        question_id=interview.question(at).id,
        started_at=now or datetime.now(UTC),
        mode=interview.mode,
        status="recording",
        recording=kept.files[0] if kept.files else None,
    )


def round_result(
    interview: Interview, at: int, attempt: Attempt, seen: Observation | None = None
) -> AttemptResult:
    """Everything measured of round `at`; `seen` is what its recording gave, None when it was typed."""
    dialogue, kept = interview.state.dialogues[at], interview.rounds[at]
    turns = dialogue.turns if seen is None else spoken_turns(dialogue, kept, seen.speech.transcript.words)
    speech = seen.speech if seen else typed(turns)
    said = any(turn.speaker == "candidate" for turn in turns)
    why = SKIPPED if dialogue.ending == "skipped" else NOTHING_SAID
    frames = seen.frames if seen else ()
    return AttemptResult(
        attempt=replace(attempt, status="captured" if said else "unscored"),
        turns=turns,
        speech=speech,
        delivery=measure_delivery(without_gaps(speech, kept), None) if seen else None,
        frames=frames,
        summaries=summarise(frames, speech.voiced) if frames else (),
        events=find_events(frames) if frames else (),
        challenged=dialogue.challenged,
        notes=(
            *(() if said else (why,)),
            *(seen.notes if seen else ()),
            *picture_notes(frames),
            *speech.notes,
        ),
    )


def keep_round(
    keeper: one_answer.Keeper,
    interview: Interview,
    at: int,
    attempt: Attempt,
    seen: Observation | None = None,
) -> AttemptResult:
    """Measure round `at` and save it, before it is scored, with the code and the sketch made for it."""
    owner, question = interview.candidate_id, interview.question(at).id
    written = written_for(keeper, owner, question)
    measured = wanted_only(keeper.memory, round_result(interview, at, attempt, seen))
    result = replace(measured, code=written.code, sketch=written.sketch)
    keeper.answers.save(result)
    if interview.state.dialogues[at].ending != "open":
        drop_drafts(keeper, owner, question)
    return result


def score_round(
    keeper: one_answer.Keeper, interview: Interview, at: int, result: AttemptResult, scorer: Scorer
) -> None:
    """Score a kept round; one without a word stays unscored."""
    if result.attempt.status == "captured":
        keeper.answers.save_judged(one_answer.assess(result, interview.question(at), scorer))


def typed(turns: Sequence[Turn]) -> Speech:
    """The candidate's turns as typed words: without times."""
    words = tuple(Word(word) for turn in turns if turn.speaker == "candidate" for word in turn.text.split())
    return Speech(Transcript(words, engine="typed"), voiced=(), fillers=None, seconds=0.0)


def spoken_turns(dialogue: Dialogue, kept: RoundKept, words: Sequence[Word]) -> tuple[Turn, ...]:
    """The interviewer's lines with every word of the recording between them, placed by its time."""
    lines = [turn for turn in dialogue.turns if turn.speaker == "interviewer"]
    starts = [line.seconds for line in kept.lines]
    replies: list[list[Word]] = [[] for _ in lines]
    place = 0
    for word in words:
        while place + 1 < len(lines) and (word.start_seconds or 0.0) >= starts[place + 1]:
            place += 1
        replies[place].append(word)
    turns: list[Turn] = []
    for line, at, reply in zip(lines, kept.lines, replies, strict=True):
        turns.append(Turn(len(turns), "interviewer", line.text, start_seconds=at.seconds))
        if reply:
            text = " ".join(word.text for word in reply)
            ends = (reply[0].start_seconds, reply[-1].end_seconds)
            turns.append(Turn(len(turns), "candidate", text, tuple(reply), at.elicitation, *ends))
    return tuple(turns)


def without_gaps(speech: Speech, kept: RoundKept) -> Speech:
    """The speech with the silences around the interviewer's lines and the pauses taken out.

    While the other side speaks a candidate does not pause, so these stretches count in no measure.
    """
    interrupted = (*(line.seconds for line in kept.lines[1:]), *kept.pauses)
    gaps = (_silence_around(speech.voiced, at) for at in interrupted)
    cuts = merged(gap for gap in gaps if gap)

    def moved(seconds: float) -> float:
        return seconds - sum(min(gap.seconds, max(0.0, seconds - gap.start_seconds)) for gap in cuts)

    voiced = tuple(Interval(moved(one.start_seconds), moved(one.end_seconds)) for one in speech.voiced)
    fillers = None if speech.fillers is None else tuple(_moved(one, moved) for one in speech.fillers)
    return replace(speech, voiced=voiced, fillers=fillers, seconds=moved(speech.seconds))


def _silence_around(voiced: Sequence[Interval], at: float) -> Interval | None:
    """From the last voice before `at` to the first after it; None at an edge of the recording."""
    before = [one.end_seconds for one in voiced if one.start_seconds <= at]
    after = [one.start_seconds for one in voiced if one.start_seconds > at]
    if not before or not after or after[0] <= before[-1]:
        return None
    return Interval(before[-1], after[0])


def _moved(filler: Filler, moved: Callable[[float], float]) -> Filler:
    start, end = moved(filler.start_seconds), moved(filler.end_seconds)
    return replace(filler, start_seconds=start, end_seconds=end)


def said_so_far(dialogue: Dialogue, notes: Sequence[str] = ()) -> Observation:
    """What the loop heard of a round whose recording is not whole or cannot be listened to."""
    words = [word for turn in dialogue.turns if turn.speaker == "candidate" for word in turn.words]
    end = max((word.end_seconds or 0.0 for word in words), default=0.0)
    speech = Speech(Transcript(tuple(words), "heard live", "en"), voiced=(), fillers=None, seconds=end)
    return Observation(speech, notes=tuple(notes))
