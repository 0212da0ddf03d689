"""The candidate's own word that a point was made: "I said it: here", apart from what was heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analysis.reviewing.sides import PointRow
from analysis.reviewing.transcript_lines import passages
from data.domain import AttemptResult, Evidence, OwnMark, RehearseError
from data.domain.in_words import clock
from pages.widgets import problem, resources
from pages.widgets.plain import plain
from pages.widgets.review import quote


def of(result: AttemptResult) -> dict[str, OwnMark]:
    """The own marks of an answer by key point."""
    return {one.point: one for one in resources.session().answers.own_marks(result.attempt.id)}


def below(result: AttemptResult, *, playable: bool) -> Callable[[PointRow], None]:
    """What the candidate sees below a point that was not found: the own mark, or the way to make one."""
    marks, said = of(result), passages(result.turns)

    def draw(row: PointRow) -> None:
        if not row.may_be_marked:
            return
        point = row.shown.key_point.id
        mark = marks.get(point)
        if mark is not None:
            _show(mark, playable=playable)
            if st.button("Take it back", key=f"take-back-{mark.point}", type="tertiary"):
                resources.session().answers.take_back(mark.attempt_id, mark.point)
                st.rerun()
        elif said and not result.attempt.synthetic:
            _ask(result.attempt.id, point, said)

    return draw


def read(result: AttemptResult, *, playable: bool) -> Callable[[PointRow], None]:
    """The same for whoever looks at somebody else's answer: what was marked, and nothing to press."""
    marks: Mapping[str, OwnMark] = of(result)

    def draw(row: PointRow) -> None:
        mark = marks.get(row.shown.key_point.id)
        if mark is not None and row.may_be_marked:
            _show(mark, playable=playable)

    return draw


def _show(mark: OwnMark, *, playable: bool) -> None:
    st.markdown("**Own mark**: the candidate says to have made it here. No scorer heard it or sees this.")
    said = Evidence(mark.quote, mark.turn, start_seconds=mark.seconds)
    quote.show(said, key=f"own-{mark.point}", playable=playable)


@st.fragment
def _ask(attempt_id: str, point: str, said: tuple[Evidence, ...]) -> None:
    with st.expander("I said it: here"):
        at = st.selectbox(
            "The words that make this point",
            range(len(said)),
            index=None,
            format_func=lambda place: _told(said[place]),
            placeholder="Choose them from your answer",
            key=f"own-words-{attempt_id}-{point}",
        )
        pressed = st.button("Mark it", key=f"own-mark-{point}", disabled=at is None)
    if pressed and at is not None:
        try:
            resources.session().answers.mark_own(attempt_id, point, said[at])
        except RehearseError as error:
            problem.warn(error)
            return
        st.rerun()


def _told(passage: Evidence) -> str:
    return plain(f"{clock(passage.start_seconds)} {passage.quote}".strip())
