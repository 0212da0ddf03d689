"""A judge before a scripted endpoint, and answers to a design question, for the acceptance tests."""

from __future__ import annotations

from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.scoring.judge import JudgeScorer
from data.domain import (
    Answer,
    Assessment,
    Elicitation,
    KeyPoint,
    Question,
    Score,
    Turn,
)
from tests.fake_endpoint import (
    Behaviour,
    FakeEndpoint,
)


def a_question(category: str = "system_design", competencies: tuple[str, ...] = ()) -> Question:
    points = (KeyPoint("p1", "Redirects are served from a cache.", "What serves reads?", "C1"),)
    text = "Design a URL shortener that serves billions of redirects a month."
    return Question("url", category, "senior", "URL shortener", text, "storage", competencies, 15.0, points)


def an_answer(
    text: str, elicitation: Elicitation = "volunteered", question: Question | None = None
) -> Answer:
    asked = question or a_question()
    return Answer(asked, (Turn(0, "interviewer", asked.text), Turn(1, "candidate", text, (), elicitation)))


def a_judge(*behaviours: Behaviour, seed: int = 1) -> JudgeScorer:
    forget_servers()
    chat_model = ChatModel("http://judge.test/v1", "key", "m", transport=FakeEndpoint(*behaviours).transport)
    chat_model.wait = lambda seconds, cancel: None
    return JudgeScorer(chat_model, seed=seed)


def level_of(found: Assessment, name: str) -> float | None:
    return score_of(found, name).level


def score_of(found: Assessment, name: str) -> Score:
    return next(score for score in found.scores if score.criterion == name)


def levels(found: Assessment) -> list[float | None]:
    return [score.level for score in found.scores]
