"""Scripted readers that sit the exam: one that knows the labels, one that always gives the same level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.exam.constructed_answers import Constructed, Label, shipped_answers
from analysis.scoring.judge.view import show
from data.domain import Answer, Assessment, CoverageStatus, Evidence, KeyPointResult, Score, Turn, WrongClaim
from data.rubrics import criterion, load_rubric
from tests.fake_endpoint import Asked, Behaviour, Said, criterion_reply

STATUS: dict[Label, CoverageStatus] = {
    "said": "covered",
    "partly": "partly",
    "not": "missed",
    "contradicted": "contradicted",
}


def some_answers(questions: int = 3) -> tuple[Constructed, ...]:
    """The answers to the first questions of the exam, all five kinds of each."""
    return shipped_answers()[: 5 * questions]


@dataclass
class Knowing:
    """A scorer that repeats the labels. `level` replaces every level, `name` is what the scorer is called."""

    rows: tuple[Constructed, ...]
    level: float | None = None
    name: str = "knowing"
    version: str = "1"

    def score(self, answer: Answer) -> Assessment:
        row = next(row for row in self.rows if row.answer.turns == answer.turns)
        claims = tuple(WrongClaim(claim, "It is not so.") for claim in row.claims)
        scores = [
            Score(
                name,
                level if self.level is None else self.level,
                self.name,
                self.version,
                load_rubric().version,
                errors=claims if name == row.main else (),
            )
            for name, level in row.levels.items()
        ]
        points = [
            KeyPointResult(point, STATUS[label], Evidence(quote, 1) if quote else None)
            for point, label, quote in zip(answer.question.key_points, row.labels, row.quotes, strict=True)
        ]
        return Assessment(tuple(scores), tuple(points))


def judging_as_labelled(level: int | None = None) -> Behaviour:
    """A model behind the endpoint that judges the exam as it is labelled; `level` replaces every level."""
    rows = {show(row.answer).turns[1].text: row for row in shipped_answers()}

    def behaviour(asked: Asked) -> Said | None:
        row = rows.get(asked.turns.get(1, ""))
        if row is None:
            return None
        if asked.kind == "errors":
            return Said({"errors": [_error(row, claim) for claim in row.claims]})
        if asked.kind == "coverage":
            return Said({"points": [_point(row, at) for at in range(len(row.labels))]})
        wanted = row.levels.get(asked.criterion, 1) if level is None else level
        quote = {"quote": " ".join(asked.turns[1].split()[:6]), "turn": 1}

        def quotes(clause: str) -> list[dict[str, Any]]:
            return [quote] if int(clause.split(".")[1]) <= wanted else []

        return Said({**criterion_reply(criterion(asked.criterion), quotes), "flag_confirmed": False})

    return behaviour


def _error(row: Constructed, claim: str) -> dict[str, Any]:
    quote = _as_shown(row, claim)
    return {"quote": quote, "turn": 1, "why": "It is not so.", "criterion": row.main, "load_bearing": False}


def _point(row: Constructed, at: int) -> dict[str, Any]:
    point, label = row.answer.question.key_points[at], row.labels[at]
    quote = _as_shown(row, row.quotes[at])
    return {"key_point": point.id, "status": STATUS[label], "quote": quote, "turn": int(bool(quote))}


def _as_shown(row: Constructed, quote: str) -> str:
    """A model quotes what it is shown, which is without filled pauses and gendered pronouns."""
    return show(Answer(row.answer.question, (Turn(0, "candidate", quote),))).turns[0].text
