"""A judge before a scripted endpoint, and a question with two key points."""

from __future__ import annotations

from pathlib import Path

from analysis.scoring.grader import Grader, forget_servers
from analysis.scoring.judge import JudgeScorer
from analysis.scoring.judge_cache import FileCache
from data.domain import Answer, Assessment, Flag, KeyPoint, Question, Score, Turn
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


def a_grader(endpoint: FakeEndpoint, cache: Path | None = None) -> Grader:
    forget_servers()
    grader = Grader("http://judge.test/v1", "key", "m", transport=endpoint.transport)
    grader.cache = FileCache(cache) if cache else None
    grader.wait = lambda seconds, cancel: None
    return grader


def a_judge(*behaviours: Behaviour, flags: tuple[Flag, ...] = ()) -> JudgeScorer:
    return JudgeScorer(a_grader(FakeEndpoint(*behaviours)), find_flags=lambda answer: flags)


def score_of(found: Assessment, name: str) -> Score:
    return next(score for score in found.scores if score.criterion == name)
