"""What a shipped question must have, and in which form, so that an interviewer can work with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.authoring.finding import Finding, Path, found
from data.domain import LEVELS, Question

STORIES = ("experience", "behavioral")
"""Asked about the candidate's own past: there is nothing given, and seldom a wrong fact."""
INCIDENTS = ("incident response", "debugging")
"""Topics of `operations` where something can be looked at."""
EXAMPLE_LEVELS = ("mid", "senior")

KEY_POINTS = range(5, 11)
MISCONCEPTIONS = range(3, 9)
FOLLOW_UPS = range(2, 5)
FEWEST_FACTS, FEWEST_FACTS_OF_A_DESIGN, FEWEST_OBSERVATIONS = 4, 12, 6
WORDS_OF_A_CLAIM = range(8, 41)
WORDS_OF_AN_EXAMPLE = range(120, 201)
WORDS_OF_A_LINE, WORDS_OF_A_HINT, WORDS_OF_A_TWIST = range(3, 31), range(3, 41), range(4, 36)


def incomplete(question: Question) -> Iterator[Finding]:
    """What is missing."""
    yield from _counts(question)
    for at, point in enumerate(question.key_points):
        if len(point.hints) != 3:
            yield _missing(
                question, "needs hints: a narrower question, a nudge, the content", "key_points", at
            )
    for at, one in enumerate(question.misconceptions):
        for field, text in (("near_right", one.near_right), ("source", one.source)):
            if not text:
                yield _missing(question, f"needs {field}", "misconceptions", at)
    if question.category == "system_design" and question.twist is None:
        yield _missing(question, "a design needs one", "twist")
    for field, given, levels in (
        ("expected", question.expected, LEVELS),
        ("examples", question.examples, EXAMPLE_LEVELS),
    ):
        if absent := [level for level in levels if level not in given]:
            yield _missing(question, f"needs {', '.join(absent)}", field)


def out_of_form(question: Question) -> Iterator[Finding]:
    """What is too long or too short, or no question where one is meant."""
    for path, text in _asked(question):
        if not text.endswith("?") or text.count("?") > 1:
            yield found(question, "form", "must be one question", *path)
    for path, text, words in _measured(question):
        if (count := len(text.split())) not in words:
            problem = f"has {count} words, not {words.start} to {words.stop - 1}"
            yield found(question, "form", problem, *path)


def _counts(question: Question) -> Iterator[Finding]:
    story = question.category in STORIES
    design, incident = question.category == "system_design", question.topic in INCIDENTS
    facts = FEWEST_FACTS_OF_A_DESIGN if design else FEWEST_FACTS
    most = MISCONCEPTIONS.stop
    for field, count, wanted in (
        ("key_points", len(question.key_points), KEY_POINTS),
        ("misconceptions", len(question.misconceptions), range(0 if story else MISCONCEPTIONS.start, most)),
        ("facts", len(question.facts), range(0 if story else facts, 100)),
        ("observations", len(question.observations), range(FEWEST_OBSERVATIONS if incident else 0, 100)),
        ("follow_ups", len(question.follow_ups), FOLLOW_UPS),
    ):
        if count not in wanted:
            most_told = f" to {wanted.stop - 1}" if wanted.stop < 100 else " or more"
            yield _missing(question, f"has {count}, needs {wanted.start}{most_told}", field)


def _asked(question: Question) -> Iterator[tuple[Path, str]]:
    """Lines that must be a single question: probes, first hints, challenges."""
    for at, point in enumerate(question.key_points):
        yield ("key_points", at, "probe"), point.probe
        for hint in point.hints[:1]:
            yield ("key_points", at, "hints", 0), hint
    for at, one in enumerate(question.misconceptions):
        yield ("misconceptions", at, "challenge"), one.challenge


def _measured(question: Question) -> Iterator[tuple[Path, str, range]]:
    """Texts with the number of words they may have."""
    for path, text in _asked(question):
        yield path, text, WORDS_OF_A_LINE
    for at, point in enumerate(question.key_points):
        for step, hint in enumerate(point.hints[1:], start=1):
            yield ("key_points", at, "hints", step), hint, WORDS_OF_A_HINT
    for at, one in enumerate(question.misconceptions):
        yield ("misconceptions", at, "wrong"), one.wrong, WORDS_OF_A_CLAIM
        if one.near_right:
            yield ("misconceptions", at, "near_right"), one.near_right, WORDS_OF_A_CLAIM
    if question.twist:
        yield ("twist", "text"), question.twist.text, WORDS_OF_A_TWIST
    for level, example in question.examples.items():
        yield ("examples", level), example, WORDS_OF_AN_EXAMPLE


def _missing(question: Question, problem: str, *path: str | int) -> Finding:
    return found(question, "missing", problem, *path)
