"""A scorer sits the exam: every answer once, seen and stopped from another thread, gone on with later.

Replies of a model are kept by its cache, so what was answered before a stop is not asked or paid for again.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.exam.constructed_answers import Constructed, Rating, owned
from analysis.exam.exam_figures import is_passed, level_figures, measure
from analysis.exam.one_reading import rating_of
from analysis.exam.stupid_baselines import cosine_levels, words_levels
from analysis.llm.batch import Watch
from analysis.llm.chat_errors import ChatError
from analysis.llm.usage import CostEstimate, Meter
from analysis.scoring import Scorer
from analysis.scoring.judge import JudgeScorer
from data.domain import Assessment
from data.rubrics import load_rubric

_OF_THE_SERVER = frozenset({"unreachable", "key", "cancelled"})
"""Failures that say nothing of what the model can: the exam stops, and can be gone on with."""


CALLS_AN_ANSWER = 4
"""So many calls at once belong to one answer: a small server reads one by one, its beginning cached."""
HOPELESS_UNREAD = 3
"""So many answers in a row of which nothing could be read: the rest is not asked."""


@dataclass(slots=True)
class Sitting:
    """An exam as others see it while it runs."""

    answers: int = 0
    done: int = 0
    cancel: threading.Event = field(default_factory=threading.Event)
    meter: Meter = field(default_factory=Meter)
    unread: int = 0
    """Answers in a row of which no reply could be used."""


@dataclass(frozen=True, slots=True)
class ExamResult:
    """How a scorer did. `figures` are JSON as the commands write them."""

    scorer: str
    scorer_version: str
    rubric_version: str
    figures: dict[str, Any]
    passed: bool


def sit(
    scorer: Scorer,
    rows: Sequence[Constructed],
    sitting: Sitting | None = None,
    second: Sequence[Rating] | None = None,
) -> ExamResult:
    """Score every answer and compare. Raises `ChatError` when it was stopped, or the server is gone."""
    sitting = sitting or Sitting()
    sitting.answers = len(rows)
    began = time.monotonic()
    ratings = _all_rated(scorer, rows, sitting)
    spent = time.monotonic() - began
    figures = {
        "scorer": scorer.name,
        "version": scorer.version,
        "rubric": load_rubric().version,
        **with_baselines(measure(rows, ratings, second), rows, second),
        **_cost(sitting.meter, spent, len(rows)),
    }
    return ExamResult(scorer.name, scorer.version, load_rubric().version, figures, is_passed(figures))


def with_baselines(
    figures: dict[str, Any], rows: Sequence[Constructed], second: Sequence[Rating] | None
) -> dict[str, Any]:
    """The figures, and beside them those of word count, of likeness alone, and of the second rating."""
    words = level_figures(rows, words_levels(rows))
    beside: dict[str, Any] = {"words": words, "cosine": level_figures(rows, cosine_levels(rows))}
    if second:
        beside["second"] = measure(rows, second)
    return {**figures, "baseline_words_qwk": words["qwk"], "beside": beside}


def estimate(
    judge: JudgeScorer, rows: Sequence[Constructed], usual_seconds: float | None = None
) -> CostEstimate:
    """What the exam will cost at most; nothing is sent, and replies kept from before cost nothing."""
    costs = [judge.estimate(owned(row), usual_seconds) for row in rows]
    return sum(costs[1:], start=costs[0])


def _all_rated(scorer: Scorer, rows: Sequence[Constructed], sitting: Sitting) -> list[Rating]:
    """Several answers side by side where the server takes many calls; the first problem ends it."""
    found: dict[int, Rating] = {}
    problems: list[Exception] = []
    places, counting = itertools.count(), threading.Lock()

    def work() -> None:
        while not problems and (place := next(places)) < len(rows):
            try:
                found[place] = _rated(scorer, rows[place], sitting)
            except Exception as problem:  # thread boundary: raised again below
                problems.append(problem)
                return
            with counting:
                sitting.done += 1

    calls = scorer.concurrency if isinstance(scorer, JudgeScorer) else 1
    workers = [
        threading.Thread(target=work, name=f"exam-{number}", daemon=True)
        for number in range(min(len(rows), max(1, calls // CALLS_AN_ANSWER)))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if problems:
        raise problems[0]
    return [found[place] for place in range(len(rows))]


def _rated(scorer: Scorer, row: Constructed, sitting: Sitting) -> Rating:
    if sitting.cancel.is_set():
        raise ChatError("cancelled", "The exam was stopped.")
    answer = owned(row)
    if isinstance(scorer, JudgeScorer):
        watch = Watch(cancel=sitting.cancel, meter=sitting.meter, purpose="exam")
        assessment = scorer.score(answer, watch)
        sitting.unread = 0 if _read_any(assessment) or watch.failed is None else sitting.unread + 1
        if watch.failed is not None and (
            watch.failed.kind in _OF_THE_SERVER or sitting.unread >= HOPELESS_UNREAD
        ):
            raise watch.failed
    else:
        assessment = scorer.score(answer)
    return rating_of(assessment, answer.question.key_points)


def _read_any(assessment: Assessment) -> bool:
    """Whether any question about the answer got a reply that could be used."""
    return any(one.level is not None for one in assessment.scores) or any(
        one.status != "cannot_tell" for one in assessment.key_points
    )


def _cost(meter: Meter, spent_seconds: float, answers: int) -> dict[str, float | int | None]:
    """Calls, and seconds and price of one answer as if no reply had been kept from before."""
    total = meter.total
    calls = total.calls + total.cached
    if not calls:
        return {"calls": 0, "seconds_an_answer": round(spent_seconds / answers, 3), "price_an_answer": None}
    whole = calls / total.calls if total.calls else None
    seconds = None if whole is None else spent_seconds * whole / answers
    price = None if whole is None or total.price is None else total.price * whole / answers
    return {
        "calls": calls,
        "seconds_an_answer": None if seconds is None else round(seconds, 3),
        "price_an_answer": None if price is None else round(price, 5),
    }
