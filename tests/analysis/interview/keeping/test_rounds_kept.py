"""A round becomes an attempt: turns placed by time, delivery without the interviewer's gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analysis.answering.from_recording import Observation
from analysis.interview.keeping.end_figures import report_of
from analysis.interview.keeping.kept_interview import Interview, LineAt, RoundKept, noted
from analysis.interview.keeping.rounds import (
    NOTHING_SAID,
    SKIPPED,
    attempt_of,
    round_result,
    said_so_far,
    spoken_turns,
    without_gaps,
    without_said_wrongly,
)
from analysis.interview.loop.events import Begin, Command, Said
from analysis.interview.loop.state import Dialogue, Ending, begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, Round, share_time
from data.domain import (
    Assessment,
    AttemptResult,
    Filler,
    Interval,
    KeyPointResult,
    Misconception,
    Speech,
    Transcript,
    Turn,
    Word,
)
from tests.stored import shipped_questions

SHORTENER = next(one for one in shipped_questions() if one.id == "url-shortener")
LINES = (LineAt(0.0, "volunteered"), LineAt(10.0, "prompted"), LineAt(20.0, "prompted"))
KEPT = RoundKept("i-1", 42.0, LINES, files=("i-1.mp4",))
TURNS = (
    Turn(0, "interviewer", SHORTENER.text),
    Turn(1, "candidate", "one two", (), "volunteered"),
    Turn(2, "interviewer", "What if it fails?"),
    Turn(3, "candidate", "three", (), "prompted"),
    Turn(4, "interviewer", "And then?"),
)


def words(*pairs: tuple[str, float]) -> tuple[Word, ...]:
    return tuple(Word(text, start, start + 0.5, 0.9) for text, start in pairs)


def interview(mode: str, turns: tuple[Turn, ...], ending: Ending = "done") -> Interview:
    plan = Plan(share_time((SHORTENER,), 10), 10.0)
    state = replace(
        begin_state(plan, spoken=mode != "typed"), phase="ended", dialogues=(Dialogue(turns, ending),)
    )
    now = datetime(2026, 11, 24, tzinfo=UTC)
    kept = replace(KEPT, lines=LINES[: sum(turn.speaker == "interviewer" for turn in turns)])
    return Interview("i", "me", mode, now, state, rounds=(kept,))  # type: ignore[arg-type]


def heard(*spans: tuple[float, float], said: tuple[Word, ...] = ()) -> Speech:
    voiced = tuple(Interval(start, end) for start, end in spans)
    return Speech(Transcript(said, "test", "en"), voiced, (Filler("um", 24.0, 24.2, "filled_pause"),), 30.0)


def test_words_go_between_the_lines_by_their_time() -> None:
    said = words(("one", 1.0), ("two", 9.9), ("three", 12.0), ("four", 25.0))
    turns = spoken_turns(Dialogue(TURNS), KEPT, said)
    assert [(turn.speaker[0], turn.text, turn.elicitation) for turn in turns[1:]] == [
        ("c", "one two", "volunteered"),
        ("i", "What if it fails?", "volunteered"),
        ("c", "three", "prompted"),
        ("i", "And then?", "volunteered"),
        ("c", "four", "prompted"),
    ]
    assert [turn.index for turn in turns] == [0, 1, 2, 3, 4, 5]
    assert turns[1].start_seconds == 1.0 and turns[1].end_seconds == 10.4


def test_silence_around_the_interviewers_lines_is_no_pause_of_the_candidate() -> None:
    speech = heard((1.0, 8.0), (14.0, 18.0), (23.0, 26.0))
    cut = without_gaps(speech, KEPT)
    assert [(one.start_seconds, one.end_seconds) for one in cut.voiced] == [
        (1.0, 8.0),
        (8.0, 12.0),
        (12.0, 15.0),
    ]
    assert cut.fillers and cut.fillers[0].start_seconds == pytest.approx(13.0)
    assert cut.seconds == pytest.approx(19.0)


def test_a_pause_of_the_interview_is_taken_out_once_even_where_a_line_falls_into_it() -> None:
    speech = heard((1.0, 8.0), (14.0, 26.0))
    assert without_gaps(speech, replace(KEPT, pauses=(9.0,))).seconds == pytest.approx(24.0)


def test_a_typed_round_keeps_its_dialogue_and_measures_no_delivery() -> None:
    made = interview("typed", TURNS)
    result = round_result(made, 0, attempt_of(made, 0))
    assert result.turns == TURNS
    assert result.delivery is None
    assert result.speech and result.speech.transcript.text == "one two three"
    assert result.attempt.session_id == "i" and result.attempt.status == "captured"


@pytest.mark.parametrize(("ending", "note"), [("skipped", SKIPPED), ("done", NOTHING_SAID)])
def test_a_round_without_a_word_is_unscored_with_the_reason(ending: Ending, note: str) -> None:
    made = interview("typed", TURNS[:1], ending)
    result = round_result(made, 0, attempt_of(made, 0))
    assert result.attempt.status == "unscored"
    assert note in result.notes


def test_a_recording_that_cannot_be_heard_leaves_the_words_that_were_heard_live() -> None:
    turns = (TURNS[0], replace(TURNS[1], text="one two", words=words(("one", 1.0), ("two", 2.0))))
    made = interview("microphone", turns)
    result = round_result(made, 0, attempt_of(made, 0), said_so_far(made.state.dialogues[0], ("No file.",)))
    assert result.turns[1].text == "one two"
    assert "No file." in result.notes
    assert result.delivery and result.delivery.speaking_rate_wpm is None


def test_the_report_counts_time_probes_and_steps() -> None:
    made = interview("microphone", TURNS)
    said = words(("How", 1.0), ("many", 1.5), ("users?", 2.0), ("three", 12.0))
    seen = Observation(heard((1.0, 3.0), said=said))
    report = report_of(made, [round_result(made, 0, attempt_of(made, 0), seen)])
    (only,) = report.rounds
    assert only.used_minutes == pytest.approx(0.7)
    assert only.probes == 2
    assert [step.step for step in only.steps][0] == "requirements"
    assert not report.ready


def test_the_report_compares_with_the_time_a_round_was_given() -> None:
    plan = Plan((Round(SHORTENER, 3), Round(replace(SHORTENER, id="other"), 3)), 6.5)
    made = Interview("i", "me", "typed", datetime.now(UTC), begin_state(plan, spoken=False))
    for event in (Begin(), Said("Short.", 60), Command("skip", 60), Said("", 60)):
        made = noted(made, step(made.state, event).state, 0.0)
    second = report_of(made, (None, None)).rounds[1]
    assert second.given_minutes * 60 == pytest.approx(made.state.round_seconds, abs=0.1)
    assert second.given_minutes > 3
    older = replace(made, rounds=tuple(replace(one, given_seconds=None) for one in made.rounds))
    assert report_of(older, (None, None)).rounds[1].given_minutes == 3


def test_a_point_whose_false_version_was_tested_is_not_taken_as_heard() -> None:
    known = Misconception("never twice", "at least once", "What then?", contradicts=2)
    question = replace(SHORTENER, misconceptions=(known,))
    made = interview("typed", TURNS)
    plan = replace(made.state.plan, rounds=(Round(question, 8),))
    dialogue = replace(made.state.dialogues[0], challenged=(0,))
    tested = replace(made, state=replace(made.state, plan=plan, dialogues=(dialogue,)))
    heard_all = tuple(KeyPointResult(point, "covered") for point in question.key_points)
    result = AttemptResult(attempt_of(tested, 0), TURNS, assessment=Assessment((), heard_all))
    found = without_said_wrongly(result, tested, 0).assessment
    assert found is not None
    assert [one.status for one in found.key_points][:3] == ["covered", "cannot_tell", "covered"]
    assert without_said_wrongly(result, made, 0) == result
