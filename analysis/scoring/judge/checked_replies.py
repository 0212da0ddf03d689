"""Reading a judge's replies against the transcript: what survives the evidence check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.scoring.judge.clause_levels import NOT_SCORABLE, ClauseVerdict, RunResult, run_level
from analysis.scoring.judge.messages import judged_clauses
from analysis.scoring.judge.replies import CoverageReply, CriterionReply, ErrorsReply, PointReply
from analysis.scoring.judge.view import View
from data.domain import Answer, Criterion, KeyPoint, KeyPointResult
from data.rubrics import is_invited, load_frame

MOST_QUOTES = 3
LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong statement whose quote is in the transcript."""

    criterion: str
    quote: str
    why: str
    load_bearing: bool


def read_criterion(reply: CriterionReply, criterion: Criterion, answer: Answer, view: View) -> RunResult:
    """One run's level with verified evidence."""
    if reply.status == "not_scorable":
        return RunResult(None, NOT_SCORABLE)
    verdicts = _verdicts(reply, criterion, answer, view)
    invited = is_invited(answer.question, criterion.id)
    return run_level(criterion, verdicts, invited, load_frame().volunteered_clauses)


def _verdicts(
    reply: CriterionReply, criterion: Criterion, answer: Answer, view: View
) -> tuple[ClauseVerdict, ...]:
    """A clause that was left out is not met; only the first verdict on a clause counts."""
    given = {clause.clause: clause for clause in reversed(reply.clauses)}
    verdicts = []
    for name in judged_clauses(criterion):
        if name not in given:
            verdicts.append(ClauseVerdict(name, "not_met"))
            continue
        clause = given[name]
        found = [view.evidence(q.quote, q.turn, answer.turns, name) for q in clause.quotes[:MOST_QUOTES]]
        evidence = tuple(dict.fromkeys(item for item in found if item is not None))
        verdicts.append(ClauseVerdict(name, clause.verdict, evidence, len(clause.quotes)))
    return tuple(verdicts)


def read_errors(reply: ErrorsReply, answer: Answer, view: View) -> tuple[Mistake, ...]:
    """The mistakes whose quotes are in the transcript, each once."""
    found: dict[tuple[str, str], Mistake] = {}
    for error in reply.errors:
        evidence = view.evidence(error.quote, error.turn, answer.turns, "")
        if evidence is not None and (why := about_the_answer(error.why)):
            mistake = Mistake(error.criterion, evidence.quote, why, error.load_bearing)
            found.setdefault((error.criterion, evidence.quote), mistake)
    return tuple(found.values())


def read_coverage(reply: CoverageReply, answer: Answer, view: View) -> tuple[KeyPointResult, ...]:
    """One result per key point; a status without a verified quote is "cannot tell"."""
    given = {point.key_point: point for point in reversed(reply.points)}
    return tuple(_point(point, given.get(point.id), answer, view) for point in answer.question.key_points)


def _point(point: KeyPoint, reply: PointReply | None, answer: Answer, view: View) -> KeyPointResult:
    if reply is None:
        return KeyPointResult(point, "cannot_tell")
    if reply.status == "missed":
        return KeyPointResult(point, "missed")
    evidence = view.evidence(reply.quote, reply.turn, answer.turns, point.id)
    return KeyPointResult(point, reply.status if evidence else "cannot_tell", evidence)


def about_the_answer(text: str) -> str:
    """The sentences that are about the answer; those about a person, or that only praise, are left out."""
    words = "|".join(re.escape(word) for word in load_frame().person_words)
    person = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    kept = [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part and not person.search(part)]
    return " ".join(kept)[:LONGEST_SENTENCE]


def unsupported(points: Sequence[KeyPoint]) -> tuple[KeyPointResult, ...]:
    """All key points as "cannot tell"."""
    return tuple(KeyPointResult(point, "cannot_tell") for point in points)
