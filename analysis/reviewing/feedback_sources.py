"""What a talk about feedback may go by: the answer, the rubric, the bank's facts and the verdicts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from analysis.llm.between_marks import without_mark
from analysis.llm.chat_model import Message
from analysis.scoring.coverage import HEARD, JUDGED, only_heard
from analysis.scoring.judge.view import View, show
from data.domain import Answer, Assessment, Question, Score
from data.rubrics import criteria_for, criterion

PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Source:
    """What may be cited by its id: a clause, a fact, a key point with what was found, a verdict."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """All of it, with the answer as a judge is shown it."""

    answer: Answer
    view: View
    sources: tuple[Source, ...]

    @property
    def messages(self) -> tuple[Message, Message]:
        """How every request begins: the rules, then the data between marks that nobody can write into it."""
        fence = self.view.fence
        listed = "\n".join(f"[{one.id}] {one.kind}: {_line(one.text, fence)}" for one in self.sources)
        data = Template((PROMPTS / "material.md").read_text(encoding="utf-8")).substitute(
            fence=fence,
            question="\n".join(_line(line, fence) for line in self.answer.question.text.splitlines()),
            transcript=self.view.transcript,
            sources=listed,
        )
        return Message("system", (PROMPTS / "ask.md").read_text(encoding="utf-8")), Message("user", data)


def material_of(answer: Answer, assessment: Assessment) -> Material:
    """What is known of this answer and of what it was held against."""
    question = answer.question
    found = (*_verdicts(assessment), *_points(assessment), *_facts(question), *_clauses(question))
    return Material(answer, show(answer), tuple(found))


def _verdicts(assessment: Assessment) -> Iterator[Source]:
    for score in assessment.scores:
        yield Source(f"V-{score.criterion}", "verdict", _verdict(score))


def _verdict(score: Score) -> str:
    title = criterion(score.criterion).title
    told = f"{title} is not scored: {score.reason}"
    if score.level is not None:
        told = f"{title} is at level {score.level:g}."
    quotes = " ".join(f"“{one.quote}”" for one in score.evidence)
    parts = [told, f"It goes by: {quotes}." if quotes else ""]
    parts += [f"Does not hold: {claim.sentence}" for claim in score.errors]
    parts += [f"For the next level: {step}" for step in (score.fix, score.missing_for_next) if step]
    return " ".join(part for part in parts if part)


def _points(assessment: Assessment) -> Iterator[Source]:
    words = HEARD if only_heard(assessment) else JUDGED
    for number, result in enumerate(assessment.key_points, start=1):
        quotes = " ".join(f"“{one.quote}”" for one in result.quotes)
        yield Source(
            f"P{number}",
            "key point",
            f"{result.key_point.text} Found: {words[result.status]}. {quotes}".strip(),
        )


def _facts(question: Question) -> Iterator[Source]:
    for number, fact in enumerate(question.facts, start=1):
        yield Source(f"F{number}", "fact given", fact.text)
    for number, one in enumerate(question.misconceptions, start=1):
        yield Source(f"M{number}", "fact", f"{one.right} It is wrong to say: {one.wrong}")


def _clauses(question: Question) -> Iterator[Source]:
    for asked in criteria_for(question):
        for anchor in asked.anchors[1:]:
            for clause in anchor.clauses:
                yield Source(clause.id, f"level {anchor.level} of {asked.title}", clause.text)


def _line(text: str, fence: str) -> str:
    """One line that somebody else wrote, as it may stand between the marks."""
    return without_mark(" ".join(text.split()), fence)
