"""From an assessment to something to do: what worked, at most three fixes, one next step. Never a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.reading.quotes import verify
from data.domain import Advice, Answer, Assessment, Evidence, Fix, KeyPointResult, Score, WrongClaim
from data.rubrics import category_criteria, criterion

MOST_FIXES = 3
MOST_WORKED = 2
MEND_FIRST = "Correct what does not hold: nothing else keeps this from the next level."
"""The step of a level that only false claims hold down."""
_STATUS_ORDER = ("contradicted", "missed", "partly")


def advise(answer: Answer, assessment: Assessment) -> Advice:
    """What worked first, with the quote; then the fixes that matter most; then one thing to do next.

    What does not hold comes first, then the steps a judge names, ranked by the level they unlock. Key points
    are turned to only without such steps, by their question: their words are not for repeating. A reader
    gives no score, as it cannot tell whether what was said is right: it is told what was heard, no more.
    """
    steps = _steps(answer, assessment.scores)
    fixes = (
        *_fixes_for_errors(answer, assessment.scores),
        *steps,
        *(() if steps else _fixes_for_points(assessment)),
    )[:MOST_FIXES]
    worked = _worked(assessment)
    return Advice(worked=worked, fixes=fixes, do_next=_do_next(answer, assessment, steps, fixes))


def _worked(assessment: Assessment) -> tuple[str, ...]:
    """The points that were made, or heard, those that needed no probe first."""
    told = "You made the point “{}” with the words “{}”." if assessment.scores else "On “{}” was heard: “{}”."
    made = [
        (result.key_point, result.evidence)
        for result in assessment.key_points
        if result.status == "covered" and result.evidence is not None
    ]
    made.sort(key=lambda one: one[1].elicitation != "volunteered")
    return tuple(told.format(_lower_end(point.text), said.quote) for point, said in made[:MOST_WORKED])


def _fixes_for_errors(answer: Answer, scores: Sequence[Score]) -> tuple[Fix, ...]:
    """What a judge found wrong: a wrong statement costs more than a missing one."""
    return tuple(_fix_for_claim(claim, answer) for score in scores for claim in score.errors)


def _fix_for_claim(claim: WrongClaim, answer: Answer) -> Fix:
    how = " ".join(part for part in (claim.fact, claim.why) if part)
    if not claim.quote:
        return Fix(f"Check this: {how}", "Say what holds instead.")
    said = verify(claim.quote, answer.turns)
    return Fix("This does not hold.", how or "Check it, and say what holds instead.", said)


def _steps(answer: Answer, scores: Sequence[Score]) -> tuple[Fix, ...]:
    """What would earn a next level: in what the question is about first, and the lowest level first."""
    asked = category_criteria(answer.question.category)
    about = {*asked.primary, asked.companion}
    open_ones = [score for score in scores if score.fix not in ("", MEND_FIRST) and score.level is not None]
    open_ones.sort(key=lambda score: (score.criterion not in about, score.level))
    return tuple(
        Fix(f"{criterion(score.criterion).title}: for level {round(score.level or 0) + 1}", score.fix)
        for score in open_ones
    )


def _fixes_for_points(assessment: Assessment) -> tuple[Fix, ...]:
    results = assessment.key_points
    missed = "This point was not heard." if assessment.scores else "This point was not found in your words."
    ranked = sorted(
        (result for result in results if result.status in _STATUS_ORDER),
        key=lambda result: _STATUS_ORDER.index(result.status),
    )
    return tuple(_fix_for_point(result, results, missed) for result in ranked)


def _fix_for_point(result: KeyPointResult, results: Sequence[KeyPointResult], missed: str) -> Fix:
    answer_it = result.key_point.probe or "What would a listener still have to ask?"
    if result.status == "contradicted":
        what = "This seems to say the opposite of what holds; check it."
        return Fix(what, f"Answer this again: {answer_it}", result.evidence)
    if result.status == "partly":
        what = "You touched this point and left it half said."
        return Fix(what, f"Finish it by answering: {answer_it}", result.evidence)
    place = _place_before(result, results)
    after = ", after what is quoted here" if place else ""
    return Fix(missed, f"Answer, in your own words{after}: {answer_it}", place)


def _place_before(result: KeyPointResult, results: Sequence[KeyPointResult]) -> Evidence | None:
    """Where in the answer a missing point fits: after the point made before it."""
    before = results[: results.index(result)]
    return next((other.evidence for other in reversed(before) if other.evidence is not None), None)


def _do_next(answer: Answer, assessment: Assessment, steps: Sequence[Fix], fixes: Sequence[Fix]) -> str:
    if not answer.candidate_text.strip():
        return "Answer the question aloud for one minute, even if it is only what you would ask first."
    if steps:
        return f"Retry this question with one change. {steps[0].how}"
    missed = next((result for result in assessment.key_points if result.status == "missed"), None)
    if missed is not None and missed.key_point.probe:
        return f"Retry this question and answer this without being asked: {missed.key_point.probe}"
    if fixes:
        return f"Retry this question with one change. {fixes[0].how}"
    return "Answer the same question in half the time, and keep every number and reason."


def _lower_end(text: str) -> str:
    return text.strip().rstrip(".")
