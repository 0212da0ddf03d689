"""A round becomes an attempt: turns placed by time, delivery without the interviewer's gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.answering import one_answer
from analysis.answering.from_recording import Observation
from analysis.interview.keeping.end_figures import report_of
from analysis.interview.keeping.kept_interview import Interview, LineAt, RoundKept, noted
from analysis.interview.keeping.rounds import (
    NOTHING_SAID,
    SKIPPED,
    attempt_of,
    keep_round,
    round_result,
    said_so_far,
    score_round,
    spoken_turns,
    without_gaps,
)
from analysis.interview.listener.understood import Heard
from analysis.interview.loop.events import Begin, Command, Listened, Said, Worded
from analysis.interview.loop.state import Dialogue, Ending, begin_state
from analysis.interview.loop.step import step
from analysis.interview.planning.plan import Plan, Round, share_time
from data.domain import (
    Answer,
    Assessment,
    Filler,
    Interval,
    KeyPointResult,
    Misconception,
    Speech,
    Transcript,
    Turn,
    Word,
)
from data.store import Session
from tests.stored import open_store, shipped_questions

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


@pytest.mark.slow
def test_the_report_tells_of_hints_answered_questions_and_what_was_made_harder() -> None:
    plan = Plan((Round(SHORTENER, 8),), 10.0)
    made = Interview("i", "me", "typed", datetime.now(UTC), begin_state(plan, spoken=False))
    many = "Ten thousand links a second, a cache in front of the store, and a key from a counter."
    for event in (
        Begin(),
        Said("How many links are made in a month?", 20, done=True),
        *(Command("hint", 30), Said("", 30, done=True), Listened(Heard(), 30), Worded("Narrower?", 30)),
        *(Said(many, 60, done=True), Listened(Heard(many, fresh_words=9), 60), Worded("And now?", 60)),
        *(Command("end", 95), Said("", 95, done=True)),
    ):
        made = noted(made, step(made.state, event).state, 0.0)
    (kept,) = made.rounds
    moves = [line.move for line in kept.lines]
    assert moves[:3] == [None, None, "hint_step"]
    assert tuple(moves[2:]) == made.state.made.kinds
    harder = replace(kept, lines=(*kept.lines[:-1], replace(kept.lines[-1], move="ten_times")))
    made = replace(made, rounds=(harder,))
    (only,) = report_of(made, [round_result(made, 0, attempt_of(made, 0))]).rounds
    assert (only.hint_steps, only.replies, only.harder) == (1, 1, ("And now?",))


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


class HearsAll:
    """Takes every point as heard."""

    name = "hears all"
    version = "1"

    def score(self, answer: Answer) -> Assessment:
        """All of them."""
        heard_all = tuple(KeyPointResult(point, "covered") for point in answer.question.key_points)
        return Assessment((), heard_all, (), (), self.name, self.version, "1")


@pytest.mark.slow
def test_a_point_whose_false_version_was_tested_is_not_heard_however_often_it_is_scored(
    tmp_path: Path,
) -> None:
    known = Misconception("never twice", "at least once", "What then?", contradicts=2)
    question = replace(SHORTENER, misconceptions=(known,))
    made = interview("typed", TURNS)
    plan = replace(made.state.plan, rounds=(Round(question, 8),))
    dialogue = replace(made.state.dialogues[0], challenged=(0, 7))
    tested = replace(made, state=replace(made.state, plan=plan, dialogues=(dialogue,)))
    session = open_store(tmp_path)
    attempt = attempt_of(tested, 0)
    session.answers.start(attempt)
    score_round(session, tested, 0, keep_round(session, tested, 0, attempt), HearsAll())
    expected = ["covered", "cannot_tell", "covered"]
    assert statuses(session, attempt.id)[:3] == expected
    again = session.answers.load(attempt.id)
    assert again is not None
    one_answer.score_answer(session, again, question, HearsAll())
    assert statuses(session, attempt.id)[:3] == expected
    corrected = session.answers.load(attempt.id)
    assert corrected is not None
    one_answer.score_answer(session, corrected, question, HearsAll(), text="one two three four")
    assert statuses(session, attempt.id)[:3] == expected
    session.database.close()


def statuses(session: Session, attempt_id: str) -> list[str]:
    result = session.answers.load(attempt_id)
    assert result is not None and result.assessment is not None
    return [one.status for one in result.assessment.key_points]
