"""The question bank for studying: what is chosen, what to read, and the choice as a file. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.domain import Question
from data.safe_csv import safe_rows

TEMPLATE = (
    "Clarify requirements (functions, scale as QPS and data volume, latency, consistency)",
    "Estimate capacity",
    "High-level architecture (components, data flow, communication)",
    "Deep dive on the critical component",
    "Failure modes (what happens when each part fails)",
    "Operations (monitoring, alerting, deployment, scaling ten times)",
)
"""The steps of a system-design answer, in their order."""


@dataclass(frozen=True, slots=True)
class State:
    """What a candidate has done with a question."""

    studied: bool
    answers: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Something to read, and how many of the chosen questions point to it."""

    what: str
    questions: int


def matching(questions: Iterable[Question], text: str) -> tuple[Question, ...]:
    """The questions whose title, wording, topic or tags hold every word of `text`."""
    words = text.casefold().split()
    return tuple(one for one in questions if all(word in _searched(one) for word in words))


def reading_list(questions: Iterable[Question]) -> tuple[Reading, ...]:
    """What the questions point to, the most pointed to first."""
    counted = Counter(item for question in questions for item in dict.fromkeys(question.reading))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Reading(what, count) for what, count in ordered)


def as_csv(questions: Sequence[Question], states: Mapping[str, State]) -> str:
    """One row a question: what it is and what was done with it, without the outlines."""
    columns = ("id", "category", "level", "minutes", "title", "question", "studied", "answers")
    rows = []
    for one in questions:
        state = states.get(one.id, State(False, 0))
        studied = "yes" if state.studied else "no"
        rows.append(
            (one.id, one.category, one.level, f"{one.minutes:g}", one.title, one.text, studied, state.answers)
        )
    return safe_rows(columns, rows)


def as_markdown(questions: Sequence[Question], states: Mapping[str, State], *, outlines: bool) -> str:
    """The same as a checklist to print, with the outlines when they are wanted."""
    lines = ["# Questions to study", ""]
    for one in questions:
        done = "x" if states.get(one.id, State(False, 0)).studied else " "
        lines += [f"- [{done}] **{one.title}** ({one.level}, {one.minutes:g} min)", f"  {one.text}"]
        if one.code:
            lines += ["", *(f"      {line}".rstrip() for line in one.code.splitlines()), ""]
        if outlines:
            lines += _strong(one)
    read = reading_list(questions)
    if read:
        lines += ["", "## To read", "", *(f"- {item.what}" for item in read)]
    return "\n".join(lines) + "\n"


def _strong(question: Question) -> list[str]:
    """Outline, wrong claims, what is asked next and worked answers, as lines below the question."""
    wrong = [f"- Wrong: {one.wrong} Right: {one.right}" for one in question.misconceptions]
    follows = [f"- Asked next: {one}" for one in question.follow_ups]
    worked = [f"As {level}: {text}" for level, text in question.examples.items()]
    parts = (
        "\n".join(lines)
        for lines in (question.outline.splitlines(), wrong, follows, *([one] for one in worked))
    )
    return ["", *(f"  {line}".rstrip() for part in parts if part for line in (*part.splitlines(), ""))]


def _searched(question: Question) -> str:
    return " ".join((question.title, question.text, question.topic, *question.tags)).casefold()
