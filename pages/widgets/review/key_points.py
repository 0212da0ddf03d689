"""Which points of a strong answer were made, with the words that made them, and which were not."""

from __future__ import annotations

import streamlit as st

from analysis import charts
from data.domain import KeyPointResult
from data.rubrics import load_rubric
from pages.widgets.plain import plain
from pages.widgets.review import quote

_MARKS = {
    "covered": "✓ covered",
    "partly": "◐ partly",
    "missed": "– not heard",
    "contradicted": "≠ said the opposite",
    "cannot_tell": "? cannot tell",
}


def show(results: tuple[KeyPointResult, ...], *, playable: bool) -> None:
    """Draw the list in the order of the question's outline."""
    if not results:
        st.caption("This question has no key points to hold the answer against.")
        return
    covered = sum(result.status == "covered" for result in results)
    partly = sum(result.status == "partly" for result in results)
    st.caption(f"{covered} of {len(results)} covered, {partly} partly")
    for result in results:
        with st.container(border=True):
            st.markdown(f"**{_MARKS[result.status]}** · {plain(result.key_point.text)}")
            for number, evidence in enumerate(quote.once(result.quotes)):
                quote.show(evidence, key=f"point-{result.key_point.id}-{number}", playable=playable)


def marks() -> dict[str, dict[str, str]]:
    """Title and colour of each criterion, for the words its quotes underline in the transcript."""
    return {
        criterion.id: {"title": criterion.title, "colour": charts.criterion_colour(criterion.id)}
        for criterion in load_rubric().criteria
    }
