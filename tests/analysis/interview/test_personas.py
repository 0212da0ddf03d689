"""Candidates written by hand: they say what fits the line they heard, with silences; 24 are shipped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.interview.listener.understood import Heard
from analysis.interview.planning.plan import Wish, make_plan
from analysis.interview.replay import Replay, replay
from analysis.interview.scripted_candidate import Script, ScriptedAnswer, load_script, written_reply
from data.domain import Answer
from tests.stored import shipped_questions

QUESTIONS = shipped_questions()
PERSONAS = sorted(
    (Path(__file__).parents[3] / "analysis" / "interview" / "scripts" / "personas").glob("*.yaml")
)
KINDS = [
    "strong",
    "thin",
    "rambling",
    "silent",
    "arguing",
    "wrong",
    "offtopic",
    "tools",
    "asks",
    "nonnative",
    "injection",
    "staff",
]
QUESTION = next(one for one in QUESTIONS if one.id == "url-shortener")


def heard_as_it_is(answer: Answer) -> Heard:
    """Stands in for the listener."""
    latest = answer.turns[-1].text if answer.turns[-1].speaker == "candidate" else ""
    count = len(latest.split())
    return Heard(text=latest, words=count, stance="answers" if latest else "stuck", fresh_words=count)


def play(answer: ScriptedAnswer, **form: object) -> Replay:
    script = Script(minutes=5, category="system_design", answers={"*": answer}, **form)  # type: ignore[arg-type]
    wish = Wish("mid", 5, category="system_design", asked_for=("url-shortener",))
    plan = make_plan(QUESTIONS, wish, now=datetime(2026, 11, 30, tzinfo=UTC), seed=4)
    return replay(plan, script, heard_as_it_is)


def test_what_is_said_fits_the_line_that_was_heard_and_is_said_once() -> None:
    answer = ScriptedAnswer(
        "First.", when={"who notices": ("Pages.",)}, then=("Next.",), probed={"*": "Nothing more."}
    )
    said = ["First."]
    for line in ("So Who notices it?", "Who notices it now?", "And who notices?"):
        said.append(written_reply(answer, QUESTION, None, line, said))
    assert said[1:] == ["Pages.", "Next.", "Nothing more."]


def test_a_text_in_then_may_be_said_more_than_once() -> None:
    answer = ScriptedAnswer("First.", then=("Hm.", "Hm.", "Well."))
    assert written_reply(answer, QUESTION, None, "And?", ["First.", "Hm."]) == "Hm."
    assert written_reply(answer, QUESTION, None, "And?", ["First.", "Hm.", "Hm."]) == "Well."


def test_who_tells_all_says_in_the_end_what_nobody_asked_for() -> None:
    answer = ScriptedAnswer("First.", when={"who notices": ("Pages.",)}, then=("Next.",), tells_all=True)
    assert written_reply(answer, QUESTION, None, "And?", ["First.", "Next."]) == "Pages."


@pytest.mark.slow
def test_a_silence_takes_its_time_and_what_follows_is_still_said() -> None:
    played = play(ScriptedAnswer("A store by key. [4 s] And a cache."))
    first, second = [line for line in played.lines if line.speaker == "candidate"][:2]
    assert (first.text, second.text) == ("A store by key.", "And a cache.")
    assert second.seconds - first.seconds >= 4


def test_somebody_who_says_nothing_is_spoken_to() -> None:
    played = play(ScriptedAnswer("[60 s]", probed={"*": "[60 s]"}))
    assert any(line.kind == "nudge" for line in played.lines)
    assert played.minutes <= 5


def test_there_are_two_personas_of_each_kind() -> None:
    assert [path.stem.partition("_")[0] for path in PERSONAS] == sorted(2 * KINDS)
    assert all(10 <= load_script(path).minutes <= 15 for path in PERSONAS)


@pytest.mark.slow
@pytest.mark.parametrize("path", PERSONAS, ids=lambda path: path.stem)
def test_every_persona_can_be_played_to_the_end_in_its_time(path: Path) -> None:
    script = load_script(path)
    wish = Wish(script.level, script.minutes, category=script.category, asked_for=tuple(script.answers))
    plan = make_plan(QUESTIONS, wish, now=datetime(2026, 11, 30, tzinfo=UTC), seed=script.seed)
    played = replay(plan, script, heard_as_it_is)
    assert {planned.question.id for planned in plan.rounds} == set(script.answers)
    assert played.minutes <= script.minutes
    assert played.lines[-1].speaker == "interviewer"
