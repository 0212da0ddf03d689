"""Scripted candidates of four strengths against every category, made from the bank itself."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from analysis.interview import scripted_candidate
from analysis.interview.__main__ import main
from analysis.interview.listener.understood import Claim, Heard
from analysis.interview.loop.state import answers
from analysis.interview.planner.next_point import MUST_BE_RAISED
from analysis.interview.planning.plan import Wish, make_plan
from analysis.interview.replay import Listener, Replay, replay, unprompted
from analysis.interview.scripted_candidate import NOTHING_TO_SAY, Script, load_script, spoken
from analysis.interview.speaker.line import LAST_RESORT
from data.domain import CATEGORIES, Answer, RehearseError
from tests.stored import shipped_questions

QUESTIONS = shipped_questions()
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCRIPTS = Path(__file__).parents[3] / "analysis" / "interview" / "scripts"
STRENGTHS = {"weak": (0.15, False), "thin": (0.4, False), "sound": (0.4, True), "strong": (0.8, True)}
"""Share of the key points volunteered, and whether the probed one is then added. "thin" and "sound" say the
same at first, so that only what the probe brought tells them apart."""


def covered_points(answer: Answer) -> tuple[str, ...]:
    """A point is covered when it was said as the script says it."""
    said = " ".join(answer.candidate_text.split())
    return tuple(point.id for point in answer.question.key_points if spoken(point) in said)


def word_for_word(answer: Answer) -> Heard:
    """Stands in for the listener, without any model."""
    latest = answer.turns[-1].text if answer.turns[-1].speaker == "candidate" else ""
    stuck = not latest or NOTHING_TO_SAY in latest
    return Heard(
        text=latest,
        words=len(latest.split()),
        quotes=(" ".join(latest.split()[:8]),) if latest else (),
        stance="stuck" if stuck else "answers",
        points=covered_points(answer),
        fresh_words=0 if stuck else 9,
    )


@cache
def offline() -> Listener:
    from analysis.interview.listener.listener import listen
    from analysis.scoring.reader import ReaderScorer

    scorer = ReaderScorer()
    return lambda answer: listen(answer, scorer.score(answer).key_points)


def played(
    category: str, strength: str, listener: Listener, *, wpm: float = 150, breathes: bool = True
) -> Replay:
    volunteers, adds = STRENGTHS[strength]
    script = Script(
        category=category,
        words_per_minute=wpm,
        breathes=breathes,
        volunteers=volunteers,
        adds_when_probed=adds,
    )
    wish = Wish(minutes=15, category=category)
    plan = make_plan(QUESTIONS, wish, now=NOW, seed=CATEGORIES.index(category))
    return replay(plan, script, listener)


def covered(answer: Answer) -> float:
    return len(covered_points(answer)) / len(answer.question.key_points)


def gain(replayed: Replay) -> float:
    """How much coverage the lines brought, as a mean over the rounds."""
    return mean(covered(one) - covered(unprompted(one)) for one in answers(replayed.state))


def hold_the_rules(replayed: Replay) -> None:
    asked = [planned.question.id for planned in replayed.state.plan.rounds]
    lines = [(one.round, one.line) for one in replayed.asked]
    assert len(set(asked)) == len(asked)
    assert [line for line in set(lines) if lines.count(line) > 1 and line[1] != LAST_RESORT] == []
    assert [line for _, line in lines if len(line.split()) > 45] == []
    assert replayed.minutes <= replayed.state.plan.limit_minutes


def raised_before_the_end(replayed: Replay, wpm: float) -> bool:
    """Every design answer either raised failure modes and operations, or was asked about them.

    Nobody can ask whoever talks without an end to nearly the end of the round.
    """
    plan = replayed.state.plan
    share_seconds = plan.minutes * 60 / len(plan.rounds)
    for number, answer in enumerate(answers(replayed.state)):
        said = sum(len(turn.text.split()) for turn in answer.turns if turn.speaker == "candidate")
        if said * 60 / wpm > 0.9 * share_seconds:
            continue
        points = {point.id: point.competency for point in answer.question.key_points}
        asked = {points[one.move.point] for one in replayed.asked if one.round == number and one.move.point}
        heard = {points[name] for name in covered_points(answer)}
        if not set(MUST_BE_RAISED) <= asked | heard:
            return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize(("wpm", "breathes"), [(150, True), (60, True), (150, False), (30, False)])
def test_no_leak_no_repetition_and_never_over_time(
    category: str, strength: str, wpm: float, breathes: bool
) -> None:
    hold_the_rules(played(category, strength, word_for_word, wpm=wpm, breathes=breathes))


@pytest.mark.slow
def test_a_coding_round_repeats_nothing_and_is_never_over_time() -> None:
    hold_the_rules(played("coding", "thin", word_for_word))


@pytest.mark.slow
@pytest.mark.parametrize("wpm", [150, 60])
def test_failures_and_operations_are_asked_for_before_a_design_question_ends(wpm: float) -> None:
    for strength in ("sound", "strong"):
        assert raised_before_the_end(played("system_design", strength, word_for_word, wpm=wpm), wpm)


@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
def test_lines_raise_coverage_for_the_candidate_who_knows_only(category: str) -> None:
    assert gain(played(category, "sound", word_for_word)) > 0.15
    assert gain(played(category, "thin", word_for_word)) == 0.0


@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
def test_a_sound_candidate_who_has_something_to_say_uses_the_time_and_is_never_over_it(
    category: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripted_candidate, "NOTHING_TO_SAY", SOMETHING)
    replayed = played(category, "sound", talkative)
    assert 0.8 * replayed.state.plan.minutes <= replayed.minutes <= replayed.state.plan.minutes


WRITTEN = Claim("the worker writes it to the log", "part", part="the worker")
SOMETHING = (
    "We had the old part running beside the new one for a week, with the same input, and compared what both "
    "of them wrote every night, row by row, and whoever found a difference went through it with the other "
    "team the next morning, until there were three days without any."
)
"""What is said where the script has nothing left: as long as people answer."""


def talkative(answer: Answer) -> Heard:
    """Whatever is said brings something new; the script's words repeat, so they are taken for others."""
    heard = word_for_word(answer)
    return replace(heard, stance="answers", fresh_words=9, text=f"{heard.text} And more.")


