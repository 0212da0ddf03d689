"""A judge before a scripted endpoint, and a question with two key points."""

from __future__ import annotations

from pathlib import Path

from analysis.llm.chat_model import ChatModel, forget_servers
from analysis.llm.reply_cache import FileCache
from analysis.scoring.judge import JudgeScorer
from data.domain import Answer, Assessment, KeyPoint, Question, Score, Turn
from tests.fake_endpoint import (
    Behaviour,
    FakeEndpoint,
)

POINTS = (
    KeyPoint("p1", "Names replicas and retries on database failure.", "What if the database fails?", "C4"),
    KeyPoint("p2", "Estimates storage with retention.", "How much storage?", "C5"),
)
QUESTION = Question(
    "url", "system_design", "mid", "URL shortener", "Design a URL shortener.", "storage", (), 15.0, POINTS
)


def an_answer(text: str, question: Question = QUESTION) -> Answer:
    return Answer(question, (Turn(0, "interviewer", question.text), Turn(1, "candidate", text)))


def a_grader(endpoint: FakeEndpoint, cache: Path | None = None) -> ChatModel:
    forget_servers()
    chat_model = ChatModel("http://judge.test/v1", "key", "m", transport=endpoint.transport)
    chat_model.cache = FileCache(cache) if cache else None
    chat_model.wait = lambda seconds, cancel: None
    return chat_model


def a_judge(*behaviours: Behaviour) -> JudgeScorer:
    return JudgeScorer(a_grader(FakeEndpoint(*behaviours)))


def score_of(found: Assessment, name: str) -> Score:
    return next(score for score in found.scores if score.criterion == name)
