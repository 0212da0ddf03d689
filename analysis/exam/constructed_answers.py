"""Constructed answers with labels: the exam that ships (`data/exam`), or a file of the same form.

A line: id, question_id, kind, answer, points (point, status said|partly|not|contradicted, quote), levels by
competency, main (the competency that the question is about), wrong_claims (quote, why).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from data.domain import Answer, Fact, KeyPoint, Question, RehearseError, Turn
from data.json_lines import read_objects

FOLDER = Path(__file__).resolve().parents[2] / "data" / "exam"
Label = Literal["said", "partly", "not", "contradicted"]
Verdict = Literal["heard", "half", "wrong", "none"]
VERDICT_OF: Mapping[Label, Verdict] = {
    "said": "heard",
    "partly": "half",
    "contradicted": "wrong",
    "not": "none",
}
"""What a reader who agrees with a label gives."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What one reader says of one answer: a verdict a key point, levels, false claims quoted."""

    verdicts: tuple[Verdict, ...]
    levels: Mapping[str, float | None]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Constructed:
    """One answer and what is true of it."""

    id: str
    kind: str
    answer: Answer
    labels: tuple[Label, ...]
    quotes: tuple[str, ...]
    """Of each key point the words behind its label; empty where it is not said."""
    levels: Mapping[str, int]
    main: str
    claims: tuple[str, ...]

    @property
    def question_id(self) -> str:
        """Which question it answers."""
        return self.answer.question.id


def read_answers(path: Path, questions: Iterable[Question]) -> tuple[Constructed, ...]:
    """The answers of a JSONL file to these questions; a mistake is named by its line."""
    known = {question.id: question for question in questions}
    rows = read_objects(
        path,
        lambda raw, _: _constructed(raw, known),
        "id, question_id, kind, answer, points, levels, main and wrong_claims",
    )
    if not rows:
        raise RehearseError(f"{path.name} holds no answers.", "Give a JSONL file with one answer a line.")
    return rows


def read_ratings(path: Path, rows: Sequence[Constructed]) -> tuple[Rating, ...] | None:
    """A second reader's ratings of the same answers, in order; None without a file of them."""
    if not path.is_file():
        return None
    found = dict(read_objects(path, lambda raw, _: _rating(raw), "id, points, levels and wrong_claims"))
    return tuple(found[row.id] for row in rows) if all(row.id in found for row in rows) else None


def read_questions(path: Path) -> tuple[Question, ...]:
    """Questions as they were when answers to them were labelled."""
    return read_objects(path, lambda raw, _: _question(raw), "the fields of a question")


def shipped_questions() -> tuple[Question, ...]:
    """The twelve questions of the exam."""
    return read_questions(FOLDER / "questions.jsonl")


def shipped_answers() -> tuple[Constructed, ...]:
    """The answers of the exam."""
    return read_answers(FOLDER / "answers.jsonl", shipped_questions())


def second_rating(rows: Sequence[Constructed]) -> tuple[Rating, ...] | None:
    """The second rating of the exam, of these of its answers."""
    return read_ratings(FOLDER / "second.jsonl", rows)


def owned(row: Constructed) -> Answer:
    """The answer under a name of its own, so that replies about it are kept until the exam is sat again."""
    return replace(row.answer, attempt_id=f"exam-{row.id}")


def _constructed(raw: Mapping[str, Any], known: Mapping[str, Question]) -> Constructed:
    question = known.get(str(raw["question_id"]))
    if question is None:
        raise ValueError(f"there is no question {raw['question_id']!r}")
    points = sorted(raw["points"], key=lambda one: int(one["point"]))
    if [one["point"] for one in points] != list(range(len(question.key_points))):
        raise ValueError(f"{question.id} has {len(question.key_points)} key points, not these")
    levels = {str(name): int(level) for name, level in raw["levels"].items()}
    if raw["main"] not in levels:
        raise ValueError(f"no level for the main competency {raw['main']!r}")
    turns = (Turn(0, "interviewer", question.text), Turn(1, "candidate", str(raw["answer"])))
    return Constructed(
        id=str(raw["id"]),
        kind=str(raw["kind"]),
        answer=Answer(question, turns),
        labels=tuple(_label(one["status"]) for one in points),
        quotes=tuple(str(one.get("quote") or "") for one in points),
        levels=levels,
        main=str(raw["main"]),
        claims=tuple(_quote(one) for one in raw["wrong_claims"]),
    )


def _rating(raw: Mapping[str, Any]) -> tuple[str, Rating]:
    verdicts = tuple(VERDICT_OF[_label(status)] for status in raw["points"])
    levels = {str(name): float(level) for name, level in raw["levels"].items()}
    return str(raw["id"]), Rating(verdicts, levels, tuple(_quote(one) for one in raw["wrong_claims"]))


def _label(status: object) -> Label:
    if status not in VERDICT_OF:
        raise ValueError(f"unknown status {status!r}; the known ones are {', '.join(VERDICT_OF)}")
    return cast(Label, status)


def _quote(claim: object) -> str:
    return str(claim["quote"]) if isinstance(claim, Mapping) else str(claim)


def _question(raw: Mapping[str, Any]) -> Question:
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
    }
    plain["key_points"] = tuple(KeyPoint(**point) for point in raw["key_points"])
    plain["facts"] = tuple(Fact("other", text) for text in raw.get("facts", ()))
    return Question(**plain)
