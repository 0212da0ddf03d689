"""A candidate's own sets of questions, as they are kept: read again, checked, put beside the bank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from data.domain import Question, QuestionSet, RehearseError
from data.limited import Limits, run_limited
from data.questions import parse_questions

_LIMITS = Limits(memory_bytes=600_000_000, cpu_seconds=5.0, wall_seconds=15.0)
_QUESTIONS = TypeAdapter(tuple[Question, ...])


@dataclass(frozen=True, slots=True)
class OwnSet:
    """A kept set with its questions; `problem` says why it cannot be read any more."""

    kept: QuestionSet
    questions: tuple[Question, ...]
    problem: str = ""


def read_file(raw: bytes, name: str, taken: frozenset[str] = frozenset()) -> tuple[Question, ...]:
    """The questions of an uploaded CSV or YAML file; RehearseError lists the mistakes, each with its place.

    `taken` are the ids that questions of the bank or of other sets have already. Read in the limited worker.
    """
    found = run_limited(
        "data.own_questions:read_here",
        raw,
        name,
        sorted(taken),
        limits=_LIMITS,
        named=name,
        remedy="Divide it into smaller sets.",
    )
    return _QUESTIONS.validate_python(found)


def read_here(raw: bytes, name: str, taken: list[str]) -> object:
    """The same in this process, as what the worker can hand back."""
    return _QUESTIONS.dump_python(parse_questions(raw, name, taken=frozenset(taken)))


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
