"""From what was read to scores: each level, its deciding quotes, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.llm.chat_errors import ChatError
from analysis.scoring.advice import MEND_FIRST
from analysis.scoring.judge.asking import Ask, Case, about_next
from analysis.scoring.judge.clause_levels import UNVERIFIED, Level, level_of
from analysis.scoring.judge.reading import Read, asked_of
from analysis.scoring.judge.verdicts import Votes
from analysis.scoring.judge.words_shown import about_the_answer, gives_away
from data.domain import Assessment, CoverageStatus, Criterion, KeyPoint, KeyPointResult, Score

CUT = "The transcript is longer than the judge is shown; its end was not judged."
_STATUS: Mapping[str | None, CoverageStatus] = {
    "said": "covered",
    "half": "partly",
    "wrong": "contradicted",
    "not_said": "missed",
    None: "cannot_tell",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every score says of where it comes from."""

    scorer: str
    version: str
    rubric: str


def scores_of(case: Case, read: Read, ask: Ask, stamp: Stamp) -> tuple[Score, ...]:
    """One score a criterion. What to do next is asked for those that lack something, in one question."""
    levels = {criterion.id: _level(case, read, criterion) for criterion in case.criteria}
    steps = _steps(case, read, levels, ask)
    return tuple(_score(name, found, read, steps.get(name, ""), stamp) for name, found in levels.items())


def assessment_of(case: Case, read: Read, scores: tuple[Score, ...]) -> Assessment:
    """All that a judge says of one answer."""
    points = tuple(
        _point(point, read.record.of(item.id))
        for item, point in zip(case.points, case.answer.question.key_points, strict=True)
    )
    cut = (CUT,) if case.view.was_cut else ()
    notes = (*cut, *read.notes, case.watch.meter.total.sentence)
    return Assessment(scores, points, notes=notes)


def _point(point: KeyPoint, vote: Votes) -> KeyPointResult:
    quotes = vote.evidence if vote.verdict != "not_said" else ()
    return KeyPointResult(point, _STATUS[vote.verdict], next(iter(quotes), None), quotes[1:])


def _level(case: Case, read: Read, criterion: Criterion) -> Level:
    if criterion.id in read.unread:
        return Level(None, reason=read.unread[criterion.id])
    wrong = sum(claim.damages(criterion.id) for claim in read.claims)
    found = level_of(criterion, read.votes(criterion), asked_of(case, criterion), wrong)
    if found.reason == UNVERIFIED and read.missed_look is not None:
        return Level(None, reason=f"Not scored: {read.missed_look}")
    return found


def _steps(case: Case, read: Read, levels: Mapping[str, Level], ask: Ask) -> dict[str, str]:
    """By criterion the one thing to do; what gives a key point away is left out. An exam needs none."""
    lacking = {name: found.lacking for name, found in levels.items() if found.level and found.lacking}
    if not lacking or case.watch.purpose == "exam":
        return {}
    [reply] = ask([about_next(case, lacking)])
    if isinstance(reply, ChatError):
        return {}
    points = [item.text for item in case.points]
    steps = {one.criterion: about_the_answer(one.do) for one in reversed(reply.next)}
    return {name: step for name, step in steps.items() if name in lacking and not gives_away(step, points)}


def _score(name: str, found: Level, read: Read, step: str, stamp: Stamp) -> Score:
    return Score(
        criterion=name,
        level=found.level,
        scorer=stamp.scorer,
        scorer_version=stamp.version,
        rubric_version=stamp.rubric,
        low=found.low,
        high=found.high,
        reason=found.reason,
        evidence=found.evidence,
        missing_for_next=found.lacking[0] if found.lacking else "",
        errors=tuple(claim.told for claim in read.claims if claim.criterion == name),
        fix=MEND_FIRST if found.is_held else step,
    )
