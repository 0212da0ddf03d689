"""Which points of a strong answer were made, with the words that made them, and which were not."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis import charts
from analysis.scoring import coverage
from data.domain import Assessment, KeyPointResult
from data.rubrics import load_rubric
from pages.widgets.plain import plain
from pages.widgets.review import quote

_SIGNS = {"covered": "✓", "partly": "◐", "missed": "–", "contradicted": "≠", "cannot_tell": "?"}
_WORDS = {
    "covered": "covered",
    "partly": "partly",
    "missed": "not heard",
    "contradicted": "said the opposite",
    "cannot_tell": "cannot tell",
}


def show(
    assessment: Assessment, *, playable: bool, below: Callable[[KeyPointResult], None] | None = None
) -> None:
    """Draw the list in the order of the question's outline; `below` is drawn at the end of each point."""
    results = assessment.key_points
    if not results:
        st.caption("This question has no key points to hold the answer against.")
        return
    only_heard = coverage.only_heard(assessment)
    st.caption(plain(coverage.coverage(results).sentence if only_heard else _counted(results)))
    for result in results:
        with st.container(border=True):
            told = coverage.HEARD[result.status] if only_heard else _WORDS[result.status]
            st.markdown(f"**{_SIGNS[result.status]} {told}** · {plain(result.key_point.text)}")
            for number, evidence in enumerate(quote.once(result.quotes)):
                quote.show(evidence, key=f"point-{result.key_point.id}-{number}", playable=playable)
            if below:
                below(result)


def _counted(results: tuple[KeyPointResult, ...]) -> str:
    covered = sum(result.status == "covered" for result in results)
    partly = sum(result.status == "partly" for result in results)
    return f"{covered} of {len(results)} covered, {partly} partly"


def marks() -> dict[str, dict[str, str]]:
    """Title and colour of each criterion, for the words its quotes underline in the transcript."""
    return {
        criterion.id: {"title": criterion.title, "colour": charts.criterion_colour(criterion.id)}
        for criterion in load_rubric().criteria
    }
