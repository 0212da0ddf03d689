"""From an assessment to something to do: what worked, at most three fixes, one next step. Never a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from data.domain import Advice, Answer, Assessment, Evidence, Fix, Flag, KeyPointResult

MOST_FIXES = 3
MOST_WORKED = 2
_FLAG_FIXES = {
    "tech_before_requirements": (
        "You named a technology before any requirement.",
        "Open with what the system must do and two numbers: “Before I choose anything: how many requests "
        "a second, and how fresh must a read be?”",
    ),
    "happy_path_only": (
        "Nothing in your answer ever fails.",
        "Pick one component you named and finish the sentence: “If it stops answering, we notice because …, "
        "the user sees …, and we …”",
    ),
    "cap_as_checkbox": (
        "You chose a side of CAP without saying what it means here.",
        "Say what is relaxed and who notices: “While the link is cut we accept writes on both sides, so a "
        "user may see an old … for …, and afterwards we merge by …”",
    ),
    "ends_at_diagram": (
        "Your answer stops at the architecture.",
        "Add one closing minute: “I would watch … and page when …; I would roll it out …, and at ten times "
        "the load … breaks first.”",
    ),
}
_STATUS_ORDER = ("contradicted", "missed", "partly")


def advise(answer: Answer, assessment: Assessment) -> Advice:
    """What worked first, with the quote; then the fixes that matter most; then one thing to do next."""
    worked = _worked(assessment.key_points)
    fixes = (
        *_fixes_for_errors(assessment),
        *(_fix_for_flag(flag) for flag in assessment.flags),
        *_fixes_for_points(assessment.key_points),
    )[:MOST_FIXES]
    return Advice(worked=worked, fixes=fixes, do_next=_do_next(answer, assessment, fixes))


def _worked(results: Sequence[KeyPointResult]) -> tuple[str, ...]:
    """The points that were made, those that needed no probe first."""
    made = [result for result in results if result.status == "covered" and result.evidence is not None]
    made.sort(key=lambda result: result.evidence is None or result.evidence.elicitation != "volunteered")
    return tuple(
        f"You made the point “{_lower_end(result.key_point.text)}” with the words “{result.evidence.quote}”."
        for result in made[:MOST_WORKED]
        if result.evidence is not None
    )


def _fixes_for_errors(assessment: Assessment) -> tuple[Fix, ...]:
    """What a judge found wrong comes first: a wrong statement costs more than a missing one."""
    wrong = [(score, error) for score in assessment.scores for error in score.errors]
    return tuple(
        Fix(f"Check this: {error.sentence}", score.fix or "Say what holds instead.") for score, error in wrong
    )


def _fix_for_flag(flag: Flag) -> Fix:
    what, how = _FLAG_FIXES[flag.name]
    return Fix(f"{what}{_where(flag)}", how, flag.evidence)


def _where(flag: Flag) -> str:
    return f" (Where: {flag.where}.)" if flag.where and flag.evidence is None else ""


def _fixes_for_points(results: Sequence[KeyPointResult]) -> tuple[Fix, ...]:
    ranked = sorted(
        (result for result in results if result.status in _STATUS_ORDER),
        key=lambda result: _STATUS_ORDER.index(result.status),
    )
    return tuple(_fix_for_point(result, results) for result in ranked)


def _fix_for_point(result: KeyPointResult, results: Sequence[KeyPointResult]) -> Fix:
    point = _lower_end(result.key_point.text)
    if result.status == "contradicted":
        return Fix(
            "This seems to say the opposite of what holds; check it.",
            f"What a strong answer says here: “{point}”.",
            result.evidence,
        )
    if result.status == "partly":
        return Fix("You touched this point and left it half said.", f"Finish it: “{point}”.", result.evidence)
    place = _place_before(result, results)
    after = ", after what is quoted here" if place else ""
    return Fix("This point was not heard.", f"Say, in your own words{after}: “{point}”.", place)


def _place_before(result: KeyPointResult, results: Sequence[KeyPointResult]) -> Evidence | None:
    """Where in the answer a missing point fits: after the point made before it."""
    before = results[: results.index(result)]
    return next((other.evidence for other in reversed(before) if other.evidence is not None), None)


def _do_next(answer: Answer, assessment: Assessment, fixes: Sequence[Fix]) -> str:
    if not answer.candidate_text.strip():
        return "Answer the question aloud for one minute, even if it is only what you would ask first."
    missed = next((result for result in assessment.key_points if result.status == "missed"), None)
    if missed is not None and missed.key_point.probe:
        return f"Retry this question and answer this without being asked: {missed.key_point.probe}"
    if fixes:
        return f"Retry this question with one change. {fixes[0].how}"
    return "Answer the same question in half the time, and keep every number and reason."


def _lower_end(text: str) -> str:
    return text.strip().rstrip(".")
