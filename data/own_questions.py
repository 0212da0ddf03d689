"""A candidate's own sets of questions, as they are kept: read again, checked, put beside the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.domain import Question, QuestionSet, RehearseError
from data.own_yaml import parse_yaml
from data.questions import parse_questions


@dataclass(frozen=True, slots=True)
class OwnSet:
    """A kept set with its questions; `problem` says why it cannot be read any more."""

    kept: QuestionSet
    questions: tuple[Question, ...]
    problem: str = ""


def read_file(raw: bytes, name: str) -> tuple[Question, ...]:
    """The questions of an uploaded CSV or YAML file; RehearseError lists every mistake and its place."""
    if name.lower().endswith((".yaml", ".yml")):
        return parse_yaml(raw, name)
    return parse_questions(raw, name)


def check_ids(questions: Sequence[Question], taken: Sequence[Question], name: str) -> None:
    """RehearseError when an id is already used by a question of the bank or of another set."""
    used = {question.id for question in taken}
    rows = [(row, one.id) for row, one in enumerate(questions, start=2) if one.id in used]
    if rows:
        listing = "\n".join(f"- row {row}, column id: {found!r} is already used." for row, found in rows)
        raise RehearseError(f"{name} has ids that exist already:\n{listing}\n", "Give them other ids.")


def open_set(kept: QuestionSet, bank: Sequence[Question]) -> OwnSet:
    """The set with its questions; one that cannot be read has none and says why."""
    if kept.kind == "picked":
        by_id = {question.id: question for question in bank}
        ids = kept.content.split()
        return OwnSet(kept, tuple(by_id[name] for name in ids if name in by_id))
    try:
        return OwnSet(kept, read_file(kept.content.encode(), f"{kept.name}.{kept.kind}"))
    except RehearseError as error:
        return OwnSet(kept, (), str(error))
