"""The one probe that would tell most about an answer, from the bank's neutral probes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.domain import KeyPoint, KeyPointResult, Question

WORTH: Mapping[str, float] = {"C1": 25, "C2": 15, "C3": 20, "C4": 15, "C5": 10, "C6": 15}
"""What a point of each competency adds: the system-design weights of the rubric."""
MUST_BE_PROBED = ("C4", "C6")
"""Failure modes and operations are asked about before a design question ends."""
STRONG_SHARE = 0.6
DEEPER = (
    "What is the first thing that breaks at ten times this load?",
    "Which of your choices would you undo first if the numbers changed, and what would tell you?",
)
"""For a candidate who has covered nearly everything the bank asks for."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What to ask, and the point it looks for (None for a deeper question)."""

    text: str
    key_point: KeyPoint | None = None


def choose_probe(
    question: Question, results: Sequence[KeyPointResult], asked: Sequence[str], probes_left: int
) -> Probe | None:
    """The next probe, or None when nothing is worth asking. `asked` are the interviewer's lines so far."""
    open_points = [result for result in results if result.status in ("missed", "partly", "cannot_tell")]
    fresh = [result for result in open_points if result.key_point.probe not in asked]
    if question.category == "system_design":
        fresh = _urgent(results, fresh, probes_left) or fresh
    if fresh and not _is_strong(results):
        best = max(fresh, key=_worth)
        return Probe(best.key_point.probe, best.key_point)
    if fresh:
        deepest = fresh[-1]
        return Probe(deepest.key_point.probe, deepest.key_point)
    return next((Probe(text) for text in DEEPER if text not in asked), None)


def _worth(result: KeyPointResult) -> float:
    share_open = 0.5 if result.status == "partly" else 1.0
    return share_open * WORTH.get(result.key_point.competency, 10)


def _is_strong(results: Sequence[KeyPointResult]) -> bool:
    covered = sum(result.status == "covered" for result in results)
    return bool(results) and covered / len(results) >= STRONG_SHARE


def _urgent(
    results: Sequence[KeyPointResult], fresh: Sequence[KeyPointResult], probes_left: int
) -> list[KeyPointResult]:
    """Open points of the competencies that must still be raised, once only as many probes are left."""
    raised = {result.key_point.competency for result in results if result.status == "covered"}
    due = [competency for competency in MUST_BE_PROBED if competency not in raised]
    if not due or probes_left > len(due):
        return []
    return [result for result in fresh if result.key_point.competency == due[-probes_left]]
