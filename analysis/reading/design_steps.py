"""Which step of the design template each part of an answer is about, and the time spent on it. Pure.

Rules over word lists (`step_cues.yaml`), smoothed over the whole answer: people stay with a step for some
sentences and mostly move forward. It shows where time went; it judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from analysis.reading.quotes import evidence_at, span_at
from analysis.reading.sentences import Sentence, sentences
from data.domain import Turn

Step = Literal["requirements", "estimate", "architecture", "deep_dive", "failures", "operations"]
STEPS: tuple[Step, ...] = get_args(Step)
STAY_BONUS, FORWARD_COST, BACKWARD_COST = 0.6, 0.5, 1.2
"""Smoothing, in units of cue points: going on with a step, moving to a later one, returning to an earlier."""
PROBED_BONUS = 1.0
"""What the step that the interviewer asked about gets in the reply's first sentence, for each cue point."""
MOST_POINTS = 4.0
_CUES = Path(__file__).parent / "step_cues.yaml"


@dataclass(frozen=True, slots=True)
class StepSpan:
    """A stretch of one turn about one step: characters of its text, words, and seconds if they were timed."""

    step: Step
    turn: int
    start: int
    end: int
    words: int
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class StepTime:
    """What one step got: `share` of all words (0-1), and seconds, None when the words have no times."""

    step: Step
    share: float
    seconds: float | None


@dataclass(frozen=True, slots=True)
class _Line:
    turn: Turn
    sentence: Sentence
    points: tuple[float, ...]


def find_steps(turns: Sequence[Turn]) -> tuple[StepSpan, ...]:
    """The candidate's turns cut into stretches, in order. Empty when nothing was said."""
    lines = _lines(turns)
    spans: list[StepSpan] = []
    for line, step in zip(lines, _best_path(lines), strict=True):
        spans.append(_span(line.turn, step, line.sentence.start, line.sentence.end))
        if len(spans) > 1 and (spans[-2].turn, spans[-2].step) == (line.turn.index, step):
            first = spans[-2]
            spans[-2:] = [_span(line.turn, step, first.start, line.sentence.end)]
    return tuple(spans)


def time_per_step(spans: Sequence[StepSpan]) -> tuple[StepTime, ...]:
    """All six steps in the template's order, also those that got nothing."""
    words = sum(span.words for span in spans)
    timed = bool(spans) and all(span.seconds is not None for span in spans)
    found = []
    for step in STEPS:
        mine = [span for span in spans if span.step == step]
        seconds = round(sum(span.seconds or 0.0 for span in mine), 1) if timed else None
        found.append(StepTime(step, sum(span.words for span in mine) / words if words else 0.0, seconds))
    return tuple(found)


def _lines(turns: Sequence[Turn]) -> list[_Line]:
    found: list[_Line] = []
    asked = (0.0,) * len(STEPS)
    for turn in turns:
        if turn.speaker == "interviewer":
            asked = _points(turn.text) if turn.index > 0 else asked
            continue
        for sentence in sentences(turn.text):
            points = _points(turn.text[sentence.start : sentence.end])
            context = (PROBED_BONUS * value for value in asked)
            found.append(_Line(turn, sentence, tuple(map(sum, zip(points, context, strict=True)))))
            asked = (0.0,) * len(STEPS)
    return found


def _best_path(lines: Sequence[_Line]) -> tuple[Step, ...]:
    """The sequence of steps with most points (Viterbi), beginning with the requirements if nothing speaks."""
    if not lines:
        return ()
    places = range(len(STEPS))
    best = [lines[0].points[at] - 0.2 * at for at in places]
    origins: list[list[int]] = []
    for line in lines[1:]:
        origin = [max(places, key=lambda a, b=at: best[a] + _move(a, b)) for at in places]  # type: ignore[misc]
        best = [best[origin[at]] + _move(origin[at], at) + line.points[at] for at in places]
        origins.append(origin)
    path = [max(places, key=lambda at: best[at])]
    for origin in reversed(origins):
        path.append(origin[path[-1]])
    return tuple(STEPS[at] for at in reversed(path))


def _move(before: int, after: int) -> float:
    if before == after:
        return STAY_BONUS
    return -FORWARD_COST if after > before else -BACKWARD_COST


def _points(text: str) -> tuple[float, ...]:
    plain = text.lower().replace("’", "'")
    return tuple(
        min(MOST_POINTS, sum(weight * len(found.findall(plain)) for weight, found in _patterns()[step]))
        for step in STEPS
    )


def _span(turn: Turn, step: Step, start: int, end: int) -> StepSpan:
    said = evidence_at(turn, span_at(turn, start, end))
    timed = said.start_seconds is not None and said.end_seconds is not None
    seconds = (said.end_seconds or 0.0) - (said.start_seconds or 0.0) if timed else None
    return StepSpan(step, turn.index, start, end, len(turn.text[start:end].split()), seconds)


@cache
def _patterns() -> dict[str, tuple[tuple[float, re.Pattern[str]], ...]]:
    import yaml

    lists = yaml.safe_load(_CUES.read_text(encoding="utf-8"))
    return {
        step: tuple(
            (float(weight), re.compile(rf"(?<!\w)(?:{'|'.join(entries)})(?!\w)"))
            for weight, entries in lists[step].items()
        )
        for step in STEPS
    }
