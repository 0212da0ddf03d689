"""Replayed interviews: scripted candidates of four strengths in every category, level, length and pace.

The scorer is stood in for (a point counts when it was said as the script says it), so that the figures are of
the interviewer alone: plan, turn loop, probes.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from statistics import mean

from analysis.interview.loop.state import answers
from analysis.interview.planning.plan import LENGTHS_MINUTES, Wish, make_plan
from analysis.interview.replay import AskedProbe, Replay, replay, unprompted
from analysis.interview.scripted_candidate import Script, spoken
from analysis.reading.leaks import gives_away
from data.domain import CATEGORIES, LEVELS, Answer, KeyPointResult
from data.questions import load_questions

STRENGTHS = {"weak": (0.15, False), "thin": (0.4, False), "sound": (0.4, True), "strong": (0.8, True)}
"""Share of the key points volunteered, and whether the one probed is then added."""
PACES = ((150.0, True), (60.0, True), (150.0, False))
SEEDS = 3


def main() -> None:
    """Print how many replays broke a rule, how deep probes went, and what they brought."""
    began, questions, now = time.perf_counter(), load_questions(), datetime.now(UTC)
    played: dict[str, list[Replay]] = {strength: [] for strength in STRENGTHS}
    wishes = product(STRENGTHS, CATEGORIES, LEVELS, LENGTHS_MINUTES, PACES, range(SEEDS))
    for strength, category, level, minutes, (pace, breathes), seed in wishes:
        plan = make_plan(questions, Wish(level, minutes, category=category), now=now, seed=seed)
        volunteers, adds = STRENGTHS[strength]
        script = Script(
            words_per_minute=pace, breathes=breathes, volunteers=volunteers, adds_when_probed=adds
        )
        played[strength].append(replay(plan, script, word_for_word))
    everything = [one for found in played.values() for one in found]
    faults = {
        name: sum(map(breaks, everything))
        for name, breaks in (("leaks", _leaks), ("repeats", _repeats), ("over time", _over_time))
    }
    broken = ", ".join(f"{count} {name}" for name, count in faults.items())
    took = time.perf_counter() - began
    print(f"| {len(everything)} interviews replayed, rules broken | {broken} | {took:.0f} s | |")
    for strength, found in played.items():
        depth = mean(one.probe.depth for replayed in found for one in replayed.probes)
        gain = mean(_gain(replayed) for replayed in found)
        print(
            f"| {strength}: depth of a probe (1-3), coverage probes brought | {depth:.2f}, {gain:+.2f} | | |"
        )


def word_for_word(answer: Answer) -> tuple[KeyPointResult, ...]:
    """A point is covered when it was said as the script says it."""
    said = " ".join(answer.candidate_text.split())
    return tuple(
        KeyPointResult(point, "covered" if spoken(point) in said else "missed")
        for point in answer.question.key_points
    )


def _leaks(replayed: Replay) -> bool:
    return any(_leaked(one) for one in replayed.probes)


def _leaked(asked: AskedProbe) -> bool:
    question = asked.before.question
    heard = " ".join([question.title, question.text, *(turn.text for turn in asked.before.turns)])
    points = (asked.probe.key_point,) if asked.probe.key_point else question.key_points
    return gives_away(asked.probe.text, points, heard)


def _repeats(replayed: Replay) -> bool:
    asked = [planned.question.id for planned in replayed.state.plan.rounds]
    probes = [(one.round, one.probe.text) for one in replayed.probes]
    return len(set(asked)) < len(asked) or len(set(probes)) < len(probes)


def _over_time(replayed: Replay) -> bool:
    return replayed.minutes > replayed.state.plan.limit_minutes


def _gain(replayed: Replay) -> float:
    gains = [_covered(one) - _covered(unprompted(one)) for one in answers(replayed.state)]
    return mean(gains) if gains else 0.0


def _covered(answer: Answer) -> float:
    results: Sequence[KeyPointResult] = word_for_word(answer)
    return sum(one.status == "covered" for one in results) / len(results)


if __name__ == "__main__":
    main()
