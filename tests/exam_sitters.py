"""Scripted readers that sit the exam: one that knows the labels, one that always gives the same level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.exam.constructed_answers import Constructed, Label, shipped_answers
from analysis.scoring.judge.view import show
from data.domain import Answer, Assessment, CoverageStatus, Evidence, KeyPointResult, Score, Turn, WrongClaim
from data.rubrics import load_rubric
from tests.fake_endpoint import Asked, Behaviour, Said, reading

STATUS: dict[Label, CoverageStatus] = {
    "said": "covered",
    "partly": "partly",
    "not": "missed",
    "contradicted": "contradicted",
}
VERDICT: dict[Label, str] = {"said": "said", "partly": "half", "not": "not_said", "contradicted": "wrong"}


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
        if asked.kind == "claims":
            wrong = [
                quote for quote, label in zip(row.quotes, row.labels, strict=True) if label == "contradicted"
            ]
            return Said({"claims": [_claim(row, one) for one in (*row.claims, *wrong)]})
        if asked.kind not in ("read", "again"):
            return None
        words = asked.turns[1].split()

        def quotes(clause: str) -> list[str]:
            name, at, letter = clause.split(".")
            wanted = row.levels.get(name, 1) if level is None else level
            start = 6 * (ord(letter) - ord("a")) + int(at)
            return [" ".join(words[start : start + 6])] if int(at) <= wanted else []

        def verdict(name: str) -> str:
            return VERDICT[row.labels[int(name[1:]) - 1]] if name.startswith("P") else "said"

        def points(name: str, text: str) -> list[str]:
            at = int(name[1:]) - 1
            return [_as_shown(row, row.quotes[at])] if row.labels[at] != "not" else []

        return Said(reading(asked, quotes, verdict, points))

    return behaviour


def _claim(row: Constructed, quote: str) -> dict[str, Any]:
    """It decides nothing, so that levels stay those of the labels."""
    return {
        "quote": _as_shown(row, quote),
        "fact": "It is not so.",
        "why": "",
        "criterion": row.main,
        "decides": False,
    }


def _as_shown(row: Constructed, quote: str) -> str:
    """A model quotes what it is shown, which is without filled pauses and gendered pronouns."""
    return show(Answer(row.answer.question, (Turn(0, "candidate", quote),))).turns[0].text
