"""What a report says, as plain text and numbers; `html.py` and `pdf.py` give it a shape. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from analysis.report.strips import Strip, strips_of
from analysis.reviewing import sides
from analysis.reviewing.transcript_lines import marked_lines
from analysis.scoring import written_by
from analysis.scoring.coverage import HEARD, JUDGED, coverage, only_heard
from analysis.signals.catalogue import BY_NAME
from analysis.speech.delivery import BANDS, advice
from analysis.written.as_turns import component_list
from analysis.written.coding import tally
from analysis.written.mermaid import read_diagram
from data.agreement import heard_figures
from data.domain import (
    Assessment,
    AttemptResult,
    Delivery,
    Evidence,
    OwnMark,
    Question,
    Score,
    SignalSummary,
)
from data.domain.in_words import clock, number
from data.rubrics import load_rubric

_NO_LEVEL = "What was heard says which points the words speak of, not whether they are right; it is no level."
_FILLERS = "filled_pauses_per_minute"


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One criterion: level and range (None when unscored), the quotes behind it, what does not hold."""

    title: str
    level: float | None
    low: float | None
    high: float | None
    text: str
    quotes: tuple[str, ...]
    missing: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FixLine:
    """One thing to do differently, with the quote it is about ("" when something is missing)."""

    what: str
    how: str
    quote: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """One key point and whether it was made; `heard`: what the reader found, where others gave levels."""

    status: str
    text: str
    quote: str
    heard: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """One measured number with its unit, and a remark (advice, or the share of speaking time)."""

    title: str
    value: str
    remark: str


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of the dialogue."""

    time: str
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """What was written beside the words, line by line, and what can be said of it."""

    title: str
    text: str
    remark: str


@dataclass(frozen=True, slots=True)
class Report:
    """One attempt, ready to print."""

    title: str
    question: str
    when: str
    notes: tuple[str, ...]
    levels: tuple[LevelLine, ...]
    scored_by: str
    worked: tuple[str, ...]
    fixes: tuple[FixLine, ...]
    do_next: str
    points: tuple[PointLine, ...]
    delivery: tuple[MeasuredLine, ...]
    camera: tuple[MeasuredLine, ...]
    said: tuple[SaidLine, ...]
    judged: str = "Levels"
    """The title of what a scorer said: a reader gives no level."""
    written: tuple[WrittenBlock, ...] = ()
    strips: tuple[Strip, ...] = ()
    length: str = ""
    """How long the recording is, as minutes and seconds."""


def make_report(
    result: AttemptResult,
    question: Question,
    delivery_names: Iterable[str] = tuple(BANDS),
    zone: tzinfo = UTC,
    mark: Callable[[Score], str] = lambda _: "",
    own_marks: Sequence[OwnMark] = (),
    heard: Assessment | None = None,
) -> Report:
    """Everything the Review page shows of an answer, but the recording and the camera's timelines.

    Its date is that of `zone`, which is named: the report leaves the app. `mark` says why a level does
    not count. `own_marks` stand apart from what was `heard`, and that beside what a judge says.
    """
    names = tuple(delivery_names)
    assessment, advised = result.assessment, result.advice
    scores = assessment.scores if assessment else ()
    own = {one.point: one for one in own_marks}
    return Report(
        title=question.title,
        question=question.text,
        when=result.attempt.started_at.astimezone(zone).strftime("%d %B %Y, %H:%M %Z").lstrip("0"),
        notes=(*result.notes, *(assessment.notes if assessment else ())),
        levels=tuple(_level(score, mark(score)) for score in scores),
        scored_by=_scored_by(assessment, own),
        worked=advised.worked if advised else (),
        fixes=tuple(FixLine(fix.what, fix.how, _quote(fix.evidence)) for fix in advised.fixes)
        if advised
        else (),
        do_next=advised.do_next if advised else "",
        points=_points(assessment, heard, own) if assessment else (),
        delivery=_delivery(result.delivery, names),
        camera=tuple(_camera(summary) for summary in result.summaries),
        said=tuple(
            SaidLine(
                clock(line.start_seconds),
                "Interviewer" if line.speaker == "interviewer" else "You",
                " ".join(word.text for word in line.words),
            )
            for line in marked_lines(result.turns)
        ),
        judged="What was heard" if assessment and only_heard(assessment) else "Levels",
        written=tuple(_written(result, question)),
        strips=strips_of(result, fillers=_FILLERS in names),
        length=clock(result.speech.seconds) if result.speech and result.speech.seconds else "",
    )


def _written(result: AttemptResult, question: Question) -> Iterator[WrittenBlock]:
    if question.code:
        yield WrittenBlock("The code that was asked about", question.code, "")
    if result.code is not None:
        ran = (
            " The tests ran in the candidate's browser: for practice, not as proof."
            if result.code.checks
            else ""
        )
        yield WrittenBlock(
            f"Code in {result.code.language}", result.code.text, tally(result.code.checks) + ran
        )
    if result.sketch is not None:
        listed = component_list(read_diagram(result.sketch.text))
        yield WrittenBlock("Design sketch", result.sketch.text, listed)


def _level(score: Score, mark: str) -> LevelLine:
    titles = {criterion.id: criterion.title for criterion in load_rubric().criteria}
    low, high = score.low, score.high
    if score.level is None:
        text = f"Unscored: {score.reason}"
    elif low is None or high is None or round(low) == round(high):
        text = f"level {round(score.level)} of 4"
    else:
        text = f"level {round(low)} to {round(high)} of 4"
    text = f"{text}, {mark}: it counts nowhere" if mark else text
    quotes = tuple(_quote(evidence) for evidence in score.evidence)
    wrong = tuple(claim.sentence for claim in score.errors)
    title = titles.get(score.criterion, score.criterion)
    return LevelLine(title, score.level, low, high, text, quotes, score.missing_for_next, wrong)


def _scored_by(assessment: Assessment | None, own: Mapping[str, OwnMark]) -> str:
    if assessment is None:
        return "Not scored."
    scores = assessment.scores
    if only_heard(assessment):
        told = coverage(assessment.key_points, own).sentence
        by = f"Read by the {assessment.scorer or 'reader'}, version {assessment.scorer_version or 'unknown'}."
        return " ".join(filter(None, (f"{told.rstrip('.')}.", by, _NO_LEVEL, heard_figures())))
    first = scores[0]
    rubric = f", rubric {first.rubric_version}" if first.rubric_version else ""
    by = f"Levels by the {first.scorer} scorer, version {first.scorer_version}{rubric}."
    return " ".join(filter(None, (by, written_by.sentence(scores), "Practice feedback, not an assessment.")))


def _quote(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    place = clock(evidence.start_seconds)
    how = "" if evidence.elicitation == "volunteered" else f" ({evidence.elicitation})"
    return f"{place} “{evidence.quote}”{how}".strip()


def _points(
    assessment: Assessment, heard: Assessment | None, own: Mapping[str, OwnMark]
) -> tuple[PointLine, ...]:
    return tuple(_point(row, own.get(row.shown.key_point.id)) for row in sides.points(assessment, heard))


def _point(row: sides.PointRow, own: OwnMark | None) -> PointLine:
    shown, text = row.shown, row.shown.key_point.text
    status = (HEARD if row.judged is None else JUDGED)[shown.status]
    heard = HEARD[row.heard.status] if row.judged and row.heard else ""
    if own is None or not row.may_be_marked:
        return PointLine(status, text, _quote(next(iter(row.quotes), None)), heard)
    said = Evidence(own.quote, own.turn, start_seconds=own.seconds)
    return PointLine(f"{status}, marked by the candidate", text, _quote(said), heard)


def _delivery(delivery: Delivery | None, names: Iterable[str]) -> tuple[MeasuredLine, ...]:
    if delivery is None:
        return ()
    values = {name: getattr(delivery, name) for name in names}
    return tuple(
        MeasuredLine(BANDS[name].label, number(value, BANDS[name].unit), advice(name, value) or "")
        for name, value in values.items()
    )


def _camera(summary: SignalSummary) -> MeasuredLine:
    signal = BY_NAME.get(summary.name)
    remark = summary.reason or f"measured in {summary.coverage:.0%} of speaking time"
    return MeasuredLine(signal.title if signal else summary.name, number(summary.value, summary.unit), remark)


def title_of(reports: Sequence[Report]) -> str:
    """What a document of one or more answers is called."""
    return reports[0].title if len(reports) == 1 else f"{len(reports)} answers, {reports[0].when}"
