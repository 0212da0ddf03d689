"""What the answer was worth: one row a criterion, the level with its range, and the quotes behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from data.domain import Criterion, Score, WrongClaim
from data.rubrics import load_rubric
from pages.widgets import examined
from pages.widgets.plain import plain
from pages.widgets.review import quote

_HIGHEST = 4


def show(
    scores: tuple[Score, ...],
    *,
    playable: bool,
    own: Mapping[str, float] | None = None,
    below: Callable[[Score], None] | None = None,
) -> None:
    """Draw every score with its evidence; an unscored one says why.

    `own` is the candidate's own rating by criterion. `below` is drawn at the end of each score's card:
    the place for a widget that disagrees with it.
    """
    criteria = {criterion.id: criterion for criterion in load_rubric().criteria}
    for score in scores:
        with st.container(border=True):
            _row(score, criteria.get(score.criterion), playable, (own or {}).get(score.criterion))
            if below:
                below(score)
    if scores:
        first = scores[0]
        st.caption(
            f"Levels 1–{_HIGHEST} by the {plain(first.scorer)} scorer, version {plain(first.scorer_version)}"
            f"{f', rubric {plain(first.rubric_version)}' if first.rubric_version else ''}. "
            "The range says how sure it is. Practice feedback, not an assessment."
        )


def _row(score: Score, criterion: Criterion | None, playable: bool, own: float | None) -> None:
    title = criterion.title if criterion else score.criterion
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{plain(title)}**")
    right.markdown(text(score))
    if own is not None:
        right.caption(_compared(own, score))
    if score.level is None:
        st.caption(f"Unscored: {plain(score.reason)}")
    elif not score.evidence:
        st.caption("No quote: nothing in the answer shows more than level 1.")
    for number, evidence in enumerate(quote.once(score.evidence)):
        quote.show(evidence, key=f"quote-{score.criterion}-{number}", playable=playable)
    for claim in score.errors:
        _wrong(claim)
    if score.fix:
        st.markdown(f"For the next level: {plain(score.fix)}")
    if score.missing_for_next:
        lead = "The rubric asks there" if score.fix else "For the next level"
        st.caption(f"{lead}: {plain(score.missing_for_next)}")
    if criterion:
        _anchors(criterion)


def _wrong(claim: WrongClaim) -> None:
    """The words, what holds instead and why, in that order."""
    if claim.quote:
        st.markdown(f"Does not hold: “{plain(claim.quote)}”")
    if claim.fact:
        st.markdown(f"What holds: {plain(claim.fact)}")
    if claim.why:
        st.caption(plain(claim.why))


def _compared(own: float, score: Score) -> str:
    if score.level is None:
        return f"You said {own:g}."
    low = score.low if score.low is not None else score.level
    high = score.high if score.high is not None else score.level
    if own < round(low):
        return f"You said {own:g}: lower than this."
    return f"You said {own:g}: {'higher than this' if own > round(high) else 'the same'}."


def text(score: Score) -> str:
    """The level as dots and its range, or that there is none."""
    if score.level is None:
        return "*not scored*"
    filled = round(score.level)
    dots = "●" * filled + "○" * (_HIGHEST - filled)
    return f"{dots} **{_range(score)}** of {_HIGHEST}{_marked(score)}"


def short(score: Score) -> str:
    """The level as dots and its range without a word, never broken into two lines: for a narrow column."""
    if score.level is None:
        return "*not scored*"
    told = f"{text(score).partition(' ')[0]} {_range(score).removeprefix('level ')}"
    return told.replace(" ", "\N{NO-BREAK SPACE}").replace("–", "\N{WORD JOINER}–\N{WORD JOINER}")


def band(score: Score) -> str:
    """The level as its range, "level 2–3", or "level 3" when it is one level wide; and whether it counts."""
    return f"{_range(score)}{_marked(score)}"


def _marked(score: Score) -> str:
    marked = examined.mark(score)
    return f" · {plain(marked)}" if marked else ""


def _range(score: Score) -> str:
    if score.level is None:
        return "not scored"
    low = round(score.low if score.low is not None else score.level)
    high = round(score.high if score.high is not None else score.level)
    return f"level {low}" if low == high else f"level {low}–{high}"


def _anchors(criterion: Criterion) -> None:
    with st.expander("What each level asks for"):
        for anchor in criterion.anchors:
            st.markdown(
                f"**{anchor.level:d}** — {plain(' · '.join(clause.text for clause in anchor.clauses))}"
            )