@pytest.mark.slow
def test_a_design_is_made_harder_once_for_a_strong_candidate_and_not_for_a_junior(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scripted_candidate, "NOTHING_TO_SAY", SOMETHING)
    for level, most in (("senior", 1), ("junior", 0)):
        wish = Wish(level=level, minutes=15, category="system_design", repeat_seen=True)
        plan = make_plan(QUESTIONS, wish, now=NOW, seed=1)
        developed = replay(plan, Script(level=level, volunteers=0.6), rich)
        for at in range(len(plan.rounds)):
            kinds = [one.move.kind for one in developed.asked if one.round == at]
            assert sum(kind in ("ten_times", "change_requirement") for kind in kinds) == most


def rich(answer: Answer) -> Heard:
    """Whatever is said is a developed answer, in words of its own."""
    return replace(talkative(answer), fresh_words=30, claims=(WRITTEN,))


@pytest.mark.slow
@pytest.mark.parametrize("category", ["system_design", "operations", "coding", "debugging", "behavioral"])
def test_with_the_real_listener_the_same_holds(category: str) -> None:
    of = {strength: played(category, strength, offline()) for strength in ("weak", "sound", "strong")}
    for one in of.values():
        hold_the_rules(one)
    shares = {strength: one.minutes / one.state.plan.minutes for strength, one in of.items()}
    slowest = max(one.slowest_line_seconds for one in of.values())
    print(category, "time used", rounded(shares), f"slowest line {slowest:.2f} s")
    assert shares["sound"] > shares["weak"]


def rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.yaml")), ids=lambda file: file.name)
def test_every_shipped_script_can_be_read_and_played(file: Path) -> None:
    script = load_script(file)
    wish = Wish(script.level, script.minutes, None, script.style, script.category)
    hold_the_rules(replay(make_plan(QUESTIONS, wish, now=NOW, seed=script.seed), script, word_for_word))


@pytest.mark.parametrize(
    ("text", "said"),
    [("level: [", "not YAML"), ("minutes: many", "minutes"), ("answers: {x: {second: a}}", "first")],
)
def test_a_script_with_a_mistake_says_where(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    with pytest.raises(RehearseError, match=said):
        load_script(file)


@pytest.mark.slow
def test_the_command_prints_the_dialogue_and_what_probing_brought(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--script", str(SCRIPTS / "happy_path.yaml"), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert [line["kind"] for line in written["lines"][:2]] == ["greeting", "question"]
    (only,) = written["rounds"]
    assert only["question"] == "url-shortener"
    assert only["covered"] > only["covered_unprompted"]
    assert main(["--script", str(SCRIPTS / "happy_path.yaml")]) == 0
    assert re.search(r"interviewer \(probe\): .*\?", capsys.readouterr().out)


@pytest.mark.slow
def test_the_command_says_what_is_wrong_and_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--script", "no-such.yaml"]) == 2
    assert "cannot be read" in capsys.readouterr().err
