"""The messages a judge is sent, built from the files in `analysis/scoring/judge/prompts/`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from string import Template

from analysis.llm.chat_model import Message
from analysis.scoring.judge.view import View
from data.domain import Criterion, Flag, Question
from data.rubrics import category_criteria, load_frame

PROMPTS = Path(__file__).parent / "prompts"
LONGEST_REASON_CHARACTERS = 1000


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return Template((PROMPTS / f"{name}.md").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def prompt_version() -> str:
    """A hash of all prompt files: it changes when any of them does."""
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted(PROMPTS.glob("*.md")))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def criterion_messages(
    question: Question,
    view: View,
    criterion: Criterion,
    flags: Sequence[Flag],
    dispute: str = "",
    machine: Sequence[str] = (),
) -> tuple[Message, ...]:
    """The transcript and one criterion; with `dispute`, the candidate's reason in a message of its own.

    `machine` is what the capacity checker recomputed, where the criterion asks for it.
    """
    asked = _template("criterion").substitute(
        criterion=criterion.id,
        title=criterion.title,
        question=criterion.question,
        guidance=category_criteria(question.category).guidance,
        anchors=_anchors(criterion),
        clauses=", ".join(judged_clauses(criterion)),
        flag=_flag_request(flags),
        machine=_fenced(view, "FOUND", machine) if machine else "",
    )
    extra = (_dispute(view, dispute),) if dispute else ()
    return (*_opening(question, view), *extra, Message("user", asked))


def error_messages(question: Question, view: View, criteria: Sequence[Criterion]) -> tuple[Message, ...]:
    """The separate look for mistakes."""
    listed = "\n".join(f"- {criterion.id}: {criterion.title}" for criterion in criteria)
    asked = _template("errors").substitute(criteria=listed)
    return (*_opening(question, view), Message("user", asked))


def coverage_messages(question: Question, view: View) -> tuple[Message, ...]:
    """The key points of the question against the transcript."""
    points = _data(view, [f"- {point.id}: {point.text}" for point in question.key_points])
    asked = _template("coverage").substitute(points=points, fence=view.fence)
    return (*_opening(question, view), Message("user", asked))


def judged_clauses(criterion: Criterion) -> tuple[str, ...]:
    """The clauses that get a verdict: those of levels 2 to 4. Level 1 is what is left."""
    return tuple(clause.id for anchor in criterion.anchors[1:] for clause in anchor.clauses)


def _opening(question: Question, view: View) -> tuple[Message, Message]:
    rules = "\n".join(f"* {rule}" for rule in load_frame().rules)
    system = _template("judge").substitute(rules=rules, fence=view.fence)
    data = _template("transcript").substitute(
        question=_data(view, question.text.splitlines()), fence=view.fence, transcript=view.transcript
    )
    return Message("system", system), Message("user", data)


def _anchors(criterion: Criterion) -> str:
    parts = []
    for anchor in criterion.anchors:
        clauses = "\n".join(f"  {clause.id}: {clause.text}" for clause in anchor.clauses)
        parts.append(f"Level {anchor.level}\n{clauses}\n  Example: {anchor.example}")
    return "\n".join(parts)


def _flag_request(flags: Sequence[Flag]) -> str:
    if not flags:
        return "`flag_confirmed`: false."
    found = "; ".join(f"{flag.name} ({flag.explanation})" for flag in flags)
    return f"Rules found: {found}. `flag_confirmed`: true when the transcript bears it out, else false."


def _data(view: View, lines: Sequence[str]) -> str:
    """Lines that somebody else wrote, as they may stand between the fences: none of them is a fence.

    An own question is written by the very person who is judged.
    """
    return "\n".join(" ".join(line.split()).replace(view.fence, "") for line in lines)


def _fenced(view: View, name: str, lines: Sequence[str]) -> str:
    return f"{view.fence} BEGIN {name}\n{_data(view, lines)}\n{view.fence} END {name}"


def _dispute(view: View, reason: str) -> Message:
    said = reason.replace(view.fence, "")[:LONGEST_REASON_CHARACTERS]
    return Message("user", _template("rejudge").substitute(fence=view.fence, reason=said))
