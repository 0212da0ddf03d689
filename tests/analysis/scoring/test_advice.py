"""Advice that a judge's scores lead to: what does not hold, then steps by the level they unlock."""

from __future__ import annotations

from dataclasses import replace

from analysis.scoring.advice import MEND_FIRST, advise
from data.domain import (
    Answer,
    Assessment,
    Evidence,
    KeyPoint,
    KeyPointResult,
    Question,
    Score,
    Turn,
    WrongClaim,
)

POINT = KeyPoint("k", "A repeated call needs an idempotency key.", "May you repeat the call?", "C2")
QUESTION = Question("q", "distributed_systems", "mid", "Q", "It timed out.", "t", (), 4.0, (POINT,))
ANSWER = Answer(QUESTION, (Turn(0, "candidate", "Since the call never arrived, we retry."),))


def a_score(name: str, level: float, fix: str = "", *wrong: WrongClaim) -> Score:
    return Score(name, level, "judge", "1", "r", level, level, errors=wrong, fix=fix)


def test_what_does_not_hold_comes_first_with_its_words_and_what_holds() -> None:
    wrong = WrongClaim("the call never arrived", "It may have arrived.", "Stock is reserved twice.")
    scores = (a_score("C4", 1, "Say what fails first."), a_score("C2", 2, MEND_FIRST, wrong))
    advice = advise(ANSWER, Assessment(scores))
    first = advice.fixes[0]
    assert first.how == "It may have arrived. Stock is reserved twice."
    assert first.evidence is not None and first.evidence.quote == "the call never arrived"
    assert [fix.how for fix in advice.fixes[1:]] == ["Say what fails first."]


def test_steps_are_ranked_by_what_the_question_is_about_and_then_by_the_level_they_unlock() -> None:
    scores = (
        a_score("communication", 1, "Say which part comes next."),
        a_score("C4", 2, "Name how it is noticed."),
        a_score("C3", 1, "Name what is read."),
        a_score("C2", 3, "Say what a partition does."),
    )
    advice = advise(ANSWER, Assessment(scores))
    assert [fix.how for fix in advice.fixes] == [
        "Say what a partition does.",
        "Say which part comes next.",
        "Name what is read.",
    ]
    assert advice.fixes[0].what == "Distributed-systems fundamentals: for level 4"
    assert advice.do_next.endswith("Say what a partition does.")


def test_a_key_point_is_asked_for_by_its_question_and_never_in_its_own_words() -> None:
    for status in ("missed", "partly", "contradicted"):
        advice = advise(ANSWER, Assessment((), (KeyPointResult(POINT, status),)))
        told = " ".join(f"{fix.what} {fix.how}" for fix in advice.fixes)
        assert POINT.probe in told
        assert "idempotency" not in told + advice.do_next


def test_of_what_a_reader_heard_nothing_is_called_made_and_nothing_missing() -> None:
    heard = Evidence("the call never arrived, we retry", 0)
    other = replace(POINT, id="o", probe="How long do you wait?")
    results = (KeyPointResult(POINT, "covered", heard), KeyPointResult(other, "missed"))
    advice = advise(ANSWER, Assessment((), results, scorer="reader"))
    assert advice.worked == (
        "On “A repeated call needs an idempotency key” was heard: “the call never arrived, we retry”.",
    )
    [fix] = advice.fixes
    assert fix.what == "This point was not found in your words." and other.probe in fix.how
