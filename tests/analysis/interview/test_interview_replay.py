"""Scripted candidates of four strengths against every category, made from the bank itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from analysis.interview.__main__ import main
from analysis.interview.loop.state import answers
from analysis.interview.moves.probes import MUST_BE_RAISED
from analysis.interview.planning.plan import Wish, make_plan
from analysis.interview.replay import AskedProbe, Replay, replay, unprompted
from analysis.interview.scripted_candidate import Script, load_script, spoken
from analysis.reading.leaks import gives_away
from data.domain import CATEGORIES, Answer, KeyPointResult, RehearseError
from tests.stored import shipped_questions

QUESTIONS = shipped_questions()
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SCRIPTS = Path(__file__).parents[3] / "analysis" / "interview" / "scripts"
STRENGTHS = {"weak": (0.15, False), "thin": (0.4, False), "sound": (0.4, True), "strong": (0.8, True)}
"""Share of the key points volunteered, and whether the probed one is then added. "thin" and "sound" say the
same at first, so that only what the probe brought tells them apart."""
Assess = Callable[[Answer], Sequence[KeyPointResult]]


def word_for_word(answer: Answer) -> tuple[KeyPointResult, ...]:
    """Stands in for the scorer: a point is covered when it was said as the script says it."""
    said = " ".join(answer.candidate_text.split())
    return tuple(
        KeyPointResult(point, "covered" if spoken(point) in said else "missed")
        for point in answer.question.key_points
    )


@cache
def offline() -> Assess:
    from analysis.scoring.reader import ReaderScorer

    scorer = ReaderScorer()
    return lambda answer: scorer.score(answer).key_points


def played(
    category: str, strength: str, assess: Assess, *, wpm: float = 150, breathes: bool = True
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
    return replay(plan, script, assess)


def covered(answer: Answer, assess: Assess) -> float:
    results = assess(answer)
    return sum(one.status == "covered" for one in results) / len(results)


def gain(replayed: Replay, assess: Assess) -> float:
    """How much coverage the probes brought, as a mean over the rounds."""
    return mean(covered(one, assess) - covered(unprompted(one), assess) for one in answers(replayed.state))


def leaks(asked: AskedProbe) -> bool:
    question = asked.before.question
    heard = " ".join([question.title, question.text, *(turn.text for turn in asked.before.turns)])
    points = (asked.probe.key_point,) if asked.probe.key_point else question.key_points
    return gives_away(asked.probe.text, points, heard)


def hold_the_rules(replayed: Replay) -> None:
    asked = [planned.question.id for planned in replayed.state.plan.rounds]
    probes = [(one.round, one.probe.text) for one in replayed.probes]
    assert len(set(asked)) == len(asked)
    assert len(set(probes)) == len(probes)
    assert [one.probe.text for one in replayed.probes if leaks(one)] == []
    assert max(sum(one.round == number for one in replayed.probes) for number in range(len(asked))) <= 2
    assert replayed.minutes <= replayed.state.plan.limit_minutes


def raised_before_the_end(replayed: Replay, assess: Assess) -> bool:
    """Every design answer either raised failure modes and operations, or was asked about them."""
    for number, answer in enumerate(answers(replayed.state)):
        probed = {
            one.probe.key_point.competency
            for one in replayed.probes
            if one.round == number and one.probe.key_point
        }
        heard = {one.key_point.competency for one in assess(answer) if one.status in ("covered", "partly")}
        if not set(MUST_BE_RAISED) <= probed | heard:
            return False
    return True


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize(("wpm", "breathes"), [(150, True), (60, True), (150, False), (30, False)])
def test_no_leak_no_repetition_and_never_over_time(
    category: str, strength: str, wpm: float, breathes: bool
) -> None:
    hold_the_rules(played(category, strength, word_for_word, wpm=wpm, breathes=breathes))


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("wpm", [150, 60])
def test_failures_and_operations_are_probed_before_a_design_question_ends(strength: str, wpm: float) -> None:
    assert raised_before_the_end(played("system_design", strength, word_for_word, wpm=wpm), word_for_word)


@pytest.mark.parametrize("category", CATEGORIES)
def test_probes_raise_coverage_for_the_candidate_who_knows_only(category: str) -> None:
    assert gain(played(category, "sound", word_for_word), word_for_word) > 0.15
    assert gain(played(category, "thin", word_for_word), word_for_word) == 0.0


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_strong_candidate_gets_deeper_probes_than_a_weak_one(category: str) -> None:
    depth = {
        strength: mean(one.probe.depth for one in played(category, strength, word_for_word).probes)
        for strength in ("weak", "strong")
    }
    assert depth["strong"] > depth["weak"]


@pytest.mark.slow
@pytest.mark.parametrize("category", CATEGORIES)
def test_with_the_real_scorer_the_same_holds(category: str) -> None:
    assess = offline()
    of = {strength: played(category, strength, assess) for strength in STRENGTHS}
    for one in of.values():
        hold_the_rules(one)
    if category == "system_design":
        assert all(raised_before_the_end(one, assess) for one in of.values())
    depth = {strength: mean(a.probe.depth for a in one.probes) for strength, one in of.items()}
    gains = {strength: gain(one, assess) for strength, one in of.items()}
    slowest = max(one.slowest_probe_seconds for one in of.values())
    print(category, "depth", rounded(depth), "gain", rounded(gains), f"slowest probe {slowest:.2f} s")
    assert depth["strong"] > depth["weak"]
    assert gains["sound"] > 0.1
    assert gains["thin"] <= 0.05 and gains["weak"] <= 0.05


def rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


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


def test_the_command_says_what_is_wrong_and_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--script", "no-such.yaml"]) == 2
    assert "cannot be read" in capsys.readouterr().err
