"""Synthetic attempts: repeatable, plausible, and never mistaken for real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data.domain import Assessment, RehearseError
from data.store import Database, Session
from data.synthetic import Plan, sample_results, synthetic_results
from data.synthetic import __main__ as command
from data.synthetic.samples import SampleAnswers
from tests.stored import question

UNTIL = datetime(2026, 11, 23, 18, tzinfo=UTC)
QUESTIONS = tuple(question(number) for number in range(5))


def test_the_same_plan_gives_the_same_attempts() -> None:
    plan = Plan("someone", sessions=6)
    assert synthetic_results(plan, QUESTIONS) == synthetic_results(plan, QUESTIONS)


def test_two_candidates_differ() -> None:
    first, second = (synthetic_results(Plan(name, sessions=3), QUESTIONS) for name in ("a", "b"))
    assert [r.assessment for r in first] != [r.assessment for r in second]


def test_every_attempt_says_that_it_is_synthetic() -> None:
    for result in sample_results(QUESTIONS, UNTIL):
        assert result.attempt.synthetic
        assert result.attempt.candidate_id == "sample"
        assert "Synthetic" in (result.attempt.note or "")
        assert any("Synthetic" in note for note in result.notes)
        assert result.assessment is not None
        assert {score.scorer for score in result.assessment.scores} == {"synthetic"}


def test_every_quote_is_in_the_turn_it_names() -> None:
    for result in sample_results(QUESTIONS, UNTIL):
        assert result.assessment is not None
        for score in result.assessment.scores:
            for evidence in score.evidence:
                assert evidence.quote in result.turns[evidence.turn].text


def test_levels_stay_on_the_scale_and_some_answers_are_unscored() -> None:
    scores = [s for r in sample_results(QUESTIONS, UNTIL) if r.assessment for s in r.assessment.scores]
    levels = [score.level for score in scores if score.level is not None]
    assert min(levels) >= 1 and max(levels) <= 4
    assert all(score.reason for score in scores if score.level is None)
    assert 0 < sum(score.level is None for score in scores) < len(scores) * 0.7


@pytest.mark.slow
def test_what_is_heard_in_the_sample_stands_before_its_levels_and_these_stay(session: Session) -> None:
    read = Assessment((), (), scorer="reader", scorer_version="1", rubric_version="r1")
    sample = SampleAnswers(session.database, session.viewer)
    sample.load(QUESTIONS, lambda result, question: replace(result, assessment=read))
    one = session.answers.of("sample")[0]
    levels, heard = session.answers.assessments(one.id)
    assert ({score.scorer for score in levels.scores}, heard.scorer) == ({"synthetic"}, "reader")


def test_skill_grows_over_the_weeks() -> None:
    results = synthetic_results(Plan("someone", sessions=60, answers_per_session=3), QUESTIONS)
    levels = [
        [s.level for s in r.assessment.scores if s.level is not None]
        for r in results
        if r.assessment is not None
    ]
    early, late = sum(levels[:40], []), sum(levels[-40:], [])
    assert sum(late) / len(late) > sum(early) / len(early) + 0.4


def test_nothing_is_dated_after_the_end() -> None:
    results = sample_results(QUESTIONS, UNTIL)
    assert max(result.attempt.started_at for result in results) <= UNTIL
    assert len({result.attempt.id for result in results}) == len(results)


def test_typed_answers_have_no_voice_and_only_camera_answers_have_frames() -> None:
    results = sample_results(QUESTIONS, UNTIL)
    assert {result.attempt.mode for result in results} == {"camera", "microphone", "typed"}
    for result in results:
        assert (result.speech is None) == (result.attempt.mode == "typed")
        assert bool(result.frames) == (result.attempt.mode == "camera")


def test_without_questions_it_says_so() -> None:
    with pytest.raises(RehearseError, match="no question"):
        sample_results(())


@pytest.mark.slow
def test_the_command_line_fills_a_database_of_its_own(blank: str, capsys: pytest.CaptureFixture[str]) -> None:
    command.main([blank, "--candidates", "2", "--sessions", "2"])
    session = Database.open(blank).session()
    assert len(session.answers.of("synthetic-0000")) >= 2
    assert session.answers.of("synthetic-0001")[0].synthetic
    session.database.close()
    assert "2 synthetic candidates" in capsys.readouterr().out
