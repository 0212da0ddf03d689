from __future__ import annotations

import re
from pathlib import Path

import yaml

from analysis.reading.design_steps import STEPS, Step, StepSpan, find_steps, time_per_step
from data.domain import Turn, Word
from tests.stored import shipped_questions

NAMES: dict[str, Step] = {
    "Requirements": "requirements",
    "Estimate": "estimate",
    "Architecture": "architecture",
    "Deep dive": "deep_dive",
    "Failures": "failures",
    "Operations": "operations",
}
Labelled = list[tuple[Step, str]]
SPOKEN: list[Labelled] = [
    [(step, said) for part in parts for step, said in part.items()]
    for parts in yaml.safe_load((Path(__file__).parent / "spoken_designs.yaml").read_text(encoding="utf-8"))
]


def accuracy(answers: list[Labelled]) -> float:
    """The share of words that were put to the right step."""
    right = every = 0
    for parts in answers:
        text = " ".join(said for _, said in parts)
        ends = [sum(len(said) + 1 for _, said in parts[: at + 1]) for at in range(len(parts))]
        for span in find_steps([Turn(1, "candidate", text)]):
            for word in re.finditer(r"\S+", text[span.start : span.end]):
                at = next(i for i, end in enumerate(ends) if span.start + word.start() < end)
                every += 1
                right += parts[at][0] == span.step
    return right / every


def outlines() -> list[Labelled]:
    designs = [question for question in shipped_questions() if question.category == "system_design"]
    cut = [[line.split(": ", 1) for line in question.outline.splitlines()] for question in designs]
    return [[(NAMES[name], text) for name, text in parts] for parts in cut]


def test_most_words_of_spoken_answers_are_put_to_their_step() -> None:
    found = accuracy(SPOKEN)
    print(f"steps of spoken answers: {found:.0%} of the words right")
    assert found >= 0.85


def test_most_words_of_the_banks_terse_outlines_are_put_to_their_step() -> None:
    found = accuracy(outlines())
    print(f"steps of {len(outlines())} outlines: {found:.0%} of the words right")
    assert found >= 0.7


def test_time_is_in_seconds_when_words_are_timed_and_a_share_always() -> None:
    text = "We must support posting. If the queue fails we retry it."
    said = text.split()
    words = tuple(Word(word, at * 1.0, at + 0.5) for at, word in enumerate(said))
    times = {one.step: one for one in time_per_step(find_steps([Turn(1, "candidate", text, words)]))}
    assert times["requirements"].seconds == 3.5
    assert times["failures"].seconds == 6.5
    assert sum(one.share for one in times.values()) == 1.0
    typed = time_per_step(find_steps([Turn(1, "candidate", text)]))
    assert [one.seconds for one in typed] == [None] * len(STEPS)


def test_what_the_interviewer_asked_about_counts_for_the_reply() -> None:
    turns = [
        Turn(0, "interviewer", "Design it."),
        Turn(1, "candidate", "At a high level the client calls an API in front of a store."),
        Turn(2, "interviewer", "How would you monitor that in production?"),
        Turn(3, "candidate", "I would have a look at the curves every morning."),
    ]
    assert [(span.turn, span.step) for span in find_steps(turns)] == [(1, "architecture"), (3, "operations")]


def test_spans_are_in_order_and_quote_the_turn() -> None:
    text = " ".join(said for _, said in SPOKEN[0])
    spans = find_steps([Turn(1, "candidate", text)])
    places = [(span.start, span.end) for span in spans]
    assert places == sorted(places)
    assert all(isinstance(span, StepSpan) and text[span.start : span.end].strip() for span in spans)


def test_nothing_said_has_no_steps_and_no_time() -> None:
    assert find_steps([]) == ()
    assert [one.share for one in time_per_step(())] == [0.0] * len(STEPS)
