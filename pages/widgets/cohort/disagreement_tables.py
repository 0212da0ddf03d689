"""Where people and scorers differed: what became of disputes, and instructors beside the machine."""

from __future__ import annotations

import streamlit as st

from analysis.reviewing.dispute_figures import (
    FEWEST_FOR_KAPPA,
    DisputeFigures,
    OverrideFigures,
    dispute_figures,
    override_figures,
)
from pages.widgets import examined, resources
from pages.widgets.plain import plain


def show() -> None:
    """Draw the figures of the viewer's own answers, or how to get them."""
    mine = [resources.candidate_id()]
    session = resources.session().disagreements
    st.subheader("Your own disagreements")
    st.markdown(
        "From the levels you disputed and the levels an instructor put beside them. People pick the levels "
        "that look wrong, so this is about doubtful levels, not about all."
    )
    disputes = dispute_figures(session.all_disputes(mine))
    if disputes:
        _disputes(disputes)
    else:
        st.caption("No level was disputed yet. On Review, “This is wrong” beside a level does it.")
    overrides = override_figures(session.all_overrides(mine))
    if overrides:
        _overrides(overrides)
    else:
        st.caption("No instructor has given a level beside the machine's yet.")


def _disputes(figures: tuple[DisputeFigures, ...]) -> None:
    st.table(
        {
            "Disputed levels of": [plain(examined.named(one.scorer)) for one in figures],
            "Disputed": [f"{one.disputed:d}" for one in figures],
            "Judged again": [f"{one.judged_again:d}" for one in figures],
            "Same level": [f"{one.same:d}" for one in figures],
            "Higher": [f"{one.higher:d}" for one in figures],
            "Lower": [f"{one.lower:d}" for one in figures],
            "Share kept": [_share(one.share_kept) for one in figures],
        },
        hide_index=True,
        alt="What became of disputed levels, by scorer",
    )


def _overrides(figures: tuple[OverrideFigures, ...]) -> None:
    st.table(
        {
            "Instructor beside": [plain(examined.named(one.scorer)) for one in figures],
            "n": [f"{one.n:d}" for one in figures],
            "Same level": [_share(one.exact) for one in figures],
            "At most one apart": [_share(one.adjacent) for one in figures],
            "Quadratic weighted kappa": [_kappa(one) for one in figures],
        },
        hide_index=True,
        alt="Agreement of instructors and scorer",
    )


def _share(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.0%}"


def _kappa(one: OverrideFigures) -> str:
    if one.qwk is None:
        return f"not measured (from {FEWEST_FOR_KAPPA} on)" if one.n < FEWEST_FOR_KAPPA else "not measured"
    spread = "" if one.qwk_low is None else f" ({one.qwk_low:.2f} to {one.qwk_high:.2f})"
    return f"{one.qwk:.2f}{spread}"
