"""Which points of a strong answer were made, with the words that made them, and which were not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analysis import charts
from analysis.reviewing import sides
from analysis.scoring import coverage
from data.domain import Assessment, CoverageStatus, KeyPointResult
from data.rubrics import load_rubric
from pages.widgets.plain import plain
from pages.widgets.review import quote

_SIGNS: dict[CoverageStatus, str] = {
    "covered": "✓",
    "partly": "◐",
    "missed": "–",
    "contradicted": "≠",
    "cannot_tell": "?",
}


def show(
    assessment: Assessment,
    *,
    playable: bool,
    heard: Assessment | None = None,
    below: Callable[[sides.PointRow], None] | None = None,
) -> None:
    """Draw the list in the order of the question's outline; `below` is drawn at the end of each point.

    `heard` is what the reader said beside a judge: both stand in one line of each point.
    """
    results = assessment.key_points
    if not results:
        st.caption("This question has no key points to hold the answer against.")
        return
    only_heard = coverage.only_heard(assessment)
    st.caption(plain(coverage.coverage(results).sentence if only_heard else _counted(results)))
    for row in sides.points(assessment, heard):
        with st.container(border=True):
            _point(row, playable=playable)
            if below:
                below(row)


def _point(row: sides.PointRow, *, playable: bool) -> None:
    point = row.shown.key_point
    if row.judged and row.heard:
        st.markdown(f"**{plain(point.text)}**")
        judged, heard = _told(row.judged, coverage.JUDGED), _told(row.heard, coverage.HEARD)
        st.markdown(f"Judge: {plain(judged)} · Reader: {plain(heard)}")
    else:
        words = coverage.JUDGED if row.judged else coverage.HEARD
        st.markdown(f"**{plain(_told(row.shown, words))}** · {plain(point.text)}")
    for number, evidence in enumerate(row.quotes):
        quote.show(evidence, key=f"point-{point.id}-{number}", playable=playable)


def _told(result: KeyPointResult, words: Mapping[CoverageStatus, str]) -> str:
    return f"{_SIGNS[result.status]} {words[result.status]}"


def _counted(results: tuple[KeyPointResult, ...]) -> str:
    covered = sum(result.status == "covered" for result in results)
    partly = sum(result.status == "partly" for result in results)
    return f"{covered} of {len(results)} said, {partly} half said"


def marks() -> dict[str, dict[str, str]]:
    """Title and colour of each criterion, for the words its quotes underline in the transcript."""
    return {
        criterion.id: {"title": criterion.title, "colour": charts.criterion_colour(criterion.id)}
        for criterion in load_rubric().criteria
    }
